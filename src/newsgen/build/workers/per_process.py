"""What a process keeps open between items: one thing, for one context, opened when it is needed.

What a process inherited from its parent is never touched: it belongs to the parent.
"""

import os
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Closable(Protocol):
    """Something that is open until it is closed."""

    def close(self) -> None:
        """Close it."""


Context = TypeVar("Context")
Opened = TypeVar("Opened", bound=Closable)


class PerProcess(Generic[Context, Opened]):
    """Keeps what `opens` made of a context, for this process."""

    def __init__(self, opens: Callable[[Context], Opened]) -> None:
        self._opens = opens
        self._kept: dict[int, tuple[Context, Opened]] = {}

    def at(self, context: Context) -> Opened:
        """What is open for a context; what was open for another one is closed."""
        known = self._kept.get(os.getpid())
        if known is None or known[0] is not context:
            self.clear()
            known = self._kept[os.getpid()] = (context, self._opens(context))
        return known[1]

    def clear(self) -> None:
        """Close what this process keeps open."""
        known = self._kept.pop(os.getpid(), None)
        if known is not None:
            known[1].close()
