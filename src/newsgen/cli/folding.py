"""Fold the warnings of a large archive: many of one kind become one group."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from newsgen.problems import Problem

_MAX_SINGLE: Final = 5
"""Warnings of one kind that are shown one by one."""
_MAX_KINDS: Final = 5
"""Different messages of one code that count as kinds, such as the guessed encodings. More of them
name links or fields, which differ in every file."""


def fold_warnings(problems: Sequence[Problem]) -> list[tuple[Problem, ...]]:
    """Return problems in groups: many warnings of one kind are one group, all others stand alone.

    A group begins with the first problem of the file that has most of them. Errors come first, and
    are never folded. Groups are ordered by their first file and line.
    """
    messages: dict[str, set[str]] = {}
    for problem in problems:
        messages.setdefault(problem.code, set()).add(problem.message)
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        has_kinds = len(messages[problem.code]) <= _MAX_KINDS
        kind = (problem.code, problem.message if has_kinds else "")
        kinds.setdefault(kind, []).append(problem)
    groups: list[tuple[Problem, ...]] = []
    for group in kinds.values():
        if group[0].is_error or len(group) <= _MAX_SINGLE:
            groups += [(problem,) for problem in group]
        else:
            groups.append(_begin_with_worst(group))
    return sorted(groups, key=lambda group: (not group[0].is_error, min(group)))


def _begin_with_worst(group: Iterable[Problem]) -> tuple[Problem, ...]:
    counts = Counter(problem.location.file for problem in group)
    # Of equal ones, the first: sorting keeps their order.
    return tuple(sorted(group, key=lambda problem: -counts[problem.location.file]))
