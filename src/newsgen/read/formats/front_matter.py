"""Front matter in YAML, TOML and JSON.

Values stay the text that was written, so a title `No`, a slug `0012` or a tag `2024` keeps its
spelling. Nested tables are flattened: `tags` in Zola's `[taxonomies]` becomes `taxonomies.tags`.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from newsgen.model import Markup, RawArticle, RawField, RawProblem
from newsgen.read.field_reader import shorten
from newsgen.read.fields import TABLE_FIELDS, add_field, canonical_field_name
from newsgen.read.formats.errors import FormatError
from newsgen.read.formats.fences import (
    Syntax,
    has_fences,
    split_fences,
    too_deep_error,
    too_large_error,
)
from newsgen.read.formats.field_values import to_field_value, to_names
from newsgen.read.limits import (
    MAX_FRONT_MATTER_LENGTH,
    MAX_KEY_LENGTH,
    MAX_KEY_PARTS,
)
from newsgen.text.yaml import MAX_NESTING_DEPTH, Node, OnRepeatedKey, YamlError, parse_yaml

_MAX_INTEGER_BITS: Final = 1_000
"""Bits of an integer. The longest that TOML requires has 64."""

_MAX_FLATTENED_DEPTH: Final = 10
"""Levels of tables that become fields. Deeper ones are ignored."""

_LINE_OF_TOML: Final = re.compile(r"\(at line (\d+)")
_LONG_NUMBER: Final = re.compile(r"(?<![0-9_])[0-9_]{4300,}+")
"""Decimal digits that Python refuses to convert by default."""

_YAML_PAIR: Final = re.compile(r"[\s-]*+([^\s:\"'][^:]*+):[ \t]+(\S.*)")

_TOML_KEY: Final = re.compile(r"^[ \t]*+[\"']?([\w.-]++)[\"']?[ \t]*+=", re.MULTILINE)
_JSON_KEY: Final = re.compile(r"\"([^\"\\\n]+)\"\s*:")
# Possessive, and never begun inside a word, so that it looks at each character a few times only.
_LONG_TOML_KEY: Final = re.compile(
    rf"(?<![\w-])(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MAX_KEY_PARTS}}}"
)


def has_front_matter(text: str) -> bool:
    """Return True if the text begins with front matter, also with malformed one."""
    return has_fences(text)


def parse_front_matter(text: str, markup: Markup) -> RawArticle:
    """Parse an article that has front matter.

    Raises:
        FormatError: `unclosed-front-matter` or `bad-front-matter`, with the line.
    """
    syntax, head, start = split_fences(text)
    if len(head) > MAX_FRONT_MATTER_LENGTH:
        raise too_large_error()
    repeated = _RepeatedKeys()
    document = _LOADERS[syntax](head, repeated)
    if not isinstance(document.value, Mapping):
        raise FormatError("bad-front-matter", "it must be a mapping of keys to values", 1)
    fields: dict[str, RawField] = {}
    extra: dict[str, RawField] = {}
    for label, node in _flatten(document.value, "", _MAX_FLATTENED_DEPTH):
        add_field(RawField(to_field_value(node), node.line, label), fields, extra)
    line = text.count("\n", 0, start) + 1
    return RawArticle(
        *(fields, extra, text[start:], start, line, markup),
        has_escapes="\\" in head,
        problems=tuple(repeated.problems),
    )


class _RepeatedKeys:
    """Collects repeated keys that have no meaning for newsgen.

    Raises:
        FormatError: For a key that has a meaning, as either value may be the right one.
    """

    def __init__(self) -> None:
        self.problems: list[RawProblem] = []
        self._keys: set[str] = set()

    def __call__(self, key: str, line: int) -> None:
        message = f'the key "{key}" is given twice'
        if canonical_field_name(key):
            hint = "delete one of the two"
            raise FormatError("bad-front-matter", message, line, hint)
        if key not in self._keys:
            self._keys.add(key)
            self.problems.append(RawProblem("repeated-key", message, line))


def _flatten(table: Mapping[str, Node], prefix: str, depth: int) -> Iterator[tuple[str, Node]]:
    for key, node in table.items():
        if len(key) > MAX_KEY_LENGTH:
            message = f"a key has {len(key):,} characters; the limit is {MAX_KEY_LENGTH}"
            raise FormatError("bad-front-matter", message, node.line)
        label = prefix + key
        if isinstance(node.value, str):
            yield label, node
        elif canonical_field_name(label) in TABLE_FIELDS:
            names = to_names(node.value)
            yield label, Node(tuple(Node(name, node.line) for name in names), node.line)
        elif isinstance(node.value, tuple):
            yield label, node
        elif depth:
            yield from _flatten(node.value, f"{prefix}{key}.", depth - 1)


def _to_node(value: Any, line: int, lines: Mapping[str, int], depth: int = 0) -> Node:
    """Convert a TOML or JSON value to text with its line.

    Raises:
        FormatError: `bad-front-matter` If it is nested too deeply.
    """
    if depth > MAX_NESTING_DEPTH:
        raise FormatError("bad-front-matter", "it is nested too deeply", line)
    if isinstance(value, dict):
        items = ((key, lines.get(key, line), item) for key, item in value.items())
        return Node({key: _to_node(item, at, lines, depth + 1) for key, at, item in items}, line)
    if isinstance(value, list):
        return Node(tuple(_to_node(item, line, lines, depth + 1) for item in value), line)
    # As YAML and JSON write it: `str` alone would give `True`.
    if isinstance(value, bool):
        return Node(str(value).lower(), line)
    if isinstance(value, date | datetime | time):
        return Node(value.isoformat(), line)
    # Python refuses to write very long integers, such as TOML's `0xfff...`, in decimal digits.
    if isinstance(value, int) and value.bit_length() > _MAX_INTEGER_BITS:
        raise FormatError("bad-front-matter", "a number is too long", line)
    return Node("" if value is None else str(value), line)


def _find_key_lines(pattern: re.Pattern[str], head: str) -> Mapping[str, int]:
    """Return the line of the first occurrence of each key.

    Neither `tomllib` nor `json` reports positions of keys.
    """
    lines: dict[str, int] = {}
    line, last = 1, 0
    for match in pattern.finditer(head):
        # Counted from the key before: from the start, the work would be quadratic.
        line += head.count("\n", last, match.start(1))
        last = match.start(1)
        lines.setdefault(match[1].strip(), line)
    return lines


def _load_json(head: str, on_repeated_key: OnRepeatedKey) -> Node:
    lines = _find_key_lines(_JSON_KEY, head)

    def make_table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        for key, times in (
            Counter(key for key, _ in pairs).items() if len(table) < len(pairs) else ()
        ):
            if times > 1:
                on_repeated_key(key, lines.get(key, 1))
        return table

    try:
        # Numbers stay as written: `1.10` must not become `1.1`.
        table = json.loads(head, parse_int=str, parse_float=str, object_pairs_hook=make_table)
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg}"
        raise FormatError("bad-front-matter", message, error.lineno) from error
    except RecursionError as error:
        raise too_deep_error(head) from error
    return _to_node(table, 1, lines)


def _load_toml(head: str, _: OnRepeatedKey) -> Node:
    import tomllib  # noqa: PLC0415 - slow to load, and seldom needed

    too_long = _LONG_TOML_KEY.search(head)
    if too_long:
        message = f"a key has more than {MAX_KEY_PARTS} parts"
        at = head.count("\n", 0, too_long.start()) + 1
        raise FormatError("bad-front-matter", message, at)
    try:
        table = tomllib.loads(head, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        line = _LINE_OF_TOML.search(str(error))
        message = str(error).partition(" (at ")[0]
        raise FormatError("bad-front-matter", message, int(line[1]) if line else 1) from error
    except RecursionError as error:
        raise too_deep_error(head) from error
    except ValueError as error:
        # Python's message names a function that raises its limit of digits.
        number = _LONG_NUMBER.search(head)
        at = head.count("\n", 0, number.start()) + 1 if number else 1
        raise FormatError("bad-front-matter", "a number is too long", at) from error
    return _to_node(table, 1, _find_key_lines(_TOML_KEY, head))


def _load_yaml(head: str, on_repeated_key: OnRepeatedKey) -> Node:
    try:
        return parse_yaml(head, on_repeated_key)
    except YamlError as error:
        hint = _find_yaml_hint(head.split("\n")[error.line - 1])
        raise FormatError("bad-front-matter", error.message, error.line, hint) from error


def _find_yaml_hint(line: str) -> str:
    """Return the hint for a line that is not YAML, "" without a better one than the code's."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "replace the tab at the start of the line by spaces"
    pair = _YAML_PAIR.fullmatch(line)
    if not pair:
        return ""
    key, value = pair[1], shorten(pair[2].strip().strip("\"'"))
    # A double quote inside needs single ones around, in which a single one is doubled.
    quoted = f"'{value.replace(chr(39), chr(39) * 2)}'" if '"' in value else f'"{value}"'
    return f"put the value in quotes: {key}: {quoted}"


_LOADERS: Final[Mapping[Syntax, Callable[[str, OnRepeatedKey], Node]]] = {
    "json": _load_json,
    "toml": _load_toml,
    "yaml": _load_yaml,
}
