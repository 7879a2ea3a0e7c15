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
_YEARS: Final = re.compile(r"(\d{4})\s?[-–—]\s?(\d\d|\d{4})")
_DECADE: Final = re.compile(r"(\d{3})0(?:'?s|-?(?:е|х)(?: год[ыа]?х?)?)")
_MONTH_AND_YEAR: Final = re.compile(
    r"([^\W\d_]+)(?:[.,/-]\s?|\s)(?:of |de )?(\d{4})|(\d{1,2})[./](\d{4})"
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
    plain = " ".join(text.translate(PLAIN).split()).strip(" ,;").removesuffix(".").casefold()
    if len(plain) > MAX_LENGTH:
        return None
    # Library catalogs put a date that is not printed in the source into brackets: `[1937?]`.
    plain = plain.removeprefix("[").removesuffix("]").replace("х", "x")
    if plain in _UNKNOWN:
        return Moment("")
    catalogued = _CATALOG_YEAR.fullmatch(plain)
    if catalogued:
        return Moment(f"{catalogued[1]}X" if catalogued[1] else f"{catalogued[2]}XX")
    start, slash, end = _read_years(plain).partition("/")
    if slash and min(len(start), len(end)) >= len("1938"):
        first, last = _parse_qualified(start, language), _parse_qualified(end, language)
        return Moment(f"{first}/{last}") if first and last and first[:4] <= last[:4] else None
    iso = _parse_qualified(plain, language)
    return Moment(iso) if iso else None


def _read_years(text: str) -> str:
    """Return two years with a dash as an interval: `1937–1938` and `1937-38` are `1937/1938`."""
    match = _YEARS.fullmatch(text)
    if not match:
        return text
    first, last = match.groups()
    # `1937-06` is a month, and `1937-21` is a season.
    if int(last) in _MONTHS or int(last) in _SEASON_NUMBERS:
        return text
    return f"{first}/{first[: 4 - len(last)]}{last}"


def _parse_qualified(text: str, language: str) -> str:
    """Return a date that may be uncertain or approximate as EDTF, "" if it is none."""
    about = _ABOUT.match(text)
    rest = text[about.end() :] if about else text
    found = _QUALIFIER.search(rest)
    rest = rest[: found.start()] if found else rest
    is_about = bool(about) or bool(found and "~" in found[1])
    is_uncertain = bool(found and "?" in found[1])
    # `%` is EDTF's sign for both.
    both = "%" if (is_about and is_uncertain) or (found and found[1] == "%") else ""
    qualifier = both or ("~" if is_about else "?" if is_uncertain else "")
    iso = _parse_unqualified(rest.strip(), language)
    if not iso and qualifier:
        day = parse_moment(rest, language)
        iso = day.iso if day and not day.time else ""
    return iso + qualifier if iso else ""


def _parse_unqualified(text: str, language: str) -> str:
    text = _YEAR_SIGN.sub("", text)
    if _UNSPECIFIED_YEAR.fullmatch(text):
        return text.upper()
    decade = _DECADE.fullmatch(text)
    if decade:
        return f"{decade[1]}X"
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
