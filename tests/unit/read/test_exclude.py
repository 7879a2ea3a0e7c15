from pathlib import Path

import pytest

from newsgen.read.discover import walk
from newsgen.read.exclude import make_exclude


@pytest.mark.parametrize(
    "path",
    [
        *("README", "README.md", "readme.txt", "2004/Readme.ru.md", "README-ru.md"),
        *("LICENSE", "LICENSE.txt", "License.md", "CONTRIBUTING.md"),
        *("CHANGELOG.md", "CODE_OF_CONDUCT.md", "node_modules/", "a/node_modules/", "_site/"),
        *("_layouts/", "Thumbs.db", "~$story.docx"),
    ],
)
def test_usual_furniture_is_excluded(path: str) -> None:
    assert is_excluded(path)


@pytest.mark.parametrize(
    "path",
    [
        *("license-fees-rise.txt", "readmeeting.txt", "changelogs.md", "2004/"),
        *("_posts/", "node_modules", "site/", "license/a.md"),
    ],
)
def test_articles_are_not_excluded_by_default(path: str) -> None:
    assert not is_excluded(path)


@pytest.mark.parametrize(
    ("glob", "excluded", "kept"),
    [
        ("notes/", ["notes/", "2004/Notes/"], ["notes", "notes.md"]),
        ("*.tmp.md", ["a.tmp.md", "2004/a.TMP.md"], ["a.md"]),
        ("2004/raw-*", ["2004/raw-a.md", "2004/raw-x/", "2004/raw-x/b.md"], ["raw-a.md"]),
        ("/a.md", ["a.md"], ["2004/b.md", "2004/a.md"]),
        ("**/a.md", ["a.md", "2004/a.md"], ["2004/b.md"]),
        ("2004/**/a.md", ["2004/a.md", "2004/x/a.md", "2004/x/y/a.md"], ["2004/ba.md"]),
        ("черновик*", ["2004/Черновики/", "Черновик.txt"], ["2004/чистовик.txt"]),
        ("!README.md", [], ["README.md"]),
        ("!docs/*", ["README.md"], ["docs/README.md"]),
        ("[ab].md", ["a.md"], ["c.md", "ab.md"]),
    ],
)
def test_globs(glob: str, excluded: list[str], kept: list[str]) -> None:
    assert [path for path in [*excluded, *kept] if is_excluded(path, glob)] == excluded


def test_excluded_files_and_folders_are_not_listed(tmp_path: Path) -> None:
    for name in ("a.md", "README.md", "b.png", "raw/c.md", "raw/deep/d.md", "2004/raw.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = list(walk(tmp_path, "articles", {"md"}, 0, make_exclude(["raw/", "*.png"])))
    assert [one.path for one in found] == ["", "2004/"]
    assert [source.path for one in found for source in one.sources] == ["a.md", "2004/raw.md"]
    assert not any(one.files for one in found)


def is_excluded(path: str, *globs: str) -> bool:
    folder, _, name = path.rstrip("/").rpartition("/")
    end = "/" if path.endswith("/") else ""
    return make_exclude(globs)(f"{folder}/" if folder else "", name + end)
