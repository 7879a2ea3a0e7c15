"""Bytes of a source file, and the cache keys of results made from them."""

import os
import stat
from pathlib import Path

from newsgen.build.fingerprint import code_fingerprint
from newsgen.core.digest import digest
from newsgen.core.files import open_at_once
from newsgen.enrich import BodySettings
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
        with open(file, "rb", buffering=0, opener=open_at_once) as opened:
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


def make_body_key(source: str, source_digest: bytes, settings: BodySettings) -> bytes:
    """Return the cache key of an article body as HTML."""
    # The path decides which links are references.
    return digest("body", code_fingerprint(), source_digest, source, repr(settings))
