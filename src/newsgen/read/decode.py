"""From a file's bytes to clean text: the encoding found, line ends and Unicode made one.

It knows encodings and characters; it does not know what the text says.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Final

from newsgen.problems import Location, Problem, problem_error

LIKELY: Final[Mapping[str, tuple[str, ...]]] = {
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
"""The encodings that a language's old texts come in, the likeliest first; elsewhere `cp1252`."""

_COMMON_PAIRS: Final = (
    " ст но то на ен ов ни ра во ко пр ро по ре ал ли ор ан не ос го та ет ом ва ер ел ла ол де "
    "ка ть от ат те ам ве ас ис ак од да ил ле он до об за ин ес со ед ие ия ий ый ой ых их ти "
    "ки ри ви ми ны мо му ме ся че бы бо бе ді ів ої ню ят ув "
)
"""Pairs of letters that most Cyrillic words hold one of."""

_ODD_SHARE: Final = 20
"""A text with more than one control character in so many is none."""

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BIDI_CONTROL: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_LINE_END: Final = re.compile(r"\r\n?|[\x0c\x85\u2028\u2029]")
_ANY_OF_THESE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff"
    r"\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the encoding that it was in, and what was odd about it.

    `is_clean` says that the text is as it was decoded: nothing in it had to be mended.
    """

    text: str
    encoding: str
    is_clean: bool
    problems: tuple[Problem, ...] = ()


def decode(
    data: bytes, location: Location, globs: Iterable[tuple[str, str]], path: str, language: str
) -> Decoded:
    """Find the encoding of a file and clean its text.

    UTF-8 first, strictly; then the encoding that the configuration names for the path; then the
    likeliest of those that the site's language comes in, with a warning that names the guess.

    Raises:
        NewsgenError: `not-text` or `bad-encoding`, with the line.
    """
    text, encoding, guess = _decode(data, location, globs, path, language)
    cleaned, oddities = clean(text, location)
    return Decoded(cleaned, encoding, cleaned is text, (*guess, *oddities))


def decode_again(data: bytes, encoding: str, *, is_clean: bool) -> str:
    """The text that `decode` came to, given what it found out."""
    text = str(data, encoding)
    return text if is_clean else clean(text, Location(""))[0]


def clean(text: str, location: Location) -> tuple[str, tuple[Problem, ...]]:
    """One line end, Unicode in NFC, no character that is invisible or commands the screen.

    Soft hyphens, zero-width spaces and byte order marks go silently, control characters and the
    directional overrides of Unicode (UAX #9) with a warning.
    """
    problems: list[Problem] = []
    if not text.replace("\n", " ").isprintable() and _ANY_OF_THESE.search(text):
        text = _LINE_END.sub("\n", text)
        for code, name, pattern in (
            ("control-character", "control characters", _CONTROL),
            ("bidi-control", "characters that turn the direction of text", _BIDI_CONTROL),
        ):
            found = pattern.search(text)
            if found:
                line = text.count("\n", 0, found.start()) + 1
                message = f"holds {name} (U+{ord(found[0]):04X})"
                problems.append(Problem(Location(location.file, line), code, message))
                text = pattern.sub("", text)
        text = _INVISIBLE.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text, tuple(problems)


def _decode(
    data: bytes, location: Location, globs: Iterable[tuple[str, str]], path: str, language: str
) -> tuple[str, str, tuple[Problem, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_strictly(data, "utf-16", location), "utf-16", ()
    if b"\0" in data:
        place = Location(location.file, data.count(b"\n", 0, data.index(b"\0")) + 1)
        raise problem_error("not-text", "holds NUL bytes", place)
    try:
        return str(data, "utf-8-sig"), "utf-8-sig", ()
    except UnicodeDecodeError as error:
        fault = error
    for glob, encoding in globs:
        if fnmatchcase(path, glob):
            return _decode_strictly(data, encoding, location), encoding, ()
    line = Location(location.file, data.count(b"\n", 0, fault.start) + 1)
    if _is_broken_utf8(data):
        raise problem_error("bad-encoding", "is UTF-8 with broken characters", line)
    encoding = _guess(data, language, line)
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
    """Whether the text is UTF-8 but for a few bytes, rather than in another encoding.

    In another one next to nothing beyond ASCII happens to be whole.
    """
    lenient = str(data, "utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = sum(1 for character in lenient if character > "\x7f") - broken
    return whole > broken


def _guess(data: bytes, language: str, location: Location) -> str:
    """The likely encoding in which a text looks most like one.

    Raises:
        NewsgenError: `not-text` if it is hardly text in any of them.
    """
    best, most = "", -1.0
    for encoding in LIKELY.get(language.partition("-")[0], ("cp1252",)):
        score = _score(str(data, encoding, "replace"))
        if score > most:
            best, most = encoding, score
    if not best:
        raise problem_error("not-text", "is not text in any encoding that is likely here", location)
    return best


def _score(text: str) -> float:
    """How much a text looks like one: the share of common pairs; below -1 it is none."""
    odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if odd * _ODD_SHARE > len(text):
        return -2.0
    folded = text.casefold()
    pairs = [first + second for first, second in pairwise(folded) if second > "\x7f"]
    common = sum(pair in _COMMON_PAIRS for pair in pairs)
    return (common - odd) / max(1, len(pairs))
