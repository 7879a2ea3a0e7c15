"""Fingerprint of the code: newsgen's own files, the packages it requires, and Python itself.

Results of another newsgen, or of the same one with another library, cannot be trusted. Packages
are derived from what is installed, never listed by hand, so none can be forgotten. Only what comes
with the system is named here: the libraries below Python, and time zones.
"""

import os
import sqlite3
import sys
import zlib
import zoneinfo
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Final

from newsgen import __version__
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.distributions import required_distributions
from newsgen.core.plugins import plugin_versions

_PACKAGE: Final = Path(__file__).parents[1]
_PREFIX: Final = len(f"{_PACKAGE}/")
# Keys that decide where files lie, how sources are read, or which articles are listed. They reach
# pages through the articles that they change. All other keys count as seen by every page.
_KEYS_NOT_ON_PAGES: Final = frozenset(
    {
        *("root", "source", "output", "templates", "static", "cache"),
        *("encoding", "max_article_size", "recognize", "rules"),
        *("drafts", "future", "old_domains", "assets", "exclude", "repair"),
    }
)


@cache
def code_fingerprint() -> bytes:
    """Return the fingerprint of newsgen as it is installed."""
    return digest(packages_fingerprint(), repr(list(_own_files())))


@cache
def packages_fingerprint() -> bytes:
    """Return the fingerprint of the versions of newsgen, the packages it requires, and Python.

    It is the same wherever the same versions are installed, unlike `code_fingerprint`, which covers
    the times of newsgen's own files.
    """
    plugins = [name for name, _ in plugin_versions()]
    return digest(
        __version__,
        repr(plugin_versions()),
        sys.version,
        # The system may upgrade these without Python. SQLite sorts and selects what pages show,
        # and files of the search index are compressed by zlib.
        sqlite3.sqlite_version,
        zlib.ZLIB_RUNTIME_VERSION,
        repr(sorted(required_distributions("newsgen", *plugins).items())),
    )


def timezone_fingerprint(timezone: str) -> bytes:
    """Return the fingerprint of the rules of an IANA time zone, empty without one.

    The system's rules come before those of the package tzdata (PEP 615), whose version is part of
    the code's fingerprint.
    """
    for folder in zoneinfo.TZPATH if timezone else ():
        try:
            return digest(Path(folder, timezone).read_bytes())
        except OSError:
            continue
    return b""


def page_settings_digest(site: Site) -> bytes:
    """Return the digest of every key of the configuration that pages may depend on."""
    keys = (key.name for key in fields(site) if key.name not in _KEYS_NOT_ON_PAGES)
    return digest(repr([(key, getattr(site, key)) for key in keys]))


def _own_files() -> Iterator[tuple[str, int, int]]:
    """Yield the path, size and time of each of newsgen's files that shape pages."""
    # `os` and not `pathlib`, which takes four times as long in every build.
    for folder, folders, files in os.walk(_PACKAGE):
        folders.sort()
        for name in sorted(files):
            # Templates and assets are not listed: `inputs` digests those of the theme in use.
            if name.endswith((".py", ".po", ".txt")):
                stat = os.stat(f"{folder}/{name}")  # noqa: PTH116
                yield f"{folder}/{name}"[_PREFIX:], stat.st_size, stat.st_mtime_ns
