"""Limits of a Markdown body: markup whose HTML takes far more time, memory or space than its text.

They are checked before the expensive step that they bound. docs/reference/limits.md explains them.
"""

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from newsgen.enrich.errors import HtmlTooDeepError, TooMuchMarkupError

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_ELEMENT_DEPTH: Final = 250
"""Nested elements. Beyond that nh3 takes time that grows faster than the input."""

MAX_BLOCK_DEPTH: Final = 100
"""Nested lists, their items, and quotes in Markdown, as in markdown-it's default preset.

A list and its item are two levels. A level takes two frames of Python's stack.
"""

MAX_LAZY_LINES: Final = 50_000
"""Lines that continue a quote without a `>`, counted once for each quote around them.

markdown-it tests such a line once for every level, in 7 to 12 microseconds.
"""

MAX_TABLE_CELLS: Final = 100_000
"""Cells of all tables. One takes 40 microseconds and 2 kB of memory while it is rendered."""

MAX_FOOTNOTE_REFERENCES: Final = 10_000
"""References to footnotes. Each becomes twenty-five times as much HTML."""

MAX_GROWTH: Final = 10
"""Characters of HTML for each of the text. Markdown's own syntax makes at most six of one."""

FREE_LENGTH: Final = 1_000_000
"""Characters of HTML that a body may have whatever its length."""

_MAX_EQUAL_TAGS: Final = 3
"""Equal open tags that an HTML parser repeats, the "Noah's Ark clause" of the HTML standard."""

# Tags with their attributes, and comments, both to the end of the text if they do not close.
_ELEMENT: Final = re.compile(
    r"<!--(?:.*?-->|.*)|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^\"'>]++|\"[^\"]*\"|'[^']*')*+)>?",
    re.DOTALL,
)
_CLOSED_BY_HTML: Final = frozenset(
    {
        *("area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li"),
        *("link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "track", "wbr"),
    }
)
_FORMATTING: Final = frozenset(
    {
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    }
)
"""Elements that a parser opens again in the next block if they were left open."""
_SCOPES: Final = frozenset(
    {
        "applet",
        "iframe",
        "marquee",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "script",
        "select",
    }
    | {"style", "svg", "table", "template", "textarea", "title", "xmp"}
)
"""Elements in which a closing tag does not close what was opened before them."""


def check_footnotes(text: str) -> None:
    """Count references to footnotes.

    Raises:
        TooMuchMarkupError: If there are more than `MAX_FOOTNOTE_REFERENCES`.
    """
    for mark in ("[^", "^["):
        if text.count(mark) > MAX_FOOTNOTE_REFERENCES:
            parts = text.split(mark, MAX_FOOTNOTE_REFERENCES + 1)
            line = sum(part.count("\n") for part in parts[:-1]) + 1
            message = f"the article has more than {MAX_FOOTNOTE_REFERENCES:,} footnotes"
            raise TooMuchMarkupError(message, line)


def check_links(tokens: "list[Token]", length: int) -> None:
    """Add up the URLs and titles of links and pictures.

    One definition, `[a]: long-url`, can be referred to any number of times.

    Args:
        tokens: The parsed text.
        length: The number of its characters.

    Raises:
        TooMuchMarkupError: If they are much longer than the text.
    """
    total, line = 0, 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        for child in token.children or ():
            if child.attrs:
                total += sum(len(str(value)) for value in child.attrs.values())
        if total > FREE_LENGTH + MAX_GROWTH * length:
            raise TooMuchMarkupError("its links are much longer than its text", line)


def check_length(html: str, length: int) -> None:
    """Compare the length of a body's HTML with that of its text.

    Raises:
        TooMuchMarkupError: If the HTML is much longer.
    """
    if len(html) > FREE_LENGTH + MAX_GROWTH * length:
        raise TooMuchMarkupError(f"its HTML would have {len(html):,} characters")


def check_elements(html: str) -> None:
    """Count open elements, without those that HTML closes implicitly.

    Args:
        html: The HTML, or Markdown with raw HTML. Lines of errors are its lines.

    Raises:
        HtmlTooDeepError: If more than `MAX_ELEMENT_DEPTH` are open.
        TooMuchMarkupError: If elements such as `<b>` are left open and repeated in many blocks.
    """
    # So few tags can exceed neither limit. This spares scanning almost every article.
    count = html.count("<")
    if count < MAX_ELEMENT_DEPTH and count * len(html) < FREE_LENGTH:
        return
    elements = _OpenElements()
    total = 0
    for found in _ELEMENT.finditer(html):
        closes, name, attributes = found.groups("")
        if name and name.lower() not in _FORMATTING:
            total += elements.repeated_length
        if total > FREE_LENGTH + MAX_GROWTH * len(html):
            message = "HTML elements that it leaves open are repeated too often"
            raise TooMuchMarkupError(message, _count_line(html, found))
        if not name or name.lower() in _CLOSED_BY_HTML:
            continue
        if closes:
            elements.close(name.lower())
        else:
            elements.open(name.lower(), attributes)
        if elements.depth > MAX_ELEMENT_DEPTH:
            message = "HTML elements are nested too deeply"
            raise HtmlTooDeepError(message, _count_line(html, found))


def _count_line(html: str, found: re.Match[str]) -> int:
    return html.count("\n", 0, found.start()) + 1


class _OpenElements:
    """Elements that are open at some place of a text.

    Attributes:
        depth: Their number.
        repeated_length: Characters of the tags that a parser repeats in the next block.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.repeated_length = 0
        self._equal: defaultdict[str, int] = defaultdict(int)
        self._scopes: list[tuple[str, dict[str, list[str]]]] = [("", {})]

    def open(self, name: str, attributes: str) -> None:
        tag = name + attributes
        self._scopes[-1][1].setdefault(name, []).append(tag)
        self.depth += 1
        if name in _FORMATTING:
            self._equal[tag] += 1
            if self._equal[tag] <= _MAX_EQUAL_TAGS:
                self.repeated_length += len(tag)
        if name in _SCOPES:
            self._scopes.append((name, {}))

    def close(self, name: str) -> None:
        if name == self._scopes[-1][0]:
            self._close_scope()
        tags = self._scopes[-1][1].get(name)
        # A closing tag without an opening one in the same scope closes nothing.
        if not tags:
            return
        tag = tags.pop()
        self.depth -= 1
        if name in _FORMATTING:
            if self._equal[tag] <= _MAX_EQUAL_TAGS:
                self.repeated_length -= len(tag)
            self._equal[tag] -= 1

    def _close_scope(self) -> None:
        """Close what is open in the innermost scope, except for formatting, which stays open."""
        _, inner = self._scopes.pop()
        outer = self._scopes[-1][1]
        for name, tags in inner.items():
            if name in _FORMATTING:
                outer.setdefault(name, []).extend(tags)
            else:
                self.depth -= len(tags)
