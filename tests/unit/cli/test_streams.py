"""Output that cannot be written, closed streams, odd encodings, and folders that are gone."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

COMMANDS = [
    "--help",
    "--version",
    "build",
    "build --explain --clean",
    "check",
    "tags",
    "export-tags",
    "new Headline",
    "serve --port 0",
    "theme list",
    "init other",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices and shells"),
]


def shell(
    folder: Path, command: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a line of shell, in which `newsgen` is the command."""
    newsgen = f'newsgen() {{ exec "{sys.executable}" -m newsgen "$@"; }}; '
    return subprocess.run(
        ["bash", "-c", newsgen + command],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        env={**os.environ, **(env or {})},
    )


@pytest.fixture
def small(archive: ArchiveFolder) -> ArchiveFolder:
    """An archive that was built once."""
    archive.article("a.txt", "2025-08-30", "Заголовок", Tags="Мэр")
    archive.build()
    return archive


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_behind_the_output_is_named(small: ArchiveFolder, command: str) -> None:
    done = shell(small.root, f"newsgen {command} >/dev/full")
    assert done.returncode == 1
    assert done.stderr == (
        "standard output: cannot-write: cannot be written: No space left on device\n"
        "    free some space on the disk\n"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_output_is_named(small: ArchiveFolder, command: str) -> None:
    done = shell(small.root, f"newsgen {command} >&-")
    assert done.returncode == 1
    assert done.stderr == (
        "standard output: cannot-write: cannot be written: Bad file descriptor\n"
        "    run the command with an output that is open\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "newsgen build 2>&-",
        "newsgen build <&- 2>&-",
        "newsgen build --quiet <&- >&- 2>&-",
        "newsgen tags 2>/dev/full",
    ],
)
def test_streams_that_nobody_needs_may_be_closed(small: ArchiveFolder, line: str) -> None:
    done = shell(small.root, line)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["--help", "build --clean --explain", "theme list"])
def test_a_reader_that_has_seen_enough_is_no_problem(small: ArchiveFolder, command: str) -> None:
    done = shell(small.root, f"newsgen {command} | head -c 1; exit ${{PIPESTATUS[0]}}")
    # Which of the two depends on how much was printed before the reader left.
    assert done.returncode in {0, 1}
    assert (len(done.stdout), done.stderr) == (1, "")


@pytest.mark.parametrize("stream", ["&-", "/dev/full"])
def test_a_message_that_cannot_be_written_changes_the_exit_code_only(
    small: ArchiveFolder, stream: str
) -> None:
    done = shell(small.root, f"newsgen build --source nowhere 2>{stream}")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"TZ": ":/etc/passwd"},
        {"TZ": "/"},
        {"COLUMNS": "many", "TERM": "", "NO_COLOR": "1", "TZ": "nonsense", "HOME": "/nowhere"},
    ],
)
def test_any_environment_will_do(small: ArchiveFolder, env: Mapping[str, str]) -> None:
    for command in ("build --clean --explain", "tags", "check", "theme list"):
        done = shell(small.root, f"newsgen {command}", env)
        assert (done.returncode, done.stderr) == (0, "")
    exported = shell(small.root, "newsgen export-tags", env)
    assert list(json.loads(exported.stdout)) == ["a"]


@pytest.mark.parametrize("command", COMMANDS[2:])
def test_a_current_folder_that_is_gone_is_named(tmp_path: Path, command: str) -> None:
    done = shell(tmp_path, f"mkdir gone; cd gone; rmdir ../gone; newsgen {command}")
    assert done.returncode == 1
    assert done.stderr.startswith(".: unreadable: the current folder cannot be found: ")
    assert "Traceback" not in done.stderr


def test_names_that_are_too_long_are_named(tmp_path: Path) -> None:
    name = "x" * 300
    for command in (f"check --source {name}", f"serve --output {name}", f"init {name}"):
        done = shell(tmp_path, f"newsgen {command}")
        assert done.returncode == 1
        assert f"{name}" in done.stderr
        assert "File name too long" in done.stderr
        assert "internal" not in done.stderr
