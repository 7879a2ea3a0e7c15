"""Budget of one task in a worker process: seconds of processor time and bytes of memory.

A task over its budget gets an exception. If it is inside a library written in C or Rust, which
knows no exceptions, it loses its process. Windows has no such limits: there every task may take
what it wants.
"""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

if sys.platform != "win32":
    import resource

_CHECK_SECONDS: Final = 0.1
"""Processor time between two looks at time and memory."""

_GRACE_SECONDS: Final = 2
"""Processor time beyond the budget after which the system ends the process."""

_HARD_MEMORY: Final = 4
"""Multiple of the budget at which the system gives no more memory.

The system counts virtual memory, of which much is reserved and never used."""


class Budget(NamedTuple):
    """Limits of one task.

    Attributes:
        seconds: Processor time.
        memory: Bytes, beside those that the process has already.
    """

    seconds: float
    memory: int


class OverTimeError(Exception):
    """A task has used up its processor time."""


@contextmanager
def limited(budget: Budget | None) -> Iterator[None]:
    """Enforce a budget until the block ends. None is no limit.

    This must be the main thread of a worker process: only there the exceptions can be raised, and
    only there the end of the process does no harm.

    Raises:
        OverTimeError: If the time is used up.
        MemoryError: If the memory is used up.
    """
    if budget is None or sys.platform == "win32":
        yield
        return
    last_second = time.process_time() + budget.seconds
    last_byte = _peak_memory() + budget.memory

    def check(*_: object) -> None:
        if time.process_time() > last_second:
            raise OverTimeError(f"more than {budget.seconds:.0f} s of processor time")
        if _peak_memory() > last_byte:
            raise MemoryError(f"more than {budget.memory // 1_000_000:,} MB of memory")

    handler = signal.signal(signal.SIGPROF, check)
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_limit_space(budget, before[0]), before[1]))
    # Python calls a handler only between two of its own instructions. The second timer has no
    # handler, so the system ends the process.
    signal.setitimer(signal.ITIMER_VIRTUAL, budget.seconds + _GRACE_SECONDS)
    signal.setitimer(signal.ITIMER_PROF, _CHECK_SECONDS, _CHECK_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, before)
        signal.signal(signal.SIGPROF, handler)


def is_over_time(exit_code: int) -> bool:
    """Return True if a process with this exit code was ended for its processor time."""
    return sys.platform != "win32" and exit_code == -signal.SIGVTALRM


def is_over_memory(exit_code: int) -> bool:
    """Return True if a process with this exit code was probably ended for its memory."""
    # Rust aborts when it gets no memory. The system kills the largest process when it has none.
    return sys.platform != "win32" and exit_code in {-signal.SIGABRT, -signal.SIGKILL}


def _peak_memory() -> int:
    """Return the largest number of bytes that this process ever had in memory."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _limit_space(budget: Budget, before: int) -> int:
    """Return the limit of the virtual memory, in bytes.

    Args:
        budget: The budget.
        before: The limit as it is.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        # Only Linux tells and limits the virtual memory. Elsewhere `limited` looks at the peak.
        return before
    wanted = pages * resource.getpagesize() + _HARD_MEMORY * budget.memory
    return wanted if before == resource.RLIM_INFINITY else min(wanted, before)
