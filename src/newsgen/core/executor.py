"""Doing one thing to many items: here, or in several processes at once.

It knows nothing of articles or pages. Results come in the items' order, and only so many items are
under way that neither they nor their results gather.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, Final, Generic, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_CHUNKS_AHEAD: Final = 3
_PR_SET_PDEATHSIG: Final = 1


class WorkerDied:
    """Stands in the place of a result: the process that worked on the item died."""


class Executor(Protocol):
    """The seam: how work is spread."""

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], chunk: int
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Do a function to each item; yields each item with its result, in the items' order.

        Args:
            function: may be pickled, and so may what it takes and returns.
            items: taken as they are needed.
            chunk: how many items are handed to a process at a time.
        """


class SerialExecutor:
    """All work in this process."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        chunk: int,  # noqa: ARG002 - one shape for all
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Do a function to each item."""
        return ((item, function(item)) for item in items)


class ProcessExecutor:
    """Work in several processes; a few items are not worth them and are done here."""

    def __init__(self, jobs: int) -> None:
        """Make ready for `jobs` processes; they are started when there is work for them."""
        self._jobs = jobs

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], chunk: int
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a function to each item; yields `WorkerDied` where a process died."""
        chunks = _chunked(iter(items), chunk)
        first = next(chunks, ())
        second = next(chunks, ())
        if not second:
            yield from SerialExecutor().map(function, first, chunk)
            return
        waiting = _Prepended((first, second), chunks)
        while waiting:
            yield from self._map_in_pool(function, waiting)

    def _map_in_pool(
        self, function: Callable[[Item], Result], waiting: "_Prepended[Item]"
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Work through the chunks; after a death put back those not done, and return."""
        pool = ProcessPoolExecutor(
            self._jobs, _context(), initializer=_start_worker, initargs=(function,)
        )
        under_way: deque[tuple[Sequence[Item], Future[list[Result]]]] = deque()
        try:
            while True:
                for one in islice(waiting, self._jobs * _CHUNKS_AHEAD - len(under_way)):
                    try:
                        under_way.append((one, pool.submit(_work, one)))
                    except BrokenProcessPool:
                        waiting.put_back([one])
                        raise
                if not under_way:
                    return
                items, future = under_way[0]
                yield from zip(items, future.result(), strict=True)
                under_way.popleft()
        except BrokenProcessPool:
            waiting.put_back(one for one, _ in under_way)
            yield from self._find_dead(function, next(waiting))
        except BaseException:
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _find_dead(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Do each item of a chunk in a process of its own, to learn which one kills it."""
        for item in items:
            pool = ProcessPoolExecutor(
                1, _context(), initializer=_start_worker, initargs=(function,)
            )
            try:
                (result,) = pool.submit(_work, (item,)).result()
            except BrokenProcessPool:
                yield item, WorkerDied()
            else:
                yield item, result
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def make_executor(jobs: int) -> Executor:
    """The executor for a number of processes; 0 is one for each processor."""
    count = jobs or _processors()
    return ProcessExecutor(count) if count > 1 else SerialExecutor()


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class _Prepended(Generic[Item]):
    """An iterator of chunks to which some can be put back."""

    def __init__(self, first: Iterable[Sequence[Item]], rest: Iterator[Sequence[Item]]) -> None:
        self._first = deque(first)
        self._rest = rest

    def __iter__(self) -> Iterator[Sequence[Item]]:
        return self

    def __next__(self) -> Sequence[Item]:
        return self._first.popleft() if self._first else next(self._rest)

    def __bool__(self) -> bool:
        if not self._first:
            self._first.extend(islice(self._rest, 1))
        return bool(self._first)

    def put_back(self, chunks: Iterable[Sequence[Item]]) -> None:
        self._first.extendleft(reversed(list(chunks)))


_function: Callable[[Any], Any] | None = None


def _start_worker(function: Callable[[Any], Any]) -> None:
    """Remember the work; leave the interrupt to the parent, which ends the workers."""
    global _function  # noqa: PLW0603 - a worker process does one thing
    _function = function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        # A worker whose parent is killed would wait for work for ever.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _work(items: Sequence[Any]) -> list[Any]:
    if _function is None:
        raise RuntimeError("the worker was not started")
    return list(map(_function, items))


def _context() -> multiprocessing.context.BaseContext:
    """Processes that inherit memory, where the platform does that well; else fresh ones."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _chunked(items: Iterator[Item], size: int) -> Iterator[Sequence[Item]]:
    while chunk := tuple(islice(items, size)):
        yield chunk
