"""Types shared by all formats: the signature of a parser, and the error that it raises."""

from collections.abc import Callable

from newsgen.model import RawArticle

Parse = Callable[[str, str], RawArticle]


class FormatError(Exception):
    """Malformed article.

    Attributes:
        code: The problem code.
        message: The reason.
        line: Line number, counted from 1.
        hint: What to do about it. Empty: the hint of the code.
    """

    def __init__(self, code: str, message: str, line: int, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.hint = hint
