"""An archive is divided into periods, small ones at its newest end, and old ones never change."""

from collections.abc import Iterable
from datetime import date, timedelta

from newsgen.model import Group
from newsgen.search import split_into_parts


def make_days(counts: Iterable[tuple[str, int]]) -> list[Group]:
    return [Group("day", key, key, key, count, key, key, b"") for key, count in counts]


def a_day_each(start: str, days: int, count: int = 1) -> list[Group]:
    first = date.fromisoformat(start)
    return make_days(((first + timedelta(day)).isoformat(), count) for day in range(days))


def test_an_empty_archive_has_no_parts() -> None:
    assert split_into_parts([]) == []


def test_a_small_archive_is_one_part() -> None:
    parts = split_into_parts(a_day_each("2025-01-01", 100))
    assert [(part.name, part.articles) for part in parts] == [("20", 100)]


def test_parts_are_small_where_the_newest_day_is() -> None:
    days = a_day_each("1999-01-01", 365) + a_day_each("2024-01-01", 366 + 365, 2)
    parts = split_into_parts(days, max_closed=800, max_growing=100)
    assert [part.name for part in parts][:3] == ["19", "2024", "2025-h1"]
    assert parts[-1].name == "2025-12"
    assert parts[-1].articles == 62
    assert sum(part.articles for part in parts) == 365 + 2 * (366 + 365)
    assert [day for part in parts for day in part.days] == days


def test_small_neighbors_are_joined() -> None:
    years = make_days((f"{year}-05-01", 400) for year in range(1990, 2024))
    parts = split_into_parts(years, max_closed=1_000, max_growing=100)
    names = [part.name for part in parts]
    assert names[:3] == ["1990_1991", "1992_1993", "1994_1995"]
    assert names[-2:] == ["2022", "2023-05-01"]
    assert [day for part in parts for day in part.days] == years


def test_in_the_newest_year_parts_join_up_to_the_smaller_limit() -> None:
    names = [part.name for part in split_into_parts(a_day_each("2025-01-01", 365, 3), 800, 100)]
    assert names == ["2025-h1", "2025-q3", "2025-10", "2025-11", "2025-12"]
    crowded = [part.name for part in split_into_parts(a_day_each("2025-12-01", 31, 30), 800, 100)]
    assert crowded[:2] == ["2025-12-01_2025-12-03", "2025-12-04_2025-12-06"]
    assert crowded[-1] == "2025-12-31"


def test_a_day_is_never_divided() -> None:
    parts = split_into_parts(make_days([("2025-01-01", 9_000)]))
    assert [(part.name, part.articles) for part in parts] == [("2025-01-01", 9_000)]


def test_a_new_day_leaves_other_parts_unchanged() -> None:
    days = a_day_each("2020-01-01", 1_200, 5)
    for _ in range(40):
        before = split_into_parts(days)
        days = [
            *days,
            *a_day_each((date.fromisoformat(days[-1].key) + timedelta(1)).isoformat(), 1),
        ]
        after = split_into_parts(days)
        new = [part for part in after if part not in before]
        assert sum(part.articles for part in new) <= 500 or len(new) == 1
