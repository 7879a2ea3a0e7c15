"""Dates as newsrooms and archives write them, with a day or without one.

This module decides which notation a text is in, and finds the date that a line begins with. It
never reads the clock.
"""

import re
from datetime import datetime
from typing import Final

from newsgen.model import Moment
from newsgen.read.date_notations import MAX_LENGTH, match_at_start, parse_moment
from newsgen.read.partial_dates import match_partial_at_start, parse_partial_date

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:[+-]\d{2}:\d{2})?)?", re.ASCII)
_LOOKS_LIKE_DATE: Final = re.compile(r"\d+[-/.]\d+[-/.]\d[\w./:+-]*|\d{6,}(?!\S)")
_YEAR_AND_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\S)")
_STARTS_WITH_DIGIT: Final = re.compile(r"\d[\w./:+-]*")
_SEPARATOR: Final = re.compile(r"\s*(?:[—–-]+\s+|[—–]+(?![\d\s])|[:|.]\s+)?")
_MAX_TIME_LENGTH: Final = 25
"""Characters of a weekday, a time and a zone."""
_LENGTH_WITHOUT_ZONE: Final = len("2025-08-30T14:05:00")


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
    # Most archives use ISO 8601, which needs neither the long patterns nor a time zone.
    if _ISO.fullmatch(text) and not (timezone and len(text) > _LENGTH_WITHOUT_ZONE):
        moment = _parse_iso(text)
        if moment:
            return moment
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
    length = match_at_start(line)
    rest = line[length:]
    # A whole line may be in any notation: `17.03.2015 14.00`. Before a headline, this is slow.
    if (not length or 0 < len(rest) <= _MAX_TIME_LENGTH) and is_whole_date(line):
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


def is_whole_date(line: str) -> bool:
    """Return True if a line is a date and nothing else. A word such as `unknown` is none."""
    has_digit = len(line) <= MAX_LENGTH and any(map(str.isdigit, line))
    # The language is not known yet, so months are English or Russian.
    moment = parse_date(line, "en") if has_digit else None
    return moment is not None and moment.iso != ""


def _parse_iso(text: str) -> Moment | None:
    """Return the moment for an ISO 8601 text, or None if it does not exist."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return Moment(text)
