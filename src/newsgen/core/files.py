"""Reading files in fixed places, where users or accidents may put anything."""

import os
import stat
from pathlib import Path

from newsgen.problems import Location, problem_error


def read_regular_file(path: Path, limit: int, shown_as: str) -> bytes:
    """Return the bytes of a file that stands in a fixed place, such as `newsgen.yaml`.

    Args:
        path: Where it lies.
        limit: Largest size allowed, in bytes.
        shown_as: Its path as the user knows it.

    Raises:
        FileNotFoundError: If there is no such file.
        NewsgenError: `unreadable` or `too-large`.
    """
    location = Location(shown_as)
    try:
        # Opening a FIFO would wait for somebody to write into it.
        if not path.is_dir() and path.exists() and not path.is_file():
            raise problem_error("unreadable", "is not a regular file", location)
        with path.open("rb") as opened:
            # One byte more shows a larger file, even if its size is unknown or is growing.
            data = opened.read(limit + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise problem_error("unreadable", f"cannot be read: {error.strerror}", location) from error
    if len(data) > limit:
        hint = "check that it is the right file"
        raise problem_error("too-large", f"has more than {limit:,} bytes", location, hint)
    return data


def is_special_file(path: Path) -> bool:
    """Return True for a FIFO, a socket, a device, or a symlink that leads to none or nowhere."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return path.is_symlink()
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def open_at_once(path: str, flags: int) -> int:
    """Open a file for Python's `open`, without waiting for somebody to write into a FIFO."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
