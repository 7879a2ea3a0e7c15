"""Front matter in YAML, TOML and JSON, between the fences that python-frontmatter finds.

Values stay the text that was written, so a title `No`, a slug `0012` or a tag `2024` keeps its
spelling. Nested tables are flattened: `tags` in Zola's `[taxonomies]` becomes `taxonomies.tags`.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newsgen.model import Markup, RawArticle, RawField
from newsgen.read.fields import TABLE_FIELDS, add_field, canonical_field_name
from newsgen.read.formats.errors import FormatError
from newsgen.read.formats.field_values import to_field_value, to_names
from newsgen.read.limits import (
    MAX_FRONT_MATTER_LENGTH,
    MAX_KEY_LENGTH,
    MAX_KEY_PARTS,
    MAX_NESTING_DEPTH,
)
from newsgen.text.yaml import Node, YamlError, parse_yaml

if TYPE_CHECKING:
    from frontmatter.default_handlers import BaseHandler

_FENCE_STARTS: Final = ("---", "+++", "{")

_MAX_INTEGER_BITS: Final = 1_000
"""Bits of an integer. The longest that TOML requires has 64."""

_MAX_FLATTENED_DEPTH: Final = 10
"""Levels of tables that become fields. Deeper ones are ignored."""

_LINE_OF_TOML: Final = re.compile(r"\(at line (\d+)")
_LONG_NUMBER: Final = re.compile(r"(?<![0-9_])[0-9_]{4300,}+")
"""Decimal digits that Python refuses to convert by default."""

_TOML_KEY: Final = re.compile(r"^[ \t]*+[\"']?([\w.-]++)[\"']?[ \t]*+=", re.MULTILINE)
_JSON_KEY: Final = re.compile(r"\"([^\"\\\n]+)\"\s*:")
# Possessive, and never begun inside a word, so that it looks at each character a few times only.
_LONG_TOML_KEY: Final = re.compile(
    rf"(?<![\w-])(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MAX_KEY_PARTS}}}"
)


def _load_json(head: str) -> Node:
    # Numbers stay as written: `1.10` must not become `1.1`.
    table = json.loads(head, parse_int=str, parse_float=str)
    return _to_node(table, 1, _find_key_lines(_JSON_KEY, head))


def _load_toml(head: str) -> Node:
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
        raise FormatError("bad-front-matter", "it is nested too deeply", 1) from error
    except ValueError as error:
        # Python's message names a function that raises its limit of digits.
        number = _LONG_NUMBER.search(head)
        at = head.count("\n", 0, number.start()) + 1 if number else 1
        raise FormatError("bad-front-matter", "a number is too long", at) from error
    return _to_node(table, 1, _find_key_lines(_TOML_KEY, head))


def _load_yaml(head: str) -> Node:
    try:
        return parse_yaml(head)
    except YamlError as error:
        raise FormatError("bad-front-matter", error.message, error.line) from error


class _Syntax(NamedTuple):
    """Fences of a front matter syntax, and the parser of the text between them."""

    fences: "BaseHandler"
    load: Callable[[str], Node]


@cache
def _load_syntaxes() -> Mapping[str, _Syntax]:
    """Return the syntaxes by the first characters of their opening fence."""
    # python-frontmatter imports PyYAML, which takes 15 ms. Plain text needs neither.
    from frontmatter.default_handlers import BaseHandler  # noqa: PLC0415

    class _JsonFences(BaseHandler):
        """Fences of JSON. python-frontmatter wants its closing brace on a line of its own."""

        FM_BOUNDARY = re.compile(r"\A\{\s*(?:\"|\}|\Z)")

        def split(self, text: str) -> tuple[str, str]:
            # A longer object ends in an error, whatever is cut off.
            head = text[: MAX_FRONT_MATTER_LENGTH + 1]
            try:
                # Numbers stay text, so that none is too long for Python.
                _, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(head)
            except json.JSONDecodeError as error:
                code = "bad-front-matter" if head[error.pos :].strip() else "unclosed-front-matter"
                is_cut = code == "unclosed-front-matter" or error.msg.startswith("Unterminated")
                if is_cut and len(head) > MAX_FRONT_MATTER_LENGTH:
                    raise _too_large_error() from error
                raise FormatError(code, f"invalid JSON: {error.msg}", error.lineno) from error
            except RecursionError as error:
                raise FormatError("bad-front-matter", "it is nested too deeply", 1) from error
            return text[:end], text[end:]

    class _TomlFences(BaseHandler):
        FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)

    class _YamlFences(BaseHandler):
        FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    return {
        "---": _Syntax(_YamlFences(), _load_yaml),
        "+++": _Syntax(_TomlFences(), _load_toml),
        "{": _Syntax(_JsonFences(), _load_json),
    }


def has_front_matter(text: str) -> bool:
    """Return True if the text begins with a front matter fence."""
    return _find_syntax(text) is not None


def parse_front_matter(text: str, markup: Markup) -> RawArticle:
    """Parse an article that has front matter.

    Raises:
        FormatError: `unclosed-front-matter` or `bad-front-matter`, with the line.
    """
    syntax = _find_syntax(text)
    if syntax is None:
        raise FormatError("bad-front-matter", "there is no front matter", 1)
    try:
        head, body = syntax.fences.split(text)
    except ValueError as error:
        raise FormatError("unclosed-front-matter", "its front matter never closes", 1) from error
    if len(head) > MAX_FRONT_MATTER_LENGTH:
        raise _too_large_error()
    document = syntax.load(head)
    if not isinstance(document.value, Mapping):
        raise FormatError("bad-front-matter", "it must be a mapping of keys to values", 1)
    fields: dict[str, RawField] = {}
    extra: dict[str, RawField] = {}
    for label, node in _flatten(document.value, "", _MAX_FLATTENED_DEPTH):
        add_field(RawField(to_field_value(node), node.line, label), fields, extra)
    start = len(text) - len(body)
    line = text.count("\n", 0, start) + 1
    return RawArticle(fields, extra, body, start, line, markup, has_escapes="\\" in head)


def _too_large_error() -> FormatError:
    message = f"its front matter has more than {MAX_FRONT_MATTER_LENGTH:,} characters"
    return FormatError("front-matter-too-large", message, 1)


def _find_syntax(text: str) -> _Syntax | None:
    if not text.startswith(_FENCE_STARTS):
        return None
    for fence, syntax in _load_syntaxes().items():
        if text.startswith(fence) and syntax.fences.detect(text):
            return syntax
    return None


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
