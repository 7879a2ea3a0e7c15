"""Measures a command: seconds by the clock and of the processors, and memory of all its processes.

Time and memory are taken in runs of their own, for looking at memory takes time.
"""

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter, sleep
from typing import Final, NamedTuple

_BETWEEN_LOOKS: Final = 0.02
_BETWEEN_FEW_LOOKS: Final = 0.5
_LIMIT: Final = 3_600


class Time(NamedTuple):
    """Seconds by the clock, and of the processors."""

    wall: float
    cpu: float


def time(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> Time:
    """Run a command and time it, the processes that it starts included.

    Raises:
        subprocess.CalledProcessError: if it fails.
        subprocess.TimeoutExpired: if it takes longer than an hour.
    """
    before = _cpu()
    started = perf_counter()
    subprocess.run(  # noqa: S603 - our own commands
        command,
        cwd=folder,
        env={**os.environ, **(env or {})},
        check=True,
        capture_output=True,
        timeout=_LIMIT,
    )
    wall = perf_counter() - started
    return Time(wall, _cpu() - before)


def time_and_memory(command: Sequence[str], folder: Path) -> tuple[Time, float]:
    """Time a command that takes long, looking at its memory now and then, as `memory` does."""
    before = _cpu()
    started = perf_counter()
    most = memory(command, folder, _BETWEEN_FEW_LOOKS)
    wall = perf_counter() - started
    return Time(wall, _cpu() - before), most


def memory(command: Sequence[str], folder: Path, pause: float = _BETWEEN_LOOKS) -> float:
    """The most memory that a command's processes had together, in MiB.

    On Linux that is the proportional set size (PSS), looked at with a pause of so many seconds;
    elsewhere the largest resident set of one process.

    Raises:
        subprocess.CalledProcessError: if the command fails.
    """
    with subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        if sys.platform != "linux":
            process.wait()
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        most = [0.0]
        looking = threading.Thread(target=_look, args=(process, most, pause))
        looking.start()
        process.wait()
        looking.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return most[0]


def _cpu() -> float:
    """Seconds of the processors that all processes started from here, and ended, have taken."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _look(process: subprocess.Popen[bytes], most: list[float], pause: float) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(map(_pss, _tree(process.pid))) / 1024)
        sleep(pause)


def _tree(root: int) -> list[int]:
    """A process and those that come from it."""
    found = [root]
    for process in found:
        try:
            tasks = list(Path(f"/proc/{process}/task").iterdir())
            children = " ".join((task / "children").read_text() for task in tasks)
        except OSError:
            continue
        found += map(int, children.split())
    return found


def _pss(process: int) -> int:
    """The proportional set size of a process in KiB; 0 if it is no more."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
