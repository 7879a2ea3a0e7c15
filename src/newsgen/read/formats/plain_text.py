"""Plain text as newsroom archives hold it: ` date 2025-08-30 HEADLINE`, header lines, paragraphs.

The date may stand alone, with the headline on the next line; it may lack the word `date`, or come
in a header line of its own. Front matter between fences is understood too. The body is text, never
Markdown.
"""

import re
from typing import Final

from newsgen.model import RawArticle, RawField
from newsgen.read import dates
from newsgen.read.fields import name_of
from newsgen.read.formats import front_matter
from newsgen.read.formats.headers import read_headers, read_trailing_tags

_DATE_WORD: Final = re.compile(r"\s*(?:date|дата)\s*:?\s+|\s*(?:date|дата)\s*:?$", re.IGNORECASE)
_LONGEST_HEADLINE_LINE: Final = 300


def parse(_path: str, text: str) -> RawArticle:
    """Take a plain-text article apart.

    Raises:
        FormatError: if it has front matter that is malformed.
    """
    if front_matter.is_front_matter(text):
        return front_matter.parse(text, "text")
    lines = text.split("\n")
    fields: dict[str, RawField] = {}
    position = _read_first_lines(lines, fields)
    headers = read_headers(lines, position)
    fields = {**headers.fields, **fields}
    position += headers.lines
    if "headline" not in fields and _is_headline(lines, position) and not headers.fields:
        fields["headline"] = RawField(lines[position].strip(), position + 1)
        headers = read_headers(lines, position + 1)
        fields = {**headers.fields, **fields}
        position += 1 + headers.lines
    start = sum(len(line) + 1 for line in lines[:position])
    raw = RawArticle(fields, headers.extra, text[start:], start, position + 1, "text")
    return _with_trailing_tags(raw)


def _read_first_lines(lines: list[str], fields: dict[str, RawField]) -> int:
    """Read the line with date and headline, if there is one; return the number of the next line."""
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines):
        return first
    line = lines[first].replace("\u00a0", " ")
    word = _DATE_WORD.match(line)
    date, headline = dates.split(line[word.end() :] if word else line)
    if word and not date and name_of(line.partition(":")[0]) == "date":
        return first
    if date and (word or dates.parse(date, "en") or first == 0):
        fields["date"] = RawField(date, first + 1)
        if headline:
            fields["headline"] = RawField(headline, first + 1)
        return first + 1
    if word:
        fields["headline"] = RawField(headline, first + 1)
        return first + 1
    return first


def _is_headline(lines: list[str], position: int) -> bool:
    """Whether the line is short enough to be a headline and stands apart from what follows."""
    if position >= len(lines) or len(lines[position]) > _LONGEST_HEADLINE_LINE:
        return False
    return bool(lines[position].strip())


def _with_trailing_tags(raw: RawArticle) -> RawArticle:
    """Move a last paragraph of tags from the body to the fields."""
    body = raw.body.rstrip()
    start = body.rfind("\n") + 1
    if ":" not in body[start : start + 60]:
        return raw
    tags = read_trailing_tags(body[start:], raw.body_line + body.count("\n"))
    if not tags:
        return raw
    known = raw.fields.get("tags")
    if known:
        tags = RawField(f"{known.text}, {tags.text}", known.line)
    return raw._replace(fields={**raw.fields, "tags": tags}, body=body[:start])
