"""Ordered map of a task over many items, in this process or in several worker processes.

Results come in the order of the items. Only a few chunks are under way at a time, so that neither
items nor results pile up in memory. This module knows nothing of articles or pages.
"""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from itertools import islice
from typing import Any, Final, Generic, Protocol, TypeVar

from newsgen.core.worker import (
    LoneWorker,
    MakeBudget,
    Resources,
    Work,
    WorkerDied,
    blocked_interrupts,
    no_budget,
    run_chunk,
    start_pool,
)

_CHUNKS_AHEAD: Final = 3
"""Chunks queued for each worker: enough to keep it busy while results are consumed."""

Item = TypeVar("Item")
Result = TypeVar("Result")
ResourcesType = TypeVar("ResourcesType", bound=Resources)


class Executor(Protocol):
    """Strategy for spreading work over processes."""

    def map(
        self,
        task: Callable[[ResourcesType, Item], Result],
        items: Iterable[Item],
        chunk_size: int,
        open_resources: Callable[[], ResourcesType],
        make_budget: MakeBudget = no_budget,
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a task to each item.

        Args:
            task: Function of the worker's resources and an item. The function, items and results
                must be picklable.
            items: Taken one chunk at a time, as workers become free.
            chunk_size: Number of items handed to a worker at a time.
            open_resources: Called once in each worker; its result is passed to every task there.
            make_budget: Returns the limits of an item. One that has limits is never worked on in
                this process, as it may end the process that works on it.

        Yields:
            Each item with its result, in the order of the items.
        """


class SerialExecutor:
    """Executor that does all work in this process, except for items with a budget."""

    def map(
        self,
        task: Callable[[ResourcesType, Item], Result],
        items: Iterable[Item],
        chunk_size: int,  # noqa: ARG002 - part of the protocol
        open_resources: Callable[[], ResourcesType],
        make_budget: MakeBudget = no_budget,
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a task to each item. An item that ends its process yields `WorkerDied`."""
        lone = LoneWorker(Work(task, open_resources, make_budget))
        with closing(open_resources()) as resources, closing(lone):
            for item in items:
                # `limited` ends the process of a task in the end, so it is never this one.
                yield item, lone.run(item) if make_budget(item) else task(resources, item)


class ProcessExecutor:
    """Executor that uses several processes, or this one if there is only one chunk of work."""

    def __init__(self, jobs: int) -> None:
        """Prepare `jobs` processes, which are started when there is work for them."""
        self._jobs = jobs

    def map(
        self,
        task: Callable[[ResourcesType, Item], Result],
        items: Iterable[Item],
        chunk_size: int,
        open_resources: Callable[[], ResourcesType],
        make_budget: MakeBudget = no_budget,
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a task to each item. An item that kills its process yields `WorkerDied`."""
        chunks = _split_into_chunks(iter(items), chunk_size)
        first = next(chunks, ())
        second = next(chunks, ())
        if not second:
            # Starting processes costs more than one chunk of work.
            yield from SerialExecutor().map(task, first, chunk_size, open_resources, make_budget)
            return
        work = Work(task, open_resources, make_budget)
        waiting = _ChunkQueue((first, second), chunks)
        while waiting:
            yield from self._map_in_pool(work, waiting)

    def _map_in_pool(
        self, work: "Work", waiting: "_ChunkQueue[Item]"
    ) -> Iterator[tuple[Item, Any]]:
        """Work through the chunks. If a worker dies, put back unfinished chunks and return."""
        pool = start_pool(self._jobs, work)
        under_way: deque[tuple[Sequence[Item], Future[list[Any]]]] = deque()
        try:
            while True:
                for chunk in islice(waiting, self._jobs * _CHUNKS_AHEAD - len(under_way)):
                    try:
                        # The first call starts the workers.
                        with blocked_interrupts():
                            under_way.append((chunk, pool.submit(run_chunk, chunk)))
                    except BrokenProcessPool:
                        waiting.put_back([chunk])
                        raise
                if not under_way:
                    return
                items, future = under_way[0]
                yield from zip(items, future.result(), strict=True)
                under_way.popleft()
        except BrokenProcessPool:
            # One death breaks the whole pool and does not say which item caused it.
            waiting.put_back(chunk for chunk, _ in under_way)
            with closing(LoneWorker(work)) as lone:
                for item in next(waiting):
                    yield item, lone.run(item)
        except BaseException:
            # `shutdown` below would wait for the chunks under way.
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def make_executor(jobs: int) -> Executor:
    """Return an executor for a number of processes, 0 for one per processor."""
    count = jobs or _count_processors()
    return ProcessExecutor(count) if count > 1 else SerialExecutor()


def _count_processors() -> int:
    """Return the number of processors that this process may use."""
    # cpu_count() ignores the limits of containers and of taskset.
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class _ChunkQueue(Generic[Item]):
    """Iterator over chunks that takes chunks back."""

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
        """Put chunks back at the front, in their order."""
        self._first.extendleft(reversed(list(chunks)))


def _split_into_chunks(items: Iterator[Item], size: int) -> Iterator[Sequence[Item]]:
    while chunk := tuple(islice(items, size)):
        yield chunk
