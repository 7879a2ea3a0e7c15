"""What the formats have in common: the shape of a parser, and the fault that it may raise."""

from collections.abc import Callable

from newsgen.model import RawArticle

Parse = Callable[[str, str], RawArticle]


class FormatError(Exception):
    """A text that does not keep to its syntax; `line` counts from 1."""

    def __init__(self, code: str, message: str, line: int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
