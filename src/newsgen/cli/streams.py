"""Standard streams: made usable at the start, and checked when writing to them fails.

A parent process may close them, send them to a full disk, or choose an encoding without Cyrillic.
"""

import io
import os
import sys
from traceback import walk_tb
from typing import Literal, TextIO

import click


def prepare_streams() -> None:
    """Open closed streams, and make both outputs take every character."""
    # Without this, the next file that is opened gets the number of a closed stream, and what other
    # programs print ends up in that file. Standard output is opened for reading, so that the first
    # result that is lost is an error, as in other programs. Messages have nowhere else to go.
    if sys.stdin is None:
        sys.stdin = _open_null(os.O_RDONLY, "r")
    if sys.stdout is None:
        sys.stdout = _open_null(os.O_RDONLY, "w")
    if sys.stderr is None:
        sys.stderr = _open_null(os.O_WRONLY, "w")
    # Names of files may hold bytes that are no valid Unicode.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def find_failed_stream(error: OSError) -> str:
    """Return the name of the output that an error is about, or "" if it is about something else."""
    # Such an error names no file. All output goes through `click.echo`, that of click included.
    for call, _ in walk_tb(error.__traceback__):
        if call.f_code is click.echo.__code__:
            return "standard error" if call.f_locals["err"] else "standard output"
    return ""


def discard_output() -> None:
    """Drop everything that is still to be written to an output that cannot be written.

    Python flushes both outputs once more when it exits, which must not fail again:
    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(null, stream.fileno())


def _open_null(flags: int, mode: Literal["r", "w"]) -> TextIO:
    descriptor = os.open(os.devnull, flags)
    return open(descriptor, mode, encoding="utf-8", closefd=False)
