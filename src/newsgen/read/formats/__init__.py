"""The syntaxes of articles: one module each, one row each in `FORMATS`.

A format takes text apart into a `RawArticle`, every field with its line. It judges nothing: what
the fields hold is for `read.validate`.
"""

from typing import Final

from newsgen.core.plugins import PluginTable
from newsgen.model import RawArticle
from newsgen.read.formats import markdown, plain_text
from newsgen.read.formats.errors import FormatError, Parse

FORMATS: Final[PluginTable[Parse]] = PluginTable(
    "newsgen.formats",
    {
        "txt": plain_text.parse,
        "text": plain_text.parse,
        "md": markdown.parse,
        "markdown": markdown.parse,
        "mdown": markdown.parse,
    },
)
"""Parser by the ending of the file's name, in lower case. Plugins add endings."""

__all__ = ["FORMATS", "FormatError", "extract_body", "parse"]


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


def extract_body(path: str, text: str, start: int, end: int) -> str:
    """Return the body of an article that was parsed before, from its file's text.

    Args:
        path: The source's path.
        text: The whole file.
        start: The offset of the body, in characters.
        end: The offset behind the body.
    """
    # Built-in formats leave the body as it stands in the file, so a slice spares parsing it
    # again. A plugin may translate its markup into Markdown.
    if FORMATS.is_built_in(path.rpartition(".")[2].lower()):
        return text[start:end]
    return parse(path, text).body
