"""Bringing media of other hosts into the archive: `newsgen media fetch`.

Each file is written in one step, and so is the table of them, `media.csv`. So a run may stop at any
time, and the next one goes on.
"""

import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from filelock import FileLock, Timeout

from newsgen.build.ingest import IngestOptions, find_external_media, ingest
from newsgen.catalogue import Catalogue
from newsgen.config import COPIES_FILE, MediaCopies, Site, write_media_copies
from newsgen.core.progress import Progress
from newsgen.media.client import MediaError
from newsgen.media.download import MEDIA_FOLDER, UNFINISHED, Downloader
from newsgen.media.places import Places, describe_dead
from newsgen.media.visits import PAUSE_SECONDS, visit_hosts
from newsgen.problems import Location, Problem, problem_error, write_error

_SECONDS_BETWEEN_TABLES: Final = 5
"""Seconds between two states of the table on the disk. A killed run loses what came after."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one run.

    Attributes:
        file_size: Bytes of a file.
        total_size: Bytes of all files.
        seconds: Time for all of them.
        allow_private: Whether private IPs are asked that articles name themselves.
    """

    file_size: int = 20_000_000
    total_size: int = 1_000_000_000
    seconds: float = 3_600
    allow_private: bool = False


class FetchReport(NamedTuple):
    """Result of a run.

    Attributes:
        fetched: Number of files that were brought in.
        size: Bytes of these files.
        failed: Number of URLs that cannot be had.
        left: Number of URLs that were not asked for, because a limit was reached.
        problems: Errors of articles, and a warning for each place that names a dead medium.
    """

    fetched: int
    size: int
    failed: int
    left: int
    problems: tuple[Problem, ...]


def fetch_media(
    site: Site,
    jobs: int,
    limits: FetchLimits,
    progress: Progress,
    pause: float = PAUSE_SECONDS,
) -> FetchReport:
    """Bring the media of other hosts that listed articles name into the source folder.

    Args:
        site: The configuration.
        jobs: Number of processes that read articles, 0 for one per processor.
        limits: Bounds of the run.
        progress: Follows the work.
        pause: Seconds between two requests to one host.

    Raises:
        NewsgenError: If there is no source folder, another run is at work, or the disk fails.
    """
    try:
        site.cache_folder.mkdir(parents=True, exist_ok=True)
        with FileLock(site.cache_folder / "media.lock", timeout=0):
            _remove_unfinished(site)
            places, problems = _find_missing(site, jobs, progress)
            fetched = _fetch(site, places, limits, progress, pause)
            return fetched._replace(problems=(*problems, *fetched.problems))
    except Timeout as error:
        location = Location(str(site.root / COPIES_FILE))
        message = "another `newsgen media fetch` is at work"
        hint = "wait until it has finished"
        raise problem_error("build-running", message, location, hint) from error
    except OSError as error:
        raise write_error(error, error.filename or f"{site.source}/{MEDIA_FOLDER}") from error


def _find_missing(site: Site, jobs: int, progress: Progress) -> tuple[Places, list[Problem]]:
    """Return the media that have no copy, and the errors of articles."""
    site = replace(site, copies=MediaCopies(_find_copies(site)))
    with closing(Catalogue(None)) as catalogue:
        problems = ingest(site, catalogue, None, IngestOptions(jobs), progress)
        places = find_external_media(catalogue, site.source)
    return places, [problem for problem in problems if problem.is_error]


def _find_copies(site: Site) -> dict[str, str]:
    """Return the paths of the copies that are there. A file that was deleted is fetched again."""
    source = site.source_folder
    paths = site.copies.paths.items()
    return {url: path for url, path in paths if (source / path).is_file()}


def _fetch(
    site: Site, places: Places, limits: FetchLimits, progress: Progress, pause: float
) -> FetchReport:
    """Fetch media, and keep their table up to date."""
    stop = threading.Event()
    downloader = Downloader(
        site.source_folder, limits.file_size, limits.total_size, limits.allow_private, stop
    )
    timer = threading.Timer(limits.seconds, stop.set)
    timer.daemon = True
    timer.start()
    paths = _find_copies(site)
    fetched = size = failed = 0
    problems: list[Problem] = []
    written = time.monotonic()
    progress.start_stage("Fetching")
    try:
        with closing(visit_hosts(places, downloader.download, stop, pause)) as visits:
            for visit in progress.track(visits, len(places)):
                if isinstance(visit.error, MediaError):
                    failed += 1
                    problems += describe_dead(visit.url, visit.error.message, places)
                elif visit.error:
                    raise visit.error
                elif visit.result:
                    fetched += 1
                    size += visit.result.size
                    paths[visit.url] = visit.result.path
                    if time.monotonic() - written > _SECONDS_BETWEEN_TABLES:
                        _write_table(site, paths)
                        written = time.monotonic()
    finally:
        timer.cancel()
        # Also when interrupted: what is there is not fetched again.
        if fetched:
            _write_table(site, paths)
    left = len(places) - fetched - failed
    return FetchReport(fetched, size, failed, left, tuple(problems))


def _write_table(site: Site, paths: Mapping[str, str]) -> None:
    write_media_copies(site.root / COPIES_FILE, {**site.copies.paths, **paths})


def _remove_unfinished(site: Site) -> None:
    """Remove what a killed run has left."""
    for file in (site.source_folder / MEDIA_FOLDER).glob(f"*/{UNFINISHED}*"):
        file.unlink(missing_ok=True)
