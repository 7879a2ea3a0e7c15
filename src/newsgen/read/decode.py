"""Decode a file's bytes: detect the encoding, and normalize line ends and Unicode.

This module knows encodings and characters. It knows no syntax.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Final

from newsgen.problems import Location, Problem, problem_error
from newsgen.text.characters import BIDI_CONTROL, CONTROL
from newsgen.text.combining import MAX_COMBINING_MARKS, limit_combining_marks

ENCODINGS_BY_LANGUAGE: Final[Mapping[str, tuple[str, ...]]] = {
    "be": ("cp1251", "koi8-r", "cp866"),
    "bg": ("cp1251", "cp866"),
    "cs": ("cp1250", "iso8859-2"),
    "el": ("cp1253", "iso8859-7"),
    "hu": ("cp1250", "iso8859-2"),
    "kk": ("cp1251", "kz1048"),
    "lt": ("cp1257",),
    "lv": ("cp1257",),
    "pl": ("cp1250", "iso8859-2"),
    "ru": ("cp1251", "koi8-r", "cp866"),
    "sr": ("cp1251", "cp1250"),
    "tr": ("cp1254",),
    "uk": ("cp1251", "koi8-u", "cp866"),
}
"""Legacy encodings of a language, most likely first. Other languages use `cp1252`."""

_COMMON_PAIRS: Final = (
    " ст но то на ен ов ни ра во ко пр ро по ре ал ли ор ан не ос го та ет ом ва ер ел ла ол де "
    "ка ть от ат те ам ве ас ис ак од да ил ле он до об за ин ес со ед ие ия ий ый ой ых их ти "
    "ки ри ви ми ны мо му ме ся че бы бо бе ді ів ої ню ят ув "
)
"""Letter pairs of which most Cyrillic words contain at least one."""

_SAMPLE_SIZE: Final = 500_000
"""Bytes that the encoding of a larger file is guessed from."""

_MIN_CHARACTERS_PER_CONTROL: Final = 20
"""Reject files with more than one control character per 20 characters."""

_INVISIBLE: Final = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_LINE_END: Final = re.compile(r"\r\n?|[\x0c\x85\u2028\u2029]")
_OTHER_ODDITIES: Final = re.compile(
    rf"[\r\x0c\x85\u2028\u2029{BIDI_CONTROL.pattern[1:-1]}{_INVISIBLE.pattern[1:-1]}]"
)
"""Line ends and invisible characters. `CONTROL` is apart, as it is written by what it allows."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, its encoding, and the problems found.

    `is_clean` is True if the decoded text needed no cleaning.
    """

    text: str
    encoding: str
    is_clean: bool
    problems: tuple[Problem, ...] = ()


def decode(
    data: bytes, location: Location, globs: Iterable[tuple[str, str]], path: str, language: str
) -> Decoded:
    """Detect the encoding of a file, and clean its text.

    Strict UTF-8 is tried first, then the configured encoding for the path. Otherwise the most
    likely legacy encoding of the language is used, with a warning.

    Args:
        data: The content of the file.
        location: The file, for problems.
        globs: Pairs of a path pattern and an encoding.
        path: The path that patterns are matched against.
        language: The site's language tag.

    Raises:
        NewsgenError: `not-text` or `bad-encoding`, with the line.
    """
    text, encoding, guess = _detect_and_decode(data, location, globs, path, language)
    cleaned, oddities = clean_text(text, location)
    return Decoded(cleaned, encoding, cleaned is text, (*guess, *oddities))


def decode_again(data: bytes, encoding: str, *, is_clean: bool) -> str:
    """Decode a file again, with the encoding and cleanliness that `decode` returned."""
    text = str(data, encoding)
    return text if is_clean else clean_text(text, Location(""))[0]


def clean_text(text: str, location: Location) -> tuple[str, tuple[Problem, ...]]:
    """Normalize line ends and Unicode (NFC), and remove control and invisible characters.

    Soft hyphens, zero-width spaces and byte order marks are removed silently. Control characters
    and explicit directional formatting (UAX #9) are removed with a warning.
    """
    problems: list[Problem] = []
    # `isprintable` is much faster than the patterns, and true for almost every article.
    is_usual = text.replace("\n", " ").isprintable()
    if not is_usual and (CONTROL.search(text) or _OTHER_ODDITIES.search(text)):
        text = _LINE_END.sub("\n", text)
        for code, name, pattern in (
            ("control-character", "control characters", CONTROL),
            ("bidi-control", "characters that change the direction of text", BIDI_CONTROL),
        ):
            found = pattern.search(text)
            if found:
                line = text.count("\n", 0, found.start()) + 1
                message = f"holds {name} (U+{ord(found[0]):04X})"
                problems.append(Problem(Location(location.file, line), code, message))
                text = pattern.sub("", text)
        text = _INVISIBLE.sub("", text)
    # The check is a quick scan for most text. It also lets callers see by identity that nothing was
    # cleaned: `decode` compares with `is`.
    if not unicodedata.is_normalized("NFC", text):
        safe = limit_combining_marks(text)
        if len(safe) < len(text):
            message = f"holds more than {MAX_COMBINING_MARKS} combining marks in a row"
            pairs = enumerate(zip(text, safe, strict=False))
            same = next((at for at, (one, other) in pairs if one != other), len(safe))
            place = Location(location.file, text.count("\n", 0, same) + 1)
            problems.append(Problem(place, "combining-marks", message))
        text = unicodedata.normalize("NFC", safe)
    return text, tuple(problems)


def _detect_and_decode(
    data: bytes, location: Location, globs: Iterable[tuple[str, str]], path: str, language: str
) -> tuple[str, str, tuple[Problem, ...]]:
    # UTF-16 comes before the check for NUL bytes, because its ASCII characters contain them.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_strictly(data, "utf-16", location), "utf-16", ()
    if b"\0" in data:
        place = Location(location.file, data.count(b"\n", 0, data.index(b"\0")) + 1)
        raise problem_error("not-text", "holds NUL bytes", place)
    try:
        # `utf-8-sig` also reads text without a byte order mark, so one codec covers both.
        return str(data, "utf-8-sig"), "utf-8-sig", ()
    except UnicodeDecodeError as error:
        fault = error
    for glob, encoding in globs:
        if fnmatchcase(path, glob):
            return _decode_strictly(data, encoding, location), encoding, ()
    line = Location(location.file, data.count(b"\n", 0, fault.start) + 1)
    if _is_broken_utf8(data):
        raise problem_error("bad-encoding", "is UTF-8 with broken characters", line)
    encoding = _guess_encoding(data, language, line)
    message = f"is not UTF-8; it was read as {encoding}"
    text = _decode_strictly(data, encoding, location)
    return text, encoding, (Problem(line, "guessed-encoding", message),)


def _decode_strictly(data: bytes, encoding: str, location: Location) -> str:
    try:
        return str(data, encoding)
    except UnicodeError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise problem_error(
            "bad-encoding", f"is not {encoding}", Location(location.file, line)
        ) from error


def _is_broken_utf8(data: bytes) -> bool:
    """Return True if the text is UTF-8 with a few broken bytes."""
    # Text in a legacy encoding hardly ever contains valid multi-byte sequences by chance, so a
    # majority of valid ones means damaged UTF-8. Guessing would turn it into mojibake.
    lenient = str(data, "utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = sum(1 for character in lenient if character > "\x7f") - broken
    return whole > broken


def _guess_encoding(data: bytes, language: str, location: Location) -> str:
    """Return the legacy encoding that gives the most plausible text.

    Raises:
        NewsgenError: `not-text` if none gives plausible text.
    """
    best, most = "", -1.0
    if len(data) > _SAMPLE_SIZE:
        # A large file may begin with any amount of ASCII, which tells nothing.
        start = len(data) - len(data.lstrip(bytes(range(0x80))))
        data = data[start : start + _SAMPLE_SIZE]
    for encoding in ENCODINGS_BY_LANGUAGE.get(language.partition("-")[0], ("cp1252",)):
        # Only a higher score replaces the best one, so the likelier encoding wins a tie.
        score = _score_text(str(data, encoding, "replace"))
        if score > most:
            best, most = encoding, score
    if not best:
        raise problem_error(
            "not-text", "is not text in any encoding likely for this language", location
        )
    return best


def _score_text(text: str) -> float:
    """Return the share of common letter pairs, or -2 if the text is mostly control characters."""
    odd = len(CONTROL.findall(text)) + text.count("\ufffd")
    if odd * _MIN_CHARACTERS_PER_CONTROL > len(text):
        return -2.0
    # windows-1251, KOI8-R and cp866 map nearly every byte to a character, so decoding succeeds in
    # each of them. Only the right one yields letter pairs that are frequent in the language.
    folded = text.casefold()
    pairs = [first + second for first, second in pairwise(folded) if second > "\x7f"]
    common = sum(pair in _COMMON_PAIRS for pair in pairs)
    return (common - odd) / max(1, len(pairs))
