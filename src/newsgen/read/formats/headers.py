"""Header lines: `Текст: Денис Тельманов`, `Tags: one, two`, above the body of an article.

The seed's archive has them under the headline, Pelican's Markdown has them at the top. A line
counts as a header if its label is known, or stands in one block with a line whose label is.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from newsgen.model import RawField
from newsgen.read.fields import keep, name_of

_HEADER: Final = re.compile(
    r"\s*([^\W\d_][^\W_]*(?:[ _-][^\W_]+){0,2})\s*:(?!//)\s*(.*?)\s*", re.DOTALL
)
_BYLINE: Final = re.compile(r"\s*[Bb][Yy]\s+([A-Z].{2,120})")
_LONGEST_VALUE: Final = 250
_LONGEST_BLOCK: Final = 40


class Headers(NamedTuple):
    """The fields of header lines, and the number of lines that they take, with blank ones."""

    fields: dict[str, RawField]
    extra: dict[str, RawField]
    lines: int


def read_headers(lines: Sequence[str], first: int) -> Headers:
    """Read header lines from line `first` on, counted from 0, until something else comes."""
    fields: dict[str, RawField] = {}
    extra: dict[str, RawField] = {}
    position = first
    while position < len(lines):
        if not lines[position].strip():
            position += 1
            continue
        block = _block(lines, position)
        if not block:
            break
        for label, value, line in block:
            keep(RawField(value, line + 1, label), fields, extra)
        position += len(block)
    return Headers(fields, extra, position - first)


def read_trailing_tags(paragraph: str, line: int) -> RawField | None:
    """The tags of a last paragraph such as `Теги: Китай, Казахстан`, or None."""
    header = _split(paragraph)
    if header and "\n" not in paragraph and name_of(header[0]) == "tags" and header[1]:
        return RawField(header[1], line)
    return None


def _block(lines: Sequence[str], first: int) -> list[tuple[str, str, int]]:
    """The header lines that stand together from `first` on; none if no label is known."""
    block: list[tuple[str, str, int]] = []
    for number in range(first, min(first + _LONGEST_BLOCK, len(lines))):
        header = _split(lines[number])
        if not header:
            break
        block.append((*header, number))
    known = [index for index, (label, _, _) in enumerate(block) if name_of(label)]
    if not known:
        return []
    whole = first + len(block) >= len(lines) or not lines[first + len(block)].strip()
    return block if whole else block[: known[-1] + 1]


def _split(line: str) -> tuple[str, str] | None:
    """A header line's label and value, or None."""
    byline = _BYLINE.fullmatch(line)
    if byline and ":" not in line:
        return "by", byline[1].strip()
    if ":" not in line[:60]:
        return None
    header = _HEADER.fullmatch(line)
    if not header:
        return None
    label, value = header[1], header[2]
    if len(value) > _LONGEST_VALUE and name_of(label) != "summary":
        return None
    return label, value
