"""Dates that are partial or uncertain, as EDTF level 1 (ISO 8601-2): `1937-06`, `1937?`, `193X`.

Notations in words become EDTF, too: `Июнь 1937` is `1937-06`, and `ок. 1937` is `1937~`. An unknown
date is the empty text.
"""

import re
from collections.abc import Mapping
from typing import Final

from newsgen.model import Moment
from newsgen.read.date_notations import MAX_LENGTH, PLAIN, parse_moment
from newsgen.read.month_names import month_number

_UNKNOWN: Final = frozenset(
    {
        *("unknown", "unknown date", "date unknown", "undated", "no date", "n.d", "n. d", "nd"),
        *("дата не указана", "не датировано", "без числа", "дата не установлена"),
        *("s.d", "б.д", "б. д", "б/д", "без даты", "дата неизвестна", "неизвестна", "неизвестно"),
        *("?", "??", "????", "n/a", "xxxx", "xxxx-xx", "xxxx-xx-xx", "0000", "0000-00-00"),
    }
)
_SEASONS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("spring", "весна", "весной", "весны"), 21),
    **dict.fromkeys(("summer", "лето", "летом", "лета"), 22),
    **dict.fromkeys(("autumn", "fall", "осень", "осенью", "осени"), 23),
    **dict.fromkeys(("winter", "зима", "зимой", "зимы"), 24),
}
"""EDTF's numbers of the seasons."""

_ABOUT: Final = re.compile(
    r"(?:(?:circa|about|около|примерно|ca?|ок)(?:\.\s?|\s)|ca?(?=\d)|~\s?)(?=\d|[^\W\d_]{3})"
)
_QUALIFIER: Final = re.compile(r"\s*(\(\?\)|\?~|~\?|[?~%])$")
_YEAR_SIGN: Final = re.compile(r"\s*(?<=\d)\s*(?:года|году|год|г|р)\.?$")
_DIGITS: Final = re.compile(r"(\d{4})(?:-(\d\d|xx)(?:-(\d\d|xx))?)?")
_UNSPECIFIED_YEAR: Final = re.compile(r"\d{3}x|\d\dxx")
_CATALOG_YEAR: Final = re.compile(r"(\d{3})[-u?]\??|(\d\d)(?:--|uu|\?\?)\??")
"""Years of library catalogs (AACR2, MARC 21): `193-`, `193-?`, `193u`, `19--`."""
_OPEN_END: Final = ".."
_BEFORE: Final = re.compile(r"(?:before|до|ранее|не позднее|не позже)\s(?=\S*\d|\w+\s\d)")
_AFTER: Final = re.compile(r"(?:after|since|после|не ранее|не раньше)\s(?=\S*\d|\w+\s\d)")
_YEARS: Final = re.compile(r"(\d{4})\s?[-–—]\s?(\d\d|\d{4})")
_DECADE: Final = re.compile(r"(\d{3})0(?:'?s|-?[еx](?: год(?:ы|ов|аx)?)?)")
_YEAR_ALONE: Final = re.compile(r"(?:xx|00|\?\?)[./-](?:xx|00|\?\?)[./-](\d{4})")
_MONTH_AND_YEAR: Final = re.compile(
    r"(?:(?:xx|00|\?\?)[./-])?(?:([^\W\d_]+)(?:[.,/-]\s?|\s)(?:of |de )?|(\d{1,2})[./-])(\d{4})"
)
_YEAR_AND_MONTH: Final = re.compile(r"(\d{4})(?:[.,/-]\s?|\s)(?:([^\W\d_]+)|(\d{1,2}))")
_MONTHS: Final = range(1, 13)
_SEASON_NUMBERS: Final = range(21, 25)

_AT_START: Final = re.compile(
    r"(?:\d{4}-(?:\d\d|XX)(?:-XX)?|\d{3}[\dX]|\d\dXX|[^\W\d_]{3,}\s\d{4}(?:\s?г(?:од|ода)?\b\.?)?"
    r"|unknown|undated|n\.\s?d\.|без даты|б\.\s?д\.)(?:\s?\(\?\)|[?~%])?(?!\S|\s?\d{1,2}[.:]\d)",
    re.IGNORECASE,
)


def match_partial_at_start(line: str) -> int:
    """Return the length of the partial date that a line begins with, 0 if there is none."""
    match = _AT_START.match(line[:MAX_LENGTH].translate(PLAIN))
    return match.end() if match else 0


def parse_partial_date(text: str, language: str) -> Moment | None:
    """Parse a date that is not fully known.

    Args:
        text: The date as written: EDTF, or in words.
        language: Language tag for names of months, tried before Russian and English.

    Returns:
        The moment, its `iso` an EDTF text, or None if `text` is not such a date.
    """
    plain = " ".join(text.translate(PLAIN).split()).strip(" ,;").casefold()
    if not plain.endswith(_OPEN_END):
        plain = plain.removesuffix(".")
    if len(plain) > MAX_LENGTH:
        return None
    # Library catalogs put a date that is not printed in the source into brackets: `[1937?]`.
    plain = plain.removeprefix("[").removesuffix("]").replace("х", "x")
    if plain in _UNKNOWN:
        return Moment("")
    catalogued = _CATALOG_YEAR.fullmatch(plain)
    if catalogued:
        return Moment(f"{catalogued[1]}X" if catalogued[1] else f"{catalogued[2]}XX")
    start, slash, end = _read_interval(plain).partition("/")
    # `06/1937` is a month.
    if slash and all(part == _OPEN_END or len(part) > len("06") for part in (start, end)):
        first, last = _parse_end(start, language), _parse_end(end, language)
        is_ordered = _OPEN_END in {first, last} or first[:4] <= last[:4]
        return Moment(f"{first}/{last}") if first and last and is_ordered else None
    iso = _parse_qualified(plain, language)
    return Moment(iso) if iso else None


def _read_interval(text: str) -> str:
    """Return an interval as EDTF, other texts as they are.

    `1937–1938` and `1937-38` are `1937/1938`, and `до 1937` is `../1937`.
    """
    for pattern, interval in ((_BEFORE, f"{_OPEN_END}/{{}}"), (_AFTER, f"{{}}/{_OPEN_END}")):
        word = pattern.match(text)
        if word:
            return interval.format(text[word.end() :])
    match = _YEARS.fullmatch(text)
    if not match:
        return text
    first, last = match.groups()
    # `1937-06` is a month, and `1937-21` is a season.
    if int(last) in _MONTHS or int(last) in _SEASON_NUMBERS:
        return text
    return f"{first}/{first[: 4 - len(last)]}{last}"


def _parse_end(text: str, language: str) -> str:
    """Return one end of an interval as EDTF, "" if it is no date."""
    if text == _OPEN_END:
        return text
    return _parse_qualified(text, language) or _parse_day(text, language)


def _parse_qualified(text: str, language: str) -> str:
    """Return a date that may be uncertain or approximate as EDTF, "" if it is none."""
    about = _ABOUT.match(text)
    rest = text[about.end() :] if about else text
    found = _QUALIFIER.search(rest)
    rest, signs = (rest[: found.start()], found[1]) if found else (rest, "")
    is_about = about is not None or "~" in signs or signs == "%"
    is_uncertain = "?" in signs or signs == "%"
    # `%` is EDTF's sign for both.
    qualifier = "%" if is_about and is_uncertain else "~" * is_about or "?" * is_uncertain
    iso = _parse_unqualified(rest.strip(), language)
    # A day is partial only if it is qualified: other days are complete dates.
    if qualifier and not iso:
        iso = _parse_day(rest, language)
    return iso + qualifier if iso else ""


def _parse_day(text: str, language: str) -> str:
    day = parse_moment(text, language)
    return day.iso if day and not day.time else ""


def _parse_unqualified(text: str, language: str) -> str:
    text = _YEAR_SIGN.sub("", text)
    if _UNSPECIFIED_YEAR.fullmatch(text):
        return text.upper()
    decade = _DECADE.fullmatch(text)
    if decade:
        return f"{decade[1]}X"
    alone = _YEAR_ALONE.fullmatch(text)
    if alone:
        return alone[1]
    digits = _DIGITS.fullmatch(text)
    if digits:
        return _read_digits(*digits.groups())
    for pattern in (_MONTH_AND_YEAR, _YEAR_AND_MONTH):
        match = pattern.fullmatch(text)
        if match:
            parts = [part for part in match.groups() if part]
            year, month = sorted(parts, key=lambda part: not (part.isdigit() and len(part) == 4))  # noqa: PLR2004
            return _read_month(year, month, language)
    return ""


def _read_digits(year: str, month: str | None, day: str | None) -> str:
    """Return EDTF for digits, "" if there is no such date. Databases write 00 for the unknown."""
    if year == "0000":
        return ""
    if month in {None, "00", "xx"}:
        return year if day in {None, "00", "xx"} else ""
    if int(month or 0) in _MONTHS:
        return f"{year}-{month}" if day in {None, "00", "xx"} else ""
    return f"{year}-{month}" if int(month or 0) in _SEASON_NUMBERS and day is None else ""


def _read_month(year: str, month: str, language: str) -> str:
    if month in _SEASONS:
        return f"{year}-{_SEASONS[month]}"
    try:
        number = int(month) if month.isdigit() else month_number(month, language)
    except ValueError:
        return ""
    return f"{year}-{number:02}" if number in _MONTHS else ""
