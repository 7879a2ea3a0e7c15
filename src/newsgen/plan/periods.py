"""Days, months and years: which come before and after which, and how they fill a calendar."""

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from newsgen.model import Group

_STEPS: Final = 4

Counts = tuple[tuple[str, int], ...]
"""Keys of periods, each with the number of its articles."""


def beside(groups: Sequence[Group]) -> Iterator[tuple[Group, str, str]]:
    """Each group with the keys of the ones before and after it, "" where there is none."""
    keys = ["", *(group.key for group in groups), ""]
    for group, (older, _), (_, newer) in zip(
        groups, pairwise(keys), pairwise(keys[1:]), strict=False
    ):
        yield group, older, newer


def counts_by(groups: Sequence[Group], width: int) -> Mapping[str, Counts]:
    """Counts of periods by the longer one that they lie in, the key's first `width` letters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for group in groups:
        found.setdefault(group.key[:width], []).append((group.key, group.count))
    return {key: tuple(counts) for key, counts in found.items()}


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day in a calendar: its key, its number in the month, and how many articles it has.

    `level` is how much that is, from 0 for nothing to 4.
    """

    key: str
    number: int
    count: int
    level: int


def weeks_of(
    month: str, days: Counts, first_weekday: int, most: int = 0
) -> list[list[CalendarDay | None]]:
    """The weeks of a month, seven days each; None where a day belongs to another month.

    Args:
        month: its key.
        days: the days in it that have articles.
        first_weekday: 0 for Monday.
        most: the number of articles that is much; 0 for the most in this month.
    """
    counts = dict(days)
    most = most or most_of(days)
    weeks = Calendar(first_weekday).monthdayscalendar(int(month[:4]), int(month[5:]))
    return [
        [_day(f"{month}-{number:02}", number, counts, most) for number in week] for week in weeks
    ]


def days_of_years(days: Sequence[Group]) -> Mapping[str, tuple[Group, ...]]:
    """Days that have articles by their place in the year, `08-30`, the oldest year first."""
    found: dict[str, list[Group]] = {}
    for day in days:
        found.setdefault(day.key[5:], []).append(day)
    return {date: tuple(of_years) for date, of_years in found.items()}


def most_of(counts: Counts) -> int:
    """The largest number of articles, 0 where there are none."""
    return max((count for _, count in counts), default=0)


def level(count: int, most: int) -> int:
    """How much a number is beside the largest one, in four steps from 1; 0 is nothing."""
    return count if most <= _STEPS else -(-_STEPS * count // most)


def _day(key: str, number: int, counts: Mapping[str, int], most: int) -> CalendarDay | None:
    count = counts.get(key, 0)
    return CalendarDay(key, number, count, level(count, most)) if number else None
