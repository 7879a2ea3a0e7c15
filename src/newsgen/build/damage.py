"""Damage to what newsgen keeps between builds, as problems.

A build notices damage where it reads a cache, and makes the values again: then this module only
describes it. `check_caches` reads all caches for `newsgen verify` and changes nothing.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from newsgen.build.state import BLOCKED_BY_FOLDER, DELETE_FOLDER, CachePaths, State
from newsgen.catalogue import count_damaged_articles
from newsgen.config import Site
from newsgen.core.files import is_special_file
from newsgen.problems import Location, Problem
from newsgen.storage import seals
from newsgen.storage.cache import count_damaged_values
from newsgen.storage.database import (
    find_journals,
    is_damaged,
    is_io_error,
    open_for_reading,
)


def find_mended_damage(site: Site, state: State) -> Iterator[Problem]:
    """Yield a problem for each database in which a build has found damage so far."""
    catalogue, cache = state.catalogue, state.cache
    for name, was_damaged, count in (
        (state.paths.catalogue.name, catalogue.was_damaged, catalogue.damaged_articles),
        (state.paths.cache.name, cache.was_damaged, cache.damaged_values),
        (state.paths.manifest.name, state.manifest.was_damaged, 0),
    ):
        if was_damaged:
            yield describe_mended(site, name)
        elif count:
            yield describe_mended(site, name, count)


def describe_mended(site: Site, name: str, values: int = 0) -> Problem:
    """Return the problem of a file or folder that was damaged and that this build has mended.

    Args:
        site: The configuration.
        name: Path of the file or folder in the cache folder.
        values: Number of damaged values in it, 0 if it was damaged as a whole.
    """
    what = f"damaged values in it ({values:,}) were" if values else "was damaged and has been"
    return Problem(Location(f"{site.cache}/{name}"), "mended-cache", f"{what} made again")


def check_caches(site: Site, paths: CachePaths) -> Iterator[Problem]:
    """Read all caches, and yield a problem for each one that is damaged.

    The manifest is no cache and not checked here.

    Args:
        site: The configuration.
        paths: Where the caches lie.

    Raises:
        sqlite3.OperationalError: If a database cannot be read or is locked.
    """
    from newsgen.render.environment import read_compiled  # noqa: PLC0415 - imports Jinja

    counters = {paths.catalogue: count_damaged_articles, paths.cache: count_damaged_values}
    for file, count_damaged in counters.items():
        blocking = find_blocking_folders(site, file)
        yield from blocking
        if file.exists() and not blocking:
            yield from _check_database(site, file, count_damaged)
    for folder in sorted(paths.index.glob("*/")):
        if not seals.has_sealed_contents(folder):
            name = f"{paths.index.name}/{folder.name}"
            yield _describe_damage(site, name)
    for file in sorted(paths.compiled.glob("*")):
        # A name with a dot is left of a build that was killed while it wrote the file.
        if not file.suffix and read_compiled(file) is None:
            name = f"{paths.compiled.name}/{file.name}"
            yield _describe_damage(site, name)


def find_blocking_folders(site: Site, database: Path) -> list[Problem]:
    """Return the problems of what is in place of a journal: SQLite cannot open the database."""
    found = []
    for path in find_journals(database):
        location = Location(f"{site.cache}/{path.name}")
        if path.is_dir():
            found.append(Problem(location, "damaged-cache", BLOCKED_BY_FOLDER, DELETE_FOLDER))
        elif is_special_file(path):
            # The next build deletes it.
            found.append(Problem(location, "damaged-cache", "is not a regular file"))
    return found


def _describe_damage(site: Site, name: str, values: int = 0) -> Problem:
    message = f"has damaged values ({values:,})" if values else "is damaged"
    return Problem(Location(f"{site.cache}/{name}"), "damaged-cache", message)


def _check_database(
    site: Site, file: Path, count_damaged: Callable[[sqlite3.Connection], int]
) -> Iterator[Problem]:
    try:
        if is_damaged(file):
            yield _describe_damage(site, file.name)
            return
        with closing(open_for_reading(file)) as db:
            count = count_damaged(db)
    except sqlite3.DatabaseError as error:
        if is_io_error(error):
            raise
        # Another version of newsgen has other columns. The next build replaces its database.
        return
    if count:
        yield _describe_damage(site, file.name, count)
