"""A body's words as its reader sees them, each with its place in the HTML, and links put on them.

It knows HTML as `enrich` makes it: whole, with every `<` and `&` of the text escaped. Places are
counted in characters of the words, so that they stay true whatever the marks around them are.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Final, NamedTuple

_MARK: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_LETTER: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL)
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark"}
    | {"q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_SILENT: Final = frozenset({"code", "kbd", "pre", "samp", "tt", "var"})
_UNLINKED: Final = frozenset({"a", "button", "h1", "h2", "h3", "h4", "h5", "h6"})


class Piece(NamedTuple):
    """Words between two marks: where they begin in the HTML, and where among the words."""

    html: str
    at_html: int
    at: int
    length: int
    can_link: bool


class TextLink(NamedTuple):
    """A link to be put on the words from `start` up to `end`."""

    start: int
    end: int
    url: str


class Words(NamedTuple):
    """The words of a body: a line a paragraph, code left out."""

    text: str
    pieces: tuple[Piece, ...]

    def can_link(self, start: int, end: int) -> bool:
        """Whether some words may become a link: not in a link, a heading, or across marks."""
        place = bisect_right(self.pieces, start, key=_beginning) - 1
        if start >= end or place < 0:
            return False
        piece = self.pieces[place]
        return piece.can_link and end <= piece.at + piece.length


def _beginning(piece: Piece) -> int:
    return piece.at


def words_of(html: str) -> Words:
    """Take the words out of a body."""
    parts: list[str] = []
    pieces: list[Piece] = []
    open_marks: list[str] = []
    length, last = 0, 0
    for start, end, name, closes in _marks(html):
        if start > last and not _SILENT.intersection(open_marks):
            piece = html[last:start]
            text = unescape(piece) if "&" in piece else piece
            can_link = not _UNLINKED.intersection(open_marks)
            pieces.append(Piece(piece, last, length, len(text), can_link))
            parts.append(text.replace("\n", " "))
            length += len(text)
        if name and name not in _INLINE:
            parts.append("\n")
            length += 1
        _note(open_marks, name, closes=closes)
        last = end
    return Words("".join(parts), tuple(pieces))


def extract_text(html: str) -> str:
    """All words of a body, code too, with a line break where a mark ends a word."""
    parts: list[str] = []
    last = 0
    for start, end, name, _ in _marks(html):
        parts.append(html[last:start])
        if name and name not in _INLINE:
            parts.append("\n")
        last = end
    return unescape("".join(parts))


def with_links(html: str, links: Iterable[TextLink]) -> str:
    """Put links on a body's words; one whose words can't be a link is left out.

    Args:
        html: the body.
        links: none of which overlaps another.
    """
    waiting = sorted(links, reverse=True)
    parts: list[str] = []
    last, taken = 0, 0
    for piece in words_of(html).pieces:
        place = _Place(piece.html)
        while waiting and waiting[-1].start < piece.at + piece.length:
            link = waiting.pop()
            if not piece.can_link or link.start < piece.at or link.end > piece.at + piece.length:
                continue
            if link.start < taken:
                continue
            start = piece.at_html + place.after(link.start - piece.at)
            end = piece.at_html + place.after(link.end - piece.at)
            parts += [html[last:start], f'<a class="name" href="{escape(link.url)}">']
            parts += [html[start:end], "</a>"]
            last, taken = end, link.end
    return "".join((*parts, html[last:]))


def _marks(html: str) -> Iterator[tuple[int, int, str, bool]]:
    """The marks of a body: where each stands, its name, whether it closes; at last the end."""
    for mark in _MARK.finditer(html):
        yield mark.start(), mark.end(), mark[2].lower(), bool(mark[1])
    yield len(html), len(html), "", False


def _note(open_marks: list[str], name: str, *, closes: bool) -> None:
    """Keep those marks that are open inside of which words are not as elsewhere."""
    if name not in _SILENT and name not in _UNLINKED:
        return
    if not closes:
        open_marks.append(name)
    elif name in open_marks:
        open_marks.remove(name)


class _Place:
    """A place in a piece of HTML that only moves forward, so that a piece is gone through once."""

    def __init__(self, html: str) -> None:
        self._plain = "&" not in html
        self._letters = _LETTER.finditer(html)
        self._count = 0
        self._end = 0

    def after(self, count: int) -> int:
        """Where the letter after the first `count` letters stands."""
        if self._plain:
            return count
        while self._count < count:
            letter = next(self._letters)
            self._count += len(unescape(letter[0]))
            self._end = letter.end()
        return self._end
