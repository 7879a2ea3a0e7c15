"""Sanitize the HTML of a body: an allow-list of elements, attributes and kinds of URLs."""

import re
from typing import Final

import nh3

from newsgen.enrich.body import READ_MORE
from newsgen.enrich.markup_limits import check_elements
from newsgen.text.characters import remove_unsafe_characters
from newsgen.text.combining import limit_combining_marks
from newsgen.urls import ROOT

_ATTRIBUTES: Final = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "name", "rel"},
    "audio": {"controls", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "loading", "src", "width"},
    "input": {"checked"},
    "ins": {"cite", "datetime"},
    "math": {"display"},
    "menclose": {"notation"},
    "mfrac": {"linethickness"},
    "mo": {"accent", "fence", "form", "largeop", "lspace", "maxsize", "minsize", "movablelimits"}
    | {"rspace", "separator", "stretchy", "symmetric"},
    "mover": {"accent"},
    "mspace": {"depth", "height", "linebreak", "width"},
    "mstyle": {"displaystyle", "mathcolor", "scriptlevel"},
    "mtable": {"columnalign", "columnlines", "columnspacing", "rowlines", "rowspacing"},
    "mtd": {"columnalign", "columnspan", "rowspan"},
    "munder": {"accentunder"},
    "ol": {"start", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "poster", "src", "width"},
}
_MATH_TAGS: Final = frozenset(
    {"math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot"}
    | {"mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext"}
    | {"mtr", "munder", "munderover"}
)
_TAGS: Final = (
    (nh3.ALLOWED_TAGS - {"map", "area"})
    | {"audio", "input", "label", "section", "source", "video"}
    | _MATH_TAGS
)
_CONTENT_TAGS: Final = frozenset({"noscript", "script", "style", "template", "title"})
"""Elements whose content is no text for readers. nh3 removes it together with the element."""

_RAW_OPENER: Final = re.compile(
    r"<(iframe|noembed|noframes|noscript|script|style|template|textarea|title|xmp)\b", re.IGNORECASE
)
"""Elements whose content a parser takes for text up to the closing tag, or to the very end."""

_INPUT: Final = re.compile(r"<input([^<>]*)>")

_ROOT_REFERENCE: Final = re.compile(
    rf"&#(?:0*{ord(ROOT)}(?![0-9])|x0*{ord(ROOT):x}(?![0-9a-f]));?", re.IGNORECASE
)
"""An article must not write the placeholder that pages replace by the path to the site's root."""


def sanitize_html(html: str) -> str:
    """Remove HTML that is not on the allow-list, and prefix links that begin with `/`.

    Raises:
        HtmlTooDeepError: If elements are nested too deeply.
        TooMuchMarkupError: If elements that are left open are repeated too often.
    """
    html = _drop_unclosed(html)
    check_elements(html)
    clean = nh3.clean(
        # Another noncharacter takes its place, and is removed below. Deleting it at once could join
        # its neighbors to a new reference, as in `&#xFD&#xFDD0;D0;`.
        _ROOT_REFERENCE.sub("\ufffe", html),
        tags=set(_TAGS),
        clean_content_tags=set(_CONTENT_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filter_attribute,
        tag_attribute_values={"div": {"role": {"note"}}},
        # `ref:` leads to another source, and is resolved once all sources are known.
        url_schemes={"http", "https", "mailto", "ref", "tel"},
        link_rel=None,
    ).strip()
    # The decoder cleaned the file as it stands. Only here do references such as `&#x202E;` in raw
    # HTML become characters.
    before, mark, after = clean.partition(READ_MORE)
    safe = _remove_unsafe(before) + mark + _remove_unsafe(after)
    if "<input" in safe:
        safe = _INPUT.sub(_make_checkbox, safe)
    return limit_combining_marks(safe) if "&" in html else safe


def _make_checkbox(match: re.Match[str]) -> str:
    """Return the only input that a page may have: a checkbox that nobody can change."""
    # Not by nh3, which adds attributes in the random order of a hash table.
    return f'<input type="checkbox" disabled{" checked" if " checked=" in match[1] else ""}>'


def _remove_unsafe(html: str) -> str:
    return ROOT.join(map(remove_unsafe_characters, html.split(ROOT)))


def _filter_attribute(_tag: str, name: str, value: str) -> str | None:
    # `//example.org` begins with a slash too, but leads to another host.
    if name in {"href", "src", "poster"} and value.startswith("/") and not value.startswith("//"):
        return ROOT + value.lstrip("/")
    return value


def _drop_unclosed(html: str) -> str:
    """Remove openers such as `<title>` and `<!--` without an end, which would hide what follows."""
    for name in sorted({match.lower() for match in _RAW_OPENER.findall(html)}):
        closers = list(re.finditer(f"</{name}", html, re.IGNORECASE))
        end = closers[-1].start() if closers else 0
        html = html[:end] + re.sub(rf"<{name}\b[^>]*>?", "", html[end:], flags=re.IGNORECASE)
    if "<!--" in html:
        end = max(0, html.rfind("-->"))
        html = html[:end] + html[end:].replace("<!--", "")
    return html
