"""HTML with front matter, or with the metadata of its `<head>`.

The body becomes one block of HTML in Markdown, so `raw_html` decides about it as about any other.
"""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

from newsgen.model import RawArticle, RawField
from newsgen.read.fields import add_field
from newsgen.read.formats import front_matter
from newsgen.read.formats.comment_metadata import parse_comment_metadata

_META_FIELDS: Final = {
    "article:published_time": "date",
    "datepublished": "date",
    "dc.date": "date",
    "dc.date.issued": "date",
    "dcterms.date": "date",
    "article:modified_time": "lastmod",
    "datemodified": "lastmod",
    "article:author": "author",
    "dc.creator": "author",
    "article:tag": "tags",
    "article:section": "section",
    "og:title": "og:title",
    "og:description": "description",
    "dc.title": "title",
    "dc.description": "description",
    "dc.subject": "tags",
}
"""Names of metadata that are no names of fields, and the fields that they mean."""

_UNSHOWN_NAMES: Final = frozenset(
    {"viewport", "generator", "robots", "theme-color", "referrer", "format-detection", "google"}
)
_MAX_HEAD_LENGTH: Final = 100_000
"""Characters of a `<head>` that are read."""

_CONTENT: Final = re.compile(r"<(article|main|body)\b[^<>]*+>", re.IGNORECASE)
_HEAD_END: Final = re.compile(r"</head\s*>|<body\b", re.IGNORECASE)
_DOCUMENT: Final = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!doctype\b|<html\b|<head\b)", re.IGNORECASE
)
_H1: Final = re.compile(r"<h1\b[^<>]*+>", re.IGNORECASE)
_PREFORMATTED: Final = re.compile(r"<(pre|textarea)\b[^<>]*+>", re.IGNORECASE)
_BLANK_LINES: Final = re.compile(r"\n[ \t]*+(?=\n)")
_TAGS: Final = re.compile(r"<[^<>]*+>")


def parse_html(_path: str, text: str) -> RawArticle:
    """Parse an HTML article.

    Raises:
        FormatError: If the front matter is malformed or never closes.
    """
    if front_matter.has_front_matter(text):
        raw = front_matter.parse_front_matter(text, "markdown")
    else:
        raw = parse_comment_metadata(text, "markdown") or RawArticle({}, {}, text, 0, 1, "markdown")
    if _DOCUMENT.match(raw.body):
        raw = _add_head(raw)
    raw = _take_heading(raw)
    return raw._replace(body=to_html_block(raw.body))


def to_html_block(html: str) -> str:
    """Return HTML as a single block of Markdown: without blank lines, which would end it."""
    html = html.strip()
    lowered = html.lower()
    parts: list[str] = []
    position = 0
    for opening in _PREFORMATTED.finditer(html):
        if opening.start() < position:
            continue
        end = lowered.find(f"</{opening[1].lower()}", opening.end())
        end = end if end > 0 else len(html)
        parts.append(_BLANK_LINES.sub("", html[position : opening.end()]))
        # Where white space counts, a reference stands for the line break.
        parts.append(html[opening.end() : end].replace("\n", "&#10;"))
        position = end
    parts.append(_BLANK_LINES.sub("", html[position:]))
    return f"<div>\n{''.join(parts)}\n</div>\n" if html else ""


class _HeadReader(HTMLParser):
    """Collects the title and the metadata of a `<head>`."""

    def __init__(self, first_line: int) -> None:
        super().__init__()
        self.found: list[RawField] = []
        self.title = ""
        self.language = ""
        self._first_line = first_line
        self._in_title = False
        self._title_line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        line = self._first_line + self.getpos()[0] - 1
        if tag == "title":
            self._in_title = True
            self._title_line = line
        elif tag == "html" and values.get("lang"):
            self.found.append(RawField(values["lang"], line, "lang"))
        elif tag == "meta" and values.get("content"):
            name = values.get("name") or values.get("property") or values.get("itemprop") or ""
            label = _META_FIELDS.get(name.lower(), name)
            if ":" not in label and label.lower() not in _UNSHOWN_NAMES and label:
                self.found.append(RawField(values["content"], line, label))
            elif label == "og:title":
                # The title of the page often ends in the name of the site.
                self.found.insert(0, RawField(values["content"], line, "title"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._in_title:
            self._in_title = False
            self.found.append(RawField(self.title.strip(), self._title_line, "title"))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def _add_head(raw: RawArticle) -> RawArticle:
    """Return an article with the fields of its `<head>`, and its body without the page around."""
    head_end = _HEAD_END.search(raw.body)
    reader = _HeadReader(raw.body_line)
    head = raw.body[: head_end.start()] if head_end else raw.body
    reader.feed(head[:_MAX_HEAD_LENGTH])
    fields, extra = dict(raw.fields), dict(raw.extra)
    known = frozenset(fields)
    for found in reader.found:
        added: dict[str, RawField] = {}
        add_field(found, added, extra)
        for name, field in added.items():
            if name not in known and name not in fields:
                fields[name] = field
            elif name not in known and name == "tags":
                add_field(found, fields, extra)
    start, end = _find_content(raw.body)
    line = raw.body_line + raw.body.count("\n", 0, start)
    return raw._replace(fields=fields, extra=extra, body=raw.body[start:end], body_line=line)


def _find_content(html: str) -> tuple[int, int]:
    """Return where the content of a document is: its only `<article>`, `<main>` or `<body>`."""
    opening: dict[str, list[re.Match[str]]] = {}
    for match in _CONTENT.finditer(html):
        opening.setdefault(match[1].lower(), []).append(match)
    lowered = html.lower()
    for name in ("article", "main", "body"):
        # Several articles are a list of them.
        if len(opening.get(name, ())) == 1:
            start = opening[name][0].end()
            end = lowered.rfind(f"</{name}")
            return start, end if end > start else len(html)
    head_end = _HEAD_END.search(html)
    return (head_end.end() if head_end else 0), len(html)


def _take_heading(raw: RawArticle) -> RawArticle:
    """Take the first `<h1>` out of the body if it is the headline, or make it the headline."""
    heading = _H1.search(raw.body)
    end = raw.body.lower().find("</h1", heading.end()) if heading else -1
    if not heading or end < 0:
        return raw
    text = " ".join(unescape(_TAGS.sub("", raw.body[heading.end() : end])).split())
    headline = raw.fields.get("headline")
    # The title of a page adds the name of the site: `Flood | News`.
    if headline and headline.text and not unescape(headline.text).startswith(text):
        return raw
    line = raw.body_line + raw.body.count("\n", 0, heading.start())
    after = raw.body.find(">", end) + 1 or len(raw.body)
    kept_lines = "\n" * raw.body.count("\n", heading.start(), after)
    return raw._replace(
        fields={**raw.fields, "headline": RawField(text, line)},
        body=raw.body[: heading.start()] + kept_lines + raw.body[after:],
    )
