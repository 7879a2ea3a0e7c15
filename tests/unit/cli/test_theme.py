"""`newsgen theme`: what a site may override, and copies to begin from."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import ArchiveFolder

from newsgen.cli import cli
from newsgen.problems import NewsgenError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def site(archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> ArchiveFolder:
    """A site with folders of its own names, which is the current folder."""
    archive.config("language: ru\ntemplates: look\nstatic: files\n")
    monkeypatch.chdir(archive.root)
    return archive


def theme(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["theme", *arguments])


def test_the_list_names_every_file_and_marks_overridden_ones(site: ArchiveFolder) -> None:
    site.write("look/partials/footer.html", "")
    site.write("files/assets/icon.svg", "")
    site.write("look/mine.html", "")
    lines = theme("list").stdout.splitlines()
    files = [
        file.relative_to(ROOT / folder).as_posix()
        for folder in ("templates", "static")
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
    ]
    assert sorted(line[2:] for line in lines) == sorted(files)
    assert {line for line in lines if line.startswith("*")} == {
        "* partials/footer.html",
        "* assets/icon.svg",
    }


def test_files_are_copied_into_the_folders_of_the_site(site: ArchiveFolder) -> None:
    done = theme("copy", "partials/pager.html", "assets/newsgen.css", "assets/newsgen.css")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 2
    for path, default in (
        ("look/partials/pager.html", "templates/partials/pager.html"),
        ("files/assets/newsgen.css", "static/assets/newsgen.css"),
    ):
        assert (site.root / path).read_bytes() == (ROOT / default).read_bytes()


def test_files_that_exist_stay_as_they_are(site: ArchiveFolder) -> None:
    site.write("look/day.html", "mine")
    done = theme("copy", "month.html", "day.html")
    assert isinstance(done.exception, NewsgenError)
    (problem,) = done.exception.problems
    assert (problem.code, str(problem.location)) == ("file-exists", "look/day.html")
    assert "--force" in problem.hint
    assert (site.root / "look/day.html").read_text(encoding="utf-8") == "mine"
    assert not (site.root / "look/month.html").exists()
    assert theme("copy", "--force", "day.html").exit_code == 0
    assert "mine" not in (site.root / "look/day.html").read_text(encoding="utf-8")


def test_an_unknown_name_gets_a_suggestion(site: ArchiveFolder) -> None:
    done = theme("copy", "artcle.html")
    assert done.exit_code == 2
    assert "no `artcle.html`; did you mean `article.html`?" in done.stderr
    assert "did you mean" not in theme("copy", "zzzz").stderr
    assert theme("copy").exit_code == 2
    assert list(site.root.glob("look/*")) == []


def test_a_folder_that_cannot_be_written_is_a_problem(site: ArchiveFolder) -> None:
    site.write("look", "a file in place of the folder")
    done = theme("copy", "day.html")
    assert isinstance(done.exception, NewsgenError)
    assert done.exception.problems[0].code == "cannot-write"
