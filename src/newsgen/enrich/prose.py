"""Render Markdown that is prose: paragraphs without any markup, as most news is.

It is about twenty times as fast as the Markdown parser. A property test checks that both give the
same HTML.
"""

import re
from html import escape
from typing import Final

_SYNTAX: Final = b"*_`[]\\&<|~^\t{"
"""Emphasis, code, links, escapes, entities, HTML, tables, footnotes, attributes, shortcodes."""

_LINE_SYNTAX: Final = re.compile(r"\n(?: {4}| *(?:[#>+=:-]|\d+[.)]|!!!|\?\?\?))")
"""Code by indentation, headings, quotes, lists, rules, definitions, admonitions."""

_HARD_BREAK: Final = "  \n"
_BLANK_LINE: Final = "\n\n"
_NEXT_PARAGRAPH: Final = "</p>\n<p>"
_BLANK_LINES: Final = re.compile(r"\n *\n[ \n]*")


def is_prose(text: str) -> bool:
    """Return True if Markdown renders a text as paragraphs and nothing else."""
    data = text.encode()
    if len(data.translate(None, _SYNTAX)) < len(data):
        return False
    # Two dollar signs may be a formula. A bare URL becomes a link.
    if text.count("$") > 1 or "://" in text or "www." in text:
        return False
    return _HARD_BREAK not in text and _LINE_SYNTAX.search("\n" + text) is None


def prose_to_html(text: str) -> str:
    """Render a body that is prose, with the same result as Markdown."""
    text = text.strip(" \n")
    # Without stray spaces no regular expression is needed: one `replace` makes all paragraphs.
    if _is_normalized(text):
        return f"<p>{escape(text, quote=False).replace(_BLANK_LINE, _NEXT_PARAGRAPH)}</p>"
    parts = _BLANK_LINES.split(text)
    return "\n".join(f"<p>{_strip_lines(part.strip())}</p>" for part in parts if part.strip())


def _strip_lines(paragraph: str) -> str:
    """Return a paragraph as HTML, without spaces around its line breaks."""
    return "\n".join(line.strip(" ") for line in escape(paragraph, quote=False).split("\n"))


def _is_normalized(text: str) -> bool:
    """Return True if a text is not empty, and has no outer spaces and no double blank lines."""
    lines = text.split("\n")
    return bool(text) and "\n\n\n" not in text and lines == [line.strip() for line in lines]
