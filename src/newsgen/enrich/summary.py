"""Summaries, and headlines where an article has none: the first words of the body, cut well."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

MAX_SUMMARY_LENGTH: Final = 280
MAX_HEADLINE_LENGTH: Final = 120

_SHORTEST_SENTENCE: Final = 25
_ENDS: Final = (".", "!", "?", "…", "»", '"', "”", ")", ":")

_SENTENCE_END: Final = re.compile(r"[.!?…][»\"”)]*(?=\s)")
_PARAGRAPH: Final = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAGS: Final = re.compile(r"<sup class=\"footnote-ref\">.*?</sup>|<[^>]*>", re.DOTALL)


def paragraphs_of(html: str) -> Iterator[str]:
    """The text of each paragraph of a body that has any, in one line."""
    for match in _PARAGRAPH.finditer(html):
        text = " ".join(unescape(_TAGS.sub("", match[1])).split())
        if text:
            yield text


def opening_of(paragraphs: Sequence[str]) -> str:
    """The paragraph that opens a text: the first one that is a sentence, no caption or credit."""
    for paragraph in paragraphs:
        if len(paragraph) >= _SHORTEST_SENTENCE and paragraph.endswith(_ENDS):
            return paragraph
    return paragraphs[0] if paragraphs else ""


def cut(text: str, longest: int) -> str:
    """At most `longest` characters, ended at a sentence if one ends late enough, else at a word."""
    if len(text) <= longest:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: longest + 1])]
    if ends and ends[-1] >= longest // 3:
        return text[: ends[-1]]
    words = text[:longest].rpartition(" ")[0] or text[: longest - 1]
    return words.rstrip(' ,;:–—-(«"') + "…"
