"""Article formats: one module and one or more rows in `FORMATS` for each.

A format parses text into a `RawArticle` and records the line of each field. It does not check the
values of fields: `read.validate` does.
"""

from collections.abc import Mapping
from typing import Final

from newsgen.model import RawArticle
from newsgen.read.formats import markdown, plain_text
from newsgen.read.formats.errors import FormatError, Parse

FORMATS: Final[Mapping[str, Parse]] = {
    "txt": plain_text.parse_plain_text,
    "text": plain_text.parse_plain_text,
    "md": markdown.parse_markdown,
    "markdown": markdown.parse_markdown,
    "mdown": markdown.parse_markdown,
}
"""Parsers by file name suffix, in lower case and without the dot."""

__all__ = ["FORMATS", "FormatError", "parse_article"]


def parse_article(path: str, text: str) -> RawArticle:
    """Parse an article in the format that its file name suffix selects.

    Args:
        path: The source's path, separated by `/`. Markdown reads a date and a slug from its name.
        text: The whole file, decoded and cleaned.

    Raises:
        FormatError: If the text is malformed.
        KeyError: If no format has that suffix.
    """
    return FORMATS[path.rpartition(".")[2].lower()](path, text)
