"""Output on the terminal: problems, progress, timings and counts.

Colors and bars are for people only. Where the output goes to a file or a log, it is plain lines.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import Final, TypeVar

import click

from newsgen.cli.folding import fold_warnings
from newsgen.core.progress import NullProgress, Progress, StageTiming
from newsgen.problems import Problem

Item = TypeVar("Item")

_SECONDS_BETWEEN_LINES: Final = 10.0
"""Seconds between two lines of progress in a log: enough to show that a CI job is alive."""
_SECONDS_BETWEEN_REFRESHES: Final = 0.1
_MIN_SHARE_FOR_ESTIMATE: Final = 0.05
"""Share of the items that must be done before the time left is estimated."""
_MIN_SHOWN_SECONDS: Final = 0.005
"""Shortest time that two decimals do not round to 0.00."""
_MIN_BAR_ITEMS: Final = 200
"""Fewer items than this are done before anybody could read a bar. Loading `rich` takes 0.1 s."""


def print_problems(
    problems: Iterable[Problem],
    limit: int | None = None,
    *,
    fold: bool = False,
    list_all: str = "newsgen check --verbose",
    color: bool | None = None,
) -> None:
    """Print problems with their hints to standard error, errors first.

    Args:
        problems: The problems.
        limit: The largest number of problems to print. None prints all.
        fold: Print warnings of one kind as one line if there are many.
        list_all: The command that prints all.
        color: Use colors. None leaves it to click, which uses them on a terminal.
    """
    # Warnings may be many. Errors first keeps them within the limit.
    ordered = sorted(problems, key=lambda problem: (not problem.is_error, problem))
    groups = fold_warnings(ordered) if fold else [(problem,) for problem in ordered]
    for group in groups[:limit]:
        _print_group(group, color=color)
    rest = sum(map(len, groups[limit:])) if limit is not None else 0
    if rest:
        click.echo(f"… and {rest:,} more; `{list_all}` lists them all.", err=True)
    elif len(groups) < len(ordered):
        click.echo(f"`{list_all}` lists every warning.", err=True)


def print_article_problems(problems: Sequence[Problem], *, verbose: bool) -> None:
    """Print the problems of a command that reads all articles, and exit with 1 for errors.

    Warnings about single articles are left out unless `verbose` is set.
    """
    # A warning with a line is about a single article. `newsgen check` shows those.
    shown = [one for one in problems if verbose or one.is_error or not one.location.line]
    print_problems(shown, fold=not verbose)
    if any(one.is_error for one in problems):
        sys.exit(1)


def _print_group(group: Sequence[Problem], *, color: bool | None) -> None:
    """Print a problem, or one line for a group of them."""
    problem = group[0]
    location = click.style(str(problem.location), bold=True)
    code = click.style(problem.code, fg="red" if problem.is_error else "yellow")
    if len(group) == 1:
        line = f"{location}: {code}: {problem.message}"
    else:
        files = format_count(len({one.location.file for one in group}), "file")
        line = f"{code}: {len(group):,} warnings in {files}, such as {location}: {problem.message}"
    click.echo(line, err=True, color=color)
    click.echo(click.style(f"    {problem.hint}", dim=True), err=True, color=color)


def count_problems(problems: Iterable[Problem]) -> str:
    """Return a count such as `2 errors, 1 warning`, or "" for no problems."""
    found = list(problems)
    errors = sum(problem.is_error for problem in found)
    parts = (format_count(errors, "error"), format_count(len(found) - errors, "warning"))
    return ", ".join(part for part in parts if not part.startswith("0 "))


def format_count(number: int, noun: str, plural: str = "") -> str:
    """Return `1 article` or `2 articles`. The plural has an `s` unless another one is given."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or f'{noun}s'}"


def print_timings(timings: Iterable[StageTiming]) -> None:
    """Print the duration of every stage that took measurable time."""
    click.echo(f"{'stage':12} {'seconds':>9} {'CPU':>9}")
    for timing in timings:
        if max(timing.wall, timing.cpu) >= _MIN_SHOWN_SECONDS:
            click.echo(f"{timing.stage:12} {timing.wall:9.2f} {timing.cpu:9.2f}")


def make_progress(*, quiet: bool) -> Progress:
    """Return a bar on a terminal, plain lines elsewhere, or nothing if `quiet` is set."""
    if quiet:
        return NullProgress()
    # A bar redraws its line, which would fill a log file with control characters.
    return _ProgressBar() if sys.stderr.isatty() else _ProgressLines()


class _StageProgress:
    """Base that keeps the name of the stage."""

    stage = ""

    def start_stage(self, stage: str) -> None:
        self.stage = stage


class _ProgressLines(_StageProgress):
    """A line now and then while a stage takes long."""

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:
        started = printed = monotonic()
        for number, item in enumerate(items, 1):
            # An item counts once the next one is asked for: only then is its work done.
            yield item
            if monotonic() - printed >= _SECONDS_BETWEEN_LINES:
                printed = monotonic()
                count = f"{number:,} of {total:,}" if total else f"{number:,}"
                left = ""
                # The first items include the loading of models, so they tell nothing of the rest.
                if total and number >= total * _MIN_SHARE_FOR_ESTIMATE:
                    left = _format_time_left((printed - started) / number * (total - number))
                click.echo(f"{self.stage}: {count}{left}", err=True)


def _format_time_left(seconds: float) -> str:
    """Return `, 12 min left`, or seconds if less than two minutes are left."""
    minutes = round(seconds / 60)
    return f", {minutes:,} min left" if minutes > 1 else f", {round(seconds)} s left"


class _ProgressBar(_StageProgress):
    """A bar, with the time left if the total is known."""

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:
        if total is not None and total < _MIN_BAR_ITEMS:
            yield from items
            return
        from rich import console, progress  # noqa: PLC0415 - see `_MIN_BAR_ITEMS`

        with progress.Progress(
            progress.TextColumn("{task.description:10}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeRemainingColumn(),
            console=console.Console(stderr=True),
            transient=True,
            # A thread that refreshes would run while worker processes are forked, and a fork
            # with threads can deadlock.
            auto_refresh=False,
        ) as bar:
            task = bar.add_task(self.stage, total=total)
            refreshed = 0.0
            for item in items:
                yield item
                bar.advance(task)
                # Redrawn here because `auto_refresh` is off, but not for every item.
                if monotonic() - refreshed > _SECONDS_BETWEEN_REFRESHES:
                    refreshed = monotonic()
                    bar.refresh()
