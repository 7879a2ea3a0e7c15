"""The archive is cut into periods, small ones at its newest end, and its past stays so."""

from collections.abc import Iterable
from datetime import date, timedelta

from newsgen.model import Group
from newsgen.search import parts_of


def days_of(counts: Iterable[tuple[str, int]]) -> list[Group]:
    return [Group("day", key, key, key, count, key, key, b"") for key, count in counts]


def a_day_each(start: str, days: int, count: int = 1) -> list[Group]:
    first = date.fromisoformat(start)
    return days_of(((first + timedelta(day)).isoformat(), count) for day in range(days))


def test_an_empty_archive_has_no_parts() -> None:
    assert parts_of([]) == []


def test_a_small_archive_is_one_part() -> None:
    parts = parts_of(a_day_each("2025-01-01", 100))
    assert [(part.name, part.articles) for part in parts] == [("20", 100)]


def test_parts_are_small_where_the_newest_day_is() -> None:
    days = a_day_each("1999-01-01", 365) + a_day_each("2024-01-01", 366 + 365, 2)
    parts = parts_of(days, closed=800, growing=100)
    assert [part.name for part in parts][:3] == ["19", "2024", "2025-h1"]
    assert parts[-1].name == "2025-12"
    assert parts[-1].articles == 62
    assert sum(part.articles for part in parts) == 365 + 2 * (366 + 365)
    assert [day for part in parts for day in part.days] == days


def test_a_day_is_never_cut() -> None:
    parts = parts_of(days_of([("2025-01-01", 9_000)]))
    assert [(part.name, part.articles) for part in parts] == [("2025-01-01", 9_000)]


def test_a_new_day_leaves_the_other_parts_as_they_are() -> None:
    days = a_day_each("2020-01-01", 1_200, 5)
    for _ in range(40):
        before = parts_of(days)
        days = [
            *days,
            *a_day_each((date.fromisoformat(days[-1].key) + timedelta(1)).isoformat(), 1),
        ]
        after = parts_of(days)
        new = [part for part in after if part not in before]
        assert sum(part.articles for part in new) <= 500 or len(new) == 1
