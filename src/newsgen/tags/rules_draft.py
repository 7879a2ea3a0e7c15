"""Draft of `tags.yaml` for editors to finish. Every rule in it is a comment until they accept it.

Proposals come from the archive itself: a short name that other articles explain, or a name of
several kinds.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from newsgen.problems import Location, problem_error, write_error
from newsgen.tags.report import TagCount
from newsgen.text.folding import fold

_HEAD: Final = """\
# Rules for the names that newsgen recognizes. Save this file beside newsgen.yaml as tags.yaml.
# It is a draft: remove the `#` where a rule is right, and delete the rest. Rules never change the
# tags that articles set themselves.
"""
_MIN_ALIAS_ARTICLES: Final = 2
"""Articles that a full name must have before a short name is proposed as its alias."""
_MIN_LEAD: Final = 3
"""Least ratio of articles between the likeliest full name and the next one."""


def write_draft(file: Path, counts: Sequence[TagCount]) -> None:
    """Write a draft to a new file.

    Raises:
        NewsgenError: `file-exists` or `cannot-write`.
    """
    try:
        # `x` refuses an existing file, which may hold an editor's work.
        with file.open("x", encoding="utf-8") as opened:
            opened.write(format_draft(counts))
    except FileExistsError as error:
        raise problem_error("file-exists", "already exists", Location(str(file))) from error
    except OSError as error:
        raise write_error(error, str(file)) from error


def format_draft(counts: Sequence[TagCount]) -> str:
    """Return the text of a draft."""
    recognized = [one for one in counts if one.recognized]
    parts = [
        _HEAD,
        "\n# Other names of the same thing. To merge two tags, make one an alias of the other.",
        "aliases:",
        *_aliases(recognized),
        "\n# Names to show differently.\nrenames:\n  # Old name: New name",
        "\n# Names of several things, by file. `*` matches any characters.\nsplits:",
        "  # Name:\n  #   Name (one): [2019/*]\n  #   Name (other): [2020/001.txt, 2020/002.txt]",
        "\n# Kinds of names: person, place, organization or topic.\nkinds:",
        *_kinds(recognized),
        "\n# Names never to tag. These are all recognized names.\nnever:",
        *(f"  # - {_quoted(one.name)}  # {one.kind}, {one.articles:,}" for one in recognized),
    ]
    return "\n".join(parts) + "\n"


def _aliases(counts: Sequence[TagCount]) -> Iterator[str]:
    """Yield proposals for short names that other articles use for a known full name."""
    meant: dict[tuple[str, str], list[TagCount]] = defaultdict(list)
    for one in counts:
        for variant in one.variants:
            meant[one.kind, fold(variant)].append(one)
    for one in counts:
        others = [other for other in meant[one.kind, fold(one.name)] if other is not one]
        if not others or others[0].articles < _MIN_ALIAS_ARTICLES:
            continue
        # The counts are sorted, so the first is the most used full name.
        to, *rest = others
        if not rest or to.articles >= _MIN_LEAD * rest[0].articles:
            rule = f"{_quoted(to.name)}: [{_quoted(one.name)}]"
            yield f"  # {rule}  # {to.articles:,} and {one.articles:,} articles"


def _kinds(counts: Sequence[TagCount]) -> Iterator[str]:
    """Yield proposals for names of several kinds: the most common kind."""
    by_name: dict[str, list[TagCount]] = defaultdict(list)
    for one in counts:
        by_name[fold(one.name)].append(one)
    for first, *others in by_name.values():
        if others:
            rest = ", ".join(f"{one.kind} in {one.articles:,}" for one in others)
            rule = f"{_quoted(first.name)}: {first.kind}"
            yield f"  # {rule}  # in {first.articles:,}; {rest}"


def _quoted(name: str) -> str:
    """Return a name as YAML text, quoted if it could be read as something else."""
    plain = name and all(letter.isalnum() or letter in " .()-" for letter in name)
    return name if plain and name[0].isalnum() and name == name.strip() else _escaped(name)


def _escaped(name: str) -> str:
    # A JSON string is also a double-quoted scalar of YAML 1.2.
    return json.dumps(name, ensure_ascii=False)
