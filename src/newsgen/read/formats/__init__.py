"""Article formats: one module and one or more rows in `FORMATS` for each.

A format parses text into a `RawArticle` and records the line of each field. It does not check the
values of fields: `read.validate` does.
"""

from typing import Final

from newsgen.core.plugins import PluginTable
from newsgen.model import RawArticle, RawField
from newsgen.read.formats import html, markdown, mdx, plain_text, rst
from newsgen.read.formats.errors import FormatError, Parse

FORMATS: Final[PluginTable[Parse]] = PluginTable(
    "newsgen.formats",
    {
        "txt": plain_text.parse_plain_text,
        "text": plain_text.parse_plain_text,
        "md": markdown.parse_markdown,
        "markdown": markdown.parse_markdown,
        "mdown": markdown.parse_markdown,
        "mkd": markdown.parse_markdown,
        "mdx": mdx.parse_mdx,
        "html": html.parse_html,
        "htm": html.parse_html,
        "rst": rst.parse_rst,
    },
)
"""Parser by the ending of the file's name, in lower case. Plugins add endings."""

_TRANSLATED: Final = frozenset({"mdx", "html", "htm", "rst"})
"""Built-in formats whose body is not a part of the file: its markup becomes Markdown."""

__all__ = ["FORMATS", "FormatError", "extract_body", "parse_article"]


def parse_article(path: str, text: str) -> RawArticle:
    """Parse an article in the format that its file name suffix selects.

    Args:
        path: The source's path, separated by `/`. A missing date is taken from it, and by Markdown
            a slug.
        text: The whole file, decoded and cleaned.

    Raises:
        FormatError: If the text is malformed.
        KeyError: If no format has that suffix.
    """
    return _fill_date(FORMATS[path.rpartition(".")[2].lower()](path, text), path)


def extract_body(path: str, text: str, start: int, end: int) -> str:
    """Return the body of an article that was parsed before, from its file's text.

    Args:
        path: The source's path.
        text: The whole file.
        start: The offset of the body, in characters.
        end: The offset behind the body.
    """
    # Most formats leave the body as it stands in the file, so a slice spares parsing it again.
    suffix = path.rpartition(".")[2].lower()
    if FORMATS.is_built_in(suffix) and suffix not in _TRANSLATED:
        return text[start:end]
    return parse_article(path, text).body


def _fill_date(raw: RawArticle, path: str) -> RawArticle:
    """Take a missing date from the article's former URL, or from the path of its file."""
    if any(name in raw.fields and raw.fields[name].text for name in ("date", "publish_date")):
        return raw
    # Most articles have a date, and the patterns of paths take milliseconds to compile.
    from newsgen.read.path_dates import find_path_date  # noqa: PLC0415

    # The URL that another generator gives an article often holds its date.
    url = raw.fields.get("url")
    date = find_path_date(url.text) if url else ""
    if url and date:
        return raw._replace(fields={**raw.fields, "date": RawField(date, url.line)})
    date = find_path_date(path)
    return raw._replace(fields={**raw.fields, "date": RawField(date, 0)}) if date else raw
