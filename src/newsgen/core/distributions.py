"""Installed distributions, found by the names of their metadata alone, and what they require.

These are folders `NAME-VERSION.dist-info` (PEP 376), and the folders and files
`NAME-VERSION[-pyX.Y].egg-info` that older tools and some systems' packages leave.

`importlib.metadata` tells the same and much more. But importing it takes 20 ms, and it parses each
METADATA as an e-mail, README included: 87 ms for 35 distributions, a third of a build with nothing
to do.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

_NAME: Final = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA: Final = re.compile(r"\bextra\s*==\s*[\"']([^\"']+)")
# These extras hold tools for working on newsgen. No page depends on them.
_TOOL_EXTRAS: Final = frozenset({"bench", "dev", "fuzz"})


class InstalledDistribution(NamedTuple):
    """Version of an installed distribution, and the path of its metadata."""

    version: str
    folder: str


def find_distributions() -> Mapping[str, InstalledDistribution]:
    """Return all installed distributions by their normal names."""
    return _scan_path(tuple(sys.path))


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


def normalize_name(name: str) -> str:
    """Return the name of a distribution in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


# Plugins and the fingerprint ask for the same.
@lru_cache(maxsize=2)
def _scan_path(path: tuple[str, ...]) -> Mapping[str, InstalledDistribution]:
    found: dict[str, InstalledDistribution] = {}
    # As with imports, the first folder of the path wins.
    for folder in reversed(path):
        here: dict[str, InstalledDistribution] = {}
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - twice as fast as a path's method
        except OSError:
            continue
        for entry in sorted(names):
            stem, _, kind = entry.rpartition(".")
            if kind == "dist-info":
                name, _, version = stem.rpartition("-")
            elif kind == "egg-info":
                name, _, version = stem.partition("-")
            else:
                continue
            # `.egg-info` without a version belongs to a source tree, which changes without one.
            if not version:
                continue
            key = normalize_name(name)
            # `pip install --target --upgrade` leaves the metadata of the old version behind.
            if key in here:
                version = f"{here[key].version} {version}"
            here[key] = InstalledDistribution(version, f"{folder or '.'}/{entry}")
        found |= here
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
