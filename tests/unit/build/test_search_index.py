"""The search index: whole, in parts that stay, and missed without harm."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ArchiveFolder, changed_paths

from newsgen import search
from newsgen.search import PagefindIndexer


@pytest.fixture
def archive(archive: ArchiveFolder) -> ArchiveFolder:
    """An empty archive whose site has a search index."""
    archive.search = True
    return archive


def parts(archive: ArchiveFolder) -> dict[str, int]:
    return {
        part["name"]: part["count"] for part in json.loads(archive.page("search/index/parts.json"))
    }


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the parts that are indexed from now on."""
    sizes: list[int] = []
    index = PagefindIndexer.index

    def count(self: PagefindIndexer, records: Any, name: str, folder: Path, **options: Any) -> None:
        found = list(records)
        sizes.append(len(found))
        index(self, iter(found), name, folder, **options)

    monkeypatch.setattr(PagefindIndexer, "index", count)
    return sizes


def grow(archive: ArchiveFolder, start: int, stop: int) -> None:
    for number in range(start, stop):
        day = f"{1997 + number % 3 * 4}-05-{number % 9 + 1:02}"
        archive.article(f"{number}.txt", day, f"Новость {number}", Теги="Мел", Текст="Анна")


def test_a_new_article_indexes_the_newest_part_alone(
    archive: ArchiveFolder, indexed: list[int]
) -> None:
    grow(archive, 0, 30)
    archive.build()
    assert parts(archive) == {"20": 20, "19": 10}
    assert sorted(indexed) == [1, 10, 20]
    before = archive.tree()
    indexed.clear()
    archive.article("new.md", "2005-05-30", "Новая", "Текст.")
    archive.build()
    assert indexed == [21]
    changed = changed_paths(before, archive.tree())
    assert not any(path.startswith("search/index/19/") for path in changed)
    indexed.clear()
    archive.build(clean=True)
    assert sorted(indexed) == [1, 10, 21]


def test_an_incremental_index_equals_a_clean_one(archive: ArchiveFolder) -> None:
    grow(archive, 0, 12)
    archive.build()
    archive.article("3.txt", "1997-05-04", "Переписана", Теги="Мел")
    (archive.root / "articles/5.txt").unlink()
    grow(archive, 12, 15)
    archive.build()
    before = archive.tree()
    archive.build(clean=True, jobs=2)
    assert changed_paths(before, archive.tree()) == set()


def test_only_articles_are_indexed(archive: ArchiveFolder) -> None:
    grow(archive, 0, 3)
    archive.article("draft.md", "2001-05-01", "x")
    archive.write("articles/draft.md", "---\ntitle: Тайна\ndate: 2001-01-01\ndraft: true\n---\nТ\n")
    archive.build()
    tree = archive.tree()
    assert [part["count"] for part in json.loads(tree["search/index/parts.json"])] == [2, 1]
    chunks = [path for path in tree if "/shelf/" in path and path.count("/") == 4]
    assert sum(len(json.loads(gzip.decompress(tree[path]))) for path in chunks) == 3


def test_what_is_no_longer_searched_goes(archive: ArchiveFolder) -> None:
    grow(archive, 0, 3)
    archive.build()
    assert any(path.startswith("search/index/") for path in archive.tree())
    archive.config("language: ru\nsearch: false\n")
    report = archive.build()
    assert not report.problems
    assert not any(path.startswith("search/index/") for path in archive.tree())
    assert "search/index.html" in archive.tree()


def test_without_pagefind_the_build_says_so_and_goes_on(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "version", lambda: "")
    grow(archive, 0, 3)
    report = archive.build()
    assert [problem.code for problem in report.problems] == ["no-search"]
    assert archive.build().problems == ()
    monkeypatch.undo()
    archive.build()
    assert "search/index/parts.json" in archive.tree()
