"""Render the body of a Markdown article: CommonMark with the extensions that newsrooms use.

Shortcodes of other generators become HTML first. Then comes the parser, then the sanitizer, then
headings get their levels and ids.
"""

import re
from typing import TYPE_CHECKING, Final

from newsgen.enrich.body import READ_MORE, Body, BodySettings, BodyWarning
from newsgen.enrich.errors import BodyError, RawHtmlForbiddenError
from newsgen.enrich.headings import arrange_headings
from newsgen.enrich.markdown_parser import make_parser
from newsgen.enrich.markup_limits import check_elements, check_footnotes, check_length, check_links
from newsgen.enrich.sanitizer import sanitize_html
from newsgen.enrich.shortcodes.expanded import Expanded

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTES_OPEN: Final = ('<section class="footnotes">\n<ol', '<div class="footnotes">\n<ol')
_NOTES_CLOSE: Final = ("</ol>\n</section>\n", "</ol>\n</div>\n")
"""Footnotes are a `div`: a `section` should have a heading."""

_SEPARATOR: Final = re.compile(
    # `<!--more-->` of WordPress, Hugo and Hexo, then Jekyll, Nikola, Pelican and Docusaurus.
    r"<!--\s*(?:more|excerpt|read[ _-]?more|teaser[ _]end|pelican_end_summary|truncate"
    r"|end[ _-]?(?:excerpt|summary))\b[^>]{0,200}-->"
    r"|<p>-{3,}\s*(?:more|excerpt)\s*-{3,}</p>",
    re.IGNORECASE,
)
_WITH_SHORTCODES: Final = re.compile(r"\{[{%#]|\[/[a-zA-Z]|\[[a-zA-Z][\w-]*(?:[\s=]|\\?\](?!\())")
_WITH_EMBEDS: Final = re.compile(
    r"<(?:iframe|embed|object|script|blockquote\s)|\sdata-(?:src|lazy|original)", re.IGNORECASE
)
"""A quick look whether a body can have any, which spares most of them loading the modules."""

_EMPTY_PARAGRAPH: Final = re.compile(r"<p>\s*</p>\n?")


def render_markdown(text: str, settings: BodySettings, headline: str = "") -> Body:
    """Render a body.

    Links that begin with `/` are relative to the site's root and get `urls.ROOT` as a prefix.

    Args:
        text: The Markdown.
        settings: How to render it. `language` is the body's own.
        headline: The article's headline, which a first heading must not repeat.

    Raises:
        HtmlTooDeepError: If its HTML is nested too deeply.
        RawHtmlForbiddenError: If HTML is forbidden and the text has HTML.
        TooMuchMarkupError: If the text has more markup than `markup_limits` allow.
    """
    expanded = _expand_shortcodes(text, settings)
    try:
        html = _render_unsanitized(expanded.text, settings)
    except BodyError as error:
        # Shortcodes may have more or fewer lines than what they became.
        error.line = expanded.find_line(error.line)
        raise
    html = expanded.insert_fragments(html)
    html, lost = _link_embeds(_SEPARATOR.sub(READ_MORE, html, count=1))
    try:
        clean = sanitize_html(html)
    except BodyError as error:
        # Lines of HTML are not those of the text. But raw HTML stands in both as it is written.
        check_elements(text)
        raise type(error)(error.message) from error
    # A block inside of a paragraph splits it, and may leave an empty half.
    clean = _EMPTY_PARAGRAPH.sub("", clean).strip()
    check_length(clean, len(text))
    clean, title = arrange_headings(clean, headline)
    excerpt, mark, rest = clean.partition(READ_MORE)
    warnings = (*expanded.warnings, *(_make_warning(tag, text) for tag in lost))
    return Body((excerpt + rest).strip(), title, excerpt if mark else "", warnings)


def _render_unsanitized(text: str, settings: BodySettings) -> str:
    """Render a text. The HTML is not safe yet."""
    check_footnotes(text)
    parser = make_parser(with_html=settings.raw_html != "escape")
    tokens = parser.parse(text, {"language": settings.language})
    check_links(tokens, len(text))
    if settings.raw_html == "refuse":
        _check_raw_html(tokens)
    _align_by_class(tokens)
    html = str(parser.renderer.render(tokens, parser.options, {}))
    return html.replace(*_NOTES_OPEN).replace(*_NOTES_CLOSE) if _NOTES_OPEN[0] in html else html


def _expand_shortcodes(text: str, settings: BodySettings) -> Expanded:
    if not _WITH_SHORTCODES.search(text):
        return Expanded(text)
    from newsgen.enrich.shortcodes.expansion import expand_shortcodes  # noqa: PLC0415

    return expand_shortcodes(text, settings)


def _link_embeds(html: str) -> tuple[str, list[str]]:
    if not _WITH_EMBEDS.search(html):
        return html, []
    from newsgen.enrich.embeds import link_embeds  # noqa: PLC0415

    return link_embeds(html)


def _make_warning(tag: str, text: str) -> BodyWarning:
    """Return the warning of an embedded medium that no link can stand for."""
    # The tag is as written, unless a shortcode made it.
    line = text.count("\n", 0, max(0, text.find(tag))) + 1
    return BodyWarning("embed-left-out", f"`{tag[:80]}` has no URL that a link could lead to", line)


def _check_raw_html(tokens: "list[Token]") -> None:
    line = 1
    for token in tokens:
        # Closing tokens have no line. The last known one is the closest.
        line = token.map[0] + 1 if token.map else line
        inline = token.children or ()
        if token.type == "html_block" or any(child.type == "html_inline" for child in inline):
            message = "contains raw HTML, which `raw_html: refuse` forbids"
            raise RawHtmlForbiddenError(message, line)


def _align_by_class(tokens: "list[Token]") -> None:
    """Align table cells by the class `right` or `center`: the CSP forbids inline styles."""
    for token in tokens:
        style = token.attrs.pop("style", "") if token.type in {"td_open", "th_open"} else ""
        if style:
            token.attrSet("class", str(style).removeprefix("text-align:"))
