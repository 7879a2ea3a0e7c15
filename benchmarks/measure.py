"""Measure a command: wall time, CPU time and the memory of all its processes.

Time and memory are measured in separate runs, because sampling memory costs time.
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

_SAMPLE_SECONDS: Final = 0.02
_SLOW_SAMPLE_SECONDS: Final = 0.5
_TIMEOUT_SECONDS: Final = 3_600


class Time(NamedTuple):
    """Wall time and CPU time in seconds."""

    wall: float
    cpu: float


def time(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> Time:
    """Run a command and time it, including its child processes.

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
        timeout=_TIMEOUT_SECONDS,
    )
    wall = perf_counter() - started
    return Time(wall, _cpu() - before)


def time_and_memory(command: Sequence[str], folder: Path) -> tuple[Time, float]:
    """Time a long command, and sample its memory rarely in the same run."""
    before = _cpu()
    started = perf_counter()
    peak = memory(command, folder, _SLOW_SAMPLE_SECONDS)
    wall = perf_counter() - started
    return Time(wall, _cpu() - before), peak


def memory(command: Sequence[str], folder: Path, pause: float = _SAMPLE_SECONDS) -> float:
    """Return the peak memory of a command's processes together, in MiB.

    On Linux this is the proportional set size (PSS), sampled every `pause` seconds. Elsewhere it is
    the largest resident set of a single process.

    Raises:
        subprocess.CalledProcessError: if the command fails.
    """
    with subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        if sys.platform != "linux":
            process.wait()
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        peak = [0.0]
        sampler = threading.Thread(target=_sample_peak, args=(process, peak, pause))
        sampler.start()
        process.wait()
        sampler.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return peak[0]


def _cpu() -> float:
    """Return the CPU seconds of all child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _sample_peak(process: subprocess.Popen[bytes], peak: list[float], pause: float) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_pss, _tree(process.pid))) / 1024)
        sleep(pause)


def _tree(root: int) -> list[int]:
    """Return a process and its descendants."""
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
    """Return the proportional set size of a process in KiB, 0 if it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
