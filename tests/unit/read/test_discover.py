import os
from pathlib import Path

import pytest

from newsgen.problems import NewsgenError
from newsgen.read.discover import UNKNOWN_TIME, Folder, walk

LATER = 4_000_000_000 * 10**9


def folders(root: Path, now: int = LATER) -> list[Folder]:
    return list(walk(root, "articles", {"txt", "md"}, now))


def paths(root: Path) -> list[str]:
    return [source.path for folder in folders(root) for source in folder.sources]


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")


def test_articles_are_found_in_all_folders_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a.TXT", "2025/08/x.txt", "2025/y.markdown", "2025/picture.png", "z")
    assert paths(tmp_path) == ["a.TXT", "b.md", "2025/08/x.txt"]


def test_hidden_files_and_section_pages_are_skipped(tmp_path: Path) -> None:
    make(tmp_path, ".a.md", ".git/b.md", "_index.md", "_posts/c.md")
    assert paths(tmp_path) == ["_posts/c.md"]


def test_folder_digest_covers_the_stat_of_its_files(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.md")
    (before,) = folders(tmp_path)
    assert folders(tmp_path) == [before]
    os.utime(tmp_path / "a.md", ns=(1, 1))
    (changes,) = folders(tmp_path)
    assert changes.digest != before.digest
    (tmp_path / "b.md").write_text("longer", encoding="utf-8")
    assert folders(tmp_path)[0].digest != changes.digest


def test_recently_changed_file_is_not_trusted(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    time = (tmp_path / "a.md").stat().st_mtime_ns
    (folder,) = folders(tmp_path, now=time + 10**9)
    assert folder.sources[0].mtime_ns == UNKNOWN_TIME
    assert folder.digest == b""
    (folder,) = folders(tmp_path, now=time + 3 * 10**9)
    assert folder.sources[0].mtime_ns == time
    assert folder.digest


def test_only_links_to_files_inside_are_followed(tmp_path: Path) -> None:
    make(tmp_path, "outside.md", "articles/a.md", "articles/sub/b.md")
    root = tmp_path / "articles"
    (root / "inside.md").symlink_to(root / "a.md")
    (root / "leak.md").symlink_to(tmp_path / "outside.md")
    (root / "loop").symlink_to(root)
    (root / "dangling.md").symlink_to(root / "nowhere.md")
    assert paths(root) == ["a.md", "inside.md", "sub/b.md"]
    problems = {str(one.location): one.code for folder in folders(root) for one in folder.problems}
    assert problems == {
        "articles/leak.md": "symlink-outside",
        "articles/loop": "symlinked-folder",
        "articles/dangling.md": "unreadable",
    }


def test_special_file_is_reported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (folder,) = folders(tmp_path)
    assert [problem.code for problem in folder.problems] == ["unreadable"]


def test_file_name_that_is_not_unicode_is_reported(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("x", encoding="utf-8")
    (folder,) = folders(tmp_path)
    assert [problem.code for problem in folder.problems] == ["bad-file-name"]
    assert str(folder.problems[0]).isprintable()


def test_missing_source_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NewsgenError) as caught:
        folders(tmp_path / "nowhere")
    assert caught.value.problems[0].code == "no-source"
