"""Progress of a build: the stages report it, the terminal shows it.

This module defines the interface between the two, with a silent and a timed version. Bars and
colors belong to the command line.
"""

import os
from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Observer of one build."""

    def start_stage(self, stage: str) -> None:
        """Note that a stage begins, which ends the stage before.

        Args:
            stage: A word for the user, such as `Reading`.
        """

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:
        """Yield the items of the stage, and count them.

        Args:
            items: The items to work through.
            total: Their number, if it is known.
        """


class NullProgress:
    """Progress that shows nothing."""

    def start_stage(self, stage: str) -> None:
        """Do nothing."""

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:  # noqa: ARG002
        """Yield the items."""
        return iter(items)


class StageTiming(NamedTuple):
    """Duration of one stage, in seconds.

    `wall` is elapsed time. `cpu` is processor time, worker processes included.
    """

    stage: str
    wall: float
    cpu: float


class TimedProgress:
    """Progress that times each stage, and passes everything on to another progress."""

    def __init__(self, shown: Progress) -> None:
        """Start the clock in a first stage named `Starting`."""
        self._shown = shown
        self._timings: list[StageTiming] = []
        self._stage = "Starting"
        self._started = _now()

    def start_stage(self, stage: str) -> None:
        """Note that a stage begins."""
        self._shown.start_stage(stage)
        self._timings.append(self._current_timing())
        self._stage, self._started = stage, _now()

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:
        """Yield the items."""
        return self._shown.track(items, total)

    def timings(self) -> list[StageTiming]:
        """Return the timings of all stages, the current one included."""
        return [*self._timings, self._current_timing()]

    def _current_timing(self) -> StageTiming:
        wall, cpu = _now()
        return StageTiming(self._stage, wall - self._started[0], cpu - self._started[1])


def _now() -> tuple[float, float]:
    # The children's times count a worker process only once it has ended, so the stage that ends
    # the workers is charged with their work.
    times = os.times()
    return perf_counter(), times.user + times.system + times.children_user + times.children_system
