"""`tags.yaml`: what editors want of the names that newsgen recognises.

It knows the file's keys and what they take; it does not know how names are recognised. A name is
any spelling of it: capitals, `ё` and quotes make no difference.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newsgen.config.document import no_such_key, read_document
from newsgen.model import TagKind
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.text.folding import fold
from newsgen.text.yaml import Node

RULES_FILE: Final = "tags.yaml"

_KINDS: Final[Mapping[str, TagKind]] = {
    "person": "person",
    "place": "place",
    "organization": "organization",
    "organisation": "organization",
    "org": "organization",
    "topic": "topic",
}
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SECTIONS: Final = ("aliases", "renames", "splits", "kinds", "never")

Ways = tuple[tuple[str, tuple[str, ...]], ...]
"""Names, each with the globs of the sources in which it is meant."""


@dataclass(frozen=True, slots=True)
class TagRules:
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


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where rules stand, by names folded; names also as they are written."""

    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    renames: dict[str, tuple[str, int]] = field(default_factory=dict)
    splits: dict[str, Node] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    never: dict[str, int] = field(default_factory=dict)


def read_rules(file: Path) -> tuple[TagRules, list[Problem]]:
    """Read `tags.yaml`, if there is one.

    Returns:
        The rules that can be followed, and every fault, each at its line.
    """
    rules = TagRules()
    try:
        document = read_document(file)
    except NewsgenError as error:
        return rules, list(error.problems)
    if document is None:
        return rules, []
    faults = [
        Problem(Location(str(file), fault.line), "bad-tag-rule", fault.message)
        for fault in _take(document, rules)
    ]
    return rules, faults


def _take(document: Node, rules: TagRules) -> Iterator[_Fault]:
    """Take in the sections one rule at a time; yields the faults."""
    if not isinstance(document.value, Mapping):
        yield _Fault("must be a mapping of `aliases`, `renames`, `splits`, `kinds`, `never`", 1)
        return
    lines = _Lines()
    for key, section in document.value.items():
        if key not in _SECTIONS:
            yield _Fault(no_such_key(key, _SECTIONS), section.line)
        elif key == "never":
            yield from _take_never(section, rules, lines)
        elif isinstance(section.value, Mapping):
            for name, node in section.value.items():
                try:
                    _TAKERS[key](_name(name, node.line), node, rules, lines)
                except _Fault as fault:
                    yield fault
        elif section.value != "":
            yield _Fault(f"`{key}` must be a mapping of names", section.line)
    yield from _chains(rules, lines.names)
    yield from _onward_splits(rules, lines.splits)
    yield from _unwanted(rules, lines)


def _take_never(section: Node, rules: TagRules, lines: _Lines) -> Iterator[_Fault]:
    try:
        for name, line in _texts(section):
            rules.never[fold(name)] = None
            lines.never.setdefault(fold(name), line)
    except _Fault as fault:
        yield fault


def _take_aliases(name: str, node: Node, rules: TagRules, lines: _Lines) -> None:
    for alias, line in _texts(node):
        _lead(alias, name, line, rules, lines)


def _take_rename(name: str, node: Node, rules: TagRules, lines: _Lines) -> None:
    _lead(name, _text(node), node.line, rules, lines)
    lines.renames[fold(name)] = name, node.line


def _take_split(name: str, node: Node, rules: TagRules, lines: _Lines) -> None:
    if not isinstance(node.value, Mapping) or not node.value:
        raise _Fault(f"the split of `{name}` must name whom it means, each with files", node.line)
    ways = tuple(
        (_name(to, globs.line), tuple(glob for glob, _ in _texts(globs)))
        for to, globs in node.value.items()
    )
    for (to, files), globs in zip(ways, node.value.values(), strict=True):
        if not files:
            raise _Fault(f"the split of `{name}` names no files for `{to}`", globs.line)
    key = fold(name)
    if key in rules.splits:
        raise _Fault(f"`{name}` is split already, by line {lines.splits[key].line}", node.line)
    rules.splits[key] = ways
    lines.splits[key] = node


def _take_kind(name: str, node: Node, rules: TagRules, lines: _Lines) -> None:
    kind = _text(node)
    if kind not in _KINDS:
        listed = ", ".join(f"`{one}`" for one in ("person", "place", "organization", "topic"))
        raise _Fault(f"the kind of `{name}` must be one of {listed}, not `{kind}`", node.line)
    key = fold(name)
    known = rules.kinds.get(key)
    if known is not None and known != _KINDS[kind]:
        message = f"`{name}` is of the kind `{known}` already, by line {lines.kinds[key]}"
        raise _Fault(message, node.line)
    rules.kinds[key] = _KINDS[kind]
    lines.kinds[key] = node.line


_TAKERS: Final = {
    "aliases": _take_aliases,
    "renames": _take_rename,
    "splits": _take_split,
    "kinds": _take_kind,
}


def _lead(name: str, to: str, line: int, rules: TagRules, lines: _Lines) -> None:
    """Have one name lead to another."""
    key = fold(name)
    known = rules.names.get(key)
    if known is not None and known != to:
        raise _Fault(f"`{name}` already leads to `{known}`, by line {lines.names[key][1]}", line)
    rules.names[key] = to
    lines.names[key] = name, line


def _chains(rules: TagRules, lines: Mapping[str, tuple[str, int]]) -> Iterator[_Fault]:
    """Names that lead to one that leads on: how far are they to be followed?"""
    for key, to in rules.names.items():
        onward = rules.names.get(fold(to))
        if onward is None or fold(to) == key:
            continue
        name, line = lines[key]
        if _returns(key, rules.names):
            message = f"`{name}` leads to `{to}`, which leads back to it; name one of them last"
        else:
            message = f"`{name}` leads to `{to}`, which leads on to `{onward}`; name the last one"
        yield _Fault(message, line)


def _returns(key: str, names: Mapping[str, str]) -> bool:
    """Whether a name leads, however far, to itself."""
    seen: set[str] = set()
    at = key
    while at in names and at not in seen:
        seen.add(at)
        at = fold(names[at])
    return at == key


def _onward_splits(rules: TagRules, lines: Mapping[str, Node]) -> Iterator[_Fault]:
    """Splits into a name that leads on or is split itself: rules are followed in one step."""
    for key, ways in rules.splits.items():
        for (to, _), node in zip(ways, _values(lines[key]), strict=True):
            line = node.line
            onward = rules.names.get(fold(to))
            if onward is not None and fold(onward) != fold(to):
                message = f"a split leads to `{to}`, which leads on to `{onward}`; name the last"
                yield _Fault(f"{message} one", line)
            elif fold(to) in rules.splits and fold(to) != key:
                yield _Fault(f"a split leads to `{to}`, which is split itself", line)


def _values(node: Node) -> list[Node]:
    return list(node.value.values()) if isinstance(node.value, Mapping) else []


def _unwanted(rules: TagRules, lines: _Lines) -> Iterator[_Fault]:
    """Names that are shown otherwise and never shown."""
    for key, (name, line) in lines.renames.items():
        if key in rules.never:
            message = f"`{name}` is shown otherwise, but by line {lines.never[key]} never"
            yield _Fault(message, line)


def _name(text: str, line: int) -> str:
    """A name as it may be written: not blank, on one line."""
    if not text.strip():
        raise _Fault("a name must not be empty", line)
    if _CONTROL.search(text):
        raise _Fault("a name must not have control characters", line)
    return text.strip()


def _text(node: Node) -> str:
    if not isinstance(node.value, str) or not node.value.strip():
        raise _Fault("must be text", node.line)
    return _name(node.value, node.line)


def _texts(node: Node) -> list[tuple[str, int]]:
    """One text, or a list of them, each with its line."""
    if isinstance(node.value, tuple):
        return [(_text(item), item.line) for item in node.value]
    return [(_text(node), node.line)] if node.value != "" else []
