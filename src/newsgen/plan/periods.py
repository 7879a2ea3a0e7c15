"""Days, months and years: their neighbors, and how they fill a calendar."""

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from newsgen.model import Group

YEAR_WIDTH: Final = len("2025")
MONTH_WIDTH: Final = len("2025-08")

UNKNOWN_YEAR: Final = "0000"
"""Key of the year that stands for articles without a date."""

_HEAT_LEVELS: Final = 4

Counts = tuple[tuple[str, int], ...]
"""Keys of periods, each with the number of its articles."""


def with_neighbors(groups: Sequence[Group]) -> Iterator[tuple[Group, str, str]]:
    """Yield each group with the keys of the previous and the next one, "" where there is none."""
    keys = ["", *(group.key for group in groups), ""]
    for group, (older, _), (_, newer) in zip(
        groups, pairwise(keys), pairwise(keys[1:]), strict=False
    ):
        yield group, older, newer


def counts_by(groups: Sequence[Group], width: int) -> Mapping[str, Counts]:
    """Return counts of periods under the longer period that contains them.

    Args:
        groups: Days or months, in order.
        width: `YEAR_WIDTH` or `MONTH_WIDTH`, the length of the longer period's key.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for group in groups:
        found.setdefault(group.key[:width], []).append((group.key, group.count))
    return {key: tuple(counts) for key, counts in found.items()}


def known_periods(groups: Sequence[Group]) -> list[Group]:
    """Return periods without those that stand for articles of unknown days, months or years.

    Their keys have zeros for what is unknown: `1937-06-00`, `1937-00`, `0000`.
    """
    return [group for group in groups if is_known(group.key)]


def is_known(key: str) -> bool:
    """Return True if the key of a period has no zeros for an unknown day, month or year."""
    return not key.endswith("-00") and key != UNKNOWN_YEAR


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day in a calendar: its key, its number in the month and its number of articles.

    `level` is the shade of a heat map, 0 for no articles to 4.
    """

    key: str
    number: int
    count: int
    level: int


def calendar_weeks(
    month: str, days: Counts, first_weekday: int, max_count: int = 0
) -> list[list[CalendarDay | None]]:
    """Return the weeks of a month, seven days each, None for a day of another month.

    Args:
        month: The month's key, `2025-08`.
        days: The days of the month that have articles.
        first_weekday: 0 for Monday.
        max_count: The count that gets the darkest shade; 0 takes this month's largest.
    """
    counts = dict(days)
    max_count = max_count or largest_count(days)
    # `monthdayscalendar` gives 0 for days of the neighboring months.
    weeks = Calendar(first_weekday).monthdayscalendar(int(month[:4]), int(month[5:]))
    return [
        [_calendar_day(f"{month}-{number:02}", number, counts, max_count) for number in week]
        for week in weeks
    ]


def days_by_date(days: Sequence[Group]) -> Mapping[str, tuple[Group, ...]]:
    """Return days by their date without the year, `08-30`, the oldest year first."""
    found: dict[str, list[Group]] = {}
    for day in days:
        found.setdefault(day.key[5:], []).append(day)
    return {date: tuple(years) for date, years in found.items()}


def largest_count(counts: Counts) -> int:
    """Return the largest number of articles, 0 if there are no periods."""
    return max((count for _, count in counts), default=0)


def heat_level(count: int, max_count: int) -> int:
    """Return the shade of a count on a heat map, 1 to 4, or 0 for no articles."""
    # Up to four articles the count itself is the level, so that small archives use light shades.
    return count if max_count <= _HEAT_LEVELS else -(-_HEAT_LEVELS * count // max_count)


def _calendar_day(
    key: str, number: int, counts: Mapping[str, int], max_count: int
) -> CalendarDay | None:
    count = counts.get(key, 0)
    return CalendarDay(key, number, count, heat_level(count, max_count)) if number else None
