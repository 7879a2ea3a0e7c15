"""Worker processes: their start, their end, and the work that they are given.

`executor` decides which process works on which item.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from newsgen.core.budget import Budget, OverTimeError, is_over_memory, is_over_time, limited

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


class Resources(Protocol):
    """Values that a worker keeps open between items: database connections, templates, models.

    Resources open their parts at first use. So an error while opening reaches the caller as the
    error of a task, and small work opens nothing that it does not need.
    """

    def close(self) -> None:
        """Close everything that has been opened."""


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


def no_budget(_item: Any) -> None:
    """Return the budget of any item of a task that needs no limit."""


class Work(NamedTuple):
    """The task of a pool, the resources that it needs, and the limits of its items."""

    task: Callable[[Any, Any], Any]
    open_resources: Callable[[], Resources]
    make_budget: MakeBudget


class LoneWorker:
    """Worker process for one item at a time, started for the first one and after each death.

    Unlike a pool it knows which item its process died of, and how.
    """

    def __init__(self, work: Work) -> None:
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
            with blocked_interrupts():
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


def start_pool(jobs: int, work: Work) -> ProcessPoolExecutor:
    """Return a pool of worker processes, which are started at the first call."""
    return ProcessPoolExecutor(jobs, _get_context(), initializer=_start_worker, initargs=(work,))


def run_chunk(items: Sequence[Any]) -> list[Any]:
    """Return the results of some items, in a worker process."""
    if _worker is None:
        raise RuntimeError("the worker was not initialized")
    return [_run_item(_worker, item) for item in items]


@contextmanager
def blocked_interrupts() -> Iterator[None]:
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


def _serve(connection: "Connection", work: Work) -> None:
    """Work on items from a connection until it is closed."""
    _start_worker(work)
    with suppress(EOFError):
        while True:
            item = connection.recv()
            try:
                (result,) = run_chunk((item,))
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


def _start_worker(work: Work) -> None:
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


def _get_context() -> Any:
    # Forking is safe on Linux, where no thread of ours runs yet, and shares loaded modules.
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
