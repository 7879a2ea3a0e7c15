"""A seal shows whether somebody touched a file or folder, and what a folder held."""

import os
import shutil
from pathlib import Path

import pytest

from newsgen.storage import seals


def write_keeping_times(file: Path, data: bytes) -> None:
    stat = file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "part"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a").write_bytes(b"one")
    (folder / "b").write_bytes(b"two")
    seals.write_seal(folder, contents=True)
    return folder


def test_file_without_a_seal_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert not seals.is_untouched(file)
    file.write_bytes(b"one")
    assert not seals.is_untouched(file)
    seals.write_seal(file, contents=False)
    assert seals.is_untouched(file)
    seals.break_seal(file)
    assert not seals.is_untouched(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no time of the last change of metadata")
def test_change_that_keeps_size_and_time_breaks_a_seal(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one")
    seals.write_seal(file, contents=False)
    write_keeping_times(file, b"two")
    assert not seals.is_untouched(file)


def test_deleted_file_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one")
    seals.write_seal(file, contents=False)
    file.unlink()
    assert not seals.is_untouched(file)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"00", b"zz\nzz\n"])
def test_damaged_seal_is_a_broken_one(folder: Path, content: bytes) -> None:
    folder.with_name("part.seal").write_bytes(content)
    assert not seals.is_untouched(folder)
    assert not seals.has_sealed_contents(folder)


def test_copy_has_the_sealed_contents(folder: Path) -> None:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    shutil.copy(folder.with_name("part.seal"), folder.with_name("copy.seal"))
    assert not seals.is_untouched(copy)
    assert seals.has_sealed_contents(copy)


def test_contents_of_a_file_are_sealed_on_demand(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one")
    seals.write_seal(file, contents=False)
    assert not seals.has_sealed_contents(file)
    seals.write_seal(file, contents=True)
    assert seals.has_sealed_contents(file)
    # The file was not touched since, so the seal stays.
    seals.write_seal(file, contents=False)
    assert seals.has_sealed_contents(file)
    file.write_bytes(b"two")
    assert not seals.has_sealed_contents(file)
    seals.write_seal(file, contents=False)
    assert seals.is_untouched(file)
    assert not seals.has_sealed_contents(file)


@pytest.mark.parametrize("change", ["change", "add", "remove", "rename", "move"])
def test_changed_folder_has_other_contents(folder: Path, change: str) -> None:
    file = folder / "b"
    match change:
        case "change":
            file.write_bytes(b"TWO")
        case "add":
            (folder / "c").write_bytes(b"")
        case "remove":
            file.unlink()
        case "rename":
            file.rename(folder / "c")
        case "move":
            file.rename(folder / "inner" / "b")
    assert not seals.is_untouched(folder)
    assert not seals.has_sealed_contents(folder)


def test_missing_folder_has_other_contents(tmp_path: Path) -> None:
    assert not seals.is_untouched(tmp_path / "nothing")
    assert not seals.has_sealed_contents(tmp_path / "nothing")


def test_paths_are_listed_in_order(folder: Path) -> None:
    assert seals.list_files(folder) == ["b", "inner/a"]


def test_deleting_a_path(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    seals.delete_path(link)
    assert not link.is_symlink()
    assert folder.is_dir()
    for path in (folder, folder.with_name("part.seal"), folder):
        seals.delete_path(path)
    assert list(tmp_path.iterdir()) == []
