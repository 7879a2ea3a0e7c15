"""Markdown whose shortcodes are expanded.

The HTML of a shortcode is kept apart as a fragment, and a placeholder in the text marks its place.
So Markdown around it, and between its tags, is parsed as usual.
"""

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from newsgen.enrich.body import BodyWarning

# Noncharacters, which the decoder removes from every file.
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_PLACEHOLDER: Final = re.compile(f"{_OPEN}(\\d{{1,6}}){_CLOSE}")
_BLOCK: Final = re.compile(
    r"\s*</?(?:figure|div|p|aside|blockquote|table|ul|ol|dl|section|pre|details|h[1-6]|hr|nav)\b",
    re.IGNORECASE,
)


class Expanded(NamedTuple):
    """Text of a body whose shortcodes are expanded.

    Attributes:
        text: Markdown with placeholders.
        fragments: HTML of the placeholders, by their numbers.
        warnings: Shortcodes that cannot be shown.
        lines: Pairs of a line of the text and the line of the source that it comes from, wherever
            the distance between the two changes.
    """

    text: str
    fragments: tuple[str, ...] = ()
    warnings: tuple[BodyWarning, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()

    def find_line(self, line: int) -> int:
        """Return the line of the source that a line of the text comes from."""
        index = bisect_right(self.lines, line, key=lambda pair: pair[0]) - 1
        if index < 0:
            return line
        here, source = self.lines[index]
        return source + line - here

    def insert_fragments(self, html: str) -> str:
        """Return the HTML of the text with the fragments in their places."""
        if not self.fragments:
            return html
        paragraphs = html.split("</p>")
        for number, part in enumerate(paragraphs[:-1]):
            start = part.rfind("<p>")
            if start >= 0 and _OPEN in part[start:]:
                paragraphs[number] = part[:start] + self._split_paragraph(part[start + 3 :])
            else:
                paragraphs[number] = f"{part}</p>"
        return _PLACEHOLDER.sub(self._get_fragment, "".join(paragraphs))

    def _split_paragraph(self, content: str) -> str:
        """Return a paragraph as HTML, ended before each block in it and begun again after it."""

        def split(match: re.Match[str]) -> str:
            fragment = self._get_fragment(match)
            return f"</p>{fragment}<p>" if is_block(fragment) else fragment

        return f"<p>{_PLACEHOLDER.sub(split, content)}</p>"

    def _get_fragment(self, match: re.Match[str]) -> str:
        number = int(match[1])
        # A text that was not decoded may hold noncharacters of its own.
        return self.fragments[number] if number < len(self.fragments) else ""


def make_placeholder(number: int) -> str:
    """Return the placeholder of a fragment."""
    return f"{_OPEN}{number}{_CLOSE}"


def is_block(html: str) -> bool:
    """Return True if HTML begins or ends a block, which no paragraph may contain."""
    return _BLOCK.match(html) is not None
