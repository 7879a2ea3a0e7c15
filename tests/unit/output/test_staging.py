from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

from newsgen.check import verify
from newsgen.output import publish as publishing
from newsgen.output.publish import publish, resume_publish
from newsgen.output.staging import (
    Destination,
    find_destination,
    make_staging,
    stage_copy,
    stage_file,
)
from newsgen.problems import NewsgenError
from newsgen.urls import MARK


def files(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.is_file()
    }


def make(folder: Path, **contents: str) -> Path:
    for name, text in contents.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def make_destination(output: Path, shown_as: str) -> Destination:
    destination = find_destination(output, shown_as)
    make_staging(destination, shown_as)
    return destination


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder that newsgen wrote before."""
    folder = make(tmp_path / "dist", a="1", b__c="2")
    (folder / MARK).write_text("", encoding="utf-8")
    return folder


def test_a_first_build_arrives_in_one_move(tmp_path: Path) -> None:
    destination = make_destination(tmp_path / "dist", "dist")
    assert destination.fresh
    assert stage_file(destination, "a/b.html", b"1").has_changed
    assert not (tmp_path / "dist").exists()
    publish(destination, ["a/b.html"], [], "dist")
    assert files(tmp_path / "dist") == {"a/b.html": "1"}
    assert not destination.staging.exists()


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    destination = make_destination(tmp_path / "dist", "dist")
    stage_file(destination, "a", b"1")
    publish(destination, ["a"], [], "dist")
    assert files(tmp_path / "dist") == {"a": "1"}


@pytest.mark.parametrize("path", ["dist", "dist/a"])
def test_a_folder_of_others_is_never_touched(tmp_path: Path, path: str) -> None:
    make(tmp_path / "dist", a="mine")
    with pytest.raises(NewsgenError) as caught:
        make_destination(tmp_path / path, path)
    assert caught.value.problems[0].code == "foreign-output"
    assert files(tmp_path) == {"dist/a": "mine"}


def test_what_is_the_same_is_not_written(output: Path) -> None:
    destination = make_destination(output, "dist")
    assert not destination.fresh
    before = (output / "a").stat()
    assert not stage_file(destination, "a", b"1").has_changed
    assert stage_file(destination, "b/c", b"3").has_changed
    assert stage_file(destination, "d/e/f", b"4").has_changed
    publish(destination, ["b/c", "d/e/f"], [], "dist")
    assert files(output) == {"a": "1", "b/c": "3", "d/e/f": "4", MARK: ""}
    after = (output / "a").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_removing_takes_along_folders_left_empty(output: Path) -> None:
    destination = make_destination(output, "dist")
    publish(destination, [], ["b/c", "not/there"], "dist")
    assert files(output) == {"a": "1", MARK: ""}
    assert not (output / "b").exists()


def test_a_file_may_become_a_folder_and_back(output: Path) -> None:
    destination = make_destination(output, "dist")
    stage_file(destination, "a/index.html", b"5")
    stage_file(destination, "b", b"6")
    publish(destination, ["a/index.html", "b"], ["a", "b/c"], "dist")
    assert files(output) == {"a/index.html": "5", "b": "6", MARK: ""}


def test_files_are_copied_only_if_they_differ(tmp_path: Path, output: Path) -> None:
    source = make(tmp_path, picture="2") / "picture"
    destination = make_destination(output, "dist")
    assert not stage_copy(destination, "b/c", source).has_changed
    assert stage_copy(destination, "a", source).has_changed
    assert stage_copy(destination, "new/one", source).has_changed
    assert Path(destination.staged("new/one")).read_text(encoding="utf-8") == "2"


def test_moves_that_were_stopped_are_finished(output: Path) -> None:
    destination = make_destination(output, "dist")
    for name in ("a", "n/1", "n/2"):
        stage_file(destination, name, b"new")
    publishing._move_file(destination, "n/1")
    assert resume_publish(output, ["a", "n/1", "n/2"], ["b/c"], "dist") == []
    assert files(output) == {"a": "new", "n/1": "new", "n/2": "new", MARK: ""}


def test_a_whole_folder_that_was_not_moved_is(tmp_path: Path) -> None:
    destination = make_destination(tmp_path / "dist", "dist")
    stage_file(destination, MARK, b"")
    assert resume_publish(tmp_path / "dist", [""], [], "dist") == []
    assert files(tmp_path / "dist") == {MARK: ""}
    assert resume_publish(tmp_path / "dist", [""], [], "dist") == []


def test_moves_that_can_not_be_finished_are_owned_up_to(tmp_path: Path, output: Path) -> None:
    assert resume_publish(output, ["lost"], [], "dist") is None
    destination = Destination(tmp_path / "x", tmp_path / ".x.staging", fresh=True)
    stage_file(destination, MARK, b"")
    make(tmp_path / "x", other="1")
    assert resume_publish(tmp_path / "x", [""], [], "dist") is None


def test_a_symlinked_output_folder_is_written_in_place(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "dist").symlink_to(tmp_path / "real")
    destination = make_destination(tmp_path / "dist", "dist")
    stage_file(destination, "a", b"1")
    publish(destination, ["a"], [], "dist")
    assert (tmp_path / "dist").is_symlink()
    assert files(tmp_path / "real") == {"a": "1"}


def test_a_folder_in_the_way_is_named_and_the_rest_is_published(output: Path) -> None:
    destination = make_destination(output, "dist")
    for path in ("page", "empty", "theirs/page", "new"):
        stage_file(destination, path, b"new")
    make(output, page__mine="mine", theirs="mine")
    (output / "empty" / "folders").mkdir(parents=True)
    moves = ["page", "empty", "theirs/page", "new"]
    failures = publish(destination, moves, ["b/c"], "dist")
    assert [(failure.path, str(failure.problem)) for failure in failures] == [
        ("page", "dist/page: cannot-write: is a folder where the site needs a file"),
        ("theirs/page", "dist/theirs: cannot-write: is a file where the site needs a folder"),
    ]
    assert files(output) == {
        "a": "1",
        "page/mine": "mine",
        "theirs": "mine",
        "empty": "new",
        "new": "new",
        MARK: "",
    }
    (output / "page" / "mine").unlink()
    make_staging(destination, "dist")
    stage_file(destination, "page", b"new")
    stage_file(destination, "theirs/page", b"new")
    assert [failure.path for failure in publish(destination, moves, [], "dist")] == ["theirs/page"]
    assert (output / "page").read_text(encoding="utf-8") == "new"


def test_neither_moves_nor_removals_follow_a_link(tmp_path: Path, output: Path) -> None:
    outside = make(tmp_path / "outside", c="mine", deep__d="mine")
    (output / "b" / "c").unlink()
    (output / "b").rmdir()
    (output / "b").symlink_to(outside)
    destination = make_destination(output, "dist")
    stage_file(destination, "b/new", b"new")
    failures = publish(destination, ["b/new"], ["b/c", "b/deep/d", "a"], "dist")
    assert {str(failure.problem) for failure in failures} == {
        "dist/b: foreign-output: leads out of the output folder",
        "dist/b/deep: foreign-output: leads out of the output folder",
    }
    assert files(outside) == {"c": "mine", "deep/d": "mine"}
    assert not (output / "a").exists()


def test_a_link_in_the_place_of_a_page_is_removed_and_its_target_stays(
    tmp_path: Path, output: Path
) -> None:
    target = make(tmp_path / "outside", file="mine") / "file"
    (output / "a").unlink()
    (output / "a").symlink_to(target)
    assert publish(make_destination(output, "dist"), [], ["a"], "dist") == []
    assert not (output / "a").is_symlink()
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_a_removed_page_stays(output: Path) -> None:
    make(output, gone__mine="mine")
    assert publish(make_destination(output, "dist"), [], ["gone"], "dist") == []
    assert (output / "gone" / "mine").exists()


@pytest.mark.parametrize("is_file", [True, False])
def test_version_control_and_a_domain_are_left_alone(
    archive: ArchiveFolder, *, is_file: bool
) -> None:
    archive.article("a.txt", "2025-08-30", "Щука")
    git = "dist/.git" if is_file else "dist/.git/HEAD"
    archive.write(git, "x")
    archive.write("dist/CNAME", "example.org")
    first = archive.build()
    assert first.problems == ()
    assert archive.page("2025/08/30/shchuka/index.html")
    archive.article("b.txt", "2025-08-30", "Ёж")
    assert archive.build().problems == ()
    assert archive.build(verify=True).problems == ()
    assert verify(archive.site()).problems == ()
    assert (archive.root / git).read_text("utf-8") == "x"
    assert archive.page("CNAME") == "example.org"


def test_a_file_of_somebody_else_is_named(tmp_path: Path) -> None:
    make(tmp_path / "dist", **{"CNAME": "x", "google123.html": "x", "z.html": "x"})
    with pytest.raises(NewsgenError, match=r"such as google123\.html"):
        find_destination(tmp_path / "dist", "dist")
