"""Dates as newsrooms write them: ISO 8601, `30.08.2025`, `30 августа 2025`, with a time and a zone.

This module knows notations and names of months. It never reads the clock.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from newsgen.model import Moment

_TIME: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<open>\()?(?P<zone>(?i:Z|MSK|МСК|(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?)"
    r"|[+-]\d{2}(?::?\d{2})?)\b(?(open)\)))?"
)
_DATE: Final = (
    r"(?P<y1>\d{4})(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<sep2>[-/.])(?P<m2>\d{1,2})(?P=sep2)(?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})\s+(?P<m3>[^\W\d_]{3,})\.?,?\s+(?P<y3>\d{4})(?:\s*(?:года|г\.?)(?!\w))?"
    r"|(?P<m4>[^\W\d_]{3,})\.?\s+(?P<d4>\d{1,2}),?\s+(?P<y4>\d{4})"
)
_WEEKDAY: Final = r"(?:[^\W\d_]{2,12}\.?,\s+)?"
_MOMENT: Final = re.compile(
    rf"\s*{_WEEKDAY}(?:{_DATE})(?:(?:[Tt]|,?\s+(?:[вv]\s+)?)(?:{_TIME}))?(?!\w|:\S)"
)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:[+-]\d{2}:\d{2})?)?", re.ASCII)
_OFFSET: Final = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
_LOOKS_LIKE_DATE: Final = re.compile(r"\s*(\d[\w./:+-]*)")
_ZONES: Final[Mapping[str, timedelta]] = {
    "Z": timedelta(),
    "UTC": timedelta(),
    "GMT": timedelta(),
    "MSK": timedelta(hours=3),
    "МСК": timedelta(hours=3),
}
_SEPARATOR: Final = re.compile(r"\s*(?:[—–-]+\s+|[—–]+(?![\d\s])|[:|.]\s+)?")
_MIN_MONTH_LENGTH: Final = 3
"""Letters of an abbreviated month. Two are ambiguous: `ма` may be March or May."""
_LENGTH_WITHOUT_ZONE: Final = len("2025-08-30T14:05:00")


def split_date(text: str) -> tuple[str, str]:
    """Split a line into the date at its start, or "", and the rest.

    An invalid date (`2024-13-01`, `31/31/31`) counts as one, so that it can be reported.
    """
    # Without the second pattern, a mistyped date would silently become a part of the headline.
    match = _MOMENT.match(text) or _LOOKS_LIKE_DATE.match(text)
    if not match:
        return "", text.strip()
    return match[0].strip(), _SEPARATOR.sub("", text[match.end() :], count=1).rstrip()


def parse_date(text: str, language: str, timezone: str = "") -> Moment | None:
    """Parse a date with an optional time and UTC offset.

    Days come before months: `05.08.2008` and `05/08/2008` are in August.

    Args:
        text: The date as written.
        language: Language tag for names of months, tried before Russian and English.
        timezone: IANA time zone to convert times with an offset to. If empty, the moment stays as
            written, so that the day in a URL never depends on the machine.

    Returns:
        The moment, or None if `text` is not a date.
    """
    # Most archives use ISO 8601, which needs neither the long pattern nor a time zone.
    if _ISO.fullmatch(text) and not (timezone and len(text) > _LENGTH_WITHOUT_ZONE):
        return _parse_iso(text)
    match = _MOMENT.fullmatch(text.replace("\u00a0", " ").strip())
    if not match:
        return None
    try:
        day = _read_day(match, language)
        if match["hour"] is None:
            return Moment(day.isoformat())
        clock = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None
    moment = datetime.combine(day, clock)
    if match["zone"]:
        return _add_zone(moment, match["zone"], timezone)
    return Moment(moment.isoformat())


def _parse_iso(text: str) -> Moment | None:
    """Return the moment for an ISO 8601 text, or None if it does not exist."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return Moment(text)


def _read_day(match: re.Match[str], language: str) -> date:
    """Return the day in a match.

    Raises:
        ValueError: If there is no such day, or no month of that name.
    """
    for order in "1234":
        year = match["y" + order]
        if year:
            month = match["m" + order]
            number = int(month) if month.isdigit() else _month_number(month, language)
            return date(int(year), number, int(match["d" + order]))
    raise ValueError(match[0])


def _add_zone(moment: datetime, zone: str, timezone: str) -> Moment | None:
    offset = _ZONES.get(zone.upper())
    if offset is None:
        written = _OFFSET.search(zone)
        if not written:
            return None
        size = timedelta(hours=int(written[2]), minutes=int(written[3] or 0))
        offset = -size if written[1] == "-" else size
    try:
        aware = datetime.fromisoformat(moment.isoformat() + _format_offset(offset))
        return Moment((aware.astimezone(ZoneInfo(timezone)) if timezone else aware).isoformat())
    except (ValueError, OverflowError):
        return None


def _format_offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _month_number(word: str, language: str) -> int:
    """Return the number of a month by its full or abbreviated name.

    Raises:
        ValueError: If no month has that name.
    """
    folded = word.casefold()
    if len(folded) >= _MIN_MONTH_LENGTH:
        for code in (language, "ru", "en"):
            for name, number in _month_names(code).items():
                if name.startswith(folded):
                    return number
    raise ValueError(word)


@cache
def _month_names(language: str) -> Mapping[str, int]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - most articles give numbers

    try:
        months = Locale.parse(language, sep="-").months
    except (UnknownLocaleError, ValueError):
        # An unknown language still has the Russian and English names.
        return {}
    return {
        months[context][width][number].casefold().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number in range(1, 13)
        if len(months[context][width][number].rstrip(".")) >= _MIN_MONTH_LENGTH
    }
