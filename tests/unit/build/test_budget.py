"""One article over its limits is reported, and the others are built."""

import sys

import pytest
from tests.conftest import ArchiveFolder

from newsgen.build import about_page
from newsgen.build.workers import load
from newsgen.core.budget import Budget
from newsgen.problems import NewsgenError

FRONT = "---\ntitle: T\ndate: 2025-08-30\n---\n\n"
GOOD = "2025/08/29/horoshaya/index.html"


@pytest.fixture
def archive_of_two(archive: ArchiveFolder) -> ArchiveFolder:
    archive.article("good.txt", "2025-08-29", "Хорошая")
    return archive


def build(archive: ArchiveFolder, text: str) -> list[str]:
    """Build with one more article, and return its problems."""
    archive.write("articles/bad.md", text)
    report = archive.build()
    assert any("khoroshaya" in path or "horoshaya" in path for path in archive.tree())
    return [
        f"{one.location} {one.code}" for one in report.problems if "bad.md" in one.location.file
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no budgets")
def test_an_article_over_its_time_is_named(
    archive_of_two: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "_SECONDS", 0.3)
    monkeypatch.setattr(load, "_SECONDS_PER_MEGABYTE", 0)
    assert build(archive_of_two, FRONT + "![" * 100_000) == ["articles/bad.md too-slow"]
    monkeypatch.undo()
    # It is tried again: the next build may be by another version, or on another machine.
    assert build(archive_of_two, FRONT + "![" * 15_000) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no budgets")
def test_an_article_over_its_memory_is_named(
    archive_of_two: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "_MEMORY", 30_000_000)
    monkeypatch.setattr(load, "_MEMORY_PER_BYTE", 0)
    assert build(archive_of_two, FRONT + "*a " * 200_000) == ["articles/bad.md too-much-memory"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no budgets")
def test_a_long_about_page_has_a_budget(
    archive_of_two: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive_of_two.write("about.md", "*Text* [link](/a/)\n\n" * 4_000)
    archive_of_two.build()
    assert archive_of_two.page("about/index.html").count("<em>Text</em>") == 4_000
    monkeypatch.setattr(about_page, "_BUDGET", Budget(seconds=0.2, memory=400_000_000))
    archive_of_two.write("about.md", "[![](" * 20_000)
    with pytest.raises(NewsgenError, match=r"^about\.md: too-slow: .* with 100,000 bytes$"):
        archive_of_two.build()
    # A page of 20 kB has no budget: a worker process would cost more than the page.
    archive_of_two.write("about.md", "[![](" * 4_000)
    archive_of_two.build()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("aliases: [" + "/".join(["x" * 190] * 25) + "]", "articles/bad.md:4 bad-alias"),
        ("aliases: [" + "я" * 120 + "]", "articles/bad.md:4 bad-alias"),
        ("slug: " + "я" * 5_000, ""),
        ("tags: [" + "тег" * 5_000 + "]", "articles/bad.md:4 value-too-long"),
        ("author: " + "а" * 5_000, "articles/bad.md:4 value-too-long"),
        ("tags: [" + "тег " * 70 + "]", ""),
    ],
)
def test_no_name_is_too_long_for_the_file_system(
    archive_of_two: ArchiveFolder, fields: str, problem: str
) -> None:
    text = FRONT.replace("30\n---", f"30\n{fields}\n---") + "Текст.\n"
    assert build(archive_of_two, text) == ([problem] if problem else [])
    assert sum("2025/08/30/" in path for path in archive_of_two.tree()) == 2


def test_an_article_writes_a_bounded_number_of_files(archive_of_two: ArchiveFolder) -> None:
    names = ", ".join(f"a{number}" for number in range(2_000))
    text = FRONT.replace(
        "30\n---", f"30\ntags: [{names}]\nauthors: [{names}]\naliases: [{names}]\n---"
    )
    assert build(archive_of_two, text + "Текст.\n") == [
        f"articles/bad.md:{line} too-many-values" for line in (5, 4, 6)
    ]
    assert len(archive_of_two.tree()) < 1_000
