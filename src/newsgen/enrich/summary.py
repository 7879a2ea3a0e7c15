"""Derive a missing summary or headline from the first words of the body."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

MAX_SUMMARY_LENGTH: Final = 280
MAX_HEADLINE_LENGTH: Final = 120

_MIN_OPENING_LENGTH: Final = 25
"""Characters. Shorter paragraphs at the start are credits, names and places."""
_ENDS: Final = (".", "!", "?", "…", "»", '"', "”", ")", ":")

_SENTENCE_END: Final = re.compile(r"[.!?…][»\"”)]*(?=\s)")
# A title of an admonition, and the link to a video, are no part of the text.
_PARAGRAPH: Final = re.compile(
    r"<p(?! class=\"(?:admonition|embed))(?: [^>]*)?>(.*?)</p>", re.DOTALL
)
# The number of a footnote belongs to no sentence, so it is removed with its link.
_TAGS: Final = re.compile(r"<sup class=\"footnote-ref\">.*?</sup>|<[^>]*>", re.DOTALL)


def extract_paragraphs(html: str) -> Iterator[str]:
    """Yield the text of each non-empty paragraph, on one line."""
    for match in _PARAGRAPH.finditer(html):
        text = " ".join(unescape(_TAGS.sub("", match[1])).split())
        if text:
            yield text


def find_opening(paragraphs: Sequence[str]) -> str:
    """Return the first paragraph that is a sentence rather than a caption or credit."""
    for paragraph in paragraphs:
        if len(paragraph) >= _MIN_OPENING_LENGTH and paragraph.endswith(_ENDS):
            return paragraph
    return paragraphs[0] if paragraphs else ""


def truncate(text: str, max_length: int) -> str:
    """Shorten a text to `max_length` characters, at the end of a sentence or else of a word."""
    if len(text) <= max_length:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: max_length + 1])]
    # A sentence that ends in the first third would leave too little to read: cut at a word instead.
    if ends and ends[-1] >= max_length // 3:
        return text[: ends[-1]]
    words = text[:max_length].rpartition(" ")[0] or text[: max_length - 1]
    return words.rstrip(' ,;:–—-(«"') + "…"
