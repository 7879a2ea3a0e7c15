"""Bytes of a source file, and the cache keys of results made from them."""

import os
import stat
from pathlib import Path

from newsgen.build.fingerprint import code_fingerprint
from newsgen.config import ReadSettings
from newsgen.core.digest import digest
from newsgen.problems import Location, problem_error


def read_source(file: Path, limit: int, location: Location) -> bytes:
    """Return the bytes of a source.

    Args:
        file: Where it lies.
        limit: Largest size allowed, in bytes.
        location: The file as the user knows it.

    Raises:
        NewsgenError: `too-large` or `unreadable`.
    """
    try:
        # `Path.open` is half as fast.
        with open(file, "rb", buffering=0, opener=_open_file) as opened:
            found = os.fstat(opened.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise problem_error("unreadable", "is not a regular file", location)
            size = found.st_size
            if size > limit:
                message = f"has {size:,} bytes; the limit is {limit:,}"
                raise problem_error("too-large", message, location)
            # One byte more than the size shows at once if the file is growing.
            data = opened.read(size + 1)
            return data if len(data) == size else data + opened.readall()
    except OSError as error:
        raise problem_error("unreadable", f"cannot be read: {error.strerror}", location) from error


def _open_file(file: str, flags: int) -> int:
    # Opening a FIFO would wait for somebody to write into it.
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))


def make_body_key(source: str, source_digest: bytes, reading: ReadSettings) -> bytes:
    """Return the cache key of an article body as HTML."""
    # The path, the hosts and the copies decide which links are references.
    settings = f"{reading.raw_html} {reading.hosts} {reading.media!r} {reading.copies.digest}"
    return digest("body", code_fingerprint(), source_digest, source, settings)
