"""Sources and clocks that fail for a moment: the site stays as it was, and the user is told."""

import contextlib
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.conftest import NOW, ArchiveFolder

from newsgen.build import BuildReport, Options, build, ingest
from newsgen.cli import cli
from newsgen.config import load_site
from newsgen.core.executor import SerialExecutor
from newsgen.core.progress import NullProgress
from newsgen.core.worker import WorkerDied
from newsgen.problems import NewsgenError
from newsgen.tags.report import report_tags

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def filled(archive: ArchiveFolder) -> ArchiveFolder:
    """A built archive of 40 articles: 20 in `2024/`, 20 in `2025/`."""
    for number in range(40):
        folder = "2025" if number % 2 else "2024"
        date = f"{folder}-01-{number % 20 + 1:02}"
        body = f"Текст {number}. " + "Слово. " * 100
        archive.article(f"{folder}/{number:02}.txt", date, f"Новость {number}", body, Теги="Мел")
    archive.build()
    return archive


def codes(report: BuildReport) -> set[tuple[str, str]]:
    return {(str(problem.location), problem.code) for problem in report.problems}


def refusal(archive: ArchiveFolder, **options: bool | datetime | None) -> NewsgenError:
    """The error that a build ends with, which has changed nothing."""
    before, stored = archive.tree(), read_catalogue(archive)
    with pytest.raises(NewsgenError) as caught:
        archive.build(**options)  # type: ignore[arg-type]
    assert archive.tree() == before
    if not options.get("clean"):
        assert read_catalogue(archive) == stored
    return caught.value


def read_catalogue(archive: ArchiveFolder) -> list[tuple[object, ...]]:
    with sqlite3.connect(archive.root / ".newsgen/catalogue.sqlite") as connection:
        rows = connection.execute("SELECT source, is_listed, url FROM article ORDER BY id")
        return rows.fetchall()


@contextmanager
def unreadable(monkeypatch: pytest.MonkeyPatch, path: Path, error: type[OSError]) -> Iterator[None]:
    """Fail to list, examine or open a path and everything below it."""
    real_scandir: Any = os.scandir
    real_open: Any = open

    def check(file: object) -> None:
        name = os.path.normpath(os.fspath(file)) if isinstance(file, str | os.PathLike) else ""
        if name == str(path) or name.startswith(f"{path}/"):
            raise error(5, "Input/output error")

    def scandir(folder: str) -> object:
        check(folder)
        return real_scandir(folder)

    def opened(file: object, *rest: object, **named: object) -> object:
        check(file)
        return real_open(file, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        patch.setattr("builtins.open", opened)
        yield


@pytest.mark.parametrize("path", ["2025", "2025/01.txt"])
@pytest.mark.parametrize("error", [PermissionError, OSError])
def test_what_cannot_be_read_keeps_its_last_version(
    filled: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, path: str, error: type[OSError]
) -> None:
    before = filled.tree()
    filled.article("2024/00.txt", "2024-01-01", "Новость 0", "Иной текст.", Теги="Мел")
    with unreadable(monkeypatch, filled.root / "articles" / path, error):
        report = filled.build(verify=True)
        assert (f"articles/{path}", "unreadable") in codes(report)
        assert (report.articles, report.removed) == (40, 0)
        assert filled.tree().keys() == before.keys()
        # Pages that show it are still rendered from the catalogue.
        filled.article("new.txt", "2025-01-30", "Новая", Теги="Мел")
        report = filled.build()
        assert report.articles == 41
        assert "Новость 1<" in filled.page("tags/mel/index.html")
    assert codes(filled.build()) == set()
    incremental = filled.tree()
    shutil.rmtree(filled.root / ".newsgen")
    shutil.rmtree(filled.root / "dist")
    filled.build()
    assert filled.tree() == incremental


if not IS_ROOT:  # whom no permission stops

    @pytest.mark.parametrize("mode", [0o000, 0o400])
    @pytest.mark.parametrize("path", [".", "2025", "2025/01.txt"])
    def test_permissions_unpublish_nothing(filled: ArchiveFolder, path: str, mode: int) -> None:
        target = filled.root / "articles" / path
        before = filled.tree()
        usual = target.stat().st_mode
        target.chmod(mode)
        try:
            # A folder that cannot be entered can still be listed. A file can still be read.
            if path == "." and mode == 0:
                assert refusal(filled, verify=True).problems[0].code == "unreadable"
            elif target.is_dir() or mode == 0:
                report = filled.build(verify=True)
                assert "unreadable" in {code for _, code in codes(report)}
                assert report.articles == 40
            assert filled.tree() == before
        finally:
            target.chmod(usual)
        report = filled.build()
        assert (report.written, report.problems) == (0, ())


@pytest.mark.slow
def test_a_search_part_without_an_unreadable_article_is_made_again(
    filled: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.overrides = {"search": "true"}
    filled.build()
    filled.article("new.txt", "2025-01-30", "Новая", Теги="Мел")
    with unreadable(monkeypatch, filled.root / "articles/2025/01.txt", PermissionError):
        report = filled.build(verify=True)
        assert codes(report) == {("articles/2025/01.txt", "unreadable")}
        assert (report.articles, len(report.problems)) == (41, 1)
    assert filled.build().problems == ()
    incremental = filled.tree()
    shutil.rmtree(filled.root / "dist")
    filled.build(clean=True)
    assert filled.tree() == incremental


def test_a_special_file_in_place_of_an_article_keeps_it(filled: ArchiveFolder) -> None:
    before = filled.tree()
    file = filled.root / "articles/2025/01.txt"
    text = file.read_bytes()
    file.unlink()
    os.mkfifo(file)
    report = filled.build()
    assert codes(report) == {("articles/2025/01.txt", "unreadable")}
    assert filled.tree() == before
    assert codes(filled.build()) == codes(report)
    file.unlink()
    assert filled.build().articles == 39
    file.write_bytes(text)
    filled.build()
    assert filled.tree() == before


def test_an_article_that_kills_its_reader_keeps_its_last_version(
    filled: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled.tree()
    filled.article("2025/01.txt", "2025-01-02", "Новость 1", "Иной текст.", Теги="Мел")

    class DyingExecutor(SerialExecutor):
        def map(self, *rest: Any) -> Iterator[Any]:
            for item, result in super().map(*rest):
                yield item, WorkerDied() if item[0].path == "2025/01.txt" else result

    with monkeypatch.context() as patch:
        patch.setattr(ingest, "make_executor", lambda _: DyingExecutor())
        report = filled.build()
    assert codes(report) == {("articles/2025/01.txt", "worker-died")}
    assert filled.tree() == before
    assert filled.build().problems == ()
    assert filled.tree() != before


def test_a_missing_source_folder_changes_nothing(filled: ArchiveFolder) -> None:
    elsewhere = filled.root / "elsewhere"
    (filled.root / "articles").rename(elsewhere)
    site = load_site(filled.root / "newsgen.yaml")
    before = filled.tree()
    result = CliRunner().invoke(cli, ["build", "-f", str(filled.root / "newsgen.yaml"), "--clean"])
    assert isinstance(result.exception, NewsgenError)
    assert result.exception.problems[0].code == "no-source"
    assert (site.cache_folder / "catalogue.sqlite").exists()
    assert filled.tree() == before
    (filled.root / "articles").write_text("no folder", encoding="utf-8")
    with pytest.raises(NewsgenError, match="no-source"):
        build(site, Options(jobs=1, now=NOW, clean=True))
    (filled.root / "articles").unlink()
    elsewhere.rename(filled.root / "articles")
    assert filled.build().written == 0


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize("clean", [False, True])
def test_an_empty_source_folder_is_not_mounted(
    archive: ArchiveFolder, count: int, *, clean: bool
) -> None:
    for number in range(count):
        archive.article(f"{number}.txt", "2025-08-30", f"Новость {number}")
    archive.build()
    elsewhere = archive.root / "elsewhere"
    (archive.root / "articles").rename(elsewhere)
    error = refusal(archive, clean=clean)
    assert [problem.code for problem in error.problems] == ["unreadable"]
    assert "--allow-removals" in error.problems[0].hint
    (archive.root / "articles").rmdir()
    elsewhere.rename(archive.root / "articles")
    assert archive.build().written == 0
    shutil.rmtree(archive.root / "articles")
    assert archive.build(allow_removals=True).articles == 0
    assert archive.build().articles == 0


def test_removing_more_than_a_tenth_and_more_than_ten_is_refused(filled: ArchiveFolder) -> None:
    folder = filled.root / "articles/2024"
    folder.rename(filled.root / "elsewhere")
    error = refusal(filled)
    (problem,) = error.problems
    assert problem.code == "too-many-removals"
    assert "20 of the 40 articles" in problem.message
    assert "2024/00.txt" in problem.message
    (filled.root / "elsewhere").rename(folder)
    assert filled.build().written == 0
    shutil.rmtree(folder)
    assert filled.build(allow_removals=True).articles == 20
    # Later builds compare with what is left.
    assert filled.build().articles == 20


@pytest.mark.parametrize(("count", "is_refused"), [(10, False), (11, True)])
def test_ten_articles_may_go(filled: ArchiveFolder, count: int, *, is_refused: bool) -> None:
    for file in sorted((filled.root / "articles/2024").iterdir())[:count]:
        file.unlink()
    if is_refused:
        refusal(filled)
    else:
        assert filled.build().articles == 30


def test_a_tenth_may_go(archive: ArchiveFolder) -> None:
    for number in range(120):
        archive.article(f"{number:03}.txt", "2025-08-30", f"Новость {number}")
    archive.build()
    for number in range(12):
        (archive.root / f"articles/{number:03}.txt").unlink()
    assert archive.build().articles == 108


@pytest.mark.parametrize("clean", [False, True])
@pytest.mark.parametrize("count", [1, 10])
def test_a_small_archive_does_not_lose_all_its_articles(
    archive: ArchiveFolder, count: int, *, clean: bool
) -> None:
    # A folder that stays behind, so that the source folder is not empty.
    archive.write("articles/README", "text")
    for number in range(count):
        archive.article(f"year/{number}.txt", "2025-08-30", f"Новость {number}")
    archive.build()
    (archive.root / "articles/year").rename(archive.root / "elsewhere")
    (problem,) = refusal(archive, clean=clean).problems
    assert problem.code == "too-many-removals"
    assert f"{count} of the {count} articles" in problem.message
    assert "--allow-removals" in problem.hint
    assert archive.build(allow_removals=True).articles == 0
    assert archive.build().articles == 0


def reorganize(articles: Path) -> None:
    for file in sorted(articles.rglob("*.txt")):
        target = articles / "by-number" / file.name[0] / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        file.rename(target)


def convert_to_markdown(articles: Path) -> None:
    for file in sorted(articles.rglob("*.txt")):
        first, _, body = file.read_text(encoding="utf-8").partition("\n")
        _, _, date, headline = first.split(" ", 3)
        text = f"---\ntitle: {headline}\ndate: {date}\ntags: [Мел]\n---\nЗаново: {body.strip()}\n"
        (articles / f"{file.stem}.md").write_text(text, encoding="utf-8")
        file.unlink()


@pytest.mark.parametrize("move", [reorganize, convert_to_markdown])
def test_moved_and_converted_articles_are_not_removed(
    filled: ArchiveFolder, move: Callable[[Path], None]
) -> None:
    move(filled.root / "articles")
    report = filled.build()
    assert (report.articles, report.removed) == (40, 0)


def test_another_archive_in_the_same_place_is_refused(filled: ArchiveFolder) -> None:
    shutil.rmtree(filled.root / "articles")
    for number in range(60):
        filled.article(f"{number}.txt", "2023-08-30", f"Чужая {number}")
    assert refusal(filled).problems[0].code == "too-many-removals"
    assert filled.build(allow_removals=True).articles == 60


def spoil_configuration(archive: ArchiveFolder) -> None:
    archive.config("language: ru\nmax_article_size: 1000\n")


def spoil_dates(archive: ArchiveFolder) -> None:
    for file in (archive.root / "articles/2025").iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("2025-01", "2025-13"), encoding="utf-8")


def postpone(archive: ArchiveFolder) -> None:
    for file in (archive.root / "articles/2025").iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("2025-01", "2052-01"), encoding="utf-8")


def make_drafts(archive: ArchiveFolder) -> None:
    for file in (archive.root / "articles/2025").iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Теги: Мел", "Draft: true"), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (spoil_configuration, "too-large"),
        (spoil_dates, "bad-date"),
        (postpone, ""),
        (make_drafts, ""),
    ],
)
def test_an_edit_that_takes_many_articles_off_the_site_is_refused(
    filled: ArchiveFolder, spoil: Callable[[ArchiveFolder], None], cause: str
) -> None:
    spoil(filled)
    problem, *causes = refusal(filled).problems
    assert problem.code == "too-many-removals"
    # The errors of the articles say why.
    assert {one.code for one in causes} == ({cause} if cause else set())
    assert len(causes) <= 3
    report = filled.build(allow_removals=True)
    assert report.articles <= 20


def test_drafts_and_future_articles_come_and_go_with_their_options(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Одна")
    for number in range(20):
        archive.article(f"draft-{number}.txt", "2025-08-30", f"Черновик {number}", Draft="true")
        archive.article(f"later-{number}.txt", "2026-08-30", f"Позже {number}")
    for overrides, count in (({"drafts": "true", "future": "true"}, 41), ({}, 1)) * 2:
        archive.overrides = overrides
        assert archive.build().articles == count
    # Even if every article is read again meanwhile.
    archive.overrides = {"drafts": "true", "future": "true"}
    archive.build()
    archive.overrides = {"slugs": "unicode"}
    assert archive.build().articles == 1


def test_future_articles_are_removed_once_and_for_all(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Одна")
    for number in range(20):
        archive.article(f"{number}.txt", "2026-08-30", f"Позже {number}")
    archive.build()
    for number in range(20):
        (archive.root / f"articles/{number}.txt").unlink()
    assert refusal(archive).problems[0].code == "too-many-removals"
    assert archive.build(allow_removals=True).written == 0
    assert archive.build().articles == 1


@pytest.mark.parametrize("lost", ["--clean", "catalogue.sqlite"])
def test_without_a_catalogue_the_manifest_knows_how_many_there_were(
    filled: ArchiveFolder, lost: str
) -> None:
    (filled.root / "articles/2025").rename(filled.root / "elsewhere")
    clean = lost == "--clean"
    if not clean:
        (filled.root / ".newsgen" / lost).unlink()
    before = filled.tree()
    with pytest.raises(NewsgenError, match="too-many-removals: 20 of the 40"):
        filled.build(clean=clean)
    assert filled.tree() == before
    (filled.root / "elsewhere").rename(filled.root / "articles/2025")
    assert filled.build().written == 0


def test_without_a_catalogue_no_article_may_be_unreadable(
    filled: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unreadable(monkeypatch, filled.root / "articles/2025/01.txt", PermissionError):
        error = refusal(filled, clean=True)
        assert [one.code for one in error.problems] == ["too-many-removals", "unreadable"]
        assert "1 of the 40 articles" in error.problems[0].message
        report = filled.build(clean=True, allow_removals=True)
        assert codes(report) == {("articles/2025/01.txt", "unreadable")}
        assert report.articles == 39


def test_tags_reports_a_mass_removal_and_the_build_still_refuses_it(filled: ArchiveFolder) -> None:
    (filled.root / "articles/2025").rename(filled.root / "elsewhere")
    report = report_tags(filled.site(), 1, NullProgress(), NOW)
    assert [problem.code for problem in report.problems] == ["too-many-removals"]
    assert len(report.articles) == 20
    assert refusal(filled).problems[0].code == "too-many-removals"
    (filled.root / "elsewhere").rename(filled.root / "articles/2025")
    assert filled.build().written == 0


def test_static_files_that_vanish_are_refused(
    filled: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        filled.write(f"static/images/{number}.png", b"PNG")
    filled.build()
    with unreadable(monkeypatch, filled.root / "static/images", PermissionError):
        assert refusal(filled).problems[0].code == "unreadable"
    (filled.root / "static").rename(filled.root / "elsewhere")
    assert "12 of the 12 files" in refusal(filled).problems[0].message
    assert filled.build(allow_removals=True).removed == 12


def test_a_clock_behind_the_last_build_is_refused(filled: ArchiveFolder) -> None:
    after = datetime.now(UTC) + timedelta(days=3)
    filled.article("new.txt", "2025-01-30", "Новая")
    filled.build(now=after)
    (problem,) = refusal(filled, now=None).problems
    assert problem.code == "clock-behind"
    assert f"{after:%Y-%m-%d}" in problem.message
    assert "--now" in problem.hint
    # The time that is given counts, and a later clock is right again.
    filled.article("newer.txt", "2025-01-31", "Ещё одна")
    assert filled.build(now=datetime.now(UTC) - timedelta(days=30)).articles == 42
    assert filled.build(now=None).articles == 42


def test_a_clock_may_differ_by_hours(filled: ArchiveFolder) -> None:
    filled.article("new.txt", "2025-01-30", "Новая")
    filled.build(now=datetime.now(UTC) + timedelta(hours=23))
    assert filled.build(now=None).articles == 41


def test_an_archive_that_lies_in_the_future_is_warned_about(archive: ArchiveFolder) -> None:
    for number in range(11):
        archive.article(f"{number}.txt", "2025-08-30", f"Новость {number}")
    report = archive.build(now=datetime(1999, 1, 1, tzinfo=UTC))
    assert report.articles == 0
    (problem,) = report.problems
    assert (problem.code, problem.is_error) == ("mostly-future-dated", False)
    assert "11 of 11 articles are dated after 1999-01-01 00:00 UTC" in problem.message
    assert archive.build().problems == ()


def test_now_sets_the_time_of_the_build(filled: ArchiveFolder) -> None:
    filled.article("later.txt", "2025-06-01 12:00", "Позже")

    def run(now: str, *rest: str) -> str:
        arguments = ["build", "-f", str(filled.root / "newsgen.yaml"), "--now", now, *rest]
        result = CliRunner().invoke(cli, arguments)
        if result.exception:
            raise result.exception
        return result.output

    assert "40 articles" in run("2025-06-01T11:59Z")
    filled.config("language: ru\ntimezone: Asia/Tokyo\n")
    assert "40 articles" in run("2025-06-01T02:59Z")
    assert "41 articles" in run("2025-06-01T03:00Z")
    assert "40 articles" in run("2025-06-01")
    assert "41 articles" in run("2025-06-02")
    shutil.rmtree(filled.root / "articles/2024")
    with pytest.raises(NewsgenError, match="too-many-removals"):
        run("2025-06-02")
    assert "21 articles" in run("2025-06-02", "--allow-removals")


@pytest.mark.parametrize("text", ["yesterday", "2025-13-01", "0001-01-01", "9999-12-31T23:59Z", ""])
def test_a_bad_time_is_a_usage_error(archive: ArchiveFolder, text: str) -> None:
    archive.site()
    file = str(archive.root / "newsgen.yaml")
    result = CliRunner().invoke(cli, ["build", "-f", file, "--now", text])
    assert isinstance(result.exception, NewsgenError)
    assert str(result.exception).startswith("--now: bad-value")


def test_unreadable_is_an_error_of_the_command(
    filled: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unreadable(monkeypatch, filled.root / "articles/2025", PermissionError):
        result = CliRunner().invoke(cli, ["build", "-f", str(filled.root / "newsgen.yaml")])
    assert result.exit_code == 1
    assert "articles/2025: unreadable" in result.output


@pytest.mark.parametrize(
    ("mark", "all_lost", "most_lost"),
    [
        ("articles 28", "is empty, but had articles at the last build", "27 of the 28 articles"),
        # As older versions wrote it.
        ("", "28 of the 28 days on the site would lose", "27 of the 28 days"),
    ],
)
def test_a_site_is_not_unpublished_when_records_and_sources_are_lost(
    archive: ArchiveFolder, mark: str, all_lost: str, most_lost: str
) -> None:
    for number in range(1, 29):
        archive.article(f"{number}.txt", f"2025-01-{number:02}", f"Новость {number}")
    archive.build()
    complete = archive.tree()
    text = complete[".newsgen-output"].decode().replace("articles 28\n", mark)
    archive.write("dist/.newsgen-output", text)
    before = archive.tree()
    shutil.rmtree(archive.root / ".newsgen")
    sources = archive.root / "articles"
    sources.rename(archive.root / "kept")
    sources.mkdir()
    for _ in range(2):
        with pytest.raises(NewsgenError, match=all_lost):
            archive.build()
        assert archive.tree() == before
    shutil.copy(archive.root / "kept/1.txt", sources)
    with pytest.raises(NewsgenError, match=most_lost):
        archive.build()
    sources.joinpath("1.txt").unlink()
    sources.rmdir()
    (archive.root / "kept").rename(sources)
    assert not archive.build().problems
    assert archive.tree() == complete


def test_a_moved_source_folder_has_the_mark_of_a_clean_build(archive: ArchiveFolder) -> None:
    archive.article("1.txt", "2025-01-01", "Новость")
    archive.build()
    (archive.root / "articles").rename(archive.root / "texts")
    archive.config("language: ru\nsource: texts\n")
    archive.build()
    after = archive.tree()
    shutil.rmtree(archive.root / "dist")
    archive.build(clean=True)
    assert archive.tree() == after


def make_dangling(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def make_socket(path: Path) -> None:
    # The path of a socket may have 107 bytes only.
    with socket.socket(socket.AF_UNIX) as bound, contextlib.chdir(path.parent):
        bound.bind(path.name)


def make_linked_folder(path: Path) -> None:
    root = next(folder for folder in path.parents if folder.name == "articles").parent
    path.symlink_to(root / "elsewhere", target_is_directory=True)


def make_file(path: Path) -> None:
    path.write_text("text", encoding="utf-8")


REPLACEMENTS = {
    "symlink": make_linked_folder,
    "dangling": make_dangling,
    "fifo": os.mkfifo,
    "socket": make_socket,
}


def move_away(archive: ArchiveFolder, path: str) -> None:
    (archive.root / "articles" / path).rename(archive.root / "elsewhere")


def move_back(archive: ArchiveFolder, path: str) -> None:
    file = archive.root / "articles" / path
    if file.is_dir() and not file.is_symlink():
        file.rmdir()
    else:
        file.unlink()
    (archive.root / "elsewhere").rename(file)


@pytest.mark.parametrize("replace", [*REPLACEMENTS.values(), make_file])
@pytest.mark.parametrize("path", ["2025", "deep/er"])
def test_something_else_in_place_of_a_folder_keeps_its_articles(
    archive: ArchiveFolder, path: str, replace: Callable[[Path], None]
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("2025/b.txt", "2025-08-31", "Сыр")
    archive.article("deep/er/c.txt", "2025-08-31", "Мак")
    archive.build()
    before = archive.tree()
    move_away(archive, path)
    replace(archive.root / "articles" / path)
    for verify in (False, True):
        report = archive.build(verify=verify)
        (problem,) = report.problems
        assert (str(problem.location), problem.code) == (f"articles/{path}", "unreadable")
        assert "restore the folder" in problem.hint
        assert archive.tree() == before
    move_back(archive, path)
    assert archive.build().problems == ()
    assert archive.tree() == before
    shutil.rmtree(archive.root / "articles" / path)
    report = archive.build()
    assert (report.articles, report.problems) == (2, ())


@pytest.mark.parametrize("replace", [*REPLACEMENTS.values(), Path.mkdir])
def test_something_else_in_place_of_an_article_keeps_it(
    archive: ArchiveFolder, replace: Callable[[Path], None]
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    before = archive.tree()
    move_away(archive, "b.txt")
    replace(archive.root / "articles/b.txt")
    for verify in (False, True):
        (problem,) = archive.build(verify=verify).problems
        assert str(problem.location) == "articles/b.txt"
        assert problem.is_error
        assert problem.hint
        assert archive.tree() == before
    move_back(archive, "b.txt")
    assert archive.build().problems == ()
    (archive.root / "articles/b.txt").unlink()
    assert archive.build().articles == 1


def test_a_page_of_a_kept_article_is_not_rendered_from_a_fifo(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    page = archive.page("2025/08/31/syr/index.html")
    move_away(archive, "b.txt")
    os.mkfifo(archive.root / "articles/b.txt")
    archive.overrides = {"title": "Иначе"}
    assert {code for _, code in codes(archive.build())} == {"unreadable"}
    assert archive.page("2025/08/31/syr/index.html") == page


def test_without_a_catalogue_no_folder_may_become_a_symlink(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("2025/b.txt", "2025-08-31", "Сыр")
    archive.build()
    move_away(archive, "2025")
    make_linked_folder(archive.root / "articles/2025")
    assert refusal(archive, clean=True).problems[0].code == "too-many-removals"


def test_a_folder_that_moved_may_leave_a_symlink(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("2025/b.txt", "2025-08-31", "Сыр")
    archive.build()
    before = archive.tree().keys()
    (archive.root / "articles/2025").rename(archive.root / "articles/years")
    (archive.root / "articles/2025").symlink_to("years", target_is_directory=True)
    assert codes(archive.build()) == {("articles/2025", "symlinked-folder")}
    assert archive.tree().keys() == before


@pytest.mark.parametrize("replace", [make_dangling, os.mkfifo, make_socket, make_file])
def test_something_else_in_place_of_the_source_folder_changes_nothing(
    filled: ArchiveFolder, replace: Callable[[Path], None]
) -> None:
    before, site = filled.tree(), filled.site()
    (filled.root / "articles").rename(filled.root / "elsewhere")
    replace(filled.root / "articles")
    with pytest.raises(NewsgenError, match="articles: no-source: is not a folder"):
        build(site, Options(jobs=1, now=NOW))
    assert filled.tree() == before


def test_unknown_links_and_special_files_are_no_errors(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    (archive.root / "elsewhere").mkdir()
    make_linked_folder(archive.root / "articles/2024")
    os.mkfifo(archive.root / "articles/2023")
    assert codes(archive.build()) == {("articles/2024", "symlinked-folder")}
