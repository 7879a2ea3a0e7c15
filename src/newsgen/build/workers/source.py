"""A source's bytes, and the names under which results made of them are kept."""

import os
from pathlib import Path

from newsgen import __version__
from newsgen.core.digest import digest
from newsgen.core.plugins import plugin_versions
from newsgen.problems import Location, problem_error


def read_source(file: Path, limit: int, location: Location) -> bytes:
    """The bytes of a source; at most `limit` of them.

    Raises:
        NewsgenError: `too-large` or `unreadable`.
    """
    try:
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - a path's `open` is half as fast
            size = os.fstat(opened.fileno()).st_size
            if size > limit:
                raise problem_error(
                    "too-large", f"has {size:,} bytes; the most is {limit:,}", location
                )
            data = opened.read(size + 1)
            return data if len(data) == size else data + opened.readall()
    except OSError as error:
        raise problem_error("unreadable", f"cannot be read: {error.strerror}", location) from error


def key_of_body(digest_of_source: bytes, raw_html: str) -> bytes:
    """The name under which a body is kept as HTML."""
    return digest("body", __version__, repr(plugin_versions()), digest_of_source, raw_html)
