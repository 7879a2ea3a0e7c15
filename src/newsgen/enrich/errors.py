"""Errors of a body that cannot be rendered."""


class BodyError(Exception):
    """Body that cannot be rendered.

    Attributes:
        code: The problem code.
        message: The reason.
        line: Line number within the body, counted from 1. The first one if it is not known.
    """

    code = ""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class HtmlTooDeepError(BodyError):
    """HTML elements are nested too deeply."""

    code = "html-too-deep"


class RawHtmlForbiddenError(BodyError):
    """Raw HTML in the body of a site that forbids it."""

    code = "raw-html"


class TooMuchMarkupError(BodyError):
    """A body that would become far more HTML than its own size, or that takes too much memory."""

    code = "too-much-markup"
