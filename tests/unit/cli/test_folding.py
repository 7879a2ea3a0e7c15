import pytest
from click.testing import CliRunner
from tests.conftest import ArchiveFolder

from newsgen.cli import cli
from newsgen.cli.folding import fold_warnings
from newsgen.cli.terminal import print_problems
from newsgen.problems import Location, Problem


def make(code: str, file: str, message: str, line: int = 1) -> Problem:
    return Problem(Location(f"articles/{file}", line), code, message)


def sizes(problems: list[Problem]) -> list[int]:
    return [len(group) for group in fold_warnings(problems)]


def test_few_warnings_are_not_folded() -> None:
    assert sizes([make("dead-link", f"{n}.md", f"x{n}") for n in range(5)]) == [1] * 5
    assert sizes([make("dead-link", f"{n}.md", f"x{n}") for n in range(6)]) == [6]


def test_errors_are_never_folded() -> None:
    assert sizes([make("no-date", f"{n}.md", "has no date") for n in range(9)]) == [1] * 9


def test_groups_are_in_the_order_of_files() -> None:
    links = [make("dead-link", f"b{n}.md", f"x{n}") for n in range(6)]
    others = [make("no-headline", "a.md", "has none"), make("no-headline", "c.md", "has none")]
    errors = [make("no-date", "z.md", "has no date"), make("bad-date", "y.md", "is none")]
    shown = [group[0].location.file for group in fold_warnings([*links, *others, *errors])]
    assert shown == [f"articles/{name}.md" for name in ("y", "z", "a", "b0", "c")]


def test_a_few_messages_of_one_code_are_kinds() -> None:
    common = [make("guessed-encoding", f"a{n}.txt", "read as cp1251") for n in range(1_230)]
    rare = [make("guessed-encoding", f"b{n}.txt", "read as koi8-r") for n in range(4)]
    assert sizes([*common, *rare]) == [1_230, 1, 1, 1, 1]


def test_the_worst_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    links = [make("dead-link", f"{n}.md", f"x{n} leads nowhere") for n in range(6)]
    links += [make("dead-link", "4.md", "y leads nowhere", 7)]
    print_problems(links, fold=True)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == (
        "dead-link: 7 warnings in 6 files, such as articles/4.md:1: x4 leads nowhere"
    )
    assert lines[2:] == ["`newsgen check --verbose` lists every warning."]


def test_folded_warnings_count_as_one_against_the_limit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    links = [make("dead-link", f"{n}.md", f"x{n} leads nowhere") for n in range(9)]
    print_problems([*links, make("no-date", "a.md", "has no date")], 1, fold=True)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "articles/a.md:1: no-date: has no date"
    assert lines[2:] == ["… and 9 more; `newsgen check --verbose` lists them all."]


def test_build_and_check_fold_unless_verbose(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        body = f"---\ndate: 2025-08-30\ntitle: A{number}\n---\n[x](no-{number}.md)\n"
        archive.write(f"articles/{number}.md", body)
    archive.site()
    monkeypatch.chdir(archive.root)
    for command in ("build", "check"):
        folded = CliRunner().invoke(cli, [command])
        assert "dead-link: 7 warnings in 7 files, such as articles/0.md" in folded.stderr
        assert folded.stderr.count("dead-link") == 1
        assert "7 warnings" in folded.stdout
        assert CliRunner().invoke(cli, [command, "-v"]).stderr.count("dead-link") == 7
