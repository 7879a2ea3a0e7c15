"""`newsgen verify` finds what is not as newsgen wrote it, and changes nothing."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import ArchiveFolder, tree_of

from newsgen.check import verify
from newsgen.cli import cli
from newsgen.problems import NewsgenError


@pytest.fixture
def built(archive: ArchiveFolder) -> ArchiveFolder:
    """An archive with a site."""
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    return archive


def found(archive: ArchiveFolder) -> list[str]:
    before = tree_of(archive.root)
    problems = [str(problem) for problem in verify(archive.site()).problems]
    assert tree_of(archive.root) == before
    return problems


def test_a_site_as_it_was_built_has_no_problems(
    built: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(built) == []
    monkeypatch.chdir(built.root)
    result = CliRunner().invoke(cli, ["verify"])
    assert (result.exit_code, result.output) == (
        0,
        f"{len(built.tree())} files verified: no problems\n",
    )


def test_missing_changed_and_foreign_files_are_named(
    built: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = built.root / "dist/2025/08/30/mel/index.html"
    page.write_bytes(page.read_bytes().replace(b"<h1", b"<h2"))
    (built.root / "dist/tags/index.html").unlink()
    (built.root / "dist/.newsgen-files/2025.txt").write_bytes(b"")
    built.write("dist/mine.html", "mine")
    assert sorted(found(built)) == [
        "dist/.newsgen-files/2025.txt: damaged-output: is not as it was written",
        "dist/2025/08/30/mel/index.html: damaged-output: is not as it was written",
        "dist/mine.html: untracked-file: was not written by newsgen",
        "dist/tags/index.html: damaged-output: is missing",
    ]
    monkeypatch.chdir(built.root)
    assert CliRunner().invoke(cli, ["verify", "-q"]).exit_code == 1
    message = "has a file that newsgen did not write, such as mine.html"
    (problem,) = built.build(verify=True).problems
    assert str(problem) == f"dist: untracked-file: {message}"
    assert found(built) == ["dist/mine.html: untracked-file: was not written by newsgen"]
    assert CliRunner().invoke(cli, ["verify", "-q"]).exit_code == 0


def test_a_copy_of_another_state_is_named(built: ArchiveFolder) -> None:
    mark = built.root / "dist/.newsgen-output"
    mark.write_text(mark.read_text("utf-8").replace("generation ", "generation 0"), "utf-8")
    message = "dist: damaged-output: is not as the last build left it, but a copy of another state"
    assert found(built) == [message]


@pytest.mark.parametrize("name", ["catalogue", "cache", "manifest-*"])
def test_a_damaged_database_is_named(built: ArchiveFolder, name: str) -> None:
    (file,) = (built.root / ".newsgen").glob(f"{name}.sqlite")
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))
    assert f".newsgen/{file.name}: damaged-cache: is damaged" in found(built)


@pytest.mark.parametrize("lost", ["dist/.newsgen-output", ".newsgen"])
def test_there_must_be_a_site_and_its_manifest(built: ArchiveFolder, lost: str) -> None:
    Path(built.root / lost).rename(built.root / "elsewhere")
    with pytest.raises(NewsgenError, match="dist: not-built: has no site that can be verified"):
        verify(built.site())


def test_without_its_mark_a_site_cannot_be_verified(built: ArchiveFolder) -> None:
    (built.root / "dist/.newsgen-output").unlink()
    with pytest.raises(NewsgenError, match=r"its mark \.newsgen-output is missing"):
        verify(built.site())


def test_the_site_of_another_archive_is_one_problem(built: ArchiveFolder) -> None:
    mark = built.root / "dist/.newsgen-output"
    mark.write_text(re.sub("owner .*|generation .*", r"\g<0>0", mark.read_text("utf-8")), "utf-8")
    assert found(built) == ["dist: foreign-output: holds the site of another archive"]


def test_many_problems_are_counted(built: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(25):
        built.write(f"dist/mine-{number}.html", "mine")
    monkeypatch.chdir(built.root)
    short = CliRunner().invoke(cli, ["verify"]).output
    assert short.count("untracked-file") == 20
    assert "… and 5 more; `newsgen verify --verbose` lists them all." in short
    assert "25 warnings" in short
    assert CliRunner().invoke(cli, ["verify", "-v"]).output.count("untracked-file") == 25


@pytest.mark.parametrize("name", ["catalogue", "manifest-*"])
def test_a_folder_in_place_of_a_journal_is_named(built: ArchiveFolder, name: str) -> None:
    (database,) = (built.root / ".newsgen").glob(f"{name}.sqlite")
    folder = database.with_name(f"{database.name}-journal")
    folder.mkdir()
    message = "damaged-cache: is a folder where newsgen needs a file"
    assert f".newsgen/{folder.name}: {message}" in found(built)
