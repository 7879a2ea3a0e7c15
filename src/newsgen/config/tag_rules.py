"""`tags.yaml`: editors' rules for the names that newsgen recognizes.

It reads and checks the rules. Applying them is for `recognize.tagging`. Names are compared folded,
so capitals, `ё` and quotes make no difference.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newsgen.config.yaml_file import read_yaml_file, unknown_key_message
from newsgen.model import TagKind
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.text.folding import fold
from newsgen.text.yaml import Node

RULES_FILE: Final = "tags.yaml"

_KINDS: Final[Mapping[str, TagKind]] = {
    "person": "person",
    "place": "place",
    "organization": "organization",
    "organisation": "organization",  # British spelling, as editors may write it
    "org": "organization",
    "topic": "topic",
}
# Besides C0 and C1, the line and paragraph separators of Unicode: a name stands on one line.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SECTIONS: Final = ("aliases", "renames", "splits", "kinds", "never")

SplitTargets = tuple[tuple[str, tuple[str, ...]], ...]
"""Pairs of a name and the globs of the source files in which it is meant."""


@dataclass(frozen=True, slots=True)
class TagRules:
    """Rules for recognized names. All keys are folded names.

    Attributes:
        names: The name to show instead, from `aliases` and `renames`.
        splits: The names that one name stands for, by source file.
        kinds: The kind of a name, where it differs from the recognized one.
        never: Names that are never shown, as a set that keeps its order.
    """

    names: dict[str, str] = field(default_factory=dict)
    splits: dict[str, SplitTargets] = field(default_factory=dict)
    kinds: dict[str, TagKind] = field(default_factory=dict)
    # Not a set, whose order differs from process to process: digests are made from the `repr`.
    never: dict[str, None] = field(default_factory=dict)


class TagRuleError(Exception):
    """Rule that contradicts another one or is malformed. `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class _RuleLines:
    """Lines of the rules by folded name, for messages.

    Where a rule's name is a value of the file and not its key, the name as written is kept too.
    """

    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    renames: dict[str, tuple[str, int]] = field(default_factory=dict)
    splits: dict[str, Node] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    never: dict[str, int] = field(default_factory=dict)


def read_tag_rules(file: Path) -> tuple[TagRules, list[Problem]]:
    """Read `tags.yaml`, if there is one.

    Returns:
        The valid rules, and a problem for every other one, each at its line.
    """
    rules = TagRules()
    try:
        document = read_yaml_file(file)
    except NewsgenError as error:
        return rules, list(error.problems)
    if document is None:
        return rules, []
    problems = [
        Problem(Location(str(file), error.line), "bad-tag-rule", error.message)
        for error in _add_sections(document, rules)
    ]
    return rules, problems


def _add_sections(document: Node, rules: TagRules) -> Iterator[TagRuleError]:
    """Add all rules of a file, and yield the errors."""
    if not isinstance(document.value, Mapping):
        message = "must be a mapping of `aliases`, `renames`, `splits`, `kinds`, `never`"
        yield TagRuleError(message, 1)
        return
    lines = _RuleLines()
    for key, section in document.value.items():
        if key not in _SECTIONS:
            yield TagRuleError(unknown_key_message(key, _SECTIONS), section.line)
        elif key == "never":
            yield from _add_never(section, rules, lines)
        elif isinstance(section.value, Mapping):
            # One bad rule must not hide the faults of the others, so each is caught alone.
            for name, node in section.value.items():
                try:
                    _ADD_RULE[key](_check_name(name, node.line), node, rules, lines)
                except TagRuleError as error:
                    yield error
        elif section.value != "":
            yield TagRuleError(f"`{key}` must be a mapping of names", section.line)
    yield from _find_chains(rules, lines.names)
    yield from _find_split_chains(rules, lines.splits)
    yield from _find_hidden_renames(rules, lines)


def _add_never(section: Node, rules: TagRules, lines: _RuleLines) -> Iterator[TagRuleError]:
    try:
        for name, line in _read_names(section):
            rules.never[fold(name)] = None
            lines.never.setdefault(fold(name), line)
    except TagRuleError as error:
        yield error


def _add_aliases(name: str, node: Node, rules: TagRules, lines: _RuleLines) -> None:
    for alias, line in _read_names(node):
        _add_name(alias, name, line, rules, lines)


def _add_rename(name: str, node: Node, rules: TagRules, lines: _RuleLines) -> None:
    _add_name(name, _read_name(node), node.line, rules, lines)
    lines.renames[fold(name)] = name, node.line


def _add_name(name: str, shown: str, line: int, rules: TagRules, lines: _RuleLines) -> None:
    key = fold(name)
    known = rules.names.get(key)
    # The same rule twice does no harm. Only a contradiction is an error.
    if known is not None and known != shown:
        first = lines.names[key][1]
        raise TagRuleError(f"`{name}` is already shown as `{known}` (line {first})", line)
    rules.names[key] = shown
    lines.names[key] = name, line


def _add_split(name: str, node: Node, rules: TagRules, lines: _RuleLines) -> None:
    if not isinstance(node.value, Mapping) or not node.value:
        message = f"the split of `{name}` must be a mapping of names to files"
        raise TagRuleError(message, node.line)
    targets = tuple(
        (_check_name(target, globs.line), tuple(glob for glob, _ in _read_names(globs)))
        for target, globs in node.value.items()
    )
    for (target, files), globs in zip(targets, node.value.values(), strict=True):
        if not files:
            raise TagRuleError(f"the split of `{name}` names no files for `{target}`", globs.line)
    key = fold(name)
    # The file cannot have the same key twice, but two spellings may fold to one name.
    if key in rules.splits:
        first = lines.splits[key].line
        raise TagRuleError(f"`{name}` is already split (line {first})", node.line)
    rules.splits[key] = targets
    lines.splits[key] = node


def _add_kind(name: str, node: Node, rules: TagRules, lines: _RuleLines) -> None:
    kind = _read_name(node)
    if kind not in _KINDS:
        listed = ", ".join(f"`{one}`" for one in ("person", "place", "organization", "topic"))
        message = f"the kind of `{name}` must be one of {listed}, not `{kind}`"
        raise TagRuleError(message, node.line)
    key = fold(name)
    known = rules.kinds.get(key)
    if known is not None and known != _KINDS[kind]:
        message = f"`{name}` already has the kind `{known}` (line {lines.kinds[key]})"
        raise TagRuleError(message, node.line)
    rules.kinds[key] = _KINDS[kind]
    lines.kinds[key] = node.line


_ADD_RULE: Final = {
    "aliases": _add_aliases,
    "renames": _add_rename,
    "splits": _add_split,
    "kinds": _add_kind,
}


# Rules are applied in one step. Following chains would make the result depend on the rules' order,
# so a chain is an error.
def _find_chains(rules: TagRules, lines: Mapping[str, tuple[str, int]]) -> Iterator[TagRuleError]:
    """Yield an error for each name that is shown as a name that is renamed itself."""
    for key, shown in rules.names.items():
        onward = rules.names.get(fold(shown))
        if onward is None or fold(shown) == key:
            continue
        name, line = lines[key]
        if _is_circular(key, rules.names):
            message = f"`{name}` is shown as `{shown}`, which leads back to it; delete one rule"
        else:
            message = f"`{name}` is shown as `{shown}`, which is shown as `{onward}`; use that name"
        yield TagRuleError(message, line)


def _is_circular(key: str, names: Mapping[str, str]) -> bool:
    """Return True if following a name leads back to it."""
    seen: set[str] = set()
    at = key
    while at in names and at not in seen:
        seen.add(at)
        at = fold(names[at])
    return at == key


def _find_split_chains(rules: TagRules, lines: Mapping[str, Node]) -> Iterator[TagRuleError]:
    """Yield an error for each split into a name that is renamed or split itself."""
    for key, targets in rules.splits.items():
        values = lines[key].value
        nodes = values.values() if isinstance(values, Mapping) else ()
        for (target, _), node in zip(targets, nodes, strict=True):
            onward = rules.names.get(fold(target))
            if onward is not None and fold(onward) != fold(target):
                message = f"a split leads to `{target}`, which is shown as `{onward}`"
                yield TagRuleError(f"{message}; use that name", node.line)
            # A split into the name itself is no chain: in some files the name stays as it is.
            elif fold(target) in rules.splits and fold(target) != key:
                yield TagRuleError(f"a split leads to `{target}`, which is split itself", node.line)


def _find_hidden_renames(rules: TagRules, lines: _RuleLines) -> Iterator[TagRuleError]:
    """Yield an error for each renamed name that is never shown."""
    for key, (name, line) in lines.renames.items():
        if key in rules.never:
            message = f"`{name}` is renamed, but never shown (line {lines.never[key]})"
            yield TagRuleError(message, line)


def _check_name(text: str, line: int) -> str:
    if not text.strip():
        raise TagRuleError("a name must not be empty", line)
    if _CONTROL.search(text):
        raise TagRuleError("a name must not have control characters", line)
    return text.strip()


def _read_name(node: Node) -> str:
    if not isinstance(node.value, str) or not node.value.strip():
        raise TagRuleError("must be text", node.line)
    return _check_name(node.value, node.line)


def _read_names(node: Node) -> list[tuple[str, int]]:
    """Read one name, or a list of names, each with its line."""
    if isinstance(node.value, tuple):
        return [(_read_name(item), item.line) for item in node.value]
    # A list whose items are all commented out reads as an empty text.
    return [(_read_name(node), node.line)] if node.value != "" else []
