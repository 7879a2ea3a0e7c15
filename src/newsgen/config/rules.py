"""`tags.yaml`: what editors want of the names that newsgen recognises.

It knows the file's keys and what they take; it does not know how names are recognised. A name is
any spelling of it: capitals, `ё` and quotes make no difference.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from newsgen.model import TagKind
from newsgen.problems import Problem, Where
from newsgen.spelling import fold
from newsgen.yaml_document import Node, YamlError, parse

RULES_FILE: Final = "tags.yaml"

_KINDS: Final[Mapping[str, TagKind]] = {
    "person": "person",
    "place": "place",
    "organization": "organization",
    "organisation": "organization",
    "org": "organization",
    "topic": "topic",
}
_SECTIONS: Final = ("aliases", "renames", "splits", "kinds", "never")

Ways = tuple[tuple[str, tuple[str, ...]], ...]
"""Names, each with the globs of the sources in which it is meant."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What editors want, by names folded: the name to show, its ways to be split, its kind.

    `never` are names that are not to be tagged.
    """

    names: dict[str, str] = field(default_factory=dict)
    splits: dict[str, Ways] = field(default_factory=dict)
    kinds: dict[str, TagKind] = field(default_factory=dict)
    never: dict[str, None] = field(default_factory=dict)


class _Fault(Exception):  # noqa: N818 - it reads as a noun where it is raised
    """A rule that can't be followed."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def read_rules(file: Path) -> tuple[Rules, list[Problem]]:
    """Read `tags.yaml`, if there is one.

    Returns:
        The rules that can be followed, and every fault, each at its line.
    """
    name = str(file)
    try:
        document = parse(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Rules(), []
    except OSError as error:
        return Rules(), [Problem(Where(name), "unreadable", f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Rules(), [Problem(Where(name, line), "bad-encoding", "is not UTF-8")]
    except YamlError as error:
        return Rules(), [Problem(Where(name, error.line), "bad-yaml", error.message)]
    rules = Rules()
    faults = [
        Problem(Where(name, fault.line), "bad-tag-rule", fault.message)
        for fault in _take(document, rules)
    ]
    return rules, faults


def _take(document: Node, rules: Rules) -> Iterator[_Fault]:
    """Take in the sections one rule at a time; yields the faults."""
    if not isinstance(document.value, Mapping):
        yield _Fault("must be a mapping of `aliases`, `renames`, `splits`, `kinds`, `never`", 1)
        return
    lines: dict[str, int] = {}
    for key, section in document.value.items():
        if key not in _SECTIONS:
            near = get_close_matches(key.lower(), _SECTIONS, n=1, cutoff=0.6)
            guess = f"; did you mean `{near[0]}`?" if near else ""
            yield _Fault(f"there is no key `{key}`{guess}", section.line)
        elif key == "never":
            yield from _take_never(section, rules)
        elif isinstance(section.value, Mapping):
            for name, node in section.value.items():
                try:
                    _TAKERS[key](name, node, rules, lines)
                except _Fault as fault:
                    yield fault
        elif section.value != "":
            yield _Fault(f"`{key}` must be a mapping of names", section.line)
    yield from _chains(rules, lines)


def _take_never(section: Node, rules: Rules) -> Iterator[_Fault]:
    try:
        rules.never.update(dict.fromkeys(fold(name) for name, _ in _texts(section)))
    except _Fault as fault:
        yield fault


def _take_aliases(name: str, node: Node, rules: Rules, lines: dict[str, int]) -> None:
    for alias, line in _texts(node):
        _lead(alias, name, line, rules, lines)


def _take_rename(name: str, node: Node, rules: Rules, lines: dict[str, int]) -> None:
    _lead(name, _text(node), node.line, rules, lines)


def _take_split(name: str, node: Node, rules: Rules, _lines: dict[str, int]) -> None:
    if not isinstance(node.value, Mapping) or not node.value:
        raise _Fault(f"the split of `{name}` must name whom it means, each with files", node.line)
    ways = tuple((to, tuple(glob for glob, _ in _texts(globs))) for to, globs in node.value.items())
    rules.splits[fold(name)] = ways


def _take_kind(name: str, node: Node, rules: Rules, _lines: dict[str, int]) -> None:
    kind = _text(node)
    if kind not in _KINDS:
        listed = ", ".join(f"`{one}`" for one in ("person", "place", "organization", "topic"))
        raise _Fault(f"the kind of `{name}` must be one of {listed}, not `{kind}`", node.line)
    rules.kinds[fold(name)] = _KINDS[kind]


_TAKERS: Final = {
    "aliases": _take_aliases,
    "renames": _take_rename,
    "splits": _take_split,
    "kinds": _take_kind,
}


def _lead(name: str, to: str, line: int, rules: Rules, lines: dict[str, int]) -> None:
    """Have one name lead to another."""
    key = fold(name)
    known = rules.names.get(key)
    if known is not None and known != to:
        raise _Fault(f"`{name}` already leads to `{known}`, by line {lines[key]}", line)
    rules.names[key] = to
    lines[key] = line


def _chains(rules: Rules, lines: Mapping[str, int]) -> Iterator[_Fault]:
    """Names that lead to one that leads on: how far are they to be followed?"""
    for key, to in rules.names.items():
        onward = rules.names.get(fold(to))
        if onward is not None and fold(to) != key:
            message = f"leads to `{to}`, which leads on to `{onward}`; name the last one"
            yield _Fault(message, lines[key])


def _text(node: Node) -> str:
    if not isinstance(node.value, str) or not node.value.strip():
        raise _Fault("must be text", node.line)
    return node.value.strip()


def _texts(node: Node) -> list[tuple[str, int]]:
    """One text, or a list of them, each with its line."""
    if isinstance(node.value, tuple):
        return [(_text(item), item.line) for item in node.value]
    return [(_text(node), node.line)] if node.value != "" else []
