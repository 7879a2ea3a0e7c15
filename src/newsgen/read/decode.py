"""Decode a file's bytes: detect the encoding, and normalize line ends and Unicode.

This module knows encodings and characters. It knows no syntax.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from newsgen.problems import Location, Problem, problem_error
from newsgen.read.encoded_lines import (
    decode_lines,
    detect_wide_encoding,
    find_broken_line,
    find_legacy_lines,
    format_lines,
    is_broken_utf8,
    join_lines,
)
from newsgen.read.field_reader import shorten
from newsgen.read.legacy_encodings import guess_encoding
from newsgen.read.mojibake import Mojibake, find_mojibake, repair_mojibake
from newsgen.text.characters import BIDI_CONTROL, CONTROL
from newsgen.text.combining import MAX_COMBINING_MARKS, limit_combining_marks

_BYTE_ORDER_MARKS: Final = (
    # That of UTF-16 is the beginning of that of UTF-32.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOJIBAKE: Final = "mojibake"
_MIXED: Final = "mixed"
"""Beginnings of `Decoded.encoding` for repaired text, as in `mojibake:ru:mixed:cp1251`."""

_BROKEN: Final = "is UTF-8 with broken characters"
_MIXED_HINT: Final = "save the file as UTF-8, or set `repair: mojibake` in newsgen.yaml"

_INVISIBLE: Final = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_LINE_END: Final = re.compile(r"\r\n?|[\x0c\x85\u2028\u2029]")
_OTHER_ODDITIES: Final = re.compile(
    rf"[\r\x0c\x85\u2028\u2029{BIDI_CONTROL.pattern[1:-1]}{_INVISIBLE.pattern[1:-1]}]"
)
"""Line ends and invisible characters. `CONTROL` is apart, as it is written by what it allows."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, its encoding, and the problems found.

    Attributes:
        text: The text, cleaned.
        encoding: How its bytes were decoded, for `decode_again`: the name of a codec, or what
            repairing adds to it.
        is_clean: True if the decoded text needed no cleaning.
        problems: Everything found wrong.
    """

    text: str
    encoding: str
    is_clean: bool
    problems: tuple[Problem, ...] = ()


class DecodeSettings(NamedTuple):
    """Settings that decide how files are decoded.

    Attributes:
        globs: Pairs of a path pattern and an encoding.
        language: The site's language tag.
        repair: Whether mojibake and mixed encodings are repaired.
    """

    globs: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    repair: bool = False


def decode(data: bytes, location: Location, path: str, settings: DecodeSettings) -> Decoded:
    """Detect the encoding of a file, and clean its text.

    Strict UTF-8 is tried first, then the configured encoding for the path. Otherwise the most
    likely legacy encoding of the language is used, with a warning.

    Args:
        data: The content of the file.
        location: The file, for problems.
        path: The path that patterns are matched against.
        settings: How files are decoded.

    Raises:
        NewsgenError: `not-text` or `bad-encoding`, with the line.
    """
    text, encoding, problems = _detect_and_decode(data, location, path, settings)
    if mojibake := find_mojibake(text, settings.language):
        problems += (_describe_mojibake(mojibake, location.file, is_repaired=settings.repair),)
        if settings.repair:
            encoding = f"{_MOJIBAKE}:{settings.language}:{encoding}"
            text = _decode_as(data, encoding)
    cleaned, oddities = clean_text(text, location)
    return Decoded(cleaned, encoding, cleaned is text, (*problems, *oddities))


def decode_again(data: bytes, encoding: str, *, is_clean: bool) -> str:
    """Decode a file again, with the encoding and cleanliness that `decode` returned."""
    text = _decode_as(data, encoding)
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
    data: bytes, location: Location, path: str, settings: DecodeSettings
) -> tuple[str, str, tuple[Problem, ...]]:
    # These come before the check for NUL bytes, because ASCII characters contain them.
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding, location), encoding, ()
    if b"\0" not in data:
        try:
            # `utf-8-sig` also reads text without a byte order mark, so one codec covers both.
            return str(data, "utf-8-sig"), "utf-8-sig", ()
        except UnicodeDecodeError as error:
            start = error.start
    else:
        start = data.index(b"\0")
    for glob, encoding in settings.globs:
        if fnmatchcase(path, glob):
            text = _decode_strictly(data, encoding, location)
            if "\0" not in text:
                return text, encoding, ()
    place = Location(location.file, data.count(b"\n", 0, start) + 1)
    encoding, problem = _guess(data, place, settings)
    return _decode_as(data, encoding), encoding, (problem,)


def _decode_strictly(data: bytes, encoding: str, location: Location) -> str:
    try:
        return str(data, encoding)
    except UnicodeError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise problem_error(
            "bad-encoding", f"is not {encoding}", Location(location.file, line)
        ) from error


def _guess(data: bytes, place: Location, settings: DecodeSettings) -> tuple[str, Problem]:
    """Return how bytes that are not UTF-8 are decoded, and the problem that says so.

    Args:
        data: The bytes.
        place: The first that is not UTF-8, or is NUL.
        settings: How files are decoded.

    Raises:
        NewsgenError: `not-text` or `bad-encoding`.
    """
    if b"\0" in data:
        encoding = detect_wide_encoding(data)
        if not encoding:
            raise problem_error("not-text", "holds NUL bytes", place)
    elif legacy := find_legacy_lines(data):
        return _guess_mixed(data, legacy, place, settings)
    elif is_broken_utf8(data):
        raise problem_error("bad-encoding", _BROKEN, place)
    else:
        encoding = _guess_legacy(data, settings.language, place)
        _decode_strictly(data, encoding, place)
    message = f"is not UTF-8; it was read as {encoding}"
    return encoding, Problem(place, "guessed-encoding", message)


def _guess_mixed(
    data: bytes, legacy: list[int], place: Location, settings: DecodeSettings
) -> tuple[str, Problem]:
    """Return how bytes are decoded if some lines are UTF-8 and others are not."""
    if broken := find_broken_line(data):
        raise problem_error("bad-encoding", _BROKEN, Location(place.file, broken))
    place = Location(place.file, legacy[0])
    message = f"is UTF-8, but not on {format_lines(legacy)}"
    if not settings.repair:
        raise problem_error("bad-encoding", message, place, _MIXED_HINT)
    encoding = _guess_legacy(join_lines(data, legacy), settings.language, place)
    problem = Problem(place, "repaired-encoding", f"{message}, read as {encoding}")
    return f"{_MIXED}:{encoding}", problem


def _guess_legacy(data: bytes, language: str, place: Location) -> str:
    encoding = guess_encoding(data, language)
    if not encoding:
        message = "is not text in any encoding likely for this language"
        raise problem_error("not-text", message, place)
    return encoding


def _describe_mojibake(found: list[Mojibake], file: str, *, is_repaired: bool) -> Problem:
    first = found[0]
    place = Location(file, first.line)
    lines = format_lines([one.line for one in found])
    # A terminal would obey the control characters of mojibake.
    shown = ("".join(filter(str.isprintable, text)) for text in (first.text, first.repaired))
    example = " for ".join(shorten(text.strip()) for text in shown)
    if is_repaired:
        return Problem(place, "repaired-encoding", f"had mojibake on {lines}: {example}")
    return Problem(place, "mojibake", f"has mojibake on {lines}: {example}")


def _decode_as(data: bytes, encoding: str) -> str:
    """Decode bytes as `Decoded.encoding` says."""
    kind, _, rest = encoding.partition(":")
    if kind == _MOJIBAKE:
        language, _, rest = rest.partition(":")
        return repair_mojibake(_decode_as(data, rest), language)
    if kind == _MIXED:
        return decode_lines(data, rest)
    return str(data, encoding)
