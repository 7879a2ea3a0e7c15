"""Header lines: `Текст: Денис Тельманов`, `Tags: one, two`, above the body of an article.

Newsroom archives have them below the headline, Pelican's Markdown at the top. A line counts as a
header if its label is known, or if it is in the same block as a line with a known label.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from newsgen.model import RawField
from newsgen.read.fields import SEPARATORS, add_field, canonical_field_name

_LABEL: Final = re.compile(r"[^\W\d_][^\W_]*(?:[ _-][^\W_]+){0,2}")
_BYLINE: Final = re.compile(r"\s*[Bb][Yy]\s+([A-Z].{2,120})")
_MAX_VALUE_LENGTH: Final = 250
"""Characters. A longer line is a sentence of the body that happens to hold a colon."""

_MAX_BLOCK_LINES: Final = 40
"""Bounds the work on a body in which every line holds a colon."""


class Headers(NamedTuple):
    """Fields of header lines.

    `lines` is the number of lines read, including blank ones.
    """

    fields: dict[str, RawField]
    extra: dict[str, RawField]
    lines: int


def read_headers(lines: Sequence[str], first: int, *, has_continuations: bool = False) -> Headers:
    """Read header lines from line `first`, counted from 0, up to the first other line.

    Args:
        lines: All lines of the file.
        first: Where to begin.
        has_continuations: Whether an indented line goes on with the value of the one above it, as
            in Pelican. Elsewhere it is the first paragraph.
    """
    fields: dict[str, RawField] = {}
    extra: dict[str, RawField] = {}
    position = first
    while position < len(lines):
        if not lines[position].strip():
            position += 1
            continue
        block = _read_block(lines, position, has_continuations=has_continuations)
        if not block:
            break
        for label, value, line in block:
            position = line + 1
            continued = []
            while has_continuations and _is_indented(lines, position):
                continued.append(lines[position].strip())
                position += 1
            add_field(_make_field(label, value, continued, line + 1), fields, extra)
    return Headers(fields, extra, position - first)


def read_trailing_tags(paragraph: str, line: int) -> RawField | None:
    """Return the tags of a last paragraph such as `Теги: Китай, Казахстан`, or None."""
    header = _split_header(paragraph)
    if header and "\n" not in paragraph and canonical_field_name(header[0]) == "tags" and header[1]:
        return RawField(header[1], line)
    return None


def _read_block(
    lines: Sequence[str], first: int, *, has_continuations: bool
) -> list[tuple[str, str, int]]:
    """Return label, value and line number of adjacent header lines, if any label is known."""
    block: list[tuple[str, str, int]] = []
    for number in range(first, min(first + _MAX_BLOCK_LINES, len(lines))):
        if has_continuations and block and _is_indented(lines, number):
            continue
        header = _split_header(lines[number])
        if not header:
            break
        block.append((*header, number))
    known = [index for index, (label, _, _) in enumerate(block) if canonical_field_name(label)]
    if not known:
        return []
    # A block that runs into text may have taken its first line. Keep lines up to a known label.
    end = block[-1][2] + 1
    while has_continuations and _is_indented(lines, end):
        end += 1
    whole = end >= len(lines) or not lines[end].strip()
    return block if whole else block[: known[-1] + 1]


def _is_indented(lines: Sequence[str], number: int) -> bool:
    """Return True for a line with text behind a tab or four spaces."""
    return (
        number < len(lines)
        and lines[number].startswith(("    ", "\t"))
        and not lines[number].isspace()
    )


def _make_field(label: str, value: str, continued: Sequence[str], line: int) -> RawField:
    if not continued:
        return RawField(value, line, label)
    parts = tuple(filter(None, (value, *continued)))
    if canonical_field_name(label) in SEPARATORS:
        # Each line of a list holds values of its own.
        text = ", ".join(part.rstrip(",;") for part in parts)
    else:
        text = " ".join(parts)
    return RawField(text, line, label)


def _split_header(line: str) -> tuple[str, str] | None:
    """Return the label and the value of a header line, or None."""
    byline = _BYLINE.fullmatch(line)
    if byline and ":" not in line:
        return "by", byline[1].strip()
    # A label is short. This cheap test spares the pattern on almost every line of a body.
    if ":" not in line[:60]:
        return None
    label, _, value = line.partition(":")
    label = label.strip()
    # A URL is no header.
    if value.startswith("//") or not _LABEL.fullmatch(label):
        return None
    value = value.strip()
    # A summary is the one field that is a sentence, and may be long.
    if len(value) > _MAX_VALUE_LENGTH and canonical_field_name(label) != "summary":
        return None
    return label, value
