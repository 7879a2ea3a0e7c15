"""Whole sites, as their visitors and their editors meet them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder, changed_paths, tree_of
from tests.crawl import crawl

from newsgen.model import Moment
from newsgen.output.published_manifest import find_list, list_path
from newsgen.urls import MARK

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SEED = "2025/08/30/si-tszinpin-otmetil-strategicheskoye-partnerstvo-knr-i-kazakhstana-na-vstreche"


@pytest.fixture(scope="module")
def seed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that comes with newsgen, built by its own configuration."""
    folder = tmp_path_factory.mktemp("seed")
    for name in ("seeds", "newsgen.yaml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    subprocess.run([sys.executable, "-m", "newsgen", "build", "-q"], cwd=folder, check=True)
    return folder / "dist"


def test_seed_article_is_complete(seed_site: Path) -> None:
    page = (seed_site / SEED / "index.html").read_text(encoding="utf-8")
    body = page[page.index('<div class="body">') : page.index("</article>")]
    assert (
        "<h1>Си Цзиньпин отметил стратегическое партнерство КНР и Казахстана на встрече</h1>"
        in page
    )
    assert ">Денис Тельманов</a>" in page
    assert '<time datetime="2025-08-30">30 августа 2025</time>' in page
    assert body.count("<p>") == 8
    text = (ROOT / "seeds/000_053c1dd82f326cc6.txt").read_text(encoding="utf-8")
    body = re.sub(r'<a class="name"[^>]*>([^<]*)</a>', r"\1", body)
    for paragraph in text.strip().split("\n\n")[2:]:
        assert f"<p>{paragraph.strip()}</p>" in body
    assert "«Мы готовы" in body
    assert "»," in body
    assert "–" in body


@pytest.mark.parametrize(
    "path",
    ["", "2025/08/30/", "2025/08/", "authors/denis-telmanov/"],
    ids=lambda path: path or "home",
)
def test_seed_article_is_listed(seed_site: Path, path: str) -> None:
    page = (seed_site / path / "index.html").read_text(encoding="utf-8")
    assert f'{SEED}/">Си Цзиньпин отметил' in page


def test_seed_year_shows_its_month_and_day(seed_site: Path) -> None:
    page = (seed_site / "2025/index.html").read_text(encoding="utf-8")
    assert 'href="../2025/08/">Август, 1 статья</a>' in page
    assert 'href="../2025/08/30/"' in page


def grow(archive: ArchiveFolder, count: int, start: int = 0) -> None:
    """Write articles of 2020 and later, a few a day, always the same ones for the same numbers."""
    for number in range(start, start + count):
        day, month = number // 4 % 28 + 1, number // 112 % 12 + 1
        date = f"{2020 + number // 1344}-{month:02}-{day:02} {number % 4 + 8:02}:00"
        archive.article(
            f"{number:05}.txt",
            date,
            f"Новость {number}",
            Текст=("Анна", "Борис")[number % 2],
            Теги=f"Тема {number % 7}, Новости",
        )


@pytest.mark.parametrize("links", ["folder", "file"])
def test_every_link_leads_somewhere_inside_the_base_path(
    archive: ArchiveFolder, links: str
) -> None:
    archive.config(
        f"language: ru\nper_page: 5\nbase_url: https://example.org/repo/\nlinks: {links}\n"
    )
    grow(archive, 150)
    archive.write(
        "articles/odd.md",
        "---\ntitle: '«?!»'\ndate: 2021-05-05\naliases: [/a/b/, /c.html]\n---\n"
        "[Архив](/404.html)\n",
    )
    report = archive.build()
    assert not report.problems
    dist = archive.root / "dist"
    walk = crawl(dist, "/repo/", by_file=links == "file")
    assert walk.broken == []
    assert walk.outside == []
    articles = {path for path in archive.tree() if path.count("/") == 4 and path[:2] == "20"}
    assert {walk.clicks.get(path, 99) <= 4 for path in articles if "/page/" not in path} == {True}


def test_a_site_with_file_links_works_from_a_disk(archive: ArchiveFolder) -> None:
    archive.config("language: ru\nper_page: 5\nlinks: file\n")
    grow(archive, 40)
    archive.build()
    walk = crawl(archive.root / "dist", "/", by_file=True)
    assert walk.broken == []
    assert "404.html" not in walk.clicks


def test_error_page_works_at_any_depth(archive: ArchiveFolder) -> None:
    archive.config("language: ru\nbase_url: https://example.org/repo/\n")
    archive.build()
    page = archive.page("404.html")
    assert 'href="/repo/assets/newsgen.css"' in page
    assert 'href="/repo/archive/"' in page
    assert 'href="../' not in page
    archive.config("language: ru\n")
    archive.build()
    assert 'href="/assets/newsgen.css"' in archive.page("404.html")


THE_HANDFUL = {
    "the article": "{path}/index.html",
    "the one before it": "{before}/index.html",
    "its day": "{day}/index.html",
    "the day before": "{day_before}/index.html",
    "its month": "{month}/index.html",
    "its year": "{year}/index.html",
    "this day of all years": "on-this-day/{date}/index.html",
    "its first tag": "tags/tema-{tag}/index.html",
    "its second tag": "tags/novosti/index.html",
    "its author": "authors/anna/index.html",
    "the index of tags": "tags/index.html",
    "the index of authors": "authors/index.html",
    "the archive by years": "archive/index.html",
    "the home page": "index.html",
}


@pytest.mark.parametrize("count", [100, 5_000])
def test_new_article_rewrites_few_files_in_an_archive_of_any_size(
    archive: ArchiveFolder, count: int
) -> None:
    archive.config("language: ru\nper_page: 20\n")
    grow(archive, count)
    archive.build(jobs=0)
    before = archive.tree()
    grow(archive, 1, start=count)
    report = archive.build()
    after = archive.tree()

    def find_paths(number: int) -> tuple[str, str]:
        entry = next(path for path in after if path.endswith(f"/novost-{number}/index.html"))
        path = entry.removesuffix("/index.html")
        return path, path.rpartition("/")[0]

    (path, day), (older, day_before) = find_paths(count), find_paths(count - 1)
    values = {
        "path": path,
        "before": older,
        "day": day,
        "day_before": day_before,
        "month": day[:7],
        "year": day[:4],
        "date": day[5:].replace("/", "-"),
        "tag": count % 7,
    }
    files = dict(THE_HANDFUL)
    if f"on-this-day/{values['date']}/index.html" not in before:
        files["the days of the year"] = "on-this-day/index.html"
    handful = {name.format(**values) for name in files.values()}
    # The published manifest: the lists that name these files, and the mark.
    lists = {list_path(find_list(name)) for name in handful}
    assert changed_paths(before, after) == handful | lists | {MARK}
    assert len(handful) == len(files)
    assert len(lists) <= 8
    assert (report.written, report.removed) == (len(handful), 0)


def test_a_full_page_of_a_list_never_changes_again(archive: ArchiveFolder) -> None:
    archive.config("language: ru\nper_page: 5\n")
    grow(archive, 12)
    archive.build()
    for count in range(12, 40):
        before = archive.tree()
        grow(archive, 1, start=count)
        archive.build()
        after = archive.tree()
        full = [
            path
            for path in before
            if path.startswith("tags/novosti/page/") and b"http-equiv" not in before[path]
        ]
        assert {path for path in full if before[path] != after[path]} == set()


def _build_elsewhere(folder: Path, jobs: int, **environment: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-m", "newsgen", "build", "-q", "--clean", "-j", str(jobs)],
        cwd=folder,
        check=True,
        env={**os.environ, **environment},
    )
    return tree_of(folder / "dist")


def test_output_does_not_depend_on_jobs_hash_seed_zone_or_locale(
    new_archive: Callable[[str], ArchiveFolder],
) -> None:
    one, other = new_archive("one"), new_archive("other")
    for archive in (one, other):
        archive.config("language: ru\nper_page: 20\n")
        order = range(120) if archive is one else reversed(range(120))
        for number in order:
            grow(archive, 1, start=number)
        archive.write(
            "articles/zone.md",
            "---\ntitle: Пояс\ndate: 2025-08-30T23:30:00-05:00\ntags: [Ёж, Еж, B, a]\n---\n*Да*\n",
        )
    first = _build_elsewhere(one.root, 1, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LANG="C")
    second = _build_elsewhere(
        other.root, 2, PYTHONHASHSEED="2", TZ="America/Los_Angeles", LANG="ru_RU.UTF-8"
    )
    assert changed_paths(first, second) == set()
    assert "2025/08/30/poyas/index.html" in first


def test_the_order_of_sort_keys_is_that_of_the_dates() -> None:
    moments = ["2024-12-31T23:59:59", "2025-01-01", "2025-01-01T00:00:01+14:00", "2025-01-02"]
    keys = [Moment(iso).sort_key for iso in moments]
    assert keys == sorted(keys)
    assert keys[1] == 20250101000000
