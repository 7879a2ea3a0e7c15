"""Ingest: from the source folder to an up-to-date catalogue.

    scan folders -> load what has changed -> update the catalogue

Builds, `newsgen check` and `newsgen tags` all ingest in this one way, so they report the same
problems. Rendering comes later.
"""

import time
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from newsgen import urls
from newsgen.build.body_settings import load_body_settings
from newsgen.build.fingerprint import code_fingerprint, timezone_fingerprint
from newsgen.build.permalinks import make_permalink_function
from newsgen.build.plugin_problems import find_plugin_problems
from newsgen.build.recognition import prepare_recognition
from newsgen.build.redirects import find_dead_redirects, sync_redirects
from newsgen.build.safeguards import find_future_dated, find_mass_removal
from newsgen.build.state import CachePaths
from newsgen.build.workers.files import FileContext, FileResources, read_file
from newsgen.build.workers.load import (
    LoadContext,
    LoadResources,
    LoadResult,
    describe_death,
    load_source,
    make_budget,
)
from newsgen.catalogue import (
    Catalogue,
    CatalogueReader,
    CatalogueSettings,
    CatalogueUpdate,
    FileRow,
    PageThresholds,
)
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.executor import make_executor
from newsgen.core.progress import Progress
from newsgen.core.worker import WorkerDied
from newsgen.model import GroupKind, Moment, Source
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.read.discover import UNREADABLE, find_replacement, is_covered, walk
from newsgen.read.exclude import make_exclude
from newsgen.read.field_reader import shorten
from newsgen.read.formats import FORMATS
from newsgen.render.theme import load_theme
from newsgen.storage.cache import Cache, CachedResult
from newsgen.storage.picture_cache import PictureCache
from newsgen.text.slugs import slugify

_CHUNK_SIZE: Final = 64
_CHUNK_SIZE_WITH_NAMES: Final = 16
"""Recognition takes 10 ms an article, so smaller chunks keep all workers busy until the end."""
_FILES_CHUNK: Final = 4
"""A picture of 12 megapixels takes half a second, so smaller chunks keep all workers busy."""
_UNREAD_CODES: Final = frozenset({UNREADABLE, "worker-died", "faulty-plugin"})
"""Codes of problems that say nothing about an article: its file was not read to the end."""
_CACHE_BATCH_SIZE: Final = 32
"""Results written to the cache at a time. An interrupted run loses at most one batch."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """Options of ingesting.

    Attributes:
        jobs: Number of processes, 0 for one per processor.
        verify: Whether to read every source, even if its size and time are unchanged.
        now: Articles dated later are not listed; None means the current time.
        report_language: Whether a site language without a recognizer is a problem.
        removals: Whether the removal of a large part of the site is refused, reported or allowed.
        published: Number of articles without drafts at the last build of the output folder.
    """

    jobs: int = 0
    verify: bool = False
    now: datetime | None = None
    report_language: bool = False
    removals: Literal["refuse", "report", "allow"] = "report"
    published: int = 0


def ingest(
    site: Site,
    catalogue: Catalogue,
    cache: Cache | None,
    options: IngestOptions,
    progress: Progress,
) -> tuple[Problem, ...]:
    """Bring a catalogue up to date with a site's sources, in one transaction.

    Args:
        site: The configuration.
        catalogue: The catalogue to update.
        cache: Stores expensive results, batch by batch, even if ingesting is interrupted; None
            stores none.
        options: How to ingest.
        progress: Follows the work.

    Returns:
        All problems of the sources, also those found at earlier updates.

    Raises:
        NewsgenError: If there is no source folder, or `too-many-removals` or `unreadable` for
            removals that are refused. The catalogue is then as it was.
    """
    now = options.now or datetime.now(UTC).astimezone()
    paths = CachePaths.for_site(site)
    names, problems = prepare_recognition(site, report_language=options.report_language)
    bodies = load_body_settings(site)
    context = LoadContext(
        site.source_folder, site.reading, names, bodies, paths.cache if cache else None, paths.log
    )
    # If one of these changes, every source is read again. So nothing that only pages depend on
    # belongs here.
    read_digest = digest(
        *(code_fingerprint(), timezone_fingerprint(site.timezone)),
        *(repr(site.reading), repr(bodies), repr(names.versions)),
    )
    progress.start_stage("Scanning")
    settings = make_catalogue_settings(site, now)
    with catalogue.update(settings, read_digest, verify=options.verify) as update:
        unreadable: set[str] = set()
        problems += tuple(_sync_folders(site, update, unreadable))
        loaded = make_executor(options.jobs).map(
            load_source,
            # Reading a FIFO would wait for a writer, and a symlinked folder may lead anywhere.
            (one for one in update.dirty_sources() if not is_covered(one[0].path, unreadable)),
            _CHUNK_SIZE_WITH_NAMES if names.versions else _CHUNK_SIZE,
            partial(LoadResources, context),
            make_budget,
        )
        progress.start_stage("Reading")
        tracked = progress.track(loaded, catalogue.counts().dirty)
        # `closing` runs the generator's `finally` at once if updating fails.
        with closing(_cache_results(tracked, cache, site)) as results:
            _update_sources(update, results)
        files = make_file_context(site, paths.pictures if cache else None)
        problems += tuple(_read_files(site, update, files, options.jobs))
        problems += tuple(sync_redirects(site, update, verify=options.verify))
        progress.start_stage("Cataloguing")
        # Conflicts involve several articles, so they are only looked for when the archive changed.
        has_changed = update.resolve_changes()
        if has_changed:
            archive = CatalogueReader(catalogue.connection)
            update.store_problems(tuple(_find_conflicts(archive, site.source)))
        problems += (*catalogue.problems(), *find_dead_redirects(update))
        problems += tuple(_find_dead_references(catalogue, site.source))
        problems += tuple(_find_faulty_pictures(catalogue, site.source))
        # Inside the transaction: a refused update is rolled back.
        problems += _check_removals(site, catalogue, update, options, problems)
        problems += tuple(_find_emptiness(catalogue, site.source, problems))
        removed_sources = _find_removed_sources(update, cache, unreadable)
    if cache:
        # Outside the transaction: if the update is rolled back, these sources still exist for it.
        cache.prune_results(removed_sources)
        if has_changed:
            PictureCache(paths.pictures).prune(catalogue.file_digests())
    future_dated = find_future_dated(site, catalogue, now, settings.now)
    return (*find_plugin_problems(), *future_dated, *problems)


def find_external_media(catalogue: Catalogue, source: str) -> dict[str, list[Location]]:
    """Return the places that name media of other hosts, by their normalized URLs.

    Args:
        catalogue: The catalogue, up to date.
        source: The source folder as the user knows it.
    """
    places: dict[str, list[Location]] = {}
    for path, reference in catalogue.external_media():
        (key,) = reference.keys
        location = Location(f"{source}/{path}", reference.line)
        places.setdefault(key.removeprefix("external "), []).append(location)
    return places


def make_file_context(site: Site, pictures: Path | None) -> FileContext:
    """Return the settings for reading files.

    Args:
        site: The configuration.
        pictures: Folder of the cache of pictures; None keeps none.
    """
    settings = site.pictures
    return FileContext(site.source_folder, pictures, settings.widths, settings.quality)


def make_catalogue_settings(site: Site, now: datetime) -> CatalogueSettings:
    """Return the catalogue's settings for a site."""
    slugs = {author.name: author.slug for author in site.authors if author.slug}

    def resolve_conflicts(requested: Sequence[str], sources: Sequence[str]) -> Sequence[str]:
        return urls.resolve_conflicts(requested, [source.rpartition(".")[0] for source in sources])

    def make_slug(kind: GroupKind, label: str) -> str:
        wanted = slugs.get(label, label) if kind == "author" else label
        return slugify(wanted, site.slugs, site.transliteration, fallback=label)

    recognize = site.recognize
    thresholds = PageThresholds(
        recognize.min_articles, recognize.min_mentions, recognize.thresholds_after
    )
    return CatalogueSettings(
        # Slugs depend on the transliteration packages too, which the code's fingerprint covers.
        digest=digest(
            *(code_fingerprint(), site.permalink, site.slugs, site.transliteration, site.assets),
            *(repr(sorted(slugs.items())), repr(thresholds)),
        ),
        make_permalink=make_permalink_function(site),
        resolve_conflicts=resolve_conflicts,
        make_slug=make_slug,
        resolve_slug_conflicts=urls.resolve_slug_conflicts,
        include_drafts=site.drafts,
        now=_make_sort_key(now, site.timezone),
        include_future=site.future,
        suffixes=tuple(FORMATS),
        has_file=partial(_is_static_file, site),
        publish_all_files=site.assets == "all",
        files_digest=digest(code_fingerprint(), repr(site.pictures)),
        thresholds=thresholds,
    )


def _is_static_file(site: Site, url: str) -> bool:
    """Return True if a URL is that of a file of the theme or of the site's static folder."""
    folders = load_theme(site.root / site.templates, site.root / site.static).static
    return bool(url) and any((folder / url).is_file() for folder in folders)


def _make_sort_key(now: datetime, timezone: str) -> int:
    """Return a moment as a sort key in the site's time zone."""
    local = now.astimezone(ZoneInfo(timezone)) if timezone else now
    return Moment(local.replace(tzinfo=None, microsecond=0).isoformat()).sort_key


def _sync_folders(site: Site, update: CatalogueUpdate, unreadable: set[str]) -> list[Problem]:
    """Bring the catalogue's folders up to date, and return their problems.

    Paths of files and folders that exist but cannot be read are added to `unreadable`.
    """
    known = dict(update.folder_digests())
    found: list[Problem] = []
    replaced: list[Problem] = []

    def is_kept(path: str) -> bool:
        """Return True for the path of a source or folder that is missing but not deleted."""
        if is_covered(path, unreadable):
            return True
        replacement = find_replacement(site.source_folder, path)
        if replacement:
            unreadable.add(replacement.location.file)
            location = Location(f"{site.source}/{replacement.location.file}")
            replaced.append(replace(replacement, location=location))
        return bool(replacement)

    # The clock's time, even if another time of the build is given: files have the clock's times.
    exclude = make_exclude(site.exclude)
    for folder in walk(site.source_folder, site.source, FORMATS, time.time_ns(), exclude):
        found += folder.problems
        unreadable.update(folder.unreadable)
        # A folder without a digest was changed too recently to be trusted.
        if known.pop(folder.path, None) != folder.digest or not folder.digest:
            update.sync_folder(folder.path, folder.sources, folder.digest, is_kept, folder.files)
    # `pop` has taken out every folder that was found. The rest no longer exist or are unreadable.
    for path in known:
        if update.has_sources(path) and is_kept(path):
            continue
        update.remove_folder(path)
    # Such a path has one problem: the warning about a symlinked folder says less.
    locations = {problem.location for problem in replaced}
    return [*(one for one in found if one.location not in locations), *replaced]


def _update_sources(update: CatalogueUpdate, results: Iterable[tuple[str, LoadResult]]) -> None:
    """Store the result of each source in the catalogue."""
    for path, result in results:
        if result.is_known:
            update.mark_unchanged(path)
        elif not result.row and any(one.code in _UNREAD_CODES for one in result.problems):
            update.keep_last_version(path, result.problems)
        else:
            update.store_result(path, result.source_digest, result.row, result.problems)


def _read_files(
    site: Site, update: CatalogueUpdate, context: FileContext, jobs: int
) -> Iterator[Problem]:
    """Read the files that articles refer to, and yield the problems of unreadable ones."""
    files = update.dirty_files()
    open_resources = partial(FileResources, context)
    for (file, _), row in make_executor(jobs).map(read_file, files, _FILES_CHUNK, open_resources):
        if isinstance(row, FileRow):
            update.store_file(file.path, row)
        else:
            reason = "the process that read it died" if isinstance(row, WorkerDied) else row
            location = Location(f"{site.source}/{file.path}")
            yield Problem(location, UNREADABLE, f"cannot be read: {reason}")


def _find_emptiness(
    catalogue: Catalogue, source: str, problems: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield a problem for an archive without articles, unless errors say why it has none."""
    counts = catalogue.counts()
    if not counts.listed + counts.unlisted and not any(problem.is_error for problem in problems):
        yield Problem(Location(source), "no-articles", "holds no articles")


def _find_faulty_pictures(catalogue: Catalogue, source: str) -> Iterator[Problem]:
    """Yield the problems of pictures that cannot be decoded."""
    for path, fault in catalogue.faulty_pictures():
        yield Problem(Location(f"{source}/{path}"), "faulty-picture", fault)


def _find_dead_references(catalogue: Catalogue, source: str) -> Iterator[Problem]:
    """Yield the problems of references that lead nowhere."""
    for path, reference in catalogue.dead_references():
        location = Location(f"{source}/{path}", reference.line)
        if reference.is_media:
            message = f"{shorten(reference.target)} is not in the source folder"
            yield Problem(location, "missing-file", message)
        else:
            message = f"{shorten(reference.target)} leads to no article, file or page"
            yield Problem(location, "dead-link", message)


def _check_removals(
    site: Site,
    catalogue: Catalogue,
    update: CatalogueUpdate,
    options: IngestOptions,
    problems: tuple[Problem, ...],
) -> tuple[Problem, ...]:
    """Return the problem of a mass removal that is reported.

    Raises:
        NewsgenError: For a mass removal that is refused.
    """
    if options.removals == "allow":
        return ()
    removals = find_mass_removal(site, catalogue, update, options.published, problems)
    if removals and options.removals == "refuse":
        raise NewsgenError(removals)
    return removals


def _cache_results(
    loaded: Iterable[tuple[tuple[Source, bytes], LoadResult | WorkerDied]],
    cache: Cache | None,
    site: Site,
) -> Generator[tuple[str, LoadResult]]:
    """Yield the path and result of each source, and cache expensive results in batches."""
    batch: list[CachedResult] = []
    try:
        for item, result in loaded:
            source = item[0]
            if isinstance(result, WorkerDied):
                location = Location(f"{site.source}/{source.path}")
                problem = describe_death(result, location, source.size, make_budget(item))
                yield source.path, LoadResult(b"", problems=(problem,))
                continue
            batch += result.results
            if cache and len(batch) >= _CACHE_BATCH_SIZE:
                cache.put_results(batch)
                batch.clear()
            yield source.path, result
    finally:
        # Also when interrupted, so that finished results are not computed again.
        if cache:
            cache.put_results(batch)


def _find_removed_sources(
    update: CatalogueUpdate, cache: Cache | None, unreadable: Collection[str]
) -> set[str]:
    """Return the sources whose results can be deleted from the cache."""
    if cache and update.was_empty:
        # A new catalogue does not know which sources are gone, but the cache has their results.
        gone = cache.result_sources() - update.source_paths()
        return {source for source in gone if not is_covered(source, unreadable)}
    return set(update.removed_sources)


def _find_conflicts(archive: CatalogueReader, source: str) -> Iterator[Problem]:
    """Yield the problems of articles that have a text or a URL in common."""
    for first, *others in archive.duplicates():
        for other in others:
            message = f"has the same text as {source}/{first}"
            yield Problem(Location(f"{source}/{other}"), "duplicate-text", message)
    for url, (first, *others) in archive.url_conflicts():
        for other in others:
            message = f"has the same URL as {source}/{first}: /{url}"
            yield Problem(Location(f"{source}/{other}"), "url-conflict", message)
