"""State of an archive between builds: the lock and the databases under `.newsgen/`.

The catalogue, the cache and the manifest define the tables of their databases.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from filelock import FileLock, Timeout

from newsgen.build.error_log import LOG_NAME
from newsgen.catalogue import Catalogue
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.files import is_special_file
from newsgen.output.manifest import BuildManifest
from newsgen.output.staging import is_newsgen_output
from newsgen.problems import Location, NewsgenError, problem_error, write_error
from newsgen.storage.cache import Cache
from newsgen.storage.database import (
    delete_database,
    find_journals,
    is_damaged,
    is_io_error,
)
from newsgen.storage.seals import break_seal, delete_path

BLOCKED_BY_FOLDER: Final = "is a folder where newsgen needs a file"
DELETE_FOLDER: Final = "delete the folder, and run the command again"

Params = ParamSpec("Params")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class CachePaths:
    """Paths of what newsgen keeps between builds. All of it is safe to delete.

    Attributes:
        catalogue: Database of the sources and their articles.
        cache: Database of expensive results.
        manifest: Database of what was written to one output folder.
        index: Folder with the parts of the search index.
        compiled: Folder with compiled templates.
        pictures: Folder with versions of pictures.
        lock: File that is locked during a build.
        log: Log of internal errors.
    """

    catalogue: Path
    cache: Path
    manifest: Path
    index: Path
    compiled: Path
    pictures: Path
    lock: Path
    log: Path

    @classmethod
    def for_site(cls, site: Site) -> "CachePaths":
        """Return the paths of a site. Each output folder has a manifest of its own."""
        folder = site.cache_folder
        # 12 hex digits, 48 bits, tell the few output folders of one archive apart.
        output = digest(_relative_output(site)).hex()[:12]
        return cls(
            catalogue=folder / "catalogue.sqlite",
            cache=folder / "cache.sqlite",
            manifest=folder / f"manifest-{output}.sqlite",
            index=folder / "search",
            compiled=folder / "templates",
            pictures=folder / "pictures",
            lock=folder / "lock",
            log=folder / LOG_NAME,
        )

    def delete_caches(self) -> None:
        """Delete everything that a build can make again.

        The manifest stays: it knows which files of the output folder are newsgen's.
        """
        for file in (self.catalogue, self.cache):
            delete_database(file)
        delete_path(self.index)
        delete_path(self.compiled)
        delete_path(self.pictures)

    def break_seals(self) -> None:
        """Have all databases checked by the next `State`."""
        if is_damaged(self.manifest):
            delete_database(self.manifest)
        # Its seal is needed to check it: without one, it would be that of a killed build.
        with suppress(OSError):
            os.utime(self.manifest)
        for file in (self.catalogue, self.cache):
            break_seal(file)

    def delete_databases(self) -> None:
        """Delete all databases."""
        for file in (self.catalogue, self.cache, self.manifest):
            delete_database(file)


@dataclass(frozen=True, slots=True)
class State:
    """Open databases of one archive, locked against other builds."""

    paths: CachePaths
    catalogue: Catalogue
    cache: Cache
    manifest: BuildManifest

    @classmethod
    @contextmanager
    def open(cls, site: Site, *, clean: bool = False, verify: bool = False) -> Iterator["State"]:
        """Lock an archive and open its databases.

        Args:
            site: The configuration.
            clean: Whether to delete all caches first.
            verify: Whether to check the databases even if nobody seems to have touched them.

        Yields:
            The state; it is closed and unlocked when the block ends.

        Raises:
            NewsgenError: `build-running` if another build holds the lock.
            OSError: If a file cannot be created.
            sqlite3.DatabaseError: If a database cannot be opened, or is damaged.
        """
        paths = CachePaths.for_site(site)
        with _lock(paths, site), ExitStack() as stack:
            if clean:
                paths.delete_caches()
            for file in (paths.catalogue, paths.cache, paths.manifest):
                # SQLite would wait for a FIFO, and would only say that it cannot open the rest.
                if file.is_dir() or is_special_file(file):
                    delete_path(file)
                for journal in filter(is_special_file, find_journals(file)):
                    delete_path(journal)
            catalogue = stack.enter_context(closing(Catalogue(paths.catalogue, verify=verify)))
            cache = stack.enter_context(closing(Cache(paths.cache, verify=verify)))
            # `--clean` keeps the manifest, but nobody must be stuck with a damaged one.
            opened = BuildManifest(paths.manifest, verify=verify or clean)
            manifest = stack.enter_context(closing(opened))
            yield cls(paths, catalogue, cache, manifest)

    def is_current(self, site: Site, build_fingerprint: bytes) -> bool:
        """Return True if the last build made the output folder from the same inputs."""
        last = self.manifest.get_meta("build_fingerprint")
        return last == build_fingerprint and is_newsgen_output(site.output_folder)


def retry_if_damaged(
    function: Callable[Concatenate[Site, Params], Result],
) -> Callable[Concatenate[Site, Params], Result]:
    """Make a function of a site survive damaged databases, and report errors of the disk.

    If a database turns out to be damaged, all are checked and the function is called again. If that
    does not help they are deleted, as everything in them can be made again.

    Raises:
        NewsgenError: `cannot-write` for an error of the disk, or damage that came back.
    """

    @wraps(function)
    def call(site: Site, /, *args: Params.args, **options: Params.kwargs) -> Result:
        paths = CachePaths.for_site(site)
        try:
            # No check sees every kind of damage that a query may stumble over.
            for mend in (paths.break_seals, paths.delete_databases):
                try:
                    return function(site, *args, **options)
                except sqlite3.DatabaseError as error:
                    # A full disk or a locked file is no damage. Deleting databases would only lose
                    # results.
                    if is_io_error(error):
                        raise
                with _lock(paths, site):
                    mend()
            return function(site, *args, **options)
        except OSError as error:
            raise write_error(error, _find_written_file(error, site)) from error
        except sqlite3.DatabaseError as error:
            raise _describe_database_error(error, paths, site) from error

    return call


@contextmanager
def hold_lock(file: Path, message: str, shown_as: str) -> Iterator[None]:
    """Hold a lock during a block. The system gives it back if this process dies.

    Args:
        file: The file to lock, which is created if it is missing.
        message: What is wrong if another process holds the lock.
        shown_as: The locked folder's name in problems.

    Raises:
        NewsgenError: `build-running` if another process holds the lock.
        OSError: If the file cannot be created.
    """
    if is_special_file(file):
        hint = "delete it, and run the command again"
        location = Location(str(file))
        raise problem_error("cannot-write", "is not a regular file", location, hint)
    lock = FileLock(file, timeout=0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise problem_error("build-running", message, Location(shown_as)) from error
    try:
        yield
    finally:
        lock.release()


def _lock(paths: CachePaths, site: Site) -> AbstractContextManager[None]:
    return hold_lock(paths.lock, "another build of this archive is running", site.cache)


def _describe_database_error(
    error: sqlite3.DatabaseError, paths: CachePaths, site: Site
) -> NewsgenError:
    for database in (paths.catalogue, paths.cache, paths.manifest):
        for file in find_journals(database):
            # SQLite only says that it cannot open the database, or speaks of the disk.
            if file.is_dir():
                location = Location(f"{site.cache}/{file.name}")
                return problem_error("cannot-write", BLOCKED_BY_FOLDER, location, DELETE_FOLDER)
    return problem_error("cannot-write", f"cannot be written: {error}", Location(site.cache))


def _find_written_file(error: OSError, site: Site) -> str:
    """Return the file that an error of the system is about, as the user knows it."""
    # A move has two files. The second one is its target.
    name = error.filename2 or error.filename
    if not isinstance(name, str | bytes):
        return site.cache
    file = Path(os.fsdecode(name))
    for folder in (site.root, site.root.resolve()):
        if file.is_relative_to(folder):
            return file.relative_to(folder).as_posix()
    return str(file)


def _relative_output(site: Site) -> str:
    """Return the output folder relative to the archive's root: both may be moved together."""
    output, root = site.output_folder.resolve(), site.root.resolve()
    try:
        return os.path.relpath(output, root)
    except ValueError:  # on another drive of Windows
        return str(output)
