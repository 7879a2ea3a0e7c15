"""Markdown with front matter, in YAML, TOML or JSON, or with Pelican's header lines.

The date and the slug in a Jekyll file name (`2025-08-30-slug.md`) and the first heading are used
when front matter has no date, slug or headline.
"""

import re
from typing import Final

from newsgen.model import RawArticle, RawField
from newsgen.read.formats import front_matter, plain_text
from newsgen.read.formats.comment_metadata import parse_comment_metadata
from newsgen.read.formats.other_articles import add_other_articles

_JEKYLL_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)\.\w+")
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
    return _fill_headline_from_heading(_fill_from_file_name(raw, path))


def _parse_without_fences(text: str) -> RawArticle:
    # A heading begins the body at once, so no header lines are looked for.
    if _HEADING.match(text):
        return RawArticle({}, {}, text, 0, 1, "markdown")
    return plain_text.parse_lines(text, has_continuations=True)


def _fill_from_file_name(raw: RawArticle, path: str) -> RawArticle:
    """Take a missing date and slug from the file name."""
    match = _JEKYLL_NAME.fullmatch(path.rpartition("/")[2])
    if not match:
        return raw
    named = {"date": RawField(match[1], 0), "slug": RawField(match[2], 0)}
    # `named` comes first below so that the fields of the file override it.
    if "date" in raw.fields:
        del named["date"]
    return raw._replace(fields={**named, **raw.fields})


def _fill_headline_from_heading(raw: RawArticle) -> RawArticle:
    """Take a missing headline from a first-level heading at the start of the body."""
    match = None if "headline" in raw.fields else _HEADING.match(raw.body)
    if not match:
        return raw
    lines = match[0].count("\n")
    heading_line = raw.body_line + match[0][: match.start(1)].count("\n")
    return raw._replace(
        fields={**raw.fields, "headline": RawField(_strip_closing(match[1]), heading_line)},
        # The heading leaves the body, as the page shows the headline above it.
        body=raw.body[match.end() :],
        body_start=raw.body_start + match.end(),
        body_line=raw.body_line + lines,
    )


def _strip_closing(heading: str) -> str:
    """Return the text of a heading without the number signs that may close it."""
    # In Python, as a pattern that ends in optional blanks tries each blank of a long run.
    text = heading.rstrip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else text
