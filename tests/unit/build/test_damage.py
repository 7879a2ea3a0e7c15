"""Problems that a build reports about damaged caches, and that a check of all of them finds."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

from newsgen.build.damage import check_caches
from newsgen.build.state import CachePaths
from newsgen.catalogue import update
from newsgen.check import verify
from newsgen.model import RawArticle
from newsgen.problems import NewsgenError, Problem
from newsgen.read import formats


@pytest.fixture
def built(archive: ArchiveFolder) -> ArchiveFolder:
    """An archive that was built."""
    for number in range(5):
        head = f"---\ntitle: Статья {number}\ndate: 2025-08-0{number + 1}\ntags: [Мел]\n---\n"
        archive.write(f"articles/{number}.md", f"{head}*Текст* {number}.\n")
    archive.write("articles/bad.txt", "без даты")
    archive.build()
    return archive


@pytest.fixture
def searchable(built: ArchiveFolder) -> ArchiveFolder:
    """An archive that was built with a search index."""
    built.search = True
    built.config("language: ru\n")
    built.build()
    return built


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def find_problems(archive: ArchiveFolder) -> list[str]:
    site = archive.site()
    return [f"{problem}" for problem in check_caches(site, CachePaths.for_site(site))]


def damage_problems(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem}" for problem in problems if problem.code == "mended-cache"]


def test_whole_caches_have_no_problems(searchable: ArchiveFolder) -> None:
    before = {file: file.stat() for file in (searchable.root / ".newsgen").rglob("*")}
    assert find_problems(searchable) == []
    (searchable.root / ".newsgen/cache.sqlite").touch()
    for seal in (searchable.root / ".newsgen").glob("ca*.sqlite.seal"):
        seal.unlink()
    assert find_problems(searchable) == []
    assert {file.name for file in before} - {
        file.name for file in (searchable.root / ".newsgen").rglob("*")
    } == {"cache.sqlite.seal", "catalogue.sqlite.seal"}


def test_archive_without_caches_has_no_problems(archive: ArchiveFolder) -> None:
    assert find_problems(archive) == []


def test_each_damaged_cache_is_named(searchable: ArchiveFolder) -> None:
    kept = searchable.root / ".newsgen"
    change(kept / "catalogue.sqlite", "UPDATE article SET headline = 'X' WHERE id < 3")
    (kept / "cache.sqlite").write_bytes(b"garbage")
    part, *_ = sorted((kept / "search").glob("*/"))
    (part / "pagefind-entry.json").write_bytes(b"{}")
    template, *_ = sorted((kept / "templates").iterdir())
    template.write_bytes(template.read_bytes()[:-1])
    assert find_problems(searchable) == [
        ".newsgen/catalogue.sqlite: damaged-cache: has damaged values (2)",
        ".newsgen/cache.sqlite: damaged-cache: is damaged",
        f".newsgen/search/{part.name}: damaged-cache: is damaged",
        f".newsgen/templates/{template.name}: damaged-cache: is damaged",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE article SET headline = 'X', slug = 'x' WHERE source = '1.md'",
        "UPDATE article SET source = 'x.md' WHERE source = '1.md'",
        "UPDATE article SET names_json = '[[' WHERE source = '1.md'",
        "UPDATE article SET headline = CAST(x'ff' AS TEXT) WHERE source = '1.md'",
        "UPDATE article SET sort_key = 20250810000000 WHERE source = '1.md'",
        "UPDATE article SET is_listed = 0",
        "UPDATE article SET url = 'x/', requested_url = 'x/'",
        "UPDATE article SET term_ids_json = '[9]'",
        "UPDATE article SET related_ids_json = '[9]'",
        "UPDATE article SET summary_digest = x'00'",
        "UPDATE term SET label = 'X', slug = 'x', count = 7, last_day = 0",
        "UPDATE term SET key = 'x'",
        "DELETE FROM term",
        "UPDATE article_term SET sort_key = 1",
        "DELETE FROM article_term",
        "UPDATE period SET count = 9",
        "DELETE FROM period",
        "UPDATE source SET path = 'x' || path",
        "UPDATE source SET folder = 'x'",
        "UPDATE source SET problems_json = '['",
        "UPDATE source SET digest = x'00', mtime_ns = 0",
        "DELETE FROM source",
        "UPDATE folder SET path = 'x', digest = x'00'",
        "UPDATE meta SET value = x'00'",
        "DELETE FROM meta",
    ],
)
def test_changed_catalogue_reaches_no_page(built: ArchiveFolder, statement: str) -> None:
    before = built.tree()
    problems = built.build().problems
    change(built.root / ".newsgen/catalogue.sqlite", statement)
    # Another title makes every page stale.
    built.overrides = {"description": "Другое"}
    report = built.build()
    # The other damage is in what is always made again.
    is_article = statement.startswith("UPDATE article") and "1.md" in statement
    assert bool(damage_problems(report.problems)) == is_article
    assert [one for one in report.problems if one.code != "mended-cache"] == list(problems)
    built.overrides = {}
    assert not damage_problems(built.build().problems)
    assert built.tree() == before


def test_deleted_folder_is_noticed_by_a_restored_catalogue(archive: ArchiveFolder) -> None:
    archive.article("2024/a.txt", "2024-08-30", "Первая")
    archive.article("2025/b.txt", "2025-08-30", "Вторая")
    archive.build()
    (archive.root / "articles/2024/a.txt").unlink()
    (archive.root / "articles/2024").rmdir()
    (archive.root / ".newsgen/catalogue.sqlite.seal").unlink()
    assert archive.build().articles == 1


def test_restored_catalogue_reads_no_source_twice(
    built: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (built.root / ".newsgen/catalogue.sqlite.seal").unlink()
    parsed = []
    parse = formats.parse_article

    def note(path: str, text: str) -> RawArticle:
        parsed.append(path)
        return parse(path, text)

    monkeypatch.setattr(formats, "parse_article", note)
    built.build()
    # Its problems are stored nowhere else.
    assert parsed == ["bad.txt"]


def test_copied_catalogue_is_not_checked_row_by_row(
    built: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (built.root / ".newsgen/catalogue.sqlite").touch()
    monkeypatch.setattr(update, "reset_derived", pytest.fail)
    built.article("new.txt", "2025-08-30", "Новая")
    assert built.build().articles == 6
    # Once it was restored from a copy, the contents are always sealed.
    (built.root / ".newsgen/catalogue.sqlite").touch()
    assert built.build().articles == 6


def test_verifying_compares_static_files_by_their_contents(archive: ArchiveFolder) -> None:
    file = archive.write("static/logo.svg", "<svg>1</svg>")
    os.utime(file, ns=(10**18, 10**18))
    archive.build()
    inode = file.stat().st_ino
    with file.open("r+b") as opened:
        opened.write(b"<svg>2</svg>")
    os.utime(file, ns=(10**18, 10**18))
    assert file.stat().st_ino == inode
    assert archive.build().written == 0
    assert archive.build(verify=True).written == 1
    assert archive.page("logo.svg") == "<svg>2</svg>"
    assert archive.build(verify=True).written == 0


def test_clean_build_deletes_every_cache(searchable: ArchiveFolder) -> None:
    kept = searchable.root / ".newsgen"
    before = searchable.tree()
    for name in ("search/x", "templates/y"):
        (kept / name).write_bytes(b"")
    searchable.build(clean=True)
    assert not (kept / "search/x").exists()
    assert not (kept / "templates/y").exists()
    for name in ("search", "templates"):
        shutil.rmtree(kept / name, ignore_errors=True)
        (kept / name).write_bytes(b"")
        searchable.build(clean=True)
    assert searchable.tree() == before


FIFOS = [
    *("catalogue.sqlite", "cache.sqlite", "manifest-*.sqlite", "catalogue.sqlite-journal"),
    *("manifest-*.sqlite-wal", "manifest-*.sqlite.seal", "cache.sqlite.seal", "templates/*"),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
@pytest.mark.parametrize("name", FIFOS)
def test_nobody_waits_for_a_fifo_in_the_cache(archive: ArchiveFolder, name: str) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    before = archive.tree()
    paths = CachePaths.for_site(archive.site())
    file = paths.manifest.parent / name.replace("manifest-*.sqlite", paths.manifest.name)
    if "*" in name:
        file = min(paths.compiled.iterdir())
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    verify(archive.site())
    archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    (archive.root / "articles/b.txt").unlink()
    archive.build(allow_removals=True)
    assert archive.tree() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
@pytest.mark.parametrize("name", [".newsgen/lock", ".dist.lock"])
def test_a_fifo_in_a_fixed_place_is_named(archive: ArchiveFolder, name: str) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    (archive.root / name).unlink()
    os.mkfifo(archive.root / name)
    with pytest.raises(NewsgenError) as raised:
        archive.build()
    assert raised.value.problems[0].location.file.endswith(name)
