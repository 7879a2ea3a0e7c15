import pytest

from newsgen.model import Moment
from newsgen.read import dates


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-08-30", "2025-08-30"),
        ("2025-8-3", "2025-08-03"),
        ("2025/08/30", "2025-08-30"),
        ("2025.08.30", "2025-08-30"),
        ("30.08.2025", "2025-08-30"),
        ("05/08/2008", "2008-08-05"),
        ("30 августа 2025", "2025-08-30"),
        ("30 августа 2025 г.", "2025-08-30"),
        ("30 августа 2025 года", "2025-08-30"),
        ("30\u00a0августа\u00a02025", "2025-08-30"),
        ("5 сент. 2025", "2025-09-05"),
        ("1 мая 2025", "2025-05-01"),
        ("Август 30, 2025", "2025-08-30"),
        ("August 30, 2025", "2025-08-30"),
        ("30 Aug 2025", "2025-08-30"),
        ("Sat, 30 Aug 2025 14:05:00 +0300", "2025-08-30T14:05:00+03:00"),
        ("2025-08-30 14:05", "2025-08-30T14:05:00"),
        ("2025-08-30T14:05:07Z", "2025-08-30T14:05:07+00:00"),
        ("2025-08-30T14:05:07.123456+03:00", "2025-08-30T14:05:07+03:00"),
        ("30.08.2025, 14:05 МСК", "2025-08-30T14:05:00+03:00"),
        ("30 августа 2025, в 9:05", "2025-08-30T09:05:00"),
    ],
)
def test_dates_as_newsrooms_write_them(written: str, iso: str) -> None:
    assert dates.parse(written, "ru") == Moment(iso)


@pytest.mark.parametrize(
    "written",
    ["", "вчера", "2024-13-01", "2025-02-30", "31.04.2025", "30 мартабря 2025", "2025-08-30 25:00"],
)
def test_what_is_no_date(written: str) -> None:
    assert dates.parse(written, "ru") is None


def test_months_of_the_sites_language_and_of_english_are_known() -> None:
    assert dates.parse("24 décembre 2024", "fr") == Moment("2024-12-24")
    assert dates.parse("24 December 2024", "fr") == Moment("2024-12-24")


def test_a_time_with_an_offset_moves_to_the_sites_time_zone_and_only_then() -> None:
    late = "2025-08-30T23:30:00Z"
    assert dates.parse(late, "ru", "Europe/Moscow") == Moment("2025-08-31T02:30:00+03:00")
    assert dates.parse(late, "ru") == Moment("2025-08-30T23:30:00+00:00")
    assert dates.parse("2025-08-30 23:30", "ru", "Asia/Tokyo") == Moment("2025-08-30T23:30:00")


@pytest.mark.parametrize(
    ("line", "date", "rest"),
    [
        ("2025-08-30 Си Цзиньпин отметил", "2025-08-30", "Си Цзиньпин отметил"),
        ("30 августа 2025 г. — Заголовок.", "30 августа 2025 г.", "Заголовок."),
        ("2025-08-30 15 человек погибли", "2025-08-30", "15 человек погибли"),
        ("2025-08-30 9:30 Утро", "2025-08-30 9:30", "Утро"),
        ("2024-13-01 Заголовок", "2024-13-01", "Заголовок"),
        ("2025-08-30", "2025-08-30", ""),
        ("Без даты", "", "Без даты"),
    ],
)
def test_a_line_is_parted_into_date_and_headline(line: str, date: str, rest: str) -> None:
    assert dates.split(line) == (date, rest)
