"""Timelines: how many articles a tag or an author has by years, or by months in a short span."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HEIGHT: Final = 60
"""Of the tallest bar; a bar has a place of ten, and leaves two of it free."""
_MOST_MONTHS: Final = 36
_MONTHS_OF_YEAR: Final = 12
_DIGITS_OF_YEAR: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or a month: its key, its number of articles, where its bar stands and how tall."""

    key: str
    count: int
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars from the first period to the last one, those without articles among them.

    `unit` is `year` or `month`; `peak` is the first bar of the tallest.
    """

    unit: str
    width: int
    bars: tuple[Bar, ...]
    peak: Bar


def timeline_of(months: Sequence[tuple[str, int]]) -> Timeline | None:
    """The timeline of what has articles in some months; None where a single period has them all.

    Args:
        months: keys and counts, the oldest first.
    """
    if len(months) <= 1:
        return None
    first, last = (_ordinal(months[at][0]) for at in (0, -1))
    unit = "month" if last - first < _MOST_MONTHS else "year"
    width = 7 if unit == "month" else _DIGITS_OF_YEAR
    counts: dict[str, int] = {}
    for month, count in months:
        counts[month[:width]] = counts.get(month[:width], 0) + count
    keys = list(dict.fromkeys(_month(number)[:width] for number in range(first, last + 1)))
    most = max(counts.values())
    bars = tuple(
        Bar(key, count, place * 10 + 1, -(-HEIGHT * count // most))
        for place, key in enumerate(keys)
        for count in (counts.get(key, 0),)
    )
    return Timeline(unit, len(bars) * 10, bars, next(bar for bar in bars if bar.count == most))


def _ordinal(month: str) -> int:
    return int(month[:4]) * _MONTHS_OF_YEAR + int(month[5:]) - 1


def _month(ordinal: int) -> str:
    return f"{ordinal // _MONTHS_OF_YEAR:04}-{ordinal % _MONTHS_OF_YEAR + 1:02}"
