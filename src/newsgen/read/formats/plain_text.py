"""Plain text as newsroom archives hold it: ` date 2025-08-30 HEADLINE`, header lines, paragraphs.

The date may be alone, with the headline on the line before or after it. It may lack the word
`date`, or be in a header line of its own. Front matter is supported too. The body is never parsed
as Markdown.
"""

import re
from typing import Final

from newsgen.model import RawArticle, RawField
from newsgen.read import dates
from newsgen.read.fields import canonical_field_name
from newsgen.read.formats import front_matter
from newsgen.read.formats.comment_metadata import parse_comment_metadata
from newsgen.read.formats.headers import read_headers, read_trailing_tags
from newsgen.read.formats.other_articles import add_other_articles

_DATE_WORD: Final = re.compile(r"\s*(?:date|дата)\s*:?\s+|\s*(?:date|дата)\s*:?$", re.IGNORECASE)
_MAX_HEADLINE_LINE_LENGTH: Final = 300
"""Characters. A longer first line is a paragraph of an article without a headline."""


def parse_plain_text(_path: str, text: str) -> RawArticle:
    """Parse a plain-text article.

    Raises:
        FormatError: If it has malformed front matter.
    """
    if front_matter.has_front_matter(text):
        return add_other_articles(front_matter.parse_front_matter(text, "text"))
    commented = parse_comment_metadata(text, "text")
    return add_other_articles(commented or parse_lines(text))


def parse_lines(text: str, *, has_continuations: bool = False) -> RawArticle:
    """Parse an article whose fields are its first lines.

    Args:
        text: The whole file.
        has_continuations: Whether indented lines go on with the value of the header line above.
    """
    lines = text.split("\n")
    fields: dict[str, RawField] = {}
    position = _read_first_lines(lines, fields)
    headers = read_headers(lines, position, has_continuations=has_continuations)
    fields = {**headers.fields, **fields}
    position += headers.lines
    if "headline" not in fields and _could_be_headline(lines, position) and not headers.fields:
        fields["headline"] = RawField(lines[position].strip(), position + 1)
        headers = read_headers(lines, position + 1, has_continuations=has_continuations)
        fields = {**headers.fields, **fields}
        position += 1 + headers.lines
    start = sum(len(line) + 1 for line in lines[:position])
    raw = RawArticle(fields, headers.extra, text[start:], start, position + 1, "text")
    return _move_trailing_tags(raw)


def _read_first_lines(lines: list[str], fields: dict[str, RawField]) -> int:
    """Read optional first lines of date and headline, and return the number of the next line."""
    first = _find_text(lines, 0)
    if first == len(lines):
        return first
    line = lines[first].replace("\u00a0", " ")
    word = _DATE_WORD.match(line)
    date, headline = dates.split_date(line[word.end() :] if word else line, is_marked=bool(word))
    # A label of a date without one: leave the line to the header lines.
    if word and not date and canonical_field_name(line.partition(":")[0]) == "date":
        return first
    if date and (word or dates.parse_date(date, "en") or first == 0):
        fields["date"] = RawField(date, first + 1)
        if headline:
            fields["headline"] = RawField(headline, first + 1)
        return first + 1
    if word:
        fields["headline"] = RawField(headline, first + 1)
        return first + 1
    return _read_date_below(lines, first, fields)


def _read_date_below(lines: list[str], first: int, fields: dict[str, RawField]) -> int:
    """Read a headline and a date on the line below it, and return the number of the next line."""
    second = _find_text(lines, first + 1)
    if second == len(lines) or not _could_be_headline(lines, first):
        return first
    if read_headers(lines[: first + 1], first).lines:
        return first
    date = lines[second][_skip_date_word(lines[second]) :].strip()
    if not dates.is_date_line(date):
        return first
    fields["headline"] = RawField(lines[first].strip(), first + 1)
    fields["date"] = RawField(date, second + 1)
    return second + 1


def _skip_date_word(line: str) -> int:
    word = _DATE_WORD.match(line)
    return word.end() if word else 0


def _find_text(lines: list[str], start: int) -> int:
    """Return the number of the first line from `start` on that is not blank."""
    return next(
        (number for number in range(start, len(lines)) if lines[number].strip()), len(lines)
    )


def _could_be_headline(lines: list[str], position: int) -> bool:
    """Return True if the line is short enough to be a headline."""
    if position >= len(lines) or len(lines[position]) > _MAX_HEADLINE_LINE_LENGTH:
        return False
    return bool(lines[position].strip())


def _move_trailing_tags(raw: RawArticle) -> RawArticle:
    """Move tags in the last paragraph of the body to the fields."""
    body = raw.body.rstrip()
    start = body.rfind("\n") + 1
    if ":" not in body[start : start + 60]:
        return raw
    tags = read_trailing_tags(body[start:], raw.body_line + body.count("\n"))
    if not tags:
        return raw
    known = raw.fields.get("tags")
    if known:
        # Tags above and below the body add up. Problems name the line of the first.
        tags = RawField(f"{known.text}, {tags.text}", known.line)
    return raw._replace(fields={**raw.fields, "tags": tags}, body=body[:start])
