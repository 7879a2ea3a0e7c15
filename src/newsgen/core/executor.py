"""Ordered map of a task over many items, in this process or in several worker processes.

Results come in the order of the items. Only a few chunks are under way at a time, so that neither
items nor results pile up in memory. This module knows nothing of articles or pages.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

_CHUNKS_AHEAD: Final = 3
"""Chunks queued for each worker: enough to keep it busy while results are consumed."""


class Resources(Protocol):
    """Values that a worker keeps open between items: database connections, templates, models.

    Resources open their parts at first use. So an error while opening reaches the caller as the
    error of a task, and small work opens nothing that it does not need.
    """

    def close(self) -> None:
        """Close everything that has been opened."""


Item = TypeVar("Item")
Result = TypeVar("Result")
ResourcesType = TypeVar("ResourcesType", bound=Resources)


class NoResources:
    """Resources of a task that needs none."""

    def close(self) -> None:
        """Do nothing."""


class WorkerDied:
    """Result of an item whose worker process died."""


class Executor(Protocol):
    """Strategy for spreading work over processes."""

    def map(
        self,
        task: Callable[[ResourcesType, Item], Result],
        items: Iterable[Item],
        chunk_size: int,
        open_resources: Callable[[], ResourcesType],
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a task to each item.

        Args:
            task: Function of the worker's resources and an item. The function, items and results
                must be picklable.
            items: Taken one chunk at a time, as workers become free.
            chunk_size: Number of items handed to a worker at a time.
            open_resources: Called once in each worker; its result is passed to every task there.

        Yields:
            Each item with its result, in the order of the items.
        """


class SerialExecutor:
    """Executor that does all work in this process."""

    def map(
        self,
        task: Callable[[ResourcesType, Item], Result],
        items: Iterable[Item],
        chunk_size: int,  # noqa: ARG002 - part of the protocol
        open_resources: Callable[[], ResourcesType],
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a task to each item."""
        with closing(open_resources()) as resources:
            for item in items:
                yield item, task(resources, item)


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
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a task to each item. An item that kills its process yields `WorkerDied`."""
        chunks = _split_into_chunks(iter(items), chunk_size)
        first = next(chunks, ())
        second = next(chunks, ())
        if not second:
            # Starting processes costs more than one chunk of work.
            yield from SerialExecutor().map(task, first, chunk_size, open_resources)
            return
        work = _Work(task, open_resources)
        waiting = _ChunkQueue((first, second), chunks)
        while waiting:
            yield from self._map_in_pool(work, waiting)

    def _map_in_pool(
        self, work: "_Work", waiting: "_ChunkQueue[Item]"
    ) -> Iterator[tuple[Item, Any]]:
        """Work through the chunks. If a worker dies, put back unfinished chunks and return."""
        pool = _start_pool(self._jobs, work)
        under_way: deque[tuple[Sequence[Item], Future[list[Any]]]] = deque()
        try:
            while True:
                for chunk in islice(waiting, self._jobs * _CHUNKS_AHEAD - len(under_way)):
                    try:
                        # The first call starts the workers.
                        with _blocked_interrupts():
                            under_way.append((chunk, pool.submit(_run_chunk, chunk)))
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
            yield from self._map_one_by_one(work, next(waiting))
        except BaseException:
            # `shutdown` below would wait for the chunks under way.
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _map_one_by_one(
        self, work: "_Work", items: Sequence[Item]
    ) -> Iterator[tuple[Item, Any | WorkerDied]]:
        """Give each item of a chunk a process of its own, to find the one that kills it."""
        for item in items:
            pool = _start_pool(1, work)
            try:
                with _blocked_interrupts():
                    future = pool.submit(_run_chunk, (item,))
                (result,) = future.result()
            except BrokenProcessPool:
                yield item, WorkerDied()
            else:
                yield item, result
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


class _Work(NamedTuple):
    """The task of a pool and the resources that it needs."""

    task: Callable[[Any, Any], Any]
    open_resources: Callable[[], Resources]


class _Worker(NamedTuple):
    """The task of this worker process and its open resources."""

    task: Callable[[Any, Any], Any]
    resources: Resources


# A pool's initializer can only hand its work on through a global of the worker process.
_worker: _Worker | None = None


def _start_worker(work: _Work) -> None:
    """Initialize a worker process."""
    global _worker  # noqa: PLW0603 - see above
    _worker = _Worker(work.task, work.open_resources())
    # Ctrl-C reaches the whole process group. The parent handles it and ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    # Otherwise a worker whose parent is killed waits for work forever.
    threading.Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    """Wait until the parent process ends, and end this one."""
    if parent := multiprocessing.parent_process():
        # A parent that has died already is noticed, too.
        parent.join()
        os._exit(1)


@contextmanager
def _blocked_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back until the block ends.

    A worker inherits this until it ignores Ctrl-C. Otherwise one that is just starting would print
    a traceback.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run_chunk(items: Sequence[Any]) -> list[Any]:
    if _worker is None:
        raise RuntimeError("the worker was not initialized")
    return [_worker.task(_worker.resources, item) for item in items]


def _start_pool(jobs: int, work: _Work) -> ProcessPoolExecutor:
    # Forking is safe on Linux, where no thread of ours runs yet, and shares loaded modules.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_start_worker, initargs=(work,))


def _split_into_chunks(items: Iterator[Item], size: int) -> Iterator[Sequence[Item]]:
    while chunk := tuple(islice(items, size)):
        yield chunk
