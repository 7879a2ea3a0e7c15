"""Sample archive for the checks: its sources in two versions, and the site of each.

A check switches between the versions, disturbs builds, and compares the output folder with the
sites that clean builds make.
"""

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from newsgen.build import Options, build
from newsgen.config import load_site
from newsgen.problems import NewsgenError

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
ARTICLES: Final = 36
_FORK: Final = multiprocessing.get_context("fork")

Tree = Mapping[str, bytes]


@dataclass(frozen=True)
class Sample:
    """Archive in a folder, and the sites that a clean build makes of its two versions."""

    root: Path
    search: bool
    sites: tuple[Tree, ...] = ()

    def write_sources(self, version: int) -> None:
        """Write version 0 or 1 of the sources. Nearly every page of the two sites differs."""
        write(
            self.root / "newsgen.yaml",
            f"title: Архив {version}\nlanguage: ru\nrecognize: off\n"
            f"search: {str(self.search).lower()}\nbase_url: https://example.org/\n",
        )
        # Each version has articles that the other lacks.
        for number in range(ARTICLES):
            file = self.root / f"articles/{number:03}.txt"
            if number % 6 == version:
                file.unlink(missing_ok=True)
                continue
            text = f"Текст {number} в редакции {version if number % 5 == 0 else 0}. " * 20
            day = f"{2020 + number % 5}-0{1 + number % 9}-1{number % 10}"
            write(
                file, f" date {day} Заголовок {number}\n\nТеги: тег {number % 7}, общий\n\n{text}\n"
            )

    def tree(self) -> Tree:
        """Return the files of the output folder by their paths."""
        return read_tree(self.root / "dist")

    def build(self, *, jobs: int = 1, clean: bool = False) -> None:
        """Build in this process."""
        options = Options(jobs=jobs, clean=clean, now=NOW)
        build(load_site(self.root / "newsgen.yaml"), options)

    def start_build(self, on_stage: Callable[[str], None] = lambda _: None) -> BaseProcess:
        """Start a build with two workers in a process group of its own."""
        # A fork spares a third of a second of imports, which would be most of a build's time.
        process = _FORK.Process(target=_build_in_group, args=(self.root, on_stage))
        process.start()
        return process


def make_sample(root: Path, *, search: bool) -> Sample:
    """Make the sample archive, and build the site of version 0."""
    sample = Sample(root, search)
    sites = []
    for version in (1, 0):
        # A folder of its own, for an incremental build would prove nothing here.
        with tempfile.TemporaryDirectory() as folder:
            other = Sample(Path(folder, root.name), search)
            other.write_sources(version)
            other.build()
            sites.append(other.tree())
    sample.write_sources(0)
    sample.build()
    return Sample(root, search, tuple(reversed(sites)))


def write(file: Path, text: str) -> None:
    """Write a text file as most editors do: under another name, then renamed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # A build that met many files cut short by a save would rightly refuse to remove them.
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(file)


def read_tree(folder: Path) -> Tree:
    """Return the files below a folder by their paths."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def copy_archive(source: Path, target: Path) -> None:
    """Copy an archive with the times of its files, which builds compare."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)


def kill(process: BaseProcess) -> None:
    """Kill a build that `Sample.start_build` started, with its workers."""
    if process.pid is not None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()  # it has no group of its own yet
    process.join()


def find_torn_files(tree: Tree, sites: tuple[Tree, ...]) -> list[str]:
    """Return the files that are in none of the sites as they are."""
    return [
        path for path, data in tree.items() if not any(site.get(path) == data for site in sites)
    ]


def compare(tree: Tree, expected: Tree) -> list[str]:
    """Return the paths that are in one tree only, or differ."""
    return sorted(
        path for path in tree.keys() | expected.keys() if tree.get(path) != expected.get(path)
    )


class _StageNotes:
    """Progress that reports the start of each stage."""

    def __init__(self, on_stage: Callable[[str], None]) -> None:
        self.start_stage = on_stage

    def track(self, items, total):  # noqa: ANN001, ANN202, ARG002
        return iter(items)


def _build_in_group(root: Path, on_stage: Callable[[str], None]) -> None:
    os.setsid()
    options = Options(jobs=2, now=NOW)
    try:
        build(load_site(root / "newsgen.yaml"), options, _StageNotes(on_stage))
    except NewsgenError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
