"""Shared fixtures: an archive in a folder of its own, built as a user would build it."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsgen.build import BuildReport, Options, build
from newsgen.config import Site, load_site

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OUR_SCRIPT = re.compile(
    r'<script (?:type="module"(?: async blocking="render")?|defer) '
    r'src="(?:\.\./|\./|/)*assets/\w+\.js"></script>'
)


@dataclass
class ArchiveFolder:
    """Archive on disk, and what tests do to it.

    Recognition and the search index take their time, so they are off unless `names` or `search` is
    True or the configuration speaks of them.
    """

    root: Path
    overrides: dict[str, str] = field(default_factory=dict)
    names: bool = False
    search: bool = False

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file, text in UTF-8."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def article(self, name: str, date: str, headline: str, body: str = "", **lines: str) -> Path:
        """Write an article of plain text, with header lines, into `articles/`."""
        body = body or f"Текст статьи под заголовком «{headline}»."
        headers = "".join(f"{label}: {value}\n" for label, value in lines.items())
        return self.write(f"articles/{name}", f" date {date} {headline}\n\n{headers}\n{body}\n")

    def config(self, text: str) -> None:
        """Write `newsgen.yaml`."""
        text += "" if self.names or "recognize" in text else "recognize: off\n"
        text += "" if self.search or "search" in text else "search: false\n"
        self.write("newsgen.yaml", text)

    def site(self) -> Site:
        """The configuration as it is now."""
        (self.root / "articles").mkdir(exist_ok=True)
        file = self.root / "newsgen.yaml"
        if not file.exists():
            self.config("language: ru\n")
        return load_site(file, self.overrides)

    def build(
        self,
        jobs: int = 1,
        *,
        clean: bool = False,
        verify: bool = False,
        now: datetime | None = NOW,
        allow_removals: bool = False,
    ) -> BuildReport:
        """Build the site."""
        return build(self.site(), Options(jobs, clean, verify, now, allow_removals))

    def page(self, path: str) -> str:
        """A file of the site, as text."""
        return (self.root / "dist" / path).read_text(encoding="utf-8")

    def tree(self) -> dict[str, bytes]:
        """Every file of the site by its path."""
        return tree_of(self.root / "dist")


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    """An empty archive in Russian."""
    return ArchiveFolder(tmp_path)


@pytest.fixture
def new_archive(tmp_path: Path) -> Callable[[str], ArchiveFolder]:
    """Makes further archives, each under a name."""

    def make(name: str) -> ArchiveFolder:
        folder = tmp_path / name
        folder.mkdir()
        return ArchiveFolder(folder)

    return make


def changed_paths(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """The paths that are in one tree only, or differ."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-expected` refreshes the expected sites."""
    parser.addoption("--update-expected", action="store_true", help="write tests/sites/*/expected")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail the session if a test was skipped in CI on Linux, where every test can run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    is_strict = bool(os.environ.get("CI")) and sys.platform == "linux"
    if exitstatus == 0 and reporter and is_strict and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
