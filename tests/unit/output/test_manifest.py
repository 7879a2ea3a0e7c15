import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsgen.output.manifest import BuildManifest, RecordedUnit


@pytest.fixture
def manifest(tmp_path: Path) -> Iterator[BuildManifest]:
    with closing(BuildManifest(tmp_path / "manifest.sqlite")) as one:
        yield one


def test_units_and_pages_are_written_down_and_forgotten(manifest: BuildManifest) -> None:
    manifest.begin()
    number = manifest.put_unit("day", "a", b"frame", b"inputs")
    assert manifest.put_pages(number, [("x", b"1"), ("y", b"2")]) == []
    manifest.commit()
    assert manifest.units("day") == {"a": RecordedUnit(number, b"frame", b"inputs")}
    assert manifest.pages(number) == {"x": b"1", "y": b"2"}
    assert manifest.count_pages() == 2
    assert manifest.kinds() == ["day"]
    assert manifest.put_unit("day", "a", b"frame", b"other") == number
    manifest.delete_pages(["x"])
    assert manifest.pages(number) == {"y": b"2"}
    manifest.delete_unit(number)
    assert manifest.units("day") == {}
    assert not manifest.has_page("y")


def test_a_path_is_one_units_and_case_makes_no_difference(manifest: BuildManifest) -> None:
    one = manifest.put_unit("day", "a", b"", b"1")
    two = manifest.put_unit("day", "b", b"", b"2")
    manifest.put_pages(one, [("Path", b"1")])
    assert manifest.put_pages(two, [("path", b"2"), ("free", b"2")]) == ["path"]
    assert manifest.owner("PATH") == (one, "day", "a")
    assert manifest.evict_pages(["path"]) == ["Path"]
    assert manifest.put_pages(two, [("path", b"2")]) == []
    assert manifest.owner("path") == (two, "day", "b")
    assert manifest.units("day")["a"].digest == b""


def test_a_file_and_a_folder_of_one_name_are_in_each_others_way(manifest: BuildManifest) -> None:
    unit = manifest.put_unit("day", "a", b"", b"1")
    manifest.put_pages(unit, [("old.html", b""), ("a/b/index.html", b"")])
    assert manifest.conflicting_paths("old.html") == []
    assert manifest.conflicting_paths("OLD.html/print/index.html") == ["OLD.html"]
    assert manifest.conflicting_paths("a") == ["a/b/index.html"]
    assert manifest.conflicting_paths("a/b/c.html") == []
    manifest.put_pages(unit, [("a/d", b"")])
    assert manifest.conflicting_paths("a/d/e/index.html") == ["a/d"]


def test_what_is_not_committed_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "manifest.sqlite"
    with closing(BuildManifest(file)) as manifest:
        manifest.begin()
        manifest.set_meta("build_fingerprint", b"1")
        manifest.rollback()
        assert manifest.get_meta("build_fingerprint") is None
        manifest.begin()
        manifest.set_meta("build_fingerprint", b"2")
    with closing(BuildManifest(file)) as manifest:
        assert manifest.get_meta("build_fingerprint") is None


def test_a_copy_that_a_killed_build_changed_keeps_its_pending_moves(tmp_path: Path) -> None:
    with closing(BuildManifest(tmp_path / "manifest.sqlite")) as original:
        original.set_meta("pages", 1)
    copy = tmp_path / "copy.sqlite"
    for suffix in ("", ".seal"):
        shutil.copyfile(f"{tmp_path}/manifest.sqlite{suffix}", f"{copy}{suffix}")
    killed = BuildManifest(copy)
    killed.put_pending(["a"], ["b"])
    # Not `close`, which a killed build never comes to.
    killed._db.close()
    with closing(BuildManifest(copy)) as opened:
        assert not opened.was_damaged
        assert opened.pending().removals == ["b"]


def test_moves_and_removals_are_pending_until_the_publish_has_finished(
    manifest: BuildManifest,
) -> None:
    manifest.put_pending(["b", "a"], ["c", "d"])
    assert manifest.pending() == (["b", "a"], ["c", "d"])
    manifest.finish_publish()
    assert manifest.pending() == ([], [])


def test_a_failed_removal_stays_pending_and_a_failed_move_has_the_output_checked(
    manifest: BuildManifest,
) -> None:
    unit = manifest.put_unit("day", "a", b"frame", b"inputs")
    manifest.put_pages(unit, [("a", b"1"), ("b", b"1")])
    manifest.set_meta("generation", "1")
    manifest.put_pending(["b", "a"], ["c", "d"])
    manifest.finish_publish({"d"})
    assert manifest.pending() == ([], ["d"])
    assert manifest.get_meta("generation") == "1"
    manifest.put_pending(["b", "a"], [])
    manifest.finish_publish({"a"})
    assert manifest.pending() == ([], [])
    assert manifest.get_meta("generation") == ""
    manifest.put_pending([], ["d"])
    # A page that has returned to the path is not removed.
    manifest.put_pages(unit, [("d", b"1")])
    assert manifest.pending() == ([], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [("Старый/index.html", "старый/index.html"), ("caf\u00e9.html", "cafe\u0301.html")],
)
def test_paths_that_differ_in_case_or_normal_form_conflict(
    manifest: BuildManifest, old: str, new: str
) -> None:
    one = manifest.put_unit("alias", "a", b"", b"1")
    two = manifest.put_unit("alias", "b", b"", b"2")
    manifest.put_pages(one, [(old, b"1")])
    assert manifest.conflicting_paths(new) == [old]
    assert manifest.put_pages(two, [(new, b"2")]) == []
    assert manifest.conflicting_paths(new) == [old]
    assert manifest.evict_pages([old]) == [old]
    assert manifest.conflicting_paths(new) == []
