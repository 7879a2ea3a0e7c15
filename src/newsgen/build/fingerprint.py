"""Fingerprint of the code: newsgen's own files, the packages it requires, and Python itself.

Results of another newsgen, or of the same one with another library, cannot be trusted. Packages
are derived from what is installed, never listed by hand, so none can be forgotten. Only what comes
with the system is named here: the libraries below Python, and time zones.
"""

import os
import re
import sqlite3
import sys
import zlib
import zoneinfo
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Final

from newsgen import __version__
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.distributions import (
    InstalledDistribution,
    find_distributions,
    normalize_name,
)
from newsgen.core.plugins import plugin_versions

_PACKAGE: Final = Path(__file__).parents[1]
_PREFIX: Final = len(f"{_PACKAGE}/")
_NAME: Final = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA: Final = re.compile(r"\bextra\s*==\s*[\"']([^\"']+)")
# These extras hold tools for working on newsgen. No page depends on them.
_TOOL_EXTRAS: Final = frozenset({"bench", "dev", "fuzz"})
# Keys that decide where files lie, how sources are read, or which articles are listed. They reach
# pages through the articles that they change. All other keys count as seen by every page.
_KEYS_NOT_ON_PAGES: Final = frozenset(
    {
        *("root", "source", "output", "templates", "static", "cache"),
        *("encoding", "max_article_size", "recognize", "rules"),
        *("drafts", "future", "old_domains", "assets"),
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


def required_distributions(*roots: str) -> dict[str, str]:
    """Return the versions of some distributions and of all that they require, by their names.

    Requirements are followed to the end. Extras count as far as their packages are installed. The
    files are those of the `.dist-info` folders (Core Metadata 2.x, PEP 376) and of the `.egg-info`
    folders of older tools. A distribution that was installed from a repository has the commit in
    its version, as far as `direct_url.json` tells (PEP 610).
    """
    # importlib.metadata parses every METADATA as an e-mail, README included: 87 ms for 35
    # distributions, a third of a build with nothing to do. Reading the headers alone takes 14 ms.
    installed = find_distributions()
    found: dict[str, str] = {}
    followed: set[tuple[str, str]] = set()
    # Pairs of a distribution and one of its extras, "" being what it requires without any.
    waiting = [(root, extra) for root in roots for extra in ("", *_find_extras(installed, root))]
    while waiting:
        name, extra = waiting.pop()
        # Not installed: of an extra, or for another platform.
        if (name, extra) in followed or name not in installed:
            continue
        followed.add((name, extra))
        version, folder = installed[name]
        found[name] = version + _read_text(f"{folder}/direct_url.json")
        for requirement in _read_requirements(folder):
            condition = _EXTRA.search(requirement)
            if (condition[1] if condition else "") == extra and (match := _NAME.match(requirement)):
                required = normalize_name(match[1])
                waiting += [(required, "")]
                waiting += [(required, one.strip()) for one in (match[2] or "").split(",") if one]
    return found


def _find_extras(installed: Mapping[str, InstalledDistribution], name: str) -> set[str]:
    """Return the extras of a distribution whose packages may shape pages."""
    if name not in installed:
        return set()
    found = (_EXTRA.search(line) for line in _read_requirements(installed[name].folder))
    return {extra[1] for extra in found if extra} - _TOOL_EXTRAS


def _read_requirements(folder: str) -> Iterator[str]:
    """Yield the requirements of a distribution from the headers of its METADATA."""
    if folder.endswith(".egg-info"):
        yield from _read_egg_requirements(folder)
        return
    try:
        with open(f"{folder}/METADATA", "rb") as file:  # noqa: PTH123
            for line in file:
                if not line.strip():
                    return  # the description follows
                if line.startswith(b"Requires-Dist:"):
                    yield line.partition(b":")[2].strip().decode("utf-8", "replace")
    except OSError:
        return


def _read_egg_requirements(folder: str) -> Iterator[str]:
    """Yield the requirements of an `.egg-info` folder in the form of `Requires-Dist`."""
    extra = ""
    for line in _read_text(f"{folder}/requires.txt").splitlines():
        if line.startswith("["):
            # A section is `[extra]`, `[extra:marker]` or `[:marker]`.
            extra = line[1:].partition("]")[0].partition(":")[0]
        elif line.strip():
            yield f'{line}; extra == "{extra}"' if extra else line


def _read_text(file: str) -> str:
    """Return the text of a file that most distributions lack, empty if it does."""
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:  # noqa: PTH123
            return opened.read()
    except OSError:
        return ""


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
