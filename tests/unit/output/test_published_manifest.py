from pathlib import Path

import pytest

from newsgen.output.published_manifest import (
    FileRecord,
    Mark,
    find_list,
    format_list,
    format_mark,
    list_path,
    read_lists,
    read_mark,
)

DIGEST = bytes(range(16))


def test_a_mark_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_mark(tmp_path, "dist") is None
    (tmp_path / ".newsgen-output").write_bytes(format_mark(Mark("0a", "1b")))
    assert read_mark(tmp_path, "dist") == Mark("0a", "1b")


@pytest.mark.parametrize("text", ["", "newsgen writes this folder: ...\n"])
def test_a_mark_of_an_older_version_has_no_generation(tmp_path: Path, text: str) -> None:
    (tmp_path / ".newsgen-output").write_text(text, encoding="utf-8")
    assert read_mark(tmp_path, "dist") == Mark("", "")


def test_lists_name_every_path_as_it_is(tmp_path: Path) -> None:
    paths = ["a b.html", "новость/index.html", "line\nbreak", "back\\slash", "back\\nslash"]
    folder = tmp_path / ".newsgen-files"
    folder.mkdir()
    content = format_list(FileRecord(path, 1, DIGEST) for path in paths)
    assert content.count(b"\n") == len(paths)
    (folder / "other.txt").write_bytes(content)
    assert read_lists(tmp_path) == {*paths, ".newsgen-files/other.txt"}


def test_paths_that_lead_out_of_the_folder_are_not_read(tmp_path: Path) -> None:
    paths = ["../a", "/a", "a/../../b", "a//b", "./a", "C:\\a", "..\\a", "C:a"]
    folder = tmp_path / ".newsgen-files"
    folder.mkdir()
    (folder / "other.txt").write_bytes(format_list(FileRecord(path, 1, DIGEST) for path in paths))
    assert read_lists(tmp_path) == {".newsgen-files/other.txt"}


def test_a_list_covers_a_folder_of_the_site_or_a_letter() -> None:
    assert list_path("2025") == ".newsgen-files/2025.txt"
    paths = {
        "2025/08/30/mel/index.html": "2025",
        "2025/index.html": "2025",
        "tags/mel/index.html": "tags",
        "index.html": "i",
        "404.html": "4",
        "mel/index.html": "m",
        "Mel.html": "m",
        "мел/index.html": "other",
        ".nojekyll": "other",
    }
    assert {path: find_list(path) for path in paths} == paths
