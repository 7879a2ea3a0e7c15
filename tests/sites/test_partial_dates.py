"""Articles whose date is partial, uncertain or unknown, from the source to every page."""

import re
from datetime import UTC, datetime

import pytest
from tests.conftest import ArchiveFolder, changed_paths
from tests.crawl import crawl

DATES = {
    "day": "1937-06-16",
    "sure": "1938-01-02",
    "month": "1937-06",
    "season": "1937-21",
    "year": "1937?",
    "decade": "193X",
    "unknown": "unknown",
}


@pytest.fixture
def dated(archive: ArchiveFolder) -> ArchiveFolder:
    archive.config("language: en\n")
    for name, date in DATES.items():
        head = f"title: About {name}\ndate: {date}\ntags: [Flood]\nslug: {name}"
        archive.write(f"articles/{name}.md", f"---\n{head}\n---\nThe flood of {name}.\n")
    return archive


def test_each_article_is_where_its_date_says(dated: ArchiveFolder) -> None:
    report = dated.build()
    assert (report.articles, report.problems) == (len(DATES), ())
    paths = {path for path in dated.tree() if path.endswith("index.html")}
    assert {
        "1937/06/16/day/index.html",
        "1937/06/month/index.html",
        "1937/season/index.html",
        "1937/year/index.html",
        "undated/decade/index.html",
        "undated/unknown/index.html",
        "undated/index.html",
        "1937/undated/index.html",
        "1937/06/index.html",
    } <= paths
    assert not [path for path in paths if re.search(r"(^|[/-])0?00?[/-]|0000", path)]
    assert not crawl(dated.root / "dist").broken


def test_dates_are_shown_as_far_as_they_are_known(dated: ArchiveFolder) -> None:
    dated.build()
    shown = {
        "1937/06/month": '<time datetime="1937-06">June 1937</time></a>',
        "1937/season": '<a href="../../1937/"><time datetime="1937">spring 1937</time></a>',
        "1937/year": '<a href="../../1937/"><time datetime="1937">1937 (?)</time></a>',
        "undated/decade": '<a href="../../undated/">1930s</a>',
        "undated/unknown": '<a href="../../undated/">undated</a>',
    }
    for path, dateline in shown.items():
        assert dateline in dated.page(f"{path}/index.html")


def test_lists_and_links_of_partial_dates(dated: ArchiveFolder) -> None:
    dated.build()
    month = dated.page("1937/06/index.html")
    assert month.index("About day") < month.index("About month")
    assert "2 articles" in month
    assert "About month" not in dated.page("1937/06/16/index.html")
    year = dated.page("1937/index.html")
    assert '<a href="../1937/undated/">1937, exact date unknown</a>: 2 articles' in year
    undated = dated.page("1937/undated/index.html")
    assert "About season" in undated
    assert "About year" in undated
    assert '<table class="calendar">' not in undated
    archive = dated.page("archive/index.html")
    assert '<a href="../undated/">Undated</a>: 2 articles' in archive
    assert "0000" not in archive
    home = dated.page("index.html")
    assert home.index("About sure") < home.index("About day") < home.index("About unknown")
    oldest = dated.page("undated/decade/index.html")
    assert 'rel="prev"' not in oldest
    assert "0000" not in dated.page("tags/flood/index.html")


@pytest.mark.parametrize("date", ["1937-06", "1937", "unknown"])
def test_an_archive_of_partial_dates_alone(archive: ArchiveFolder, date: str) -> None:
    archive.config("language: ru\n")
    archive.write("articles/a.md", f"---\ntitle: Потоп\ndate: {date}\ntags: [Вода]\n---\nТекст.\n")
    assert not archive.build().problems
    assert "Потоп" in archive.page("index.html")
    assert not crawl(archive.root / "dist").broken


def test_what_is_held_back_comes_and_what_expires_goes(archive: ArchiveFolder) -> None:
    archive.config("language: en\n")
    archive.article("kept.txt", "2025-08-30", "Kept")
    head = "title: Embargo\ndate: 2020-01-01\npublishDate: 2025-09-15"
    archive.write("articles/embargo.md", f"---\n{head}\n---\nText.\n")
    head = "title: Offer\ndate: 2020-01-02\nexpiryDate: 2025-09-15T12:00:00"
    archive.write("articles/offer.md", f"---\n{head}\n---\nText.\n")
    days = {day: datetime(2025, 9, day, tzinfo=UTC) for day in (14, 16)}
    expected = {}
    for day, now in days.items():
        report = archive.build(clean=True, now=now)
        assert (report.articles, report.unpublished) == (2, 1)
        expected[day] = archive.tree()
    assert "2020/01/02/offer/index.html" in expected[14]
    assert "2020/01/01/embargo/index.html" in expected[16]
    assert not re.search(rb"Embargo", b"".join(expected[14].values()))
    assert not re.search(rb"Offer", b"".join(expected[16].values()))
    for day in (14, 16, 14):
        archive.build(now=days[day])
        assert changed_paths(archive.tree(), expected[day]) == set()
