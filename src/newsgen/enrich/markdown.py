"""Render the body of a Markdown article: CommonMark with tables and footnotes, sanitized.

Most news is prose: paragraphs without any markup. Prose has a renderer of its own that is about
twenty times as fast. A property test checks that both give the same HTML.
"""

import re
from html import escape
from typing import TYPE_CHECKING, Final

import nh3

from newsgen.enrich.errors import BodyError, RawHtmlForbiddenError
from newsgen.enrich.markdown_parser import make_parser
from newsgen.enrich.markup_limits import (
    check_elements,
    check_footnotes,
    check_length,
    check_links,
)
from newsgen.text.characters import remove_unsafe_characters
from newsgen.text.combining import limit_combining_marks
from newsgen.urls import ROOT

if TYPE_CHECKING:
    from markdown_it.token import Token

_SYNTAX: Final = b"*_`[]\\&<|~^\t"
"""Emphasis, code, links, escapes, entities, HTML, tables, footnotes."""

_LINE_SYNTAX: Final = re.compile(r"\n(?: {4}| *(?:[#>+=:-]|\d+[.)]))")
"""Code by indentation, headings, quotes, lists, rules."""

_HARD_BREAK: Final = "  \n"

_BLANK_LINE: Final = "\n\n"
_NEXT_PARAGRAPH: Final = "</p>\n<p>"
_BLANK_LINES: Final = re.compile(r"\n *\n[ \n]*")
_ATTRIBUTES: Final = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "rel"},
    "audio": {"controls", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "img": {"alt", "height", "loading", "src", "width"},
    "ins": {"cite", "datetime"},
    "ol": {"start", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "poster", "src", "width"},
}
_TAGS: Final = (nh3.ALLOWED_TAGS - {"map", "area"}) | {"audio", "section", "source", "video"}
_NOTES_OPEN: Final = ('<section class="footnotes">\n<ol', '<div class="footnotes">\n<ol')
_NOTES_CLOSE: Final = ("</ol>\n</section>\n", "</ol>\n</div>\n")
"""Footnotes are a `div`: a `section` should have a heading."""
_ROOT_REFERENCE: Final = re.compile(
    rf"&#(?:0*{ord(ROOT)}(?![0-9])|x0*{ord(ROOT):x}(?![0-9a-f]));?", re.IGNORECASE
)
"""An article must not write the placeholder that pages replace by the path to the site's root."""

_OWN_ID: Final = re.compile(r"fn(?:ref)?[\w:-]*")


def is_prose(text: str) -> bool:
    """Return True if Markdown renders a text as paragraphs and nothing else."""
    data = text.encode()
    if len(data.translate(None, _SYNTAX)) < len(data):
        return False
    return _HARD_BREAK not in text and _LINE_SYNTAX.search("\n" + text) is None


def prose_to_html(text: str) -> str:
    """Render a body that is prose, with the same result as `to_html`."""
    text = text.strip(" \n")
    # Without stray spaces no regular expression is needed: one `replace` makes all paragraphs.
    if _is_normalized(text):
        return f"<p>{escape(text, quote=False).replace(_BLANK_LINE, _NEXT_PARAGRAPH)}</p>"
    parts = _BLANK_LINES.split(text)
    return "\n".join(f"<p>{_strip_lines(part.strip())}</p>" for part in parts if part)


def _strip_lines(paragraph: str) -> str:
    """Return a paragraph as HTML, without spaces around its line breaks."""
    return "\n".join(line.strip(" ") for line in escape(paragraph, quote=False).split("\n"))


def _is_normalized(text: str) -> bool:
    """Return True if a text is not empty, and has no outer spaces and no double blank lines."""
    lines = text.split("\n")
    return bool(text) and "\n\n\n" not in text and lines == [line.strip() for line in lines]


def to_html(text: str, raw_html: str) -> str:
    """Render a body.

    Links that begin with `/` are relative to the site's root and get `urls.ROOT` as a prefix.

    Args:
        text: The Markdown.
        raw_html: How to treat HTML in it: `sanitize`, `escape` or `refuse`.

    Raises:
        HtmlTooDeepError: If its HTML is nested too deeply.
        RawHtmlForbiddenError: If `raw_html` is `refuse` and the text has HTML.
        TooMuchMarkupError: If the text has more markup than `markup_limits` allow.
    """
    unsanitized = render_unsanitized(text, raw_html)
    try:
        html = sanitize_html(unsanitized)
    except BodyError as error:
        # Lines of HTML are not those of the text. But raw HTML stands in both as it is written.
        check_elements(text)
        raise type(error)(error.message) from error
    check_length(html, len(text))
    return html


def render_unsanitized(text: str, raw_html: str) -> str:
    """Render a text with headings moved below the headline. The HTML is not safe yet."""
    check_footnotes(text)
    parser = make_parser(with_html=raw_html != "escape")
    tokens = parser.parse(text)
    check_links(tokens, len(text))
    if raw_html == "refuse":
        _check_raw_html(tokens)
    _lower_headings(tokens)
    _align_by_class(tokens)
    html = str(parser.renderer.render(tokens, parser.options, {}))
    return html.replace(*_NOTES_OPEN).replace(*_NOTES_CLOSE) if _NOTES_OPEN[0] in html else html


def sanitize_html(html: str) -> str:
    """Remove HTML that is not on the allow-list, and prefix links that begin with `/`.

    Raises:
        HtmlTooDeepError: If elements are nested too deeply.
        TooMuchMarkupError: If elements that are left open are repeated too often.
    """
    check_elements(html)
    clean = nh3.clean(
        # Another noncharacter takes its place, and is removed below. Deleting it at once could join
        # its neighbors to a new reference, as in `&#xFD&#xFDD0;D0;`.
        _ROOT_REFERENCE.sub("\ufffe", html),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filter_attribute,
        # `ref` is no scheme of the web: such a link leads to another source, and is replaced later.
        url_schemes={"http", "https", "mailto", "ref", "tel"},
        link_rel=None,
    ).strip()
    # The decoder cleaned the file as it stands. Only here do references such as `&#x202E;` in raw
    # HTML become characters.
    safe = ROOT.join(map(remove_unsafe_characters, clean.split(ROOT)))
    return limit_combining_marks(safe) if "&" in html else safe


def _filter_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "id":
        # Any other id could clash with one of the page's own, which labels and links refer to.
        return value if _OWN_ID.fullmatch(value) else None
    # `//example.org` begins with a slash too, but leads to another host.
    if name in {"href", "src", "poster"} and value.startswith("/") and not value.startswith("//"):
        return ROOT + value.lstrip("/")
    return value


def _check_raw_html(tokens: "list[Token]") -> None:
    line = 1
    for token in tokens:
        # Closing tokens have no line. The last known one is the closest.
        line = token.map[0] + 1 if token.map else line
        inline = token.children or ()
        if token.type == "html_block" or any(child.type == "html_inline" for child in inline):
            message = "contains raw HTML, which `raw_html: refuse` forbids"
            raise RawHtmlForbiddenError(message, line)


def _lower_headings(tokens: "list[Token]") -> None:
    """Move all headings down a level if there is an `h1`, which is reserved for the headline."""
    if any(token.tag == "h1" for token in tokens):
        for token in tokens:
            if token.type in {"heading_open", "heading_close"}:
                token.tag = f"h{min(6, int(token.tag[1]) + 1)}"


def _align_by_class(tokens: "list[Token]") -> None:
    """Align table cells by the class `right` or `center`: the CSP forbids inline styles."""
    for token in tokens:
        style = token.attrs.pop("style", "") if token.type in {"td_open", "th_open"} else ""
        if style:
            token.attrSet("class", str(style).removeprefix("text-align:"))
