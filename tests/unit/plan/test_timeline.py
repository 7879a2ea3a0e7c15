"""Timelines and levels: numbers as bars, and as words."""

from newsgen.plan.periods import heat_level
from newsgen.plan.timeline import HEIGHT, make_timeline


def test_short_span_has_a_bar_per_month_including_empty_ones() -> None:
    timeline = make_timeline([("2024-12", 1), ("2025-02", 4)])
    assert timeline
    assert timeline.unit == "month"
    assert [(bar.key, bar.count, bar.x, bar.height) for bar in timeline.bars] == [
        ("2024-12", 1, 1, HEIGHT // 4),
        ("2025-01", 0, 11, 0),
        ("2025-02", 4, 21, HEIGHT),
    ]
    assert timeline.peak.key == "2025-02"
    assert timeline.width == 30


def test_long_span_has_a_bar_per_year() -> None:
    timeline = make_timeline([("2001-05", 3), ("2001-06", 3), ("2010-01", 6)])
    assert timeline
    assert timeline.unit == "year"
    assert [bar.count for bar in timeline.bars] == [6, *[0] * 8, 6]
    assert timeline.peak.key == "2001"


def test_one_month_is_no_timeline() -> None:
    assert make_timeline([]) is None
    assert make_timeline([("2025-01", 5)]) is None


def test_months_that_are_unknown_count_for_their_year_and_unknown_years_for_none() -> None:
    timeline = make_timeline([("0000-00", 9), ("1937-00", 2), ("1937-06", 1), ("1938-01", 1)])
    assert timeline
    assert timeline.unit == "year"
    assert [(bar.key, bar.count) for bar in timeline.bars] == [("1937", 3), ("1938", 1)]
    assert make_timeline([("0000-00", 9), ("1937-06", 1)]) is None
    assert make_timeline([("1937-00", 9), ("1937-06", 1)]) is None


def test_four_levels() -> None:
    assert [heat_level(count, 4) for count in range(5)] == [0, 1, 2, 3, 4]
    assert [heat_level(count, 2) for count in range(3)] == [0, 1, 2]
    assert [heat_level(count, 100) for count in (0, 1, 25, 26, 75, 76, 100)] == [
        0,
        1,
        1,
        2,
        3,
        4,
        4,
    ]
