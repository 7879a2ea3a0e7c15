"""A draft of `tags.yaml`, for editors to finish: every rule in it is a remark until they say so.

What it proposes comes from the archive: a name alone that other articles explain, or a name that
is of one kind here and of another there.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from newsgen.problems import Location, problem_error
from newsgen.tags.report import TagCount
from newsgen.text.folding import fold

_HEAD: Final = """\
# What newsgen is to make of the names that it recognises. Put it beside newsgen.yaml as tags.yaml.
# This is a draft: take the `#` away from what is right, and delete the rest. Tags that articles
# bring along are never altered.
"""
_LEAST_BEARER: Final = 2
_CLEAR_LEAD: Final = 3


def write_draft(file: Path, counts: Sequence[TagCount]) -> None:
    """Write a draft to a new file.

    Raises:
        NewsgenError: `exists` if there is such a file; `cannot-write`.
    """
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(draft_of(counts))
    except FileExistsError as error:
        raise problem_error("file-exists", "is there already", Location(str(file))) from error
    except OSError as error:
        message = f"can't be written: {error.strerror}"
        raise problem_error("cannot-write", message, Location(str(file))) from error


def draft_of(counts: Sequence[TagCount]) -> str:
    """The text of a draft."""
    recognized = [one for one in counts if one.recognized]
    parts = [
        _HEAD,
        "\n# Other names of what is one; merging two tags is making one an alias of the other.",
        "aliases:",
        *_aliases(recognized),
        "\n# Names to be shown otherwise.\nrenames:\n  # Old name: New name",
        "\n# Names that mean several, by files; `*` stands for any letters.\nsplits:",
        "  # Name:\n  #   Name (one): [2019/*]\n  #   Name (other): [2020/001.txt, 2020/002.txt]",
        "\n# What names are the names of: person, place, organization or topic.\nkinds:",
        *_kinds(recognized),
        "\n# Names never to tag; here are all that were recognized.\nnever:",
        *(f"  # - {_quoted(one.name)}  # {one.kind}, {one.articles:,}" for one in recognized),
    ]
    return "\n".join(parts) + "\n"


def _aliases(counts: Sequence[TagCount]) -> Iterator[str]:
    """Tags whose name other articles give to somebody by the way, where it is clear to whom."""
    meant: dict[tuple[str, str], list[TagCount]] = defaultdict(list)
    for one in counts:
        for variant in one.variants:
            meant[one.kind, fold(variant)].append(one)
    for one in counts:
        others = [other for other in meant[one.kind, fold(one.name)] if other is not one]
        if not others or others[0].articles < _LEAST_BEARER:
            continue
        to, *rest = others
        if not rest or to.articles >= _CLEAR_LEAD * rest[0].articles:
            rule = f"{_quoted(to.name)}: [{_quoted(one.name)}]"
            yield f"  # {rule}  # {to.articles:,} and {one.articles:,} articles"


def _kinds(counts: Sequence[TagCount]) -> Iterator[str]:
    """Names that are of several kinds; the kind that is the commonest is proposed."""
    by_name: dict[str, list[TagCount]] = defaultdict(list)
    for one in counts:
        by_name[fold(one.name)].append(one)
    for first, *others in by_name.values():
        if others:
            rest = ", ".join(f"{one.kind} in {one.articles:,}" for one in others)
            rule = f"{_quoted(first.name)}: {first.kind}"
            yield f"  # {rule}  # in {first.articles:,}; {rest}"


def _quoted(name: str) -> str:
    """A name as YAML takes it for text, quoted where it might be taken for more."""
    plain = name and all(letter.isalnum() or letter in " .()-" for letter in name)
    return name if plain and name[0].isalnum() and name == name.strip() else _escaped(name)


def _escaped(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
