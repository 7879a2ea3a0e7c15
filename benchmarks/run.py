"""Builds one generated archive with newsgen and its peers, in turns, and says how they compare.

    python benchmarks/run.py 1000 10000 [--runs 3] [--folder DIR] [--report docs/performance.md]

Nothing here knows the machine that it runs on. Archives are read once before they are timed, so the
time is that of the programs and not of the disk.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

import report
from changes import CHANGES
from contenders import Contender, all_of
from generate import generate
from measure import Time, memory, time, time_and_memory

_TOUCHED: Final = "one template edited"
SLOW: Final = {
    "Pelican": 10_000,
    "Hugo": 100_000,
    "Hugo without day pages": 100_000,
    "newsgen, default theme": 100_000,
    _TOUCHED: 100_000,
}
"""What is left out above a number of articles, for it takes too long."""
LARGE: Final = 50_000
"""Archives above that many articles are built once, and memory is looked at meanwhile."""


@dataclass
class Result:
    """What one contender came to with one archive; times in seconds, memory in MiB."""

    name: str
    articles: int
    wall: float
    cpu: float
    memory: float
    files: int
    megabytes: float


@dataclass
class Results:
    """Everything measured: cold builds, then newsgen's builds after a change."""

    cold: list[Result] = field(default_factory=list)
    changes: list[tuple[int, str, float, float, int]] = field(default_factory=list)
    """Articles, what was changed, seconds by the clock and of the processors, files written."""
    starts: list[tuple[str, float]] = field(default_factory=list)


def main() -> None:
    """Measure what the command line asks for, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3, help="of each build; medians count")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder if none")
    parser.add_argument(
        "--report", type=Path, help="a page to write into, beside earlier results of other sizes"
    )
    options = parser.parse_args()
    results = Results()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for size in options.sizes:
            measure(size, options.runs, Path(folder, str(size)), results)
        results.starts = _starts(Path(folder))
    print(json.dumps(asdict(results), ensure_ascii=False, indent=1))
    print(report.text_of(results), file=sys.stderr)
    if options.report:
        kept = options.report.with_suffix(".json")
        if kept.exists():
            results = with_earlier(results, json.loads(kept.read_text(encoding="utf-8")))
        text = json.dumps(asdict(results), ensure_ascii=False, indent=1)
        kept.write_text(f"{text}\n", encoding="utf-8")
        report.write(results, options.report)


def with_earlier(results: Results, earlier: dict[str, Any]) -> Results:
    """Results together with earlier ones of archives of other sizes."""
    measured = {one.articles for one in results.cold}
    cold = [Result(**one) for one in earlier["cold"] if one["articles"] not in measured]
    changes = [tuple(one) for one in earlier["changes"] if one[0] not in measured]
    return Results([*cold, *results.cold], [*changes, *results.changes], results.starts)


def measure(size: int, runs: int, folder: Path, results: Results) -> None:
    """Measure all contenders with an archive of one size."""
    articles = folder / "articles"
    _say(f"{size:,} articles: generating")
    generate(size, articles)
    contenders = [
        one for one in all_of(folder, articles) if size <= SLOW.get(one.name, sys.maxsize)
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
    """Measure builds of an archive that is built already, after no change and after each."""
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
    if size > SLOW[_TOUCHED]:
        return
    template = one.folder / "templates" / "base.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("<main>", "<main><!-- edited -->"), encoding="utf-8")
    before = _state(one.output)
    found = [time(one.command, one.folder)]
    _note(results, size, _TOUCHED, found, len(_state(one.output) ^ before) // 2)


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
    """The files of the output, each with the number that a new file gets."""
    return {
        (entry.path, entry.inode())
        for parent, _, _ in os.walk(output)
        for entry in os.scandir(parent)
        if entry.is_file()
    }


def _starts(folder: Path) -> list[tuple[str, float]]:
    """How long newsgen takes to say something, beside Python's own start."""
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
