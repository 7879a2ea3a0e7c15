"""The command line as a person uses it: what it prints, and its exit codes.

Most tests call `main()` in this process, which is fast and measured by coverage. A test starts a
process of its own only where the process is the point: signals, pipes, terminals, full disks.
"""

import inspect
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from tests.conftest import ArchiveFolder, tree_of

from newsgen import __version__
from newsgen.cli import main, terminal

COMMAND = [sys.executable, "-m", "newsgen"]
# click 8.1 mixes both streams unless told otherwise. click 8.2 keeps them apart, without an option.
SEPARATE_STREAMS: dict[str, Any] = (
    {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}
)

needs_signals = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no process groups to send SIGINT to"
)
needs_terminal = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals"
)
needs_limits = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no `ulimit` to simulate a full disk with"
)
pytestmark = pytest.mark.usefixtures("clean_process")


class Program(click.Command):
    """`main()` as a command, so that CliRunner runs its error handling too."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **_: Any
    ) -> None:
        sys.argv = [prog_name or "newsgen", *(args or ())]
        main()


@pytest.fixture
def clean_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Restore what a run changes in the process: arguments and SIGINT handler."""
    monkeypatch.setattr(sys, "argv", sys.argv)
    handler = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, handler)


def run(
    folder: Path, *arguments: str, env: Mapping[str, str | None] | None = None, color: bool = False
) -> Result:
    """Run newsgen in a folder, in this process."""
    with chdir(folder):
        result = CliRunner(**SEPARATE_STREAMS).invoke(
            Program("newsgen"), arguments, env=env, color=color
        )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run newsgen in a folder, in a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_version_and_help(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout == f"newsgen {__version__}\n"
    words = run(tmp_path, "--help").stdout
    for command in ("init", "new", "build", "serve", "check"):
        assert re.search(rf"^  {command} ", words, re.MULTILINE)
    assert "--base-url" in run(tmp_path, "build", "-h").stdout


@pytest.mark.parametrize(
    "arguments",
    [["--nonsense"], ["bild"], ["build", "--jobs", "many"], ["build", "extra"], ["new"]],
)
def test_a_wrong_call_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, *arguments)
    assert done.exit_code == 2
    assert "Usage: newsgen" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_value_of_an_option_ends_with_2(archive: ArchiveFolder) -> None:
    archive.site()
    done = run(archive.root, "build", "--base-url", "nonsense")
    assert done.exit_code == 2
    assert done.stderr.startswith("--base-url: bad-value: ")


def test_from_nothing_to_a_site(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "news", "--title", 'Наша "газета": архив', "--language", "ru")
    assert done.exit_code == 0
    assert "Next: cd news && newsgen build && newsgen serve" in done.stdout
    done = run(tmp_path / "news", "build")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].startswith("1 article, ")
    assert done.stdout.splitlines()[-1] == "Preview it with `newsgen serve`."
    page = (tmp_path / "news/dist/index.html").read_text(encoding="utf-8")
    assert "Наша &#34;газета&#34;: архив" in page
    assert "Первая статья" in page
    again = run(tmp_path, "init", "news")
    assert again.exit_code == 1
    assert "file-exists: there is already an archive" in again.stderr


def test_init_refuses_a_language_that_is_none(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--language", "по-русски")
    assert done.exit_code == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("as_text", [True, False])
def test_a_new_article_is_one_that_builds(archive: ArchiveFolder, as_text: bool) -> None:
    archive.site()
    options = ["--text"] if as_text else []
    headline = 'Мэр: "всё # хорошо"'
    done = run(
        *(archive.root, "new", headline, "--date", "30 августа 2025, 14:05"),
        *("--author", "Анна", "--author", "Борис", "--tag", "Мэр", *options),
    )
    assert done.exit_code == 0
    file = archive.root / done.stdout.strip()
    file.write_text(file.read_text(encoding="utf-8") + "Текст.\n", encoding="utf-8")
    report = archive.build()
    assert (report.articles, report.problems) == (1, ())
    page = archive.page("2025/08/30/mer-vsyo-khorosho/index.html")
    assert "<h1>Мэр: &#34;всё # хорошо&#34;</h1>" in page
    assert "30 августа 2025, 14:05" in page
    assert ">Анна</a>, <a" in page
    assert run(archive.root, "new", headline, "-d", "2025-08-30", *options).exit_code == 1


@pytest.mark.parametrize(
    ("date", "file", "page"),
    [
        ("июнь 1937", "1937/1937-06-potop", "1937/06/potop"),
        ("1937?", "1937/1937-potop", "1937/potop"),
        ("1937-06/1937-08", "1937/1937-potop", "1937/potop"),
        ("unknown", "undated/potop", "undated/potop"),
    ],
)
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_a_new_article_may_have_a_partial_date(
    archive: ArchiveFolder, date: str, file: str, page: str, ending: str
) -> None:
    archive.site()
    options = ["--text"] if ending == "txt" else []
    done = run(archive.root, "new", "Потоп", "--date", date, *options)
    assert done.stdout.strip() == f"articles/{file}.{ending}"
    source = archive.root / done.stdout.strip()
    source.write_text(source.read_text(encoding="utf-8") + "Текст.\n", encoding="utf-8")
    assert not archive.build().problems
    assert "Потоп" in archive.page(f"{page}/index.html")


def test_a_new_draft_is_held_back(archive: ArchiveFolder) -> None:
    archive.site()
    for option in ("--draft", "--text"):
        assert run(archive.root, "new", f"Черновик {option}", "--draft", option).exit_code == 0
    assert archive.build().unpublished == 2
    assert "bad-date" in run(archive.root, "new", "X", "--date", "завтра").stderr


def test_faults_go_to_the_standard_error_sums_to_the_standard_output(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.txt", "2025-13-01", "Заголовок")
    archive.site()
    done = run(archive.root, "build")
    assert done.exit_code == 1
    assert done.stderr == (
        'articles/a.txt:1: bad-date: "2025-13-01" is not a date\n'
        "    write it as 2025-08-30, 30.08.2025 or 30 августа 2025\n"
    )
    assert "0 articles, 16 pages in dist/" in done.stdout
    assert "1 error\n" in done.stdout
    quiet = run(archive.root, "build", "--quiet")
    assert (quiet.stdout, quiet.stderr, quiet.exit_code) == ("", done.stderr, 1)


def test_explain_names_each_page_and_the_reason(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.site()
    assert (
        "2025/08/30/zagolovok/index.html  new\n" in run(archive.root, "build", "--explain").stdout
    )
    assert "html  " not in run(archive.root, "build", "--explain").stdout


def test_paths_on_the_command_line_are_the_callers(archive: ArchiveFolder, tmp_path: Path) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.site()
    (tmp_path / "here").mkdir()
    done = run(tmp_path / "here", "build", "--config", "../newsgen.yaml", "--output", "site")
    assert done.exit_code == 0
    assert (tmp_path / "here/site/index.html").is_file()
    assert not (tmp_path / "dist").exists()


def test_many_problems_are_cut_short_and_check_lists_them_all(archive: ArchiveFolder) -> None:
    for number in range(130):
        archive.write(f"articles/{number:03}.txt", "Без даты\n")
    archive.site()
    short = run(archive.root, "build").stderr
    assert short.count("no-date") == 100
    assert short.endswith("… and 30 more; `newsgen check --verbose` lists them all.\n")
    assert run(archive.root, "check").stderr.count("no-date") == 130


def test_check_says_when_all_is_well(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.site()
    done = run(archive.root, "check")
    assert (done.exit_code, done.stdout) == (0, "1 article checked: no problems\n")
    assert done.stderr == ""
    archive.write("templates/home.html", "{% if %}")
    archive.write("about.md", "---\ntitle: x\n")
    done = run(archive.root, "check")
    assert done.exit_code == 1
    assert "unclosed-front-matter" in done.stderr


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """Return the output of newsgen in a terminal."""
    import pty  # noqa: PLC0415 - does not exist on Windows

    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        stdin=child,
        stdout=child,
        stderr=child,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment},
    )
    os.close(child)
    seen = b""
    while True:
        try:
            piece = os.read(parent, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    process.wait()
    os.close(parent)
    return seen.decode()


@pytest.mark.slow
@needs_terminal
def test_a_terminal_gets_colours_and_a_bar_unless_it_wants_none(archive: ArchiveFolder) -> None:
    for number in range(260):
        archive.article(f"{number}.txt", "2025-08-30", f"Заголовок {number}")
    archive.write("articles/bad.txt", "Без даты\n")
    archive.site()
    seen = on_a_terminal(archive.root, "build")
    assert "Reading" in seen
    assert "\x1b[31mno-date" in seen
    plain = on_a_terminal(archive.root, "build", "--clean", NO_COLOR="1")
    assert "\x1b[31m" not in plain
    assert "no-date" in plain


def test_colors_are_shown_unless_the_user_wants_none(archive: ArchiveFolder) -> None:
    archive.write("articles/bad.txt", "Без даты\n")
    archive.site()
    assert (
        "\x1b[31mno-date" in run(archive.root, "build", env={"NO_COLOR": None}, color=True).stderr
    )
    plain = run(archive.root, "build", "--clean", env={"NO_COLOR": "1"}, color=True).stderr
    assert "\x1b[31m" not in plain
    assert "no-date" in plain


def test_a_bar_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    for is_terminal, kind in ((True, "_ProgressBar"), (False, "_ProgressLines")):
        monkeypatch.setattr(sys.stderr, "isatty", lambda answer=is_terminal: answer)
        assert type(terminal.make_progress(quiet=False)).__name__ == kind
    assert type(terminal.make_progress(quiet=True)).__name__ == "NullProgress"


@pytest.mark.slow
def test_a_process_ends_with_the_exit_code(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.site()
    done = run_process(archive.root, "check")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "1 article checked: no problems\n",
        "",
    )
    archive.write("articles/bad.txt", "Без даты\n")
    assert run_process(archive.root, "check").returncode == 1
    assert run_process(archive.root, "check", "--nonsense").returncode == 2


def test_an_interrupt_ends_with_130(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)

    archive.site()
    monkeypatch.setattr("newsgen.build.build", interrupt)
    done = run(archive.root, "build")
    assert done.exit_code == 130
    assert done.stderr.strip() == "Interrupted. The output folder is unchanged."


@pytest.mark.slow
def test_a_closed_pipe_shows_no_traceback(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.site()
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [*COMMAND, "build", "--explain"],
        cwd=archive.root,
        stdout=write_end,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write_end)
    assert done.stderr == ""


@pytest.mark.slow
@needs_signals
def test_an_interrupt_leaves_the_site_as_it_was(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    before = archive.tree()
    for number in range(3_000):
        archive.article(f"{number}.txt", "2025-08-30", f"Новый {number}")
    process = subprocess.Popen(
        [*COMMAND, "build", "--jobs", "2"],
        cwd=archive.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (archive.root / ".dist.staging").exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    started = time.monotonic()
    _, said = process.communicate()
    assert time.monotonic() - started < 5
    assert process.returncode == 130
    assert said.strip() == "Interrupted. The output folder is unchanged."
    assert archive.tree() == before
    assert not (archive.root / ".dist.staging").exists()


@pytest.mark.slow
def test_two_builds_at_once_are_held_apart(archive: ArchiveFolder) -> None:
    for number in range(2_000):
        archive.article(f"{number}.txt", "2025-08-30", f"Новый {number}")
    archive.site()
    first = subprocess.Popen([*COMMAND, "build", "-q"], cwd=archive.root)
    while not (archive.root / ".newsgen/catalogue.sqlite").exists():
        time.sleep(0.01)
    second = run(archive.root, "build")
    assert first.wait() == 0
    assert second.exit_code == 1
    assert "build-running: another build of this archive is running" in second.stderr


@pytest.mark.slow
def test_a_killed_build_leaves_the_site_whole_and_the_next_one_finishes(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    before = archive.tree()
    for number in range(2_000):
        archive.article(f"{number}.txt", "2025-08-30", f"Новый {number}")
    process = subprocess.Popen([*COMMAND, "build", "-q", "-j", "2"], cwd=archive.root)
    while not (archive.root / ".dist.staging").exists():
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert archive.tree() == before
    assert run(archive.root, "build", "-q").exit_code == 0
    after = archive.tree()
    assert run(archive.root, "build", "-q", "--clean").exit_code == 0
    assert tree_of(archive.root / "dist") == after


@pytest.mark.slow
@needs_limits
def test_a_full_disk_is_a_problem_not_a_traceback(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    before = archive.tree()
    archive.article("b.txt", "2025-08-31", "Второй", "Слово. " * 400_000)
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 600; exec {' '.join(COMMAND)} build -j 1"],
        cwd=archive.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot-write" in done.stderr
    assert "Traceback" not in done.stderr
    assert archive.tree() == before


def test_long_work_says_how_far_it_is_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(0, 10_000, 12))
    monkeypatch.setattr(terminal, "monotonic", lambda: float(next(clock)))
    progress = terminal.make_progress(quiet=False)
    progress.start_stage("Reading")
    list(progress.track(range(100), 1_000))
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "Reading: 1 of 1,000"
    assert said[49] == "Reading: 50 of 1,000, 380 min left"
    assert said[-1].startswith("Reading: ")
    assert terminal._format_time_left(50) == ", 50 s left"


def test_an_internal_error_is_one_line_and_a_log(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("ours")

    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    monkeypatch.setattr("newsgen.build.build", fail)
    done = run(archive.root, "build")
    assert done.exit_code == 70
    assert done.stderr.splitlines() == [
        "internal error: ZeroDivisionError: ours",
        f"    please report it with the file {Path('.newsgen/newsgen.log')}",
    ]
    log = (archive.root / ".newsgen/newsgen.log").read_text(encoding="utf-8")
    assert "newsgen build\nTraceback" in log
    # The log is the archive's, wherever newsgen is called.
    done = run(archive.root / "articles", "build", "-f", str(archive.root / "newsgen.yaml"))
    assert str(archive.root / ".newsgen/newsgen.log") in done.stderr
