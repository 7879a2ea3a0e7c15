"""How far a build has come: a seam between the build, which counts, and the terminal."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Follows one build."""

    def track(self, items: Iterable[Item], stage: str, total: int | None) -> Iterator[Item]:
        """Hand items through, one after the other.

        Args:
            items: what the stage works through.
            stage: what is done to them, as a word for the reader: `Reading`.
            total: how many there are, where that is known.
        """


class Silent:
    """Shows nothing."""

    def track(self, items: Iterable[Item], stage: str, total: int | None) -> Iterator[Item]:  # noqa: ARG002
        """Hand items through."""
        return iter(items)
