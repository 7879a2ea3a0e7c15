import pytest
from click.testing import CliRunner
from tests.conftest import ArchiveFolder

from newsgen.cli import cli
from newsgen.cli.skipped_files import describe_skipped_files
from newsgen.problems import NewsgenError

KINDS = ("csv", "docx", "odt", "rtf", "doc", "pdf", "jpg", "png", "mp3", "zip")


def test_kinds_are_grouped_by_what_to_do() -> None:
    counts = (("", 1), ("csv", 1), ("docx", 2), ("jpg", 1_000), ("png", 1), ("zip", 1))
    assert describe_skipped_files(counts) == (
        "1,006 files not read: 2 .docx (save as text or Markdown); "
        "1,000 .jpg, 1 .png (nothing refers to them); 1 .csv, 1 .zip, 1 without a suffix"
    )
    assert describe_skipped_files([("csv", 1)]) == "1 file not read: 1 .csv"


@pytest.mark.parametrize("command", ["build", "check"])
def test_each_kind_of_file_that_is_not_read_is_counted(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    archive.article("a.txt", "2025-08-30", "Щука", "![Щука](used.png)")
    archive.write("articles/b.md", "---\ndate: 2025-08-30\ntitle: Ёж\n---\n![Ёж](used.png)\n")
    archive.write("articles/used.png", b"x")
    for kind in KINDS:
        archive.write(f"articles/{kind}/file.{kind.upper()}", b"x")
    archive.write("articles/no suffix", b"x")
    for hidden in ("README.md", ".hidden.zip", "node_modules/x.zip"):
        archive.write(f"articles/{hidden}", b"x")
    archive.site()
    monkeypatch.chdir(archive.root)
    result = CliRunner().invoke(cli, [command])
    assert result.exit_code == 0, result.output
    line = next(line for line in result.stdout.splitlines() if "not read" in line)
    assert line.startswith(f"{len(KINDS) + 1} files not read: ")
    for kind in KINDS:
        assert f"1 .{kind}" in line
    assert "1 without a suffix" in line


def test_a_file_that_an_article_refers_to_later_is_no_longer_counted(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.txt", "2025-08-30", "Щука")
    archive.write("articles/b.png", b"x")
    assert archive.build().skipped_files == (("png", 1),)
    assert archive.build().skipped_files == (("png", 1),)
    archive.write("articles/c.md", "---\ndate: 2025-08-30\ntitle: Ёж\n---\n![Ёж](b.png)\n")
    assert archive.build().skipped_files == ()


@pytest.mark.parametrize("command", ["build", "check"])
def test_an_archive_without_articles_is_an_error(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    archive.write("articles/a.docx", b"x")
    archive.site()
    monkeypatch.chdir(archive.root)
    result = CliRunner().invoke(cli, [command])
    assert result.exit_code == 1
    assert "articles: no-articles: holds no articles" in result.stderr
    archive.article("draft.txt", "2025-08-30", "Щука", Draft="true")
    assert CliRunner().invoke(cli, [command]).exit_code == 0


def test_an_excluded_article_is_removed(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Щука")
    archive.article("notes/b.txt", "2025-08-30", "Ёж")
    assert archive.build().articles == 2
    archive.config("language: ru\nexclude: notes/\n")
    report = archive.build()
    assert (report.articles, report.problems) == (1, ())
    assert "Ёж" not in "".join(archive.page(path) for path in archive.tree() if "html" in path)


def test_excluding_most_articles_is_refused(archive: ArchiveFolder) -> None:
    for number in range(30):
        archive.article(f"{number:02}.txt", "2025-08-30", f"Щука {number}")
    archive.build()
    archive.config('language: ru\nexclude: "[12]*"\n')
    with pytest.raises(NewsgenError, match="too-many-removals"):
        archive.build()
    assert archive.build(allow_removals=True).articles == 10
