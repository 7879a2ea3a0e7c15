"""Markdown with front matter, in YAML, TOML or JSON, or with Pelican's header lines.

The slug in a Jekyll file name (`2025-08-30-slug.md`) and the first heading are used when front
matter has no slug or headline.
"""

import re
from typing import Final

from newsgen.model import RawArticle, RawField
from newsgen.read.dates import is_date_line
from newsgen.read.formats import front_matter, plain_text
from newsgen.read.formats.comment_metadata import parse_comment_metadata
from newsgen.read.formats.other_articles import add_other_articles

_SHORT_LINE: Final = re.compile(r"\s*+([^\n]{4,100})(?:\n|$)")
_HEADING: Final = re.compile(r"\s*#[ \t]+(.+)(?:\n|$)")


def parse_markdown(path: str, text: str) -> RawArticle:
    """Parse a Markdown article.

    Raises:
        FormatError: If the front matter is malformed or never closes.
    """
    if front_matter.has_front_matter(text):
        raw = front_matter.parse_front_matter(text, "markdown")
    else:
        commented = parse_comment_metadata(text, "markdown")
        raw = commented or _parse_without_fences(text)._replace(markup="markdown")
    raw = add_other_articles(raw)
    return _fill_headline_from_heading(_fill_slug_from_file_name(raw, path))


def _parse_without_fences(text: str) -> RawArticle:
    # A heading begins the body at once, so no header lines are looked for.
    if _HEADING.match(text):
        return RawArticle({}, {}, text, 0, 1, "markdown")
    return plain_text.parse_lines(text, has_continuations=True)


def _fill_slug_from_file_name(raw: RawArticle, path: str) -> RawArticle:
    """Take a missing slug from the file name, if it begins with a date."""
    name = path.rpartition("/")[2]
    if "slug" in raw.fields or not (name[:1].isdigit() or name.startswith("index.")):
        return raw
    from newsgen.read.path_dates import find_dated_slug  # noqa: PLC0415 - compiles patterns

    slug = find_dated_slug(path)
    return raw._replace(fields={"slug": RawField(slug, 0), **raw.fields}) if slug else raw


def _fill_headline_from_heading(raw: RawArticle) -> RawArticle:
    """Take a missing headline from a first-level heading at the start of the body."""
    match = None if "headline" in raw.fields else _HEADING.match(raw.body)
    if not match:
        return raw
    lines = match[0].count("\n")
    heading_line = raw.body_line + match[0][: match.start(1)].count("\n")
    headed = raw._replace(
        fields={**raw.fields, "headline": RawField(_strip_closing(match[1]), heading_line)},
        # The heading leaves the body, as the page shows the headline above it.
        body=raw.body[match.end() :],
        body_start=raw.body_start + match.end(),
        body_line=raw.body_line + lines,
    )
    return _fill_date_below_heading(headed)


def _fill_date_below_heading(raw: RawArticle) -> RawArticle:
    """Take a missing date from a line below the heading: `*17 March 2015*`."""
    match = None if {"date", "publish_date"} & raw.fields.keys() else _SHORT_LINE.match(raw.body)
    date = match[1].strip(" \t*_") if match else ""
    if match is None or not is_date_line(date):
        return raw
    date_line = raw.body_line + match[0][: match.start(1)].count("\n")
    return raw._replace(
        fields={**raw.fields, "date": RawField(date, date_line)},
        body=raw.body[match.end() :],
        body_start=raw.body_start + match.end(),
        body_line=raw.body_line + match[0].count("\n"),
    )


def _strip_closing(heading: str) -> str:
    """Return the text of a heading without the number signs that may close it."""
    # In Python, as a pattern that ends in optional blanks tries each blank of a long run.
    text = heading.rstrip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else text
