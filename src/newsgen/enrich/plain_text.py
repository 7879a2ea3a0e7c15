"""Render the body of a plain-text article as escaped paragraphs. Only its URLs become links."""

import re
from html import escape
from typing import Final

from newsgen.enrich.bare_urls import link_bare_urls

_BLANK_LINES: Final = re.compile(r"\n[ \t\u00a0]*\n\s*")


def split_paragraphs(text: str) -> list[str]:
    """Split a text into paragraphs at blank lines.

    In a text without blank lines every line is a paragraph.
    """
    text = text.strip()
    parts = _BLANK_LINES.split(text)
    # Some newsrooms write one line per paragraph and leave no blank lines.
    if len(parts) == 1:
        parts = text.split("\n")
    return [part for part in map(str.strip, parts) if part]


def to_html(text: str) -> str:
    """Render a text as HTML paragraphs."""
    parts = split_paragraphs(text)
    if "://" in text or "www." in text:
        return "\n".join(f"<p>{link_bare_urls(part)}</p>" for part in parts)
    return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in parts)
