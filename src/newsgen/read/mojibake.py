"""Find and repair mojibake: text that was decoded with a wrong encoding, and saved like that.

ftfy recognizes UTF-8 that was read as a legacy encoding. The letter pairs of the language show
mixed-up Cyrillic encodings.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import Final, NamedTuple

from newsgen.read.legacy_encodings import get_main_language, score_text

_RARE_CHARACTERS: Final = "ѕµ°ÐÃÂâ"
"""UTF-8 read as windows-1251 has one of the first three for о, е, а, and read as windows-1252 one
of the others for any letter. Searching for one character is fastest."""
_UTF8_SIGNS: Final = ("Рѕ", "Рµ", "Р°", "С‚", "РЎ", "Ð", "Ã", "Â", "â€")
"""Beginnings of letters in UTF-8 that was read as windows-1251 or windows-1252."""

_USUAL_PAIRS: Final = re.compile("то|на|но|ен|ст")
"""Nearly every sentence has one of these."""
_MIN_LINE_LENGTH: Final = 20
"""Letters beyond ASCII. Shorter lines, such as names, may well have none of these pairs."""

_CYRILLIC_LANGUAGES: Final = frozenset({"be", "bg", "kk", "ru", "sr", "uk"})
_CYRILLIC_ENCODINGS: Final = ("cp1251", "koi8-r", "cp866", "iso8859-5")
_MIN_SCORE: Final = 0.25
"""Least score of repaired text. That of a sentence is about 0.4."""
_MAX_MOJIBAKE_SCORE: Final = 0.1
_MIN_LETTERS: Final = 6


class Mojibake(NamedTuple):
    """A line of mojibake.

    Attributes:
        line: Its number, counted from 1.
        text: The line.
        repaired: What it was before it was decoded wrongly.
    """

    line: int
    text: str
    repaired: str


def find_mojibake(text: str, language: str) -> list[Mojibake]:
    """Return the lines of a text that are mojibake.

    Args:
        text: The text, as it was decoded.
        language: Its language tag.
    """
    # Nearly every text ends here, after a few fast searches.
    if text.isascii():
        return []
    has_utf8 = any(character in text for character in _RARE_CHARACTERS)
    is_mixed_up = _seems_mixed_up(text, language)
    if not has_utf8 and not is_mixed_up:
        return []
    return list(_find_lines(text, language, has_utf8=has_utf8, is_mixed_up=is_mixed_up))


def repair_mojibake(text: str, language: str) -> str:
    """Return a text with its lines of mojibake repaired."""
    lines = text.split("\n")
    for found in find_mojibake(text, language):
        lines[found.line - 1] = found.repaired
    return "\n".join(lines)


def _seems_mixed_up(text: str, language: str) -> bool:
    return get_main_language(language) in _CYRILLIC_LANGUAGES and any(
        # Cyrillic letters have two bytes. In fields such as `author: "..."` most have one.
        len(line.encode()) - len(line) >= _MIN_LINE_LENGTH
        and not _USUAL_PAIRS.search(line)
        # A list of names may have none of the pairs, but is no mojibake.
        and score_text(line, language) <= _MAX_MOJIBAKE_SCORE
        for line in text.split("\n")
    )


def _find_lines(
    text: str, language: str, *, has_utf8: bool, is_mixed_up: bool
) -> Iterator[Mojibake]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii():
            continue
        repaired = line
        if has_utf8 and any(sign in line for sign in _UTF8_SIGNS):
            # Loading it takes 0.1 s.
            from ftfy import fix_encoding  # noqa: PLC0415

            # windows-1251 has no character for the second byte of `И`. Programs write U+0098 or,
            # as in windows-1252, a small tilde.
            repaired = fix_encoding(line.replace("Р\u02dc", "Р\x98"))
        if repaired == line and is_mixed_up:
            repaired = _repair_mixed_up(line, language)
        if repaired != line:
            yield Mojibake(number, line, repaired)


def _repair_mixed_up(line: str, language: str) -> str:
    """Return a line that was decoded with another Cyrillic encoding, or the line itself."""
    if (
        sum(character > "\x7f" for character in line) < _MIN_LETTERS
        or score_text(line, language) > _MAX_MOJIBAKE_SCORE
    ):
        return line
    candidates = (line.translate(table) for table in _make_tables())
    score, best = max((score_text(one, language), one) for one in candidates)
    return best if score >= _MIN_SCORE else line


@cache
def _make_tables() -> tuple[dict[int, str], ...]:
    """Return a table for each pair of encodings: what a character of one is in the other.

    A table keeps what has no byte in the wrong encoding, such as a dash that was added later.
    """
    upper_half = [bytes([byte]) for byte in range(0x80, 0x100)]
    return tuple(
        {
            ord(str(byte, wrong)): str(byte, right)
            for byte in upper_half
            if "\ufffd" not in str(byte, wrong, "replace") + str(byte, right, "replace")
        }
        for wrong, right in permutations(_CYRILLIC_ENCODINGS, 2)
    )
