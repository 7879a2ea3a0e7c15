"""Metadata in a comment at the top of a file, as Nikola writes it: `.. title: Headline`.

In Markdown and HTML the lines stand between `<!--` and `-->`, in other files without a comment.
"""

import re
from typing import Final

from newsgen.model import Markup, RawArticle, RawField
from newsgen.read.fields import add_field, canonical_field_name, split_values

_COMMENT: Final = re.compile(r"\s*+<!--")
_DOTTED_LINE: Final = re.compile(r"\.\. ([\w-]{1,100}):(?:[ \t]+(.*)|[ \t]*)")
_PLAIN_LINE: Final = re.compile(r"([^\W\d][\w -]{0,100}):(?:[ \t]+(.*)|[ \t]*)")
_MAX_LINES: Final = 100
"""Lines of metadata. A longer comment holds something else."""

_DRAFT_TAGS: Final = frozenset({"draft", "private"})
"""Tags by which Nikola knows drafts."""


def parse_comment_metadata(text: str, markup: Markup) -> RawArticle | None:
    """Parse an article whose metadata is in a comment, or return None if there is none."""
    if not text.startswith(("<!--", ".. ", "\n", " ")):
        return None
    comment = _COMMENT.match(text)
    start = comment.end() if comment else len(text) - len(text.lstrip())
    if not comment and not text.startswith(".. ", start):
        return None
    end = text.find("-->", start) if comment else len(text)
    if end < 0:
        return None
    first_line = text.count("\n", 0, start) + 1
    found: list[RawField] = []
    position = start
    for number, line in enumerate(text[start:end].split("\n", _MAX_LINES)[:_MAX_LINES]):
        field = _parse_line(line.strip(), in_comment=comment is not None)
        if field:
            found.append(field._replace(line=first_line + number))
        elif line.strip() or not comment:
            break
        position += len(line) + 1
    if comment:
        if position < end:
            # Another line: the comment is a comment.
            return None
        position = end + len("-->")
    if not {"headline", "date"} & {canonical_field_name(field.label) for field in found}:
        return None
    return _make_article(text, min(position, len(text)), found, markup)


def _parse_line(line: str, *, in_comment: bool) -> RawField | None:
    match = _DOTTED_LINE.fullmatch(line) or (_PLAIN_LINE.fullmatch(line) if in_comment else None)
    return RawField((match[2] or "").strip(), 0, match[1]) if match else None


def _make_article(text: str, start: int, found: list[RawField], markup: Markup) -> RawArticle:
    fields: dict[str, RawField] = {}
    extra: dict[str, RawField] = {}
    for field in found:
        add_field(field, fields, extra)
    tags = fields.get("tags")
    if tags and _DRAFT_TAGS & {tag.lower() for tag in split_values("tags", tags)}:
        add_field(RawField("true", tags.line, "draft"), fields, extra)
    return RawArticle(fields, extra, text[start:], start, text.count("\n", 0, start) + 1, markup)
