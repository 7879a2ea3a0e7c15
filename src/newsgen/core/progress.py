"""How far a build has come: a seam between the build, which counts, and the terminal."""

import os
from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Follows one build."""

    def enter(self, stage: str) -> None:
        """Take in that a stage begins, and that the one before it has ended.

        Args:
            stage: what is done, as a word for the reader: `Reading`.
        """

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:
        """Hand items of the stage through, one after the other.

        Args:
            items: what the stage works through.
            total: how many there are, where that is known.
        """


class NullProgress:
    """Shows nothing."""

    def enter(self, stage: str) -> None:
        """Take in that a stage begins."""

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:  # noqa: ARG002
        """Hand items through."""
        return iter(items)


class StageTiming(NamedTuple):
    """What a stage took: seconds by the clock, and of the processors, worker processes included."""

    stage: str
    wall: float
    cpu: float


class TimedProgress:
    """Progress that measures what each stage takes, and shows it as another progress does."""

    def __init__(self, shown: Progress) -> None:
        """Start, in a stage of its own name: `Starting`."""
        self._shown = shown
        self._laps: list[StageTiming] = []
        self._stage = "Starting"
        self._begun = _now()

    def enter(self, stage: str) -> None:
        """Take in that a stage begins."""
        self._shown.enter(stage)
        self._laps.append(self._lap())
        self._stage, self._begun = stage, _now()

    def track(self, items: Iterable[Item], total: int | None) -> Iterator[Item]:
        """Hand items through."""
        return self._shown.track(items, total)

    def timings(self) -> list[StageTiming]:
        """The stages so far, the present one included."""
        return [*self._laps, self._lap()]

    def _lap(self) -> StageTiming:
        wall, cpu = _now()
        return StageTiming(self._stage, wall - self._begun[0], cpu - self._begun[1])


def _now() -> tuple[float, float]:
    times = os.times()
    return perf_counter(), times.user + times.system + times.children_user + times.children_system
