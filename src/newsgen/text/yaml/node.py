"""What both ways of reading YAML come to."""

from collections.abc import Mapping
from typing import Final, NamedTuple

NULLS: Final = frozenset({"", "~", "null"})
"""Plain scalars that stand for nothing."""


class YamlError(Exception):
    """The text is not YAML, or not YAML that newsgen takes; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class Node(NamedTuple):
    """A value and the line it starts at: text, a sequence of nodes, or nodes by their keys.

    Nothing at all, `~` and a bare `null` are the empty text.
    """

    value: "str | tuple[Node, ...] | Mapping[str, Node]"
    line: int
