import pytest

from newsgen.read.formats import parse_article
from newsgen.read.path_dates import find_dated_slug, find_path_date


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("1937-07-16_evening-post_run.md", "1937-07-16"),
        ("2015-1-3-short.md", "2015-01-03"),
        ("20150109-compact.md", "2015-01-09"),
        ("20150317T1400.md", "2015-03-17"),
        ("2015_01_10_x.txt", "2015-01-10"),
        ("2015.01.10.txt", "2015-01-10"),
        ("17.03.2015 name.txt", "2015-03-17"),
        ("17 марта 2015 Название.txt", "2015-03-17"),
        ("evening-post-2015-01-05.txt", "2015-01-05"),
        ("1998/05/12/n1.txt", "1998-05-12"),
        ("2015/03/17-name.md", "2015-03-17"),
        ("2015/03-17/name.md", "2015-03-17"),
        ("news/2015-03/17/name.md", "2015-03-17"),
        ("archive/2015/mar/17/name.md", "2015-03-17"),
        ("1937/03-марта/05/name.md", "1937-03-05"),
        ("2015-01-10-bundle/index.md", "2015-01-10"),
        ("2015/2016-01-02-name.md", "2016-01-02"),
        ("/2019/05/15/four-years/", "2019-05-15"),
        ("2019/05/15/four-years.html", "2019-05-15"),
        ("1937-06_x.md", "1937-06"),
        ("1937-06-XX_x.md", "1937-06"),
        ("1937-00-00_x.md", "1937"),
        ("1937/06/x.md", "1937-06"),
        ("1937/июнь/x.md", "1937-06"),
        ("1937/x.md", "1937"),
        ("2015/03/40.txt", "2015-03"),
        ("1984/10-years.txt", "1984"),
    ],
)
def test_dates_of_paths(path: str, iso: str) -> None:
    assert find_path_date(path) == iso


@pytest.mark.parametrize(
    "path",
    [
        *("a/b.md", "1984-review.md", "20151399-x.md", "12345678.md", "images/1024x768.md"),
        *("2024-13-01-x.md", "0001/x.txt", "a20150109f.md", "03/17/x.md", ""),
    ],
)
def test_paths_without_a_date(path: str) -> None:
    assert find_path_date(path) == ""


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("a/2025-08-30-slug.md", "slug"),
        ("2025-08-30_two-words.en.md", "two-words.en"),
        ("20150109-compact.md", "compact"),
        ("2015-01-10-bundle/index.md", "bundle"),
        ("2024-13-01-x.md", ""),
        ("slug.md", ""),
    ],
)
def test_slug_behind_a_date(path: str, slug: str) -> None:
    assert find_dated_slug(path) == slug


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("title: A", "2025-01-01"),
        ("title: A\ndate: ''", "2025-01-01"),
        ("title: A\ndate: 2024-02-02", "2024-02-02"),
        ("title: A\nurl: /2023/03/03/a/", "2023-03-03"),
        ("title: A\npath: a/b", "2025-01-01"),
    ],
)
def test_the_files_own_date_comes_first_then_its_url(head: str, date: str) -> None:
    raw = parse_article("2025-01-01-a.md", f"---\n{head}\n---\nText.\n")
    assert raw.fields["date"].text == date


def test_plain_text_is_dated_by_its_path_too() -> None:
    raw = parse_article("1998/05/12/n1.txt", "Выборы прошли\n\nТекст.\n")
    assert {name: field.text for name, field in raw.fields.items()} == {
        "date": "1998-05-12",
        "headline": "Выборы прошли",
    }
    assert "slug" not in raw.fields
