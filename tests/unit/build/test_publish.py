"""Publishing into output folders that are damaged, shared, restored or in use."""

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ArchiveFolder, tree_of

from newsgen.build import BuildReport, open_output, publish_pages
from newsgen.build.publish_order import order_moves, order_removals
from newsgen.build.state import hold_lock
from newsgen.check import verify
from newsgen.core.sync import sync_file_system
from newsgen.output import publish
from newsgen.output.manifest import BuildManifest
from newsgen.output.staging import ignores_case, lock_file
from newsgen.problems import NewsgenError


def problems(report: BuildReport) -> list[str]:
    return [str(problem) for problem in report.problems]


def test_a_reader_never_meets_a_link_before_its_page() -> None:
    kinds = {
        "assets/newsgen.css": "static",
        "2025/a/index.html": "article",
        "2025/new/index.html": "article",
        "2025/index.html": "year",
        "tags/new/index.html": "topic",
        "index.html": "home",
        "search/index/a/part": "search index",
        "search/index/parts.json": "search parts",
    }
    ordered = order_moves(kinds, {"2025/new/index.html", "tags/new/index.html"})
    assert ordered == kinds
    assert list(ordered) == [
        *("2025/new/index.html", "tags/new/index.html"),
        *("assets/newsgen.css", "2025/a/index.html", "search/index/a/part"),
        *("2025/index.html", "search/index/parts.json"),
        "index.html",
    ]


def test_a_page_is_removed_before_everything_that_it_links_to() -> None:
    kinds = {
        "images/a.png": "static",
        "a/index.html": "article",
        "2025/08/30/index.html": "day",
        "2025/08/index.html": "month",
        "2025/index.html": "year",
        "b/unknown.html": "",
        "index.html": "home",
    }
    ordered = order_removals(kinds)
    assert ordered == kinds
    assert list(ordered) == [
        *("index.html", "2025/index.html", "b/unknown.html"),
        *("2025/08/index.html", "2025/08/30/index.html", "a/index.html", "images/a.png"),
    ]


def test_lists_go_before_the_articles_that_they_list(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    gone = archive.article("b.txt", "2024-07-31", "Сыр", Теги="Еда", Автор="Пекарь")
    archive.build()
    gone.unlink()
    removed: list[str] = []
    real_remove = publish._remove_file

    def remove(file: Path, output: Path) -> None:
        removed.append(file.relative_to(output).as_posix())
        real_remove(file, output)

    monkeypatch.setattr(publish, "_remove_file", remove)
    archive.build()
    pages = [path for path in removed if not path.startswith(".")]
    assert pages[-1] == "2024/07/31/syr/index.html"
    periods = [path for path in pages if path.startswith("2024/")]
    assert periods[:3] == [
        *("2024/index.html", "2024/07/index.html", "2024/07/31/index.html"),
    ]


def test_a_folder_in_the_way_of_a_page_is_named_until_it_is_gone(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("b.txt", "2025-08-30", "Сыр")
    archive.build()
    page = archive.root / "dist/2025/08/30/mel/index.html"
    page.unlink()
    archive.write("dist/2025/08/30/mel/index.html/mine", "mine")
    archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    archive.article("b.txt", "2025-08-30", "Сыр", "Другое. О сыре.")
    message = (
        "dist/2025/08/30/mel/index.html: cannot-write: is a folder where the site needs a file"
    )
    assert problems(archive.build()) == [message]
    assert "Другое." in archive.page("2025/08/30/syr/index.html")
    # Nothing has changed, and the build still says what is missing.
    assert problems(archive.build()) == [message]
    assert (page / "mine").exists()
    shutil.rmtree(page)
    assert not archive.build().problems
    assert "Другое." in archive.page("2025/08/30/mel/index.html")
    assert archive.build().written == 0


def test_an_empty_folder_in_the_way_of_a_page_is_replaced(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    (archive.root / "dist/2025/08/31/syr/index.html/deeper").mkdir(parents=True)
    archive.article("b.txt", "2025-08-31", "Сыр")
    assert not archive.build().problems
    assert "Сыр" in archive.page("2025/08/31/syr/index.html")


def test_a_file_that_cannot_be_removed_is_tried_by_every_build(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    gone = archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    gone.unlink()
    page = archive.root / "dist/2025/08/31/syr/index.html"
    unlink = Path.unlink

    def refuse(file: Path, *, missing_ok: bool = False) -> None:
        if file == page:
            raise PermissionError(1, "Operation not permitted")
        unlink(file, missing_ok=missing_ok)

    message = (
        "dist/2025/08/31/syr/index.html: cannot-write: "
        "cannot be replaced or removed: Operation not permitted"
    )
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        for _ in range(2):
            assert problems(archive.build()) == [message]
    assert page.exists()
    assert not archive.build().problems
    assert not page.exists()


def test_removals_do_not_follow_a_link_out_of_the_output(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    gone = archive.article("b.txt", "2024-08-31", "Сыр")
    archive.build()
    outside = tmp_path_factory.mktemp("outside")
    shutil.copytree(archive.root / "dist/2024", outside, dirs_exist_ok=True)
    shutil.rmtree(archive.root / "dist/2024")
    (archive.root / "dist/2024").symlink_to(outside)
    before = tree_of(outside)
    gone.unlink()
    with pytest.raises(NewsgenError, match=r"dist/2024.*: foreign-output: leads out of"):
        archive.build()
    assert tree_of(outside) == before
    (archive.root / "dist/2024").unlink()
    assert not archive.build().problems


@pytest.mark.parametrize("built", [True, False])
def test_two_archives_are_never_built_into_one_folder_at_once(
    new_archive: Callable[[str], ArchiveFolder], *, built: bool
) -> None:
    one, two = new_archive("one"), new_archive("two")
    one.overrides = two.overrides = {"output": "../dist"}
    one.article("a.txt", "2025-08-30", "Мел")
    two.article("b.txt", "2025-08-30", "Сыр")
    if built:
        one.build()
    output = one.root.parent / "dist"
    before = tree_of(output)
    with hold_lock(lock_file(output), "", ""), pytest.raises(NewsgenError) as caught:
        two.build()
    message = "../dist: build-running: another build into this folder is running"
    assert [str(problem) for problem in caught.value.problems] == [message]
    assert tree_of(output) == before
    assert not (output.parent / ".dist.staging").exists()


def test_a_folder_of_others_is_refused_before_anything_is_written_beside_it(
    archive: ArchiveFolder,
) -> None:
    archive.write("dist/mine", "mine")
    with pytest.raises(NewsgenError, match="foreign-output"):
        archive.build()
    assert {file.name for file in archive.root.iterdir()} <= {
        "articles",
        "newsgen.yaml",
        "dist",
        ".newsgen",
    }


def test_an_output_folder_may_be_deleted_after_an_interrupted_publish(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.article("b.txt", "2025-08-31", "Сыр")
    with monkeypatch.context() as patch:
        patch.setattr(publish, "_move_file", interrupt)
        with pytest.raises(KeyboardInterrupt):
            archive.build()
    shutil.rmtree(archive.root / "dist")
    assert not archive.build().problems
    before = archive.tree()
    shutil.rmtree(archive.root / "dist")
    shutil.rmtree(archive.root / ".newsgen")
    archive.build()
    assert archive.tree() == before


@pytest.mark.parametrize("clean", [False, True])
def test_an_article_deleted_while_the_manifest_is_lost_leaves_the_site(
    archive: ArchiveFolder, *, clean: bool
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел", Теги="Мел")
    gone = archive.article("b.txt", "2024-08-31", "Сыр", Теги="Сыр")
    archive.build()
    archive.write("dist/google1234.html", "theirs")
    gone.unlink()
    shutil.rmtree(archive.root / ".newsgen")
    report = archive.build(clean=clean)
    assert problems(report) == [
        "dist: untracked-file: has a file that newsgen did not write, such as google1234.html"
    ]
    assert report.removed == 6
    (archive.root / "dist/google1234.html").unlink()
    assert not (archive.root / "dist/2024").exists()
    assert_like_clean(archive)


def test_without_a_manifest_files_of_others_are_not_overwritten(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.write("dist/2025/08/31/syr/index.html", "theirs")
    archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    archive.article("b.txt", "2025-08-31", "Сыр")
    shutil.rmtree(archive.root / ".newsgen")
    before = archive.tree()
    with pytest.raises(NewsgenError, match=r"syr/index\.html: foreign-output"):
        archive.build()
    assert archive.tree() == before
    (archive.root / "dist/2025/08/31/syr/index.html").unlink()
    assert not archive.build().problems
    assert_like_clean(archive)


def test_an_older_copy_of_the_output_is_brought_up_to_date(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    gone = archive.article("b.txt", "2024-08-31", "Сыр")
    archive.build()
    shutil.copytree(archive.root / "dist", archive.root / "copy")
    gone.unlink()
    archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    archive.article("c.txt", "2023-08-31", "Чай")
    archive.build()
    after = archive.tree()
    shutil.rmtree(archive.root / "dist")
    (archive.root / "copy").rename(archive.root / "dist")
    assert not archive.build().problems
    assert archive.tree() == after
    assert archive.build().written == 0


def test_the_site_of_another_archive_is_refused(
    new_archive: Callable[[str], ArchiveFolder],
) -> None:
    one, two = new_archive("one"), new_archive("two")
    one.overrides = two.overrides = {"output": "../dist"}
    one.article("a.txt", "2025-08-30", "Мел")
    two.article("b.txt", "2025-08-30", "Сыр")
    one.build()
    before = tree_of(one.root.parent / "dist")
    message = r"\.\./dist: foreign-output: holds the site of another archive"
    with pytest.raises(NewsgenError, match=message):
        two.build()
    assert tree_of(one.root.parent / "dist") == before
    assert one.build().written == 0
    # Even if the other one has built into the folder before.
    shutil.rmtree(one.root.parent / "dist")
    two.build()
    with pytest.raises(NewsgenError, match=message):
        one.build()


def test_the_hint_for_a_moved_archive_with_an_absolute_output_works(
    new_archive: Callable[[str], ArchiveFolder], tmp_path: Path
) -> None:
    archive = new_archive("one")
    archive.overrides = {"output": str(tmp_path / "dist")}
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    before = tree_of(tmp_path / "dist")
    moved = ArchiveFolder(archive.root.rename(archive.root.parent / "deeper"))
    (moved.root / "deeper").mkdir()
    for name in ("articles", "newsgen.yaml"):
        (moved.root / name).rename(moved.root / "deeper" / name)
    moved = ArchiveFolder(moved.root / "deeper")
    moved.overrides = archive.overrides
    with pytest.raises(NewsgenError, match="holds the site of another archive") as caught:
        moved.build()
    mark = tmp_path / "dist/.newsgen-output"
    assert f"delete the line `owner` in {mark}" in caught.value.problems[0].hint
    lines = mark.read_text("utf-8").splitlines(keepends=True)
    mark.write_text("".join(line for line in lines if not line.startswith("owner")), "utf-8")
    assert not moved.build().problems
    after = tree_of(tmp_path / "dist")
    assert {**after, ".newsgen-output": b""} == {**before, ".newsgen-output": b""}


def drop_hidden_files(output: Path) -> None:
    (output / ".newsgen-output").unlink()
    shutil.rmtree(output / ".newsgen-files")


@pytest.mark.parametrize("clean", [False, True])
def test_a_copy_without_hidden_files_is_adopted(archive: ArchiveFolder, *, clean: bool) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    gone = archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    before = archive.tree()
    drop_hidden_files(archive.root / "dist")
    archive.write("dist/mine.html", "mine")
    report = archive.build(clean=clean)
    assert [problem.code for problem in report.problems] == ["untracked-file"]
    assert archive.tree() == before | {"mine.html": b"mine"}
    drop_hidden_files(archive.root / "dist")
    gone.unlink()
    archive.build()
    assert "2025/08/31/syr/index.html" not in archive.tree()


@pytest.mark.parametrize("path", ["index.html", "2025/08/30/mel/index.html"])
def test_a_folder_without_a_mark_and_with_other_contents_is_refused(
    archive: ArchiveFolder, path: str
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    drop_hidden_files(archive.root / "dist")
    archive.write(f"dist/{path}", "mine")
    before = archive.tree()
    with pytest.raises(NewsgenError, match=r"its mark \.newsgen-output is missing") as caught:
        archive.build()
    assert "without its hidden files" in caught.value.problems[0].hint
    assert archive.tree() == before


def test_verify_removes_files_of_an_older_copy_under_a_newer_mark(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    gone = archive.article("b.txt", "2024-08-31", "Сыр")
    archive.build()
    shutil.copytree(archive.root / "dist", archive.root / "older")
    gone.unlink()
    archive.article("c.txt", "2023-08-31", "Мак")
    archive.build()
    before = archive.tree()
    (archive.root / "older/.newsgen-output").unlink()
    shutil.copytree(archive.root / "older", archive.root / "dist", dirs_exist_ok=True)
    archive.write("dist/mine.html", "mine")
    report = archive.build(verify=True)
    message = "has a file that newsgen did not write, such as mine.html"
    assert problems(report) == [f"dist: untracked-file: {message}"]
    assert report.removed > 0
    assert archive.tree() == before | {"mine.html": b"mine"}


def test_an_unreadable_mark_is_named(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    open_file: Any = Path.open

    def refuse(file: Path, *rest: Any, **named: Any) -> Any:
        if file.name == ".newsgen-output":
            raise PermissionError(errno.EACCES, "Permission denied")
        return open_file(file, *rest, **named)

    message = "dist/.newsgen-output: unreadable: cannot be read: Permission denied"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        for command in (archive.build, lambda: verify(archive.site())):
            with pytest.raises(NewsgenError) as caught:
                command()
            assert str(caught.value) == message
    assert archive.build().written == 0


def test_files_that_cannot_be_written_are_named_and_not_counted(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    file = archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    expected = archive.build().written
    file.write_text(file.read_text("utf-8").replace("Другое", "Третье"), "utf-8")
    replace = os.replace
    page = str(archive.root / "dist/2025/08/30/mel/index.html")

    def refuse(source: str, target: str) -> None:
        if str(target) == page:
            raise PermissionError(errno.EACCES, "Permission denied", source, None, target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    report = archive.build()
    (problem,) = report.problems
    assert str(problem) == (
        "dist/2025/08/30/mel/index.html: cannot-write: "
        "cannot be replaced or removed: Permission denied"
    )
    assert "permissions" in problem.hint
    assert report.written == expected - 1


@pytest.mark.parametrize("damage", ["emptied", "shortened", "missing", "a link", "a list"])
def test_what_a_power_failure_took_is_mended(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    before = archive.tree()
    page = archive.root / "dist/2025/08/30/mel/index.html"
    if damage == "emptied":
        page.write_bytes(b"")
    elif damage == "shortened":
        page.write_bytes(page.read_bytes()[:-1])
    elif damage == "a list":
        (archive.root / "dist/.newsgen-files/2025.txt").write_bytes(b"")
    else:
        moved = page.rename(archive.root / "moved")
        if damage == "a link":
            page.symlink_to(moved)
    monkeypatch.setattr(open_output, "read_boot_id", lambda: "another")
    assert archive.build().written == (damage != "a list")
    assert archive.tree() == before
    assert not page.is_symlink()


def test_verify_finds_files_of_the_same_size_and_static_files_of_the_same_time(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    static = archive.write("static/a.txt", "1")
    archive.build()
    before = archive.tree()
    page = archive.root / "dist/2025/08/30/mel/index.html"
    page.write_bytes(page.read_bytes().replace(b"<h1", b"<h2"))
    stat = static.stat()
    static.write_text("2", encoding="utf-8")
    os.utime(static, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert archive.build().written == 0
    assert archive.build(verify=True).written == 2
    assert archive.tree() == before | {
        "a.txt": b"2",
        **{path: archive.tree()[path] for path in before if path.startswith(".newsgen")},
    }
    assert_like_clean(archive)


def test_a_list_from_elsewhere_cannot_name_files_outside_the_output(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    mine = archive.write("mine.txt", "mine")
    line = f"{'0' * 32} 4 "
    listed = f"{line}../mine.txt\n{line}{mine}\n{line}2025/../../mine.txt\nnonsense\n"
    archive.write("dist/.newsgen-files/other.txt", listed)
    shutil.rmtree(archive.root / ".newsgen")
    assert not archive.build().problems
    assert mine.exists()
    assert_like_clean(archive)


def test_everything_is_synced_before_it_is_recorded(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    sync, commit = sync_file_system, BuildManifest.commit
    move, finish = publish._move_file, BuildManifest.finish_publish

    def note(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any) -> Any:
            if events[-1:] != [name]:
                events.append(name)
            return function(*args)

        return noted

    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.article("b.txt", "2025-08-31", "Сыр")
    monkeypatch.setattr(publish_pages, "sync_file_system", note("sync staged files", sync))
    monkeypatch.setattr(publish, "sync_file_system", note("sync moves", sync))
    monkeypatch.setattr(publish, "_move_file", note("move", move))
    monkeypatch.setattr(BuildManifest, "commit", note("commit", commit))
    monkeypatch.setattr(BuildManifest, "finish_publish", note("finish", finish))
    archive.build()
    assert events == ["sync staged files", "commit", "move", "sync moves", "finish", "commit"]


def test_a_failure_of_the_disk_at_a_sync_leaves_the_site_as_it_was(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    before = archive.tree()
    archive.article("b.txt", "2025-08-31", "Сыр")
    with monkeypatch.context() as patch:
        patch.setattr(publish_pages, "sync_file_system", fail)
        with pytest.raises(NewsgenError, match=r"dist: cannot-write: .*No space left"):
            archive.build()
    assert archive.tree() == before
    assert not archive.build().problems
    assert_like_clean(archive)


def assert_like_clean(archive: ArchiveFolder) -> None:
    """Compare the output with that of a build without any record."""
    before = archive.tree()
    shutil.rmtree(archive.root / "dist")
    shutil.rmtree(archive.root / ".newsgen")
    archive.build()
    assert archive.tree() == before


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_site_of_a_version_without_a_published_manifest_is_taken_over(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.write("dist/.newsgen-output", "newsgen writes this folder: ...\n")
    archive.write("dist/2024/old/index.html", "old")
    shutil.rmtree(archive.root / "dist/.newsgen-files")
    shutil.rmtree(archive.root / ".newsgen")
    archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    (problem,) = problems(archive.build())
    assert "untracked-file: has a file that newsgen did not write, such as 2024/old" in problem
    shutil.rmtree(archive.root / "dist/2024")
    assert_like_clean(archive)


def test_no_static_file_may_lie_where_newsgen_keeps_its_records(archive: ArchiveFolder) -> None:
    archive.write("static/.newsgen-output", "theirs")
    # Hidden folders are not copied anyway.
    archive.write("static/.newsgen-files/2025.txt", "theirs")
    message = "static/.newsgen-output: path-conflict: has a name that newsgen uses itself"
    with pytest.raises(NewsgenError, match=re.escape(message)):
        archive.build()


@pytest.mark.parametrize("lost", [False, True])
def test_a_path_that_changes_in_case_alone_leaves_no_old_file(
    archive: ArchiveFolder, *, lost: bool
) -> None:
    text = "---\ntitle: T\ndate: 2025-08-30\naliases: [old/Name.html]\n---\nB\n"
    archive.write("articles/a.md", text)
    archive.build()
    archive.write("articles/a.md", text.replace("Name", "name"))
    if lost:
        shutil.rmtree(archive.root / ".newsgen")
    assert not archive.build().problems
    if not ignores_case(archive.root / "dist"):
        assert [file.name for file in (archive.root / "dist/old").iterdir()] == ["name.html"]
    assert_like_clean(archive)


def test_half_of_the_articles_do_not_vanish_with_the_cache(archive: ArchiveFolder) -> None:
    for folder in ("a", "b"):
        for day in range(1, 16):
            archive.article(f"{folder}/{day}.txt", f"2025-08-{day:02}", f"Статья {folder} {day}")
    archive.build()
    before = archive.tree()
    shutil.rmtree(archive.root / ".newsgen")
    shutil.rmtree(archive.root / "articles/a")
    with pytest.raises(NewsgenError, match="too-many-removals"):
        archive.build()
    assert archive.tree() == before
    assert archive.build(allow_removals=True).articles == 15


def test_a_restored_mark_does_not_follow_a_symlink(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    mark = archive.root / "dist/.newsgen-output"
    mark.unlink()
    mark.symlink_to(archive.root / "outside")
    archive.build()
    assert not (archive.root / "outside").exists()
    assert mark.is_file()
    assert not mark.is_symlink()


def test_pages_that_an_adopting_build_removes_are_not_called_foreign(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    (archive.root / "dist/.newsgen-output").unlink()
    shutil.rmtree(archive.root / "dist/.newsgen-files")
    (archive.root / "articles/b.txt").unlink()
    assert archive.build().problems == ()
    assert not (archive.root / "dist/2025/08/31").exists()


def test_the_mark_counts_an_article_that_is_on_no_page_yet(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.article("b.txt", "2026-06-01", "Позже")
    archive.build()
    assert b"\narticles 2\n" in archive.tree()[".newsgen-output"]
    assert_like_clean(archive)
