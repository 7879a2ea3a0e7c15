"""Days, months and years: which come before and after which, and how they fill a calendar."""

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsgen.model import Group

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
    """A day in a calendar: its key, its number in the month, and how many articles it has."""

    key: str
    number: int
    count: int


def weeks_of(month: str, days: Counts, first_weekday: int) -> list[list[CalendarDay | None]]:
    """The weeks of a month, seven days each; None where a day belongs to another month.

    Args:
        month: its key.
        days: the days in it that have articles.
        first_weekday: 0 for Monday.
    """
    counts = dict(days)
    weeks = Calendar(first_weekday).monthdayscalendar(int(month[:4]), int(month[5:]))
    return [[_day(f"{month}-{number:02}", number, counts) for number in week] for week in weeks]


def _day(key: str, number: int, counts: Mapping[str, int]) -> CalendarDay | None:
    return CalendarDay(key, number, counts.get(key, 0)) if number else None
