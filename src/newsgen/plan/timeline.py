"""Timelines: a term's number of articles by year, or by month over a short span."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newsgen.plan.periods import MONTH_WIDTH, UNKNOWN_YEAR, YEAR_WIDTH, is_known

HEIGHT: Final = 60
"""Height of the tallest bar, in units of the drawing."""

_BAR_PITCH: Final = 10
"""Distance from one bar to the next. Templates draw bars 8 wide, which leaves a gap of 2."""

_MAX_MONTHS: Final = 36
"""Longest span drawn by month: on a phone 320 pixels wide, 36 bars get 9 pixels each."""

_MONTHS_PER_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """A year or a month: its key, its number of articles, and its bar's position and height."""

    key: str
    count: int
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars from the first period to the last one, including periods without articles.

    `unit` is `year` or `month`. `peak` is the first of the tallest bars.
    """

    unit: str
    width: int
    bars: tuple[TimelineBar, ...]
    peak: TimelineBar


def make_timeline(months: Sequence[tuple[str, int]]) -> Timeline | None:
    """Return the timeline of a term, None if a single period holds all its articles.

    Articles without a date are left out. If some have a year and no month, the unit is the year.

    Args:
        months: Keys and counts of the months that have articles, the oldest first.
    """
    months = [month for month in months if month[0][:YEAR_WIDTH] != UNKNOWN_YEAR]
    if len(months) <= 1:
        return None
    first, last = (_month_number(months[at][0]) for at in (0, -1))
    has_all_months = all(is_known(key) for key, _ in months)
    unit = "month" if last - first < _MAX_MONTHS and has_all_months else "year"
    width = MONTH_WIDTH if unit == "month" else YEAR_WIDTH
    counts: dict[str, int] = {}
    for month, count in months:
        counts[month[:width]] = counts.get(month[:width], 0) + count
    keys = list(dict.fromkeys(_month_key(number)[:width] for number in range(first, last + 1)))
    if len(keys) == 1:
        return None
    largest = max(counts.values())
    bars = tuple(
        # Heights are rounded up: a period with a single article must not vanish.
        TimelineBar(key, count, at * _BAR_PITCH + 1, -(-HEIGHT * count // largest))
        for at, key in enumerate(keys)
        for count in (counts.get(key, 0),)
    )
    peak = next(bar for bar in bars if bar.count == largest)
    return Timeline(unit, len(bars) * _BAR_PITCH, bars, peak)


def _month_number(month: str) -> int:
    # An unknown month, 00, must stay in its year.
    return int(month[:4]) * _MONTHS_PER_YEAR + max(int(month[5:]), 1) - 1


def _month_key(number: int) -> str:
    return f"{number // _MONTHS_PER_YEAR:04}-{number % _MONTHS_PER_YEAR + 1:02}"
