"""The body of a plain-text article: paragraphs, escaped, and nothing taken for markup."""

import re
from html import escape
from typing import Final

_BLANK_LINES: Final = re.compile(r"\n[ \t\u00a0]*\n\s*")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, in their order.

    Blank lines part them; in a text without blank lines every line is one.
    """
    text = text.strip()
    parts = _BLANK_LINES.split(text)
    if len(parts) == 1:
        parts = text.split("\n")
    return [part for part in map(str.strip, parts) if part]


def to_html(text: str) -> str:
    """The text as HTML paragraphs."""
    return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs(text))
