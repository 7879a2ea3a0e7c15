"""What the terminal shows: problems, progress, sums; colour and bars only to a person."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import Final, TypeVar

import click

from newsgen.core.progress import NullProgress, Progress, StageTiming
from newsgen.problems import Problem

Item = TypeVar("Item")

_SECONDS_BETWEEN_LINES: Final = 10.0
_SHORTEST_BAR: Final = 200


def print_problems(
    problems: Sequence[Problem], most: int | None = None, *, color: bool | None = None
) -> None:
    """Print problems on the standard error, each with its hint; at most `most`, errors first.

    Args:
        problems: to be printed.
        most: how many of them; None prints them all.
        color: whether in colour; None is as the terminal and the command's context have it.
    """
    ordered = sorted(problems, key=lambda problem: (not problem.is_error, problem))
    for problem in ordered[:most]:
        colour = "red" if problem.is_error else "yellow"
        place = click.style(str(problem.location), bold=True)
        code = click.style(problem.code, fg=colour)
        click.echo(f"{place}: {code}: {problem.message}", err=True, color=color)
        click.echo(click.style(f"    {problem.hint}", dim=True), err=True, color=color)
    if most is not None and len(ordered) > most:
        rest = len(ordered) - most
        click.echo(f"… and {rest:,} more; `newsgen check` lists them all.", err=True)


def end_survey(problems: Sequence[Problem], *, verbose: bool) -> None:
    """Print what is wrong with articles as far as a survey's user asks for it; exit 1 for errors.

    Warnings that have a line are `newsgen check`'s to tell, unless `verbose` asks for them.
    """
    print_problems([one for one in problems if verbose or one.is_error or not one.location.line])
    if any(one.is_error for one in problems):
        sys.exit(1)


def count_problems(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning`; "" if there are none."""
    found = list(problems)
    errors = sum(problem.is_error for problem in found)
    parts = (counted(errors, "error"), counted(len(found) - errors, "warning"))
    return ", ".join(part for part in parts if not part.startswith("0 "))


def counted(number: int, noun: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def print_timings(timings: Iterable[StageTiming]) -> None:
    """Print what each stage took that took any time."""
    click.echo(f"{'stage':12} {'seconds':>9} {'of CPU':>9}")
    for lap in timings:
        if max(lap.wall, lap.cpu) >= 0.005:  # noqa: PLR2004 - it would show as nothing
            click.echo(f"{lap.stage:12} {lap.wall:9.2f} {lap.cpu:9.2f}")


def progress_for(*, quiet: bool) -> Progress:
    """Progress as a bar on a terminal, as a line now and then elsewhere, or not at all."""
    if quiet:
        return NullProgress()
    return _Bar() if sys.stderr.isatty() else _Lines()


class _Stage:
    """Remembers the stage."""

    stage = ""

    def enter(self, stage: str) -> None:
        self.stage = stage


class _Lines(_Stage):
    """A line when a stage is long."""

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:
        began = said = monotonic()
        for number, item in enumerate(items, 1):
            yield item
            if monotonic() - said >= _SECONDS_BETWEEN_LINES:
                said = monotonic()
                of = f" of {total:,}" if total else ""
                left = _time_left((said - began) / number * (total - number)) if total else ""
                click.echo(f"{self.stage}: {number:,}{of}{left}", err=True)


def _time_left(seconds: float) -> str:
    """`, 12 min left`; seconds in the last minutes."""
    minutes = round(seconds / 60)
    return f", {minutes:,} min left" if minutes > 1 else f", {round(seconds)} s left"


class _Bar(_Stage):
    """A bar with the time left where the end is known."""

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:
        if total is not None and total < _SHORTEST_BAR:
            yield from items
            return
        from rich import console, progress  # noqa: PLC0415 - slow to load, and only people need it

        with progress.Progress(
            progress.TextColumn("{task.description:10}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeRemainingColumn(),
            console=console.Console(stderr=True),
            transient=True,
            auto_refresh=False,
        ) as bar:
            task = bar.add_task(self.stage, total=total)
            shown = 0.0
            for item in items:
                yield item
                bar.advance(task)
                if monotonic() - shown > 0.1:  # noqa: PLR2004
                    shown = monotonic()
                    bar.refresh()
