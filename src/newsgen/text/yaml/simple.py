"""A short way through simple YAML: one key a line, with a scalar or a list of scalars.

It is several times as fast as the whole of YAML, and reads nothing that it is not sure of; a
property test holds it to what PyYAML makes of the same text.
"""

import re
from typing import Final

from newsgen.text.yaml.node import NULLS, Node

# A plain scalar here begins with none of YAML's indicators, and holds no `#`, and no `:` but one
# inside a word; in a list it holds no `,` and no bracket either.
_PLAIN: Final = r"[^\s?:,\[\]{}#&*!|>'\"%@`-](?:[^#:]++|:(?=[^#:\s]))*+"
_PLAIN_IN_LIST: Final = r"[^\s?:,\[\]{}#&*!|>'\"%@`-][^,\[\]{}#:]*+"
_QUOTED: Final = r"\"([^\"\\]*)\"|'([^']*)'"
_KEY: Final = re.compile(rf"([^\W\d][\w-]*):(?: +(?:{_QUOTED}|\[([^\[\]]*)\]|({_PLAIN})))? *")
_ITEM: Final = re.compile(rf" *(?:{_QUOTED}|({_PLAIN_IN_LIST})) *(,|$)")


def parse(text: str) -> Node | None:
    """Read a simple document; None if it is not simple, or may be at fault."""
    lines = text.split("\n")
    if not "".join(lines).isprintable():
        return None
    values: dict[str, Node] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        match = _KEY.fullmatch(line)
        if not match or match[1] in values:
            return None
        key, double, single, listed, plain = match.groups()
        if listed is not None:
            items = _items_of(listed, number)
            if items is None:
                return None
            values[key] = Node(items, number)
        elif double is None and single is None and plain is None:
            return None  # nothing, or a list in the lines that follow
        else:
            values[key] = Node(_scalar(double, single, plain), number)
    return Node(values, next(iter(values.values())).line) if values else None


def _items_of(listed: str, line: int) -> tuple[Node, ...] | None:
    """The items of a list between brackets; None if they are not all simple."""
    items: list[Node] = []
    position = 0
    while position < len(listed):
        match = _ITEM.match(listed, position)
        if not match or (match[4] and match.end() == len(listed)):
            return None
        items.append(Node(_scalar(match[1], match[2], match[3]), line))
        position = match.end()
    return tuple(items)


def _scalar(double: str | None, single: str | None, plain: str | None) -> str:
    if plain is not None:
        bare = plain.rstrip()
        return "" if bare in NULLS else bare
    return double if double is not None else single or ""
