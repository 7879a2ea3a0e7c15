"""Build generated archives with newsgen and its peers in turn, and compare them.

    python benchmarks/run.py 1000 10000 [--runs 3] [--folder DIR] [--report docs/performance.md]

Each archive is read once before timing, so that the page cache is warm and the disk does not count.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Final

import report
from changes import CHANGES
from contenders import Contender, make_contenders
from generate import generate
from measure import Time, memory, time, time_and_memory
from results import Result, Results, merge_earlier

_TEMPLATE_EDIT: Final = "one template edited"
MAX_ARTICLES: Final = {
    "Pelican": 10_000,
    "Hugo": 100_000,
    "Hugo without day pages": 100_000,
    "newsgen, default theme": 100_000,
    _TEMPLATE_EDIT: 100_000,
}
"""Largest archive that each slow generator builds. Larger ones would take hours."""
LARGE: Final = 50_000
"""Archives with more articles are built once, and memory is sampled in the same run."""


def main() -> None:
    """Measure the archive sizes named on the command line, and report the results."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3, help="runs of each build; the median counts")
    parser.add_argument("--folder", type=Path, help="working folder; a temporary one by default")
    parser.add_argument("--report", type=Path, help="page to update; results of other sizes stay")
    options = parser.parse_args()
    results = Results()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for size in options.sizes:
            measure(size, options.runs, Path(folder, str(size)), results)
        results.starts = _starts(Path(folder))
    print(json.dumps(asdict(results), ensure_ascii=False, indent=1))
    print(report.format_results(results), file=sys.stderr)
    if options.report:
        kept = options.report.with_suffix(".json")
        if kept.exists():
            results = merge_earlier(results, json.loads(kept.read_text(encoding="utf-8")))
        text = json.dumps(asdict(results), ensure_ascii=False, indent=1)
        kept.write_text(f"{text}\n", encoding="utf-8")
        report.write(results, options.report)


def measure(size: int, runs: int, folder: Path, results: Results) -> None:
    """Measure all generators with an archive of one size."""
    articles = folder / "articles"
    _say(f"{size:,} articles: generating")
    generate(size, articles)
    contenders = [
        one
        for one in make_contenders(folder, articles)
        if size <= MAX_ARTICLES.get(one.name, sys.maxsize)
    ]
    for file in articles.rglob("*.md"):
        file.read_bytes()
    if size > LARGE:
        for one in contenders:
            one.clear()
            found, most = time_and_memory(one.command, one.folder)
            _say(f"{size:,} articles: {one.name}: {found.wall:.1f} s")
            results.cold.append(_result(one, size, [found], most))
        _measure_changes(contenders[0], articles, size, runs, results)
        return
    times: dict[str, list[Time]] = {one.name: [] for one in contenders}
    for turn in range(runs):
        for one in contenders:
            one.clear()
            times[one.name].append(time(one.command, one.folder))
            _say(
                f"{size:,} articles, turn {turn + 1}: {one.name}: {times[one.name][-1].wall:.1f} s"
            )
    for one in contenders:
        one.clear()
        most = memory(one.command, one.folder)
        results.cold.append(_result(one, size, times[one.name], most))
    _measure_changes(contenders[0], articles, size, runs, results)


def _result(one: Contender, size: int, times: list[Time], most: float) -> Result:
    files = [file.stat().st_size for file in one.output.rglob("*") if file.is_file()]
    return Result(
        one.name,
        size,
        median(found.wall for found in times),
        median(found.cpu for found in times),
        most,
        len(files),
        sum(files) / 1e6,
    )


def _measure_changes(
    one: Contender, articles: Path, size: int, runs: int, results: Results
) -> None:
    """Measure incremental builds: without a change, then after each change."""
    walk = (sys.executable, "-c", _WALK, str(articles))
    rows = {
        "a bare walk that stats the sources": [time(walk, one.folder) for _ in range(runs)],
        "nothing changed": [time(one.command, one.folder) for _ in range(runs)],
    }
    for name, found in rows.items():
        _note(results, size, name, found, 0)
    for name, change in CHANGES.items():
        change(articles, size)
        before = _state(one.output)
        found = [time(one.command, one.folder)]
        _note(results, size, name, found, len(_state(one.output) ^ before) // 2)
    if size > MAX_ARTICLES[_TEMPLATE_EDIT]:
        return
    template = one.folder / "templates" / "base.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("<main>", "<main><!-- edited -->"), encoding="utf-8")
    before = _state(one.output)
    found = [time(one.command, one.folder)]
    _note(results, size, _TEMPLATE_EDIT, found, len(_state(one.output) ^ before) // 2)


_WALK: Final = """
import os, sys
folders = [sys.argv[1]]
while folders:
    for entry in os.scandir(folders.pop()):
        entry.stat()
        if entry.is_dir():
            folders.append(entry.path)
"""


def _note(results: Results, size: int, name: str, found: list[Time], files: int) -> None:
    wall, cpu = median(one.wall for one in found), median(one.cpu for one in found)
    results.changes.append((size, name, wall, cpu, files))
    _say(f"{size:,} articles: {name}: {wall:.2f} s, {files} files")


def _state(output: Path) -> set[tuple[str, int]]:
    """Return the output files with their inodes. A rewritten file has a new inode."""
    return {
        (entry.path, entry.inode())
        for parent, _, _ in os.walk(output)
        for entry in os.scandir(parent)
        if entry.is_file()
    }


def _starts(folder: Path) -> list[tuple[str, float]]:
    """Measure the start-up of newsgen, with bare Python for comparison."""
    program = shutil.which("newsgen", path=str(Path(sys.executable).parent)) or "newsgen"
    commands = {
        "python -c pass": (sys.executable, "-c", "pass"),
        "newsgen --version": (program, "--version"),
        "newsgen --help": (program, "--help"),
    }
    return [
        (name, median(time(command, folder).wall for _ in range(9)))
        for name, command in commands.items()
    ]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
