"""Notations of days, with an optional time and time zone: ISO 8601, RFC 2822, ctime, and in words.

Days come before months: `05.08.2008` and `05/08/2008` are in August. The module never reads the
clock, and knows no dates without a day: `partial_dates` does.
"""

import re
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from newsgen.model import Moment
from newsgen.read.month_names import month_number, weekday_pattern
from newsgen.read.time_zones import KNOWN_ZONE, ZONE, add_zone

MAX_LENGTH: Final = 100
"""Characters of a date. The longest that newsrooms write have 60."""

PLAIN: Final = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212"), "-"),
    # Full-width forms of ASCII, as East Asian input methods type them.
    **{0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)},
}
"""Plain characters for wide and typographic ones. The length of a text stays the same."""

_FIRST_CENTURY_SPLIT: Final = 50
"""Two-digit years below it are in the 2000s, the others in the 1900s."""

_QUOTED_DAY: Final = re.compile(r"[«\"“](\d{1,2})[»\"”]")
_WORD: Final = r"[^\W\d_]+"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|º|-?(?:го|ого|е|ое)|\.)?(?!\w)"
_YEAR_SIGN: Final = r"(?:\s*(?:года|году|год|г|року|р)\b\.?)?"
_DASH: Final = r"[-/.]\s?"

_NUMBERS: Final = (
    rf"(?P<y1>\d{{4}})(?P<sep1>{_DASH})(?P<m1>\d{{1,2}})(?P=sep1)(?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})(?P<sep2>{_DASH})(?P<m2>\d{{1,2}})(?P=sep2)(?P<y2>\d{{4}}|\d\d(?!\d))"
    r"|(?P<y3>\d{4})年(?P<m3>\d{1,2})月(?P<d3>\d{1,2})日"
    r"|(?P<y4>[12]\d{3})(?P<m4>\d\d)(?P<d4>\d\d)(?!\d)"
)
_DAY_IN_WORDS: Final = (
    rf"(?P<d5>\d{{1,2}}){_ORDINAL}(?:\s+(?:of|de)\s+|\s*[-/.]\s*|\s+)"
    rf"(?P<m5>{_WORD})\.?(?:\s+de\s+|\s*[-/.,]\s*|\s+)"
)
_MONTH_IN_WORDS: Final = (
    rf"(?P<m6>{_WORD})(?:[-/.]\s*|\s+)(?P<d6>\d{{1,2}}){_ORDINAL}(?:,\s*|[-/]|\s+)"
)
_YEAR_IN_FRONT: Final = (
    rf"(?P<y7>\d{{4}})[-/.,]?\s*(?P<m7>{_WORD})[-/.]?\s*(?P<d7>\d{{1,2}}){_ORDINAL}"
)
_YEAR_THEN_DAY: Final = (
    rf"(?P<y8>\d{{4}}){_YEAR_SIGN}[.,]?\s(?P<d8>\d{{1,2}}){_ORDINAL}\s(?P<m8>{_WORD})"
)
_DATE: Final = (
    rf"(?:{_NUMBERS}|{_DAY_IN_WORDS}'?(?P<y5>\d{{4}}|\d\d(?!\d))"
    rf"|{_MONTH_IN_WORDS}(?P<y6>\d{{4}}|'\d\d)|{_YEAR_IN_FRONT}|{_YEAR_THEN_DAY}){_YEAR_SIGN}"
)
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})"
    r"(?:(?:[:.-]|\s?(?:h|ч|час(?:а|ов)?)\b\.?\s?|h)(?P<minute>\d\d)(?:\s?(?:min|мин)\w*\.?)?"
    r"(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?(?!\d)|(?=\s?[ap]\.?m))"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?:\s(?:uhr|ч\.?))?"
)
_IN_ZONE: Final = (
    rf"(?:\s?[(\[]?(?P<zone>{ZONE})[)\]]?(?:\s?[(\[][a-zа-я/_]+[)\]]|\s[a-z]{{3,4}})?)?"
)
_BETWEEN: Final = r"(?:[Tt_]|(?:\s?[,;|@–—-]\s?|\s)(?:(?:в|at|um|à|o)\s)?)"
_BEFORE: Final = r"(?:(?:от|on|the)\s)?(?:[^\W\d_]{2,12}\.?,\s?)?"
_TIME: Final = rf"{_CLOCK}{_IN_ZONE}"
_COMPACT_TIME: Final = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:[.,]\d+)?"
_NOTATIONS: Final = (
    rf"{_BEFORE}{_DATE}(?:{_BETWEEN}{_TIME})?",
    rf"{_TIME},?\s{_BEFORE}{_DATE}",
    # ctime, as `date` prints it: the year comes last.
    rf"(?P<m1>{_WORD})\s(?P<d1>\d{{1,2}})\s{_TIME}\s(?P<y1>\d{{4}})",
    rf"(?P<y1>\d{{4}})(?P<m1>\d\d)(?P<d1>\d\d)[t_ -]?{_COMPACT_TIME}{_IN_ZONE}",
)

# At the start of a line, a headline follows. So numbers that may be its own stay with it: a year
# of two digits after a month in words, and a time without a colon.
_AT_START: Final = (
    rf"(?:(?:[^\W\d_]{{2,12}}\.?,|(?:{weekday_pattern('')})\b\.?,?)\s+)?"
    rf"(?:{_NUMBERS}|\d{{1,2}}{_ORDINAL}\s+(?:(?:of|de)\s+)?{_WORD}\.?,?\s+(?:de\s+)?\d{{4}}"
    rf"|\d{{1,2}}[-/.]{_WORD}[-/.]\d{{4}}|{_WORD}\.?\s+\d{{1,2}}{_ORDINAL},?\s+\d{{4}})"
    r"(?:\s*(?:года|г\.?)(?!\w))?"
    r"(?:(?:[Tt]|,?\s+(?:[вv]\s+)?)\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?"
    rf"(?:\s?[ap]\.?m\b\.?)?(?:\s?\(?(?:{KNOWN_ZONE})\)?)?)?(?!\w|:\S)"
)


def match_at_start(line: str) -> int:
    """Return the length of the date that a line begins with, 0 if it begins with none.

    The date may not exist: the notation alone counts.
    """
    match = re.match(_AT_START, line[:MAX_LENGTH].translate(PLAIN), re.IGNORECASE)
    return match.end() if match else 0


def parse_moment(text: str, language: str, timezone: str = "", path: str = "") -> Moment | None:
    """Parse a date that names a day.

    Args:
        text: The date as written.
        language: Language tag for names of months and weekdays.
        timezone: IANA time zone to convert times with an offset to. If empty, they stay.
        path: Path of the article's file. A year in it decides the century of a two-digit year.

    Returns:
        The moment, or None if `text` is not a date.
    """
    plain = " ".join(text.translate(PLAIN).split()).strip(" ,;").removesuffix(".").casefold()
    # Official papers write «17» марта.
    plain = _QUOTED_DAY.sub(r"\1", plain)
    if len(plain) > MAX_LENGTH:
        return None
    match = _match_notation(plain, language)
    if match is None:
        return None
    try:
        day = _read_day(match, language, path)
        if match["hour"] is None:
            return Moment(day.isoformat())
        moment = datetime.combine(day, _read_clock(match))
        if match["zone"] is None:
            return Moment(moment.isoformat())
        aware = add_zone(moment, match["zone"])
        return Moment((aware.astimezone(ZoneInfo(timezone)) if timezone else aware).isoformat())
    except (ValueError, OverflowError):
        return None


def _match_notation(plain: str, language: str) -> re.Match[str] | None:
    # Weekdays say nothing. But `mar` is one in French and a month in English, so they go last.
    weekday = rf"[,(]*\s?\b(?:{weekday_pattern(language)})\b[.)]*,?"
    bare = " ".join(re.sub(weekday, " ", plain).split())
    for text in dict.fromkeys((plain, bare)):
        # `re` compiles a pattern when it is first needed: most archives need only one.
        for notation in _NOTATIONS:
            match = re.fullmatch(notation, text)
            if match:
                return match
    return None


def _read_day(match: re.Match[str], language: str, path: str) -> date:
    """Return the day in a match.

    Raises:
        ValueError: If there is no such day, or no month of that name.
    """
    groups = match.groupdict()
    for order in "12345678":
        year = groups.get("y" + order)
        if year:
            month = groups["m" + order]
            number = int(month) if month.isdigit() else month_number(month, language)
            return date(_read_year(year, path), number, int(groups["d" + order]))
    raise ValueError(match[0])


def _read_year(written: str, path: str) -> int:
    """Return a year. The century of a two-digit one is that of the article's path, if it has it."""
    digits = written.lstrip("'")
    if len(digits) > 2:  # noqa: PLR2004 - an exact length
        return int(digits)
    named = re.findall(rf"(?<!\d)(1[5-9]|20){digits}(?!\d)", path)
    if named:
        return int(named[-1] + digits)
    return int(digits) + (2000 if int(digits) < _FIRST_CENTURY_SPLIT else 1900)


def _read_clock(match: re.Match[str]) -> time:
    """Return the time of day in a match.

    Raises:
        ValueError: If there is no such time.
    """
    groups = match.groupdict()
    hour, half = int(groups["hour"]), groups.get("half")
    # 12 pm is noon, 12 am is midnight. `14:30 pm` is a mistake, but not ambiguous.
    if half == "p" and hour < 12:  # noqa: PLR2004
        hour += 12
    elif half == "a" and hour == 12:  # noqa: PLR2004
        hour = 0
    return time(hour, int(groups["minute"] or 0), int(groups["second"] or 0))
