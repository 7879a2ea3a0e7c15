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
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, Protocol, TypeVar

from newsgen.core.budget import Budget, OverTimeError, is_over_memory, is_over_time, limited

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

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


@dataclass(frozen=True, slots=True)
class WorkerDied:
    """Result of an item whose worker process died, or that was over its budget.

    Attributes:
        cause: What it had too much of, empty if that is not known.
    """

    cause: Literal["time", "memory", ""] = ""


MakeBudget = Callable[[Any], Budget | None]
"""Function that returns the budget of an item, None for one that cannot need much."""


def _no_budget(_item: Any) -> None:
    """Return the budget of any item of a task that needs no limit."""


class Executor(Protocol):
    """Strategy for spreading work over processes."""

    def map(
        self,
        task: Callable[[ResourcesType, Item], Result],
        items: Iterable[Item],
        chunk_size: int,
        open_resources: Callable[[], ResourcesType],
        make_budget: MakeBudget = _no_budget,
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
        make_budget: MakeBudget = _no_budget,
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a task to each item. An item that ends its process yields `WorkerDied`."""
        lone = _LoneWorker(_Work(task, open_resources, make_budget))
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
        make_budget: MakeBudget = _no_budget,
    ) -> Iterator[tuple[Item, Result | WorkerDied]]:
        """Apply a task to each item. An item that kills its process yields `WorkerDied`."""
        chunks = _split_into_chunks(iter(items), chunk_size)
        first = next(chunks, ())
        second = next(chunks, ())
        if not second:
            # Starting processes costs more than one chunk of work.
            yield from SerialExecutor().map(task, first, chunk_size, open_resources, make_budget)
            return
        work = _Work(task, open_resources, make_budget)
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
            with closing(_LoneWorker(work)) as lone:
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


class _Work(NamedTuple):
    """The task of a pool, the resources that it needs, and the limits of its items."""

    task: Callable[[Any, Any], Any]
    open_resources: Callable[[], Resources]
    make_budget: MakeBudget


class _LoneWorker:
    """Worker process for one item at a time, started for the first one and after each death.

    Unlike a pool it knows which item its process died of, and how.
    """

    def __init__(self, work: _Work) -> None:
        self._work = work
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def run(self, item: Any) -> Any | WorkerDied:
        """Return the result of an item.

        Raises:
            Exception: What the task raises.
        """
        if self._process is None or self._connection is None:
            context = _get_context()
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._work), daemon=True)
            with _blocked_interrupts():
                self._process.start()
            theirs.close()
        try:
            self._connection.send(item)
            error, result = self._connection.recv()
        except (EOFError, OSError):
            self._process.join()
            result, error = _explain_death(self._process.exitcode or 0), None
        if isinstance(result, WorkerDied):
            # An exception may have come at a bad moment, so the process is not used again.
            self.close()
        if error:
            raise error
        return result

    def close(self) -> None:
        """End the process."""
        if self._process and self._connection:
            self._connection.close()
            # It waits for the next item. On an error it may be in the midst of one.
            self._process.terminate()
            self._process.join()
        self._process = self._connection = None


def _serve(connection: "Connection", work: _Work) -> None:
    """Work on items from a connection until it is closed."""
    _start_worker(work)
    with suppress(EOFError):
        while True:
            item = connection.recv()
            try:
                (result,) = _run_chunk((item,))
            except Exception as error:  # noqa: BLE001 - raised again in the parent
                connection.send((error, None))
            else:
                connection.send((None, result))


class _Worker(NamedTuple):
    """The task of this worker process, its open resources, and the limits of its items."""

    task: Callable[[Any, Any], Any]
    resources: Resources
    make_budget: MakeBudget


# A pool's initializer can only hand its work on through a global of the worker process.
_worker: _Worker | None = None


def _start_worker(work: _Work) -> None:
    """Initialize a worker process."""
    global _worker  # noqa: PLW0603 - see above
    _worker = _Worker(work.task, work.open_resources(), work.make_budget)
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
    return [_run_item(_worker, item) for item in items]


def _run_item(worker: _Worker, item: Any) -> Any | WorkerDied:
    try:
        with limited(worker.make_budget(item)):
            return worker.task(worker.resources, item)
    except OverTimeError:
        return WorkerDied("time")
    except MemoryError:
        return WorkerDied("memory")


def _explain_death(exit_code: int) -> WorkerDied:
    if is_over_time(exit_code):
        return WorkerDied("time")
    return WorkerDied("memory" if is_over_memory(exit_code) else "")


def _start_pool(jobs: int, work: _Work) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, _get_context(), initializer=_start_worker, initargs=(work,))


def _get_context() -> Any:
    # Forking is safe on Linux, where no thread of ours runs yet, and shares loaded modules.
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _split_into_chunks(items: Iterator[Item], size: int) -> Iterator[Sequence[Item]]:
    while chunk := tuple(islice(items, size)):
        yield chunk
