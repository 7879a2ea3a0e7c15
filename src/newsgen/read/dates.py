"""Dates as newsrooms and archives write them, with a day or without one.

This module decides which notation a text is in, and finds the date that a line begins with. It
never reads the clock.
"""

import re
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from newsgen.model import Moment

_ISO: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_NUMBERS: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d{1,2}):(\d\d))?", re.ASCII)
_LOOKS_LIKE_DATE: Final = re.compile(r"\d+[-/.]\d+[-/.]\d[\w./:+-]*|\d{6,}(?!\S)")
_YEAR_AND_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\S)")
_STARTS_WITH_DIGIT: Final = re.compile(r"\d[\w./:+-]*")
_DIGIT: Final = re.compile(r"\d")
_ISO_AND_HEADLINE: Final = re.compile(r"(\d{4}-\d\d-\d\d)\s+(?=[^\W\d]{2})")
_SEPARATOR: Final = re.compile(r"\s*(?:[—–-]+\s+|[—–]+(?![\d\s])|[:|.]\s+)?")
_MAX_TIME_LENGTH: Final = 25
"""Characters of a weekday, a time and a zone."""
_MAX_WORDS_LENGTH: Final = 40
"""Characters before the first digit of a date: a weekday and a month."""
_MAX_WHOLE_LENGTH: Final = 100


def parse_date(text: str, language: str, timezone: str = "", path: str = "") -> Moment | None:
    """Parse a date with an optional time and UTC offset, or a partial one.

    Days come before months: `05.08.2008` and `05/08/2008` are in August.

    Args:
        text: The date as written.
        language: Language tag for names of months, tried before Russian and English.
        timezone: IANA time zone to convert times with an offset to. If empty, the moment stays as
            written, so that the day in a URL never depends on the machine.
        path: Path of the article's file, which may decide the century of a two-digit year.

    Returns:
        The moment, or None if `text` is not a date.
    """
    # Most archives write one of these two.
    moment = _parse_iso(text, timezone) or _parse_numbers(text)
    if moment:
        return moment
    # The other notations have large patterns, which take 20 ms to compile.
    from newsgen.read.date_notations import parse_moment  # noqa: PLC0415
    from newsgen.read.partial_dates import parse_partial_date  # noqa: PLC0415

    return parse_moment(text, language, timezone, path) or parse_partial_date(text, language)


def split_date(text: str, *, is_marked: bool = False) -> tuple[str, str]:
    """Split a line into the date at its start, or "", and the rest.

    An invalid date (`2024-13-01`, `31/31/31`) counts as one, so that it can be reported.

    Args:
        text: The line.
        is_marked: Whether the word `date` stands in front of the line. Then it may also begin with
            a date that is otherwise the start of a headline: `1937`, `Июнь 1937`, `unknown`.
    """
    line = text.strip()
    if _ISO.fullmatch(line):
        return line, ""
    plain = _ISO_AND_HEADLINE.match(line)
    if plain and len(line) > plain.end() + _MAX_TIME_LENGTH:
        return plain[1], line[plain.end() :]
    if not is_marked and not _DIGIT.search(line[:_MAX_WORDS_LENGTH]):
        return "", line
    from newsgen.read.date_notations import match_at_start  # noqa: PLC0415
    from newsgen.read.partial_dates import match_partial_at_start  # noqa: PLC0415

    length = match_at_start(line)
    rest = line[length:]
    # A whole line may be in any notation: `17.03.2015 14.00`. Before a headline, this is slow.
    if (not length or 0 < len(rest) <= _MAX_TIME_LENGTH) and _read_whole_date(line):
        return line, ""
    if not length and is_marked:
        length = match_partial_at_start(line)
        # `Заголовок 1937` only looks like a month and a year.
        length = length if parse_date(line[:length], "en") else 0
    if not length:
        # Without these, a mistyped date would silently become a part of the headline.
        pattern = _STARTS_WITH_DIGIT if is_marked else _LOOKS_LIKE_DATE
        match = pattern.match(line) or _YEAR_AND_MONTH.match(line)
        length = match.end() if match else 0
    if not length:
        return "", line
    return line[:length].strip(), _SEPARATOR.sub("", line[length:], count=1).rstrip()


def is_date_line(line: str) -> bool:
    """Return True if a line below a headline is a date and nothing else.

    A year alone is none: it may be a heading, or a part of the text.
    """
    return len(_read_whole_date(line)) >= len("1937-06")


def _read_whole_date(line: str) -> str:
    """Return what is known of a line that is a date and nothing else, "" for other lines."""
    has_digit = len(line) <= _MAX_WHOLE_LENGTH and _DIGIT.search(line)
    # The language is not known yet, so months are English or Russian.
    moment = parse_date(line, "en") if has_digit else None
    return moment.known if moment else ""


def _parse_iso(text: str, timezone: str) -> Moment | None:
    """Return the moment for an ISO 8601 text, None for other texts."""
    if not _ISO.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2025-08-30"):
            return Moment(text)
        if timezone and moment.tzinfo:
            moment = moment.astimezone(ZoneInfo(timezone))
        return Moment(moment.isoformat())
    except (ValueError, OverflowError):
        return None


def _parse_numbers(text: str) -> Moment | None:
    """Return the moment for `30.08.2025` or `30.08.2025 14:05`, None for other texts."""
    match = _NUMBERS.fullmatch(text)
    if not match:
        return None
    day, month, year, hour, minute = match.groups()
    try:
        named = date(int(year), int(month), int(day))
        if hour is None:
            return Moment(named.isoformat())
        return Moment(datetime.combine(named, time(int(hour), int(minute))).isoformat())
    except ValueError:
        return None
