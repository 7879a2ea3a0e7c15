"""YAML in which every scalar stays the text that was written, with its line.

YAML 1.1 turns `No`, `0012`, `2024`, `12:30` and timestamps into other types, but a headline, a slug
or a tag must keep its spelling. Callers decide what a value means. This module opens no file and
knows no key.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

MAX_NODES: Final = 20_000
"""Maximum number of values in a document, with aliases expanded.

No honest document has as many. A "billion laughs" document has far more.
"""

MAX_EXPANDED_LENGTH: Final = 5_000_000
"""Maximum number of characters in all values, with aliases expanded."""

MAX_NESTING_DEPTH: Final = 100
"""Levels of tables and lists, far below Python's recursion limit."""

_NULLS: Final = frozenset({"", "~", "null"})

# A plain scalar here begins with none of YAML's indicators and holds no `#`. A `:` is allowed only
# inside a word. In a list, `,` and brackets are excluded too. The quantifiers are possessive, so
# that a hostile line cannot cause quadratic backtracking.
_PLAIN: Final = r"[^\s?:,\[\]{}#&*!|>'\"%@`-](?:[^#:]++|:(?=[^#:\s]))*+"
_PLAIN_IN_LIST: Final = r"[^\s?:,\[\]{}#&*!|>'\"%@`-][^,\[\]{}#:]*+"
_QUOTED: Final = r"\"([^\"\\]*)\"|'([^']*)'"
_KEY: Final = re.compile(rf"([^\W\d][\w-]*):(?: +(?:{_QUOTED}|\[([^\[\]]*)\]|({_PLAIN})))? *")
_ITEM: Final = re.compile(rf" *(?:{_QUOTED}|({_PLAIN_IN_LIST})) *(,|$)")


class YamlError(Exception):
    """Malformed or unsupported YAML.

    Attributes:
        message: The reason.
        line: Line number, counted from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


OnRepeatedKey = Callable[[str, int], None]


class Node(NamedTuple):
    """A YAML value and the line where it starts.

    `value` is text, a sequence of nodes, or a mapping of keys to nodes. An empty value, `~` and an
    unquoted `null` become the empty string.
    """

    value: "str | tuple[Node, ...] | Mapping[str, Node]"
    line: int


def parse_yaml(text: str, on_repeated_key: OnRepeatedKey | None = None) -> Node:
    """Parse one YAML document.

    An empty document is an empty mapping.

    Args:
        text: The document.
        on_repeated_key: Called with each key that a mapping repeats, and its line. Then the last
            value counts. Without it, such a key is an error.

    Raises:
        YamlError: If the text is not well-formed YAML 1.1, repeats a key, has keys that are not
            plain text, is nested too deeply, or has more than `MAX_NODES` values.
    """
    # Most front matter is simple, and then PyYAML need not even be imported.
    found = parse_simple_yaml(text)
    return (
        _parse_with_pyyaml(text, on_repeated_key or _refuse_repeated_key)
        if found is None
        else found
    )


def parse_simple_yaml(text: str) -> Node | None:
    """Parse a document that has one key per line, with a scalar or a list of scalars.

    This is several times faster than PyYAML. A property test checks that both give the same result.

    Returns:
        The document, or None if it is not certainly simple and well-formed.
    """
    lines = text.split("\n")
    # YAML forbids control characters, and treats tabs and some Unicode line breaks specially.
    if not "".join(lines).isprintable():
        return None
    values: dict[str, Node] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        match = _KEY.fullmatch(line)
        # A repeated key is an error. PyYAML's path reports it with its line.
        if not match or match[1] in values:
            return None
        key, double, single, listed, plain = match.groups()
        if listed is not None:
            items = _parse_simple_items(listed, number)
            if items is None:
                return None
            values[key] = Node(items, number)
        elif double is None and single is None and plain is None:
            # The value may be null, or a list on the following lines.
            return None
        else:
            values[key] = Node(_read_scalar(double, single, plain), number)
    return Node(values, next(iter(values.values())).line) if values else None


def _parse_simple_items(listed: str, line: int) -> tuple[Node, ...] | None:
    items: list[Node] = []
    position = 0
    while position < len(listed):
        match = _ITEM.match(listed, position)
        if not match or (match[4] and match.end() == len(listed)):
            return None
        items.append(Node(_read_scalar(match[1], match[2], match[3]), line))
        position = match.end()
    return tuple(items)


def _read_scalar(double: str | None, single: str | None, plain: str | None) -> str:
    if plain is not None:
        bare = plain.rstrip()
        return "" if bare in _NULLS else bare
    return double if double is not None else single or ""


def _parse_with_pyyaml(text: str, on_repeated_key: OnRepeatedKey | None = None) -> Node:
    import yaml  # noqa: PLC0415 - slow to load, and seldom needed

    # A PyYAML built without libyaml has no `CBaseLoader`.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        # A quote that never closes is found at the end of the text, but stands where it opens.
        is_open = error.context == "while scanning a quoted scalar"
        mark = error.context_mark if is_open else error.problem_mark or error.context_mark
        # PyYAML reports an unexpected end one line past the last.
        last = text.rstrip().count("\n") + 1
        line = min(mark.line + 1, last) if mark else 1
        raise YamlError(error.problem or str(error), line) from error
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        raise YamlError(str(error).partition("\n")[0], line) from error
    except RecursionError as error:
        raise YamlError("it is nested too deeply", 1) from error
    if root is None:
        return Node({}, 1)
    return _convert(root, _Budget(), on_repeated_key or _refuse_repeated_key, 0)


def _refuse_repeated_key(key: str, line: int) -> None:
    raise YamlError(f'the key "{key}" is given twice', line)


class _Budget:
    """Values and characters that a document may still have.

    All aliases of a document share it, so nested ones use it up quickly.
    """

    def __init__(self) -> None:
        self._nodes = MAX_NODES
        self._characters = MAX_EXPANDED_LENGTH

    def spend(self, characters: int, line: int) -> None:
        """Take off one value.

        Raises:
            YamlError: If nothing is left.
        """
        self._nodes -= 1
        self._characters -= characters
        if self._nodes < 0:
            raise YamlError(f"contains more than {MAX_NODES:,} values", line)
        if self._characters < 0:
            message = f"contains more than {MAX_EXPANDED_LENGTH:,} characters, with its aliases"
            raise YamlError(message, line)


def _convert(node: Any, budget: _Budget, on_repeated_key: OnRepeatedKey, depth: int) -> Node:
    line = node.start_mark.line + 1
    if depth > MAX_NESTING_DEPTH:
        raise YamlError("it is nested too deeply", line)
    budget.spend(len(node.value) if node.id == "scalar" else 0, line)
    if node.id == "scalar":
        # Quoted, `"null"` and `"~"` are ordinary words.
        is_bare = node.style is None or node.style == ""
        return Node("" if is_bare and node.value in _NULLS else node.value, line)
    if node.id == "sequence":
        items = (_convert(item, budget, on_repeated_key, depth + 1) for item in node.value)
        return Node(tuple(items), line)
    return Node(_convert_mapping(node, budget, on_repeated_key, depth + 1), line)


def _convert_mapping(
    node: Any, budget: _Budget, on_repeated_key: OnRepeatedKey, depth: int
) -> dict[str, Node]:
    values: dict[str, Node] = {}
    for key, value in node.value:
        # A value's line is its key's: that is where the user looks for it.
        line = key.start_mark.line + 1
        if key.id != "scalar":
            raise YamlError("keys must be plain text", line)
        if key.value in values:
            on_repeated_key(key.value, line)
        converted = _convert(value, budget, on_repeated_key, depth)
        values[key.value] = Node(converted.value, line)
    return values
