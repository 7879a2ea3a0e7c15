"""Bytes in several encodings, line by line, and in UTF-16 or UTF-32 without a byte order mark.

A line ends with a line feed, a carriage return or both.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

_WIDE_ENCODINGS: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_MIN_PRINTABLE: Final = 0.98
"""Share of printable characters and white space."""
_MIN_SPACES: Final = 0.01
"""Share of white space. Text has ten times as much."""

_MIN_UTF8_CHARACTERS: Final = 4
"""Characters of two or more bytes that show that some lines are UTF-8. Text in a legacy encoding
hardly ever has a line with two of them, and nothing else, by chance."""
_MIN_LEGACY_BYTES: Final = 4
"""A line with fewer bytes that are not UTF-8 is damaged, and not in another encoding."""

_MAX_RANGES: Final = 5


def detect_wide_encoding(data: bytes) -> str:
    """Return the form of UTF-16 or UTF-32 that gives text, "" if none does."""
    for encoding in _WIDE_ENCODINGS:
        try:
            text = str(data, encoding)
        except UnicodeDecodeError:
            continue
        # The wrong order of bytes makes other characters of spaces and line ends.
        spaces = sum(map(text.count, " \t\n\r"))
        printable = sum(character.isprintable() or character in "\t\n\r" for character in text)
        if spaces > _MIN_SPACES * len(text) and printable > _MIN_PRINTABLE * len(text):
            return encoding
    return ""


def find_legacy_lines(data: bytes) -> list[int]:
    """Return the numbers of the lines that are not UTF-8, [] if no other lines are."""
    legacy, characters = [], 0
    for number, line in enumerate(data.splitlines(), 1):
        if line.isascii():
            continue
        try:
            found = sum(character > "\x7f" for character in str(line, "utf-8"))
        except UnicodeDecodeError:
            legacy.append(number)
        else:
            characters += found if found > 1 else 0
    return legacy if characters >= _MIN_UTF8_CHARACTERS else []


def find_broken_line(data: bytes) -> int:
    """Return the number of the first line that is UTF-8 with a few broken bytes, 0 without one."""
    for number, line in enumerate(data.splitlines(), 1):
        lenient = str(line, "utf-8", "replace")
        broken = lenient.count("\ufffd")
        if broken and (is_broken_utf8(line) or broken < _MIN_LEGACY_BYTES):
            return number
    return 0


def is_broken_utf8(data: bytes) -> bool:
    """Return True if bytes are UTF-8 with a few broken ones."""
    # Text in a legacy encoding hardly ever contains valid multi-byte sequences by chance, so a
    # majority of valid ones means damaged UTF-8. Guessing would turn it into mojibake.
    lenient = str(data, "utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = sum(character > "\x7f" for character in lenient) - broken
    return whole > broken


def decode_lines(data: bytes, encoding: str) -> str:
    """Decode bytes whose lines are UTF-8 or in another encoding."""
    return "".join(
        _decode_line(line, encoding)
        for line in data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    )


def join_lines(data: bytes, numbers: Sequence[int]) -> bytes:
    """Return the lines with some numbers, counted from 1."""
    lines = data.splitlines(keepends=True)
    return b"".join(lines[number - 1] for number in numbers)


def format_lines(numbers: Sequence[int]) -> str:
    """Return the numbers of lines, such as `line 3` or `lines 3, 5-9 and 12`."""
    # Consecutive numbers have one distance to their position.
    grouped = groupby(enumerate(numbers), lambda item: item[1] - item[0])
    ranges = [[number for _, number in group] for _, group in grouped]
    shown = [f"{one[0]}-{one[-1]}" if len(one) > 1 else f"{one[0]}" for one in ranges]
    if len(shown) > _MAX_RANGES:
        rest = sum(map(len, ranges[_MAX_RANGES:]))
        shown = [*shown[:_MAX_RANGES], f"{rest:,} more"]
    head, last = ", ".join(shown[:-1]), shown[-1]
    return f"{'line' if len(numbers) == 1 else 'lines'} {head + ' and ' if head else ''}{last}"


def _decode_line(line: bytes, encoding: str) -> str:
    try:
        return str(line, "utf-8")
    except UnicodeDecodeError:
        return str(line, encoding, "replace")
