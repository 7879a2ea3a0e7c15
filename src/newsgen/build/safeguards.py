"""Safeguards against accidents that unpublish a site: a lost mount, a wrong key, a wrong clock.

They compare the sources with the last build. What to do about a problem is for the callers.
"""

import os
import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from newsgen import urls
from newsgen.catalogue import Catalogue, CatalogueUpdate
from newsgen.config import Site
from newsgen.output.manifest import BuildManifest
from newsgen.problems import Location, Problem, problem_error
from newsgen.read.discover import UNREADABLE

_MAX_REMOVALS: Final = 10
"""Articles that a build may remove whatever their share, unless none would be left. A small archive
loses a third in a day."""
_MAX_REMOVED_SHARE: Final = 0.1
"""Share of the articles that a build may remove. An editor who removes more can say so."""
_MAX_EXAMPLES: Final = 3
_BLIND_CODES: Final = frozenset({UNREADABLE, "symlink-outside", "symlinked-folder"})
"""Codes of problems with sources that a new catalogue cannot tell from deleted ones."""
_DAY_PAGE: Final = re.compile(r"\d{4}/\d\d/\d\d/index\.html")
_MIN_FUTURE_DATED: Final = 10
_MAX_CLOCK_SKEW: Final = timedelta(days=1)
"""Clocks of CI machines differ by seconds, those of computers with two systems by their time zone.
At worst the articles of one day are published later."""


def find_mass_removal(
    site: Site,
    catalogue: Catalogue,
    update: CatalogueUpdate,
    published: int,
    problems: tuple[Problem, ...],
) -> tuple[Problem, ...]:
    """Return a problem if an update takes too much off the site, with its likely causes.

    Args:
        site: The configuration.
        catalogue: The catalogue after the update.
        update: The update.
        published: Number of articles without drafts at the last build of the output folder. It is
            known even if the catalogue is new.
        problems: All problems of the sources.
    """
    if (before := max(update.listed_before, published)) and _is_empty(site.source_folder):
        message = f"is empty, but had articles at the last build ({before:,})"
        hint = "mount the folder; if its articles are deleted, build with --allow-removals"
        return (Problem(Location(site.source), UNREADABLE, message, hint),)
    removed = update.removed_articles()
    if _is_mass_removal(len(removed), update.listed_before):
        return _describe_removal(site, removed, len(removed), update.listed_before, problems)
    lost = published - catalogue.count_without_drafts()
    # A new catalogue has no last versions, so articles that cannot be read would be removed.
    is_blind = update.was_empty and any(problem.code in _BLIND_CODES for problem in problems)
    if _is_mass_removal(lost, published) or (is_blind and lost > 0):
        return _describe_removal(site, [], lost, published, problems)
    return ()


def check_static_files(site: Site, manifest: BuildManifest, count: int) -> None:
    """Refuse to remove most of the site's own static files.

    Args:
        site: The configuration.
        manifest: Manifest of the last build.
        count: Number of the site's own static files now.

    Raises:
        NewsgenError: `too-many-removals`.
    """
    before = manifest.get_count("static_files")
    if _is_too_many(before - count, before):
        message = f"{before - count:,} of the {before:,} files of the last build would be removed"
        raise problem_error("too-many-removals", message, Location(site.static))


def check_days(site: Site, published: Collection[str], days: Collection[str]) -> None:
    """Refuse to remove most of the days on a site whose manifest is lost.

    Such a build knows the site by its file names alone. Day pages have fixed ones.

    Args:
        site: The configuration.
        published: Paths of the files on the site.
        days: Keys of the days that have articles now.

    Raises:
        NewsgenError: `too-many-removals`.
    """
    before = set(filter(_DAY_PAGE.fullmatch, published))
    gone = before.difference(urls.output_path(urls.period_url(day)) for day in days)
    if before and (not days or _is_too_many(len(gone), len(before))):
        message = f"{len(gone):,} of the {len(before):,} days on the site would lose their articles"
        raise problem_error("too-many-removals", message, Location(site.source))


def find_future_dated(
    site: Site, catalogue: Catalogue, now: datetime, sort_key: int
) -> tuple[Problem, ...]:
    """Return a warning if most articles are not due yet, as with a clock in 1999.

    Args:
        site: The configuration.
        catalogue: The catalogue after the update.
        now: Time of the build.
        sort_key: The same time as a sort key.
    """
    waiting, listed = catalogue.count_future_dated(sort_key), catalogue.counts().listed
    if waiting <= max(_MIN_FUTURE_DATED, listed):
        return ()
    message = f"{waiting:,} of {waiting + listed:,} articles are dated after {_format_time(now)}"
    return (Problem(Location(site.source), "mostly-future-dated", message),)


def check_clock(site: Site, manifest: BuildManifest, now: datetime) -> None:
    """Refuse a clock that is earlier than the last build: articles would be unpublished.

    Raises:
        NewsgenError: `clock-behind`.
    """
    last = _get_build_time(manifest)
    # Added to `now`: a time of the year 1 has no day before it.
    if last and now + _MAX_CLOCK_SKEW < last:
        message = f"the last build was at {_format_time(last)}, but it is {_format_time(now)} now"
        raise problem_error("clock-behind", message, Location(site.output))


def record_counts(manifest: BuildManifest, catalogue: Catalogue, static_files: int) -> None:
    """Record the numbers that the next build is compared with.

    The manifest and not the catalogue holds them: a manifest survives `--clean`, and `newsgen tags`
    and builds of other output folders leave it alone.
    """
    counts = {"articles": catalogue.count_without_drafts(), "static_files": static_files}
    for name, count in counts.items():
        # Most builds change neither, and a write waits for the disk.
        if count != manifest.get_count(name):
            manifest.set_meta(name, count)


def record_time(manifest: BuildManifest, now: datetime) -> None:
    """Record the time of a build that changes the site."""
    manifest.set_meta("built_at", now.astimezone(UTC).isoformat(timespec="seconds"))


def count_published(manifest: BuildManifest) -> int:
    """Return the number of articles, without drafts, at the last build of an output folder."""
    return manifest.get_count("articles")


def _get_build_time(manifest: BuildManifest) -> datetime | None:
    """Return the time of the last build. A damaged one counts as missing."""
    try:
        time = datetime.fromisoformat(str(manifest.get_meta("built_at")))
    except ValueError:
        return None
    return time if time.tzinfo else None


def _is_mass_removal(removed: int, before: int) -> bool:
    # However few they are: an editor rarely empties a site, but a disk that fails does.
    return 0 < before <= removed or _is_too_many(removed, before)


def _is_too_many(removed: int, before: int) -> bool:
    return removed > _MAX_REMOVALS and removed > before * _MAX_REMOVED_SHARE


def _describe_removal(
    site: Site, removed: list[str], count: int, before: int, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """Return the problem of a mass removal, and a few errors that may be its causes."""
    message = f"{count:,} of the {before:,} articles of the last build would be removed"
    if removed:
        message += f", such as {', '.join(removed[:_MAX_EXAMPLES])}"
    files = {f"{site.source}/{source}" for source in removed}
    causes = (
        problem
        for problem in problems
        if problem.is_error and (not removed or problem.location.file in files)
    )
    examples = [cause for cause, _ in zip(causes, range(_MAX_EXAMPLES), strict=False)]
    return (Problem(Location(site.source), "too-many-removals", message), *examples)


def _is_empty(folder: Path) -> bool:
    """Return True if a folder has no entry at all, as a mount point without its file system."""
    with os.scandir(folder) as entries:
        return not any(entries)


def _format_time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
