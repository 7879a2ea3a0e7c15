"""Extract the words of a body with their offsets in the HTML, and insert links on them.

The HTML must be as `enrich` makes it: well-formed, with `<` and `&` escaped. Spans are counted in
characters of the extracted text, so they do not depend on the tags around the words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Final, NamedTuple

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_CHARACTER: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL)
_INLINE_TAGS: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "label"}
    | {
        "mark",
        "math",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
_CODE_TAGS: Final = frozenset({"code", "kbd", "math", "pre", "samp", "tt", "var"})
_NO_LINK_TAGS: Final = frozenset(
    {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "label", "summary"}
)


class TextRun(NamedTuple):
    """Text between two tags, with its start in the HTML and in the extracted text.

    `length` is counted in characters of the extracted text.
    """

    html: str
    html_start: int
    start: int
    length: int
    can_link: bool


class TextLink(NamedTuple):
    """A link on the words from `start` up to `end`."""

    start: int
    end: int
    url: str


class Words(NamedTuple):
    """Words of a body without code, one paragraph per line."""

    text: str
    runs: tuple[TextRun, ...]

    def can_link(self, start: int, end: int) -> bool:
        """Return True if a span may become a link: within one run, outside links and headings."""
        position = bisect_right(self.runs, start, key=_start) - 1
        if start >= end or position < 0:
            return False
        run = self.runs[position]
        return run.can_link and end <= run.start + run.length


def _start(run: TextRun) -> int:
    return run.start


def extract_words(html: str) -> Words:
    """Extract the words of a body."""
    parts: list[str] = []
    runs: list[TextRun] = []
    open_tags: list[str] = []
    length, last = 0, 0
    for start, end, name, closes in _scan_tags(html):
        if start > last and not _CODE_TAGS.intersection(open_tags):
            run = html[last:start]
            text = unescape(run) if "&" in run else run
            can_link = not _NO_LINK_TAGS.intersection(open_tags)
            runs.append(TextRun(run, last, length, len(text), can_link))
            # A line break means a new paragraph in the extracted text. A space has the same length,
            # so offsets still fit.
            parts.append(text.replace("\n", " "))
            length += len(text)
        if name and name not in _INLINE_TAGS:
            parts.append("\n")
            length += 1
        _update_open_tags(open_tags, name, closes=closes)
        last = end
    return Words("".join(parts), tuple(runs))


def extract_text(html: str) -> str:
    """Return all text of a body, including code, with a line break at each block tag."""
    parts: list[str] = []
    last = 0
    for start, end, name, _ in _scan_tags(html):
        parts.append(html[last:start])
        if name and name not in _INLINE_TAGS:
            parts.append("\n")
        last = end
    return unescape("".join(parts))


def insert_links(html: str, links: Iterable[TextLink]) -> str:
    """Insert links on words of a body, skipping those that would cross a tag.

    Args:
        html: The body.
        links: Links that do not overlap.
    """
    # In reverse order, so that the next link is taken from the end of the list.
    pending = sorted(links, reverse=True)
    parts: list[str] = []
    last, taken = 0, 0
    for run in extract_words(html).runs:
        position = _HtmlOffsets(run.html)
        while pending and pending[-1].start < run.start + run.length:
            link = pending.pop()
            if not run.can_link or link.start < run.start or link.end > run.start + run.length:
                continue
            # Overlapping links would nest, which HTML does not allow.
            if link.start < taken:
                continue
            start = run.html_start + position.html_offset(link.start - run.start)
            end = run.html_start + position.html_offset(link.end - run.start)
            parts += [html[last:start], f'<a class="name" href="{escape(link.url)}">']
            parts += [html[start:end], "</a>"]
            last, taken = end, link.end
    return "".join((*parts, html[last:]))


def _scan_tags(html: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start, end, name and closing flag of each tag, then an empty tag at the end."""
    for tag in _TAG.finditer(html):
        yield tag.start(), tag.end(), tag[2].lower(), bool(tag[1])
    yield len(html), len(html), "", False


def _update_open_tags(open_tags: list[str], name: str, *, closes: bool) -> None:
    """Track open tags inside which words are skipped or cannot be linked."""
    if name not in _CODE_TAGS and name not in _NO_LINK_TAGS:
        return
    if not closes:
        open_tags.append(name)
    elif name in open_tags:
        open_tags.remove(name)


class _HtmlOffsets:
    """Converter of text offsets in one run to HTML offsets.

    Offsets must not decrease, so that each run is scanned only once.
    """

    def __init__(self, html: str) -> None:
        self._plain = "&" not in html
        self._characters = _CHARACTER.finditer(html)
        self._count = 0
        self._end = 0

    def html_offset(self, count: int) -> int:
        """Return the HTML offset after the first `count` characters of text."""
        if self._plain:
            return count
        while self._count < count:
            character = next(self._characters)
            # An entity such as `&amp;` is one character of text but several of HTML.
            self._count += len(unescape(character[0]))
            self._end = character.end()
        return self._end
