"""Installed distributions, found by the names of their metadata alone.

These are folders `NAME-VERSION.dist-info` (PEP 376), and the folders and files
`NAME-VERSION[-pyX.Y].egg-info` that older tools and some systems' packages leave.

`importlib.metadata` tells the same and much more. But importing it takes 20 ms, and it parses each
METADATA as an e-mail, README included: 87 ms for 35 distributions, a third of a build with nothing
to do.
"""

import os
import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple


class InstalledDistribution(NamedTuple):
    """Version of an installed distribution, and the path of its metadata."""

    version: str
    folder: str


def find_distributions() -> Mapping[str, InstalledDistribution]:
    """Return all installed distributions by their normal names."""
    return _scan_path(tuple(sys.path))


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


def normalize_name(name: str) -> str:
    """Return the name of a distribution in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
