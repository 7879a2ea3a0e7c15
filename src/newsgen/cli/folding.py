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

    A group begins with the first problem of the file that has most of them, and stands where its
    first problem stood. Errors are never folded.
    """
    messages: dict[str, set[str]] = {}
    for problem in problems:
        messages.setdefault(problem.code, set()).add(problem.message)
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        has_kinds = len(messages[problem.code]) <= _MAX_KINDS
        kind = problem.message if has_kinds else ""
        groups.setdefault((problem,) if problem.is_error else (problem.code, kind), []).append(
            problem
        )
    folded = []
    for group in groups.values():
        if len(group) > _MAX_SINGLE and not group[0].is_error:
            folded.append(_begin_with_worst(group))
        else:
            folded += [(problem,) for problem in group]
    return folded


def _begin_with_worst(group: Iterable[Problem]) -> tuple[Problem, ...]:
    counts = Counter(problem.location.file for problem in group)
    # Of equal ones, the first: sorting keeps their order.
    return tuple(sorted(group, key=lambda problem: -counts[problem.location.file]))
