"""The syntaxes of articles: one module each, one row each in `FORMATS`.

A format takes text apart into a `RawArticle`, every field with its line. It judges nothing: what
the fields hold is for `read.validate`.
"""

from collections.abc import Mapping
from typing import Final

from newsgen.model import RawArticle
from newsgen.read.formats import markdown, plain_text
from newsgen.read.formats.errors import FormatError, Parse

FORMATS: Final[Mapping[str, Parse]] = {
    "txt": plain_text.parse,
    "text": plain_text.parse,
    "md": markdown.parse,
    "markdown": markdown.parse,
    "mdown": markdown.parse,
}
"""The format of a file by the ending of its name, in lower case."""

__all__ = ["FORMATS", "FormatError", "parse"]


def parse(path: str, text: str) -> RawArticle:
    """Take an article apart by the format that its path's ending names.

    Args:
        path: the source's path, `/` between its parts; a Jekyll date in its name counts.
        text: the whole file, as `read.decode` leaves it.

    Raises:
        FormatError: if the text does not keep to the syntax; with code and line.
        KeyError: if no format has that ending.
    """
    return FORMATS[path.rpartition(".")[2].lower()](path, text)
