"""Verifying an archive: what newsgen wrote is compared with what it recorded. Nothing is written.

Repairing what is damaged is left to the next build.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.build.damage import check_caches, find_blocking_folders
from newsgen.build.open_output import find_foreign_owner
from newsgen.build.state import CachePaths
from newsgen.config import Site
from newsgen.output.manifest import BuildManifest
from newsgen.output.manifest_damage import is_manifest_damaged
from newsgen.output.publish import list_files
from newsgen.output.published_manifest import FileRecord, list_path, read_mark
from newsgen.output.staging import NEUTRAL, has_files, has_record
from newsgen.problems import Location, Problem, problem_error
from newsgen.urls import MARK


class VerifyReport(NamedTuple):
    """Result of verifying: the number of files in the output folder, and all problems."""

    files: int
    problems: tuple[Problem, ...]


def verify(site: Site) -> VerifyReport:
    """Find files of the site and of the cache folder that are not as newsgen wrote them.

    Raises:
        NewsgenError: `not-built` if there is no site, or its manifest is lost, `unreadable` if
            the mark of the site cannot be read.
    """
    paths = CachePaths.for_site(site)
    if read_mark(site.output_folder, site.output) is None or not paths.manifest.exists():
        message = "has no site that can be verified"
        if has_files(site.output_folder) and paths.manifest.exists():
            message += f": its mark {MARK} is missing"
        raise problem_error("not-built", message, Location(site.output))
    problems = tuple(problem for check in CHECKS for problem in check(site, paths))
    return VerifyReport(len(list_files(site.output_folder)), problems)


def check_output(site: Site, paths: CachePaths) -> Iterator[Problem]:
    """Yield a problem for a damaged manifest, or for each file of the output that is not as in it.

    Such a file is missing, changed or not newsgen's.
    """
    blocking = find_blocking_folders(site, paths.manifest)
    if blocking:
        yield from blocking
        return
    if is_manifest_damaged(paths.manifest):
        # The paths of a damaged one may lead anywhere, so they are not followed.
        yield _cache_problem(site, paths.manifest, "is damaged")
        return
    try:
        with closing(BuildManifest(paths.manifest, read_only=True)) as manifest:
            pages = list(manifest.files())
            lists = [file._replace(path=list_path(file.path)) for file in manifest.lists()]
            generation = manifest.get_meta("generation")
            pending = manifest.pending()
    except sqlite3.DatabaseError:
        yield _cache_problem(site, paths.manifest, "cannot be read by this version of newsgen")
        return
    mark = read_mark(site.output_folder, site.output)
    if pending.moves or pending.removals:
        message = "is incomplete: a build was interrupted, or could not move or remove a file"
        yield Problem(Location(site.output), "damaged-output", message)
    elif mark and mark.generation != generation:
        if foreign := find_foreign_owner(site, mark):
            # Each file would be a problem, and none would say more.
            yield foreign
            return
        message = "is not as the last build left it, but a copy of another state"
        yield Problem(Location(site.output), "damaged-output", message)
    yield from _find_differences(site, [*pages, *lists])


Check = Callable[[Site, CachePaths], Iterator[Problem]]
CHECKS: Final[tuple[Check, ...]] = (check_caches, check_output)
"""Everything that is verified. Each check yields the problems of what it reads."""


def _find_differences(site: Site, files: Sequence[FileRecord]) -> Iterator[Problem]:
    """Yield a problem for each file of the output that is not as recorded, or not recorded."""
    output = site.output_folder
    for file in files:
        if not has_record(output, file, content=True):
            # Unlike `Path.exists`, this raises no error for what cannot be examined.
            is_missing = not os.path.exists(output / file.path)  # noqa: PTH110
            message = "is missing" if is_missing else "is not as it was written"
            yield Problem(Location(f"{site.output}/{file.path}"), "damaged-output", message)
    known = {MARK, *NEUTRAL, *(file.path for file in files)}
    for path in list_files(output):
        if path not in known:
            message = "was not written by newsgen"
            yield Problem(Location(f"{site.output}/{path}"), "untracked-file", message)


def _cache_problem(site: Site, file: Path, message: str) -> Problem:
    return Problem(Location(f"{site.cache}/{file.name}"), "damaged-cache", message)
