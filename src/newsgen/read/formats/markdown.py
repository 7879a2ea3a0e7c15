"""Markdown with front matter, in YAML, TOML or JSON, or with Pelican's header lines.

A date and a slug in the file's name, as Jekyll has them (`2025-08-30-slug.md`), count where the
front matter gives none; so does a first heading for a headline.
"""

import re
from typing import Final

from newsgen.model import RawArticle, RawField
from newsgen.read.formats import front_matter, plain_text

_JEKYLL_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)\.\w+")
_HEADING: Final = re.compile(r"\s*#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*(?:\n|$)")


def parse(path: str, text: str) -> RawArticle:
    """Take a Markdown article apart.

    Raises:
        FormatError: if the front matter is malformed or never closes.
    """
    if front_matter.is_front_matter(text):
        raw = front_matter.parse(text, "markdown")
    else:
        raw = _parse_without_fences(text)._replace(markup="markdown")
    return _with_heading(_with_name(raw, path))


def _parse_without_fences(text: str) -> RawArticle:
    if _HEADING.match(text):
        return RawArticle({}, {}, text, 0, 1, "markdown")
    return plain_text.parse("", text)


def _with_name(raw: RawArticle, path: str) -> RawArticle:
    """Take date and slug from the file's name, where the text gives none."""
    match = _JEKYLL_NAME.fullmatch(path.rpartition("/")[2])
    if not match:
        return raw
    named = {"date": RawField(match[1], 0), "slug": RawField(match[2], 0)}
    if "date" in raw.fields:
        del named["date"]
    return raw._replace(fields={**named, **raw.fields})


def _with_heading(raw: RawArticle) -> RawArticle:
    """Where no headline is given, take it from a first-level heading that opens the body."""
    match = None if "headline" in raw.fields else _HEADING.match(raw.body)
    if not match:
        return raw
    lines = match[0].count("\n")
    heading_line = raw.body_line + match[0][: match.start(1)].count("\n")
    return raw._replace(
        fields={**raw.fields, "headline": RawField(match[1], heading_line)},
        body=raw.body[match.end() :],
        body_start=raw.body_start + match.end(),
        body_line=raw.body_line + lines,
    )
