"""Ingest: from the source folder to an up-to-date catalogue.

    scan folders -> load what has changed -> update the catalogue

Builds, `newsgen check` and `newsgen tags` all ingest in this one way, so they report the same
problems. Rendering comes later.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from newsgen import urls
from newsgen.build.fingerprint import code_fingerprint
from newsgen.build.plugin_problems import find_plugin_problems
from newsgen.build.recognition import prepare_recognition
from newsgen.build.state import CachePaths
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
    PageThresholds,
)
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.executor import WorkerDied, make_executor
from newsgen.core.progress import Progress
from newsgen.model import GroupKind, Moment, Source
from newsgen.problems import Location, Problem
from newsgen.read.discover import walk
from newsgen.read.formats import FORMATS
from newsgen.storage.cache import Cache, CachedResult
from newsgen.text.slugs import slugify

_CHUNK_SIZE: Final = 64
_CHUNK_SIZE_WITH_NAMES: Final = 16
"""Recognition takes 10 ms an article, so smaller chunks keep all workers busy until the end."""
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
    """

    jobs: int = 0
    verify: bool = False
    now: datetime | None = None
    report_language: bool = False


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
        NewsgenError: If there is no source folder.
    """
    now = options.now or datetime.now(UTC).astimezone()
    paths = CachePaths.for_site(site)
    names, problems = prepare_recognition(site, report_language=options.report_language)
    context = LoadContext(
        site.source_folder, site.reading, names, paths.cache if cache else None, paths.log
    )
    # If one of these changes, every source is read again. So nothing that only pages depend on
    # belongs here.
    read_digest = digest(code_fingerprint(), repr(site.reading), repr(names.versions))
    progress.start_stage("Scanning")
    with catalogue.update(
        make_catalogue_settings(site, now), read_digest, verify=options.verify
    ) as update:
        problems += tuple(_sync_folders(site, update, now))
        loaded = make_executor(options.jobs).map(
            load_source,
            update.dirty_sources(),
            _CHUNK_SIZE_WITH_NAMES if names.versions else _CHUNK_SIZE,
            partial(LoadResources, context),
            make_budget,
        )
        progress.start_stage("Reading")
        tracked = progress.track(loaded, catalogue.counts().dirty)
        # `closing` runs the generator's `finally` at once if updating fails.
        with closing(_cache_results(tracked, cache, site)) as results:
            _update_sources(update, results)
        progress.start_stage("Cataloguing")
        # Conflicts involve several articles, so they are only looked for when the archive changed.
        if update.resolve_changes():
            archive = CatalogueReader(catalogue.connection)
            update.store_problems(tuple(_find_conflicts(archive, site.source)))
        removed_sources = _find_removed_sources(update, cache)
    if cache:
        # Outside the transaction: if the update is rolled back, these sources still exist for it.
        cache.prune_results(removed_sources)
    return (*find_plugin_problems(), *problems, *catalogue.problems())


def make_catalogue_settings(site: Site, now: datetime) -> CatalogueSettings:
    """Return the catalogue's settings for a site."""
    slugs = {author.name: author.slug for author in site.authors if author.slug}

    # A file keeps its URL when only its ending changes, say from .txt to .md.
    def make_permalink(source: str, iso: str, slug: str) -> str:
        return urls.permalink(site.permalink, iso, slug, source.rpartition(".")[0])

    def resolve_conflicts(requested: str, sources: Sequence[str]) -> Sequence[str]:
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
            *(code_fingerprint(), site.permalink, site.slugs, site.transliteration),
            *(repr(sorted(slugs.items())), repr(thresholds)),
        ),
        make_permalink=make_permalink,
        resolve_conflicts=resolve_conflicts,
        make_slug=make_slug,
        resolve_slug_conflicts=urls.resolve_slug_conflicts,
        include_drafts=site.drafts,
        list_until=None if site.future else _make_sort_key(now, site.timezone),
        thresholds=thresholds,
    )


def _make_sort_key(now: datetime, timezone: str) -> int:
    """Return a moment as a sort key in the site's time zone."""
    local = now.astimezone(ZoneInfo(timezone)) if timezone else now
    return Moment(local.replace(tzinfo=None, microsecond=0).isoformat()).sort_key


def _sync_folders(site: Site, update: CatalogueUpdate, now: datetime) -> Iterator[Problem]:
    """Bring the catalogue's folders up to date, and yield their problems."""
    known = dict(update.folder_digests())
    nanoseconds = int(now.timestamp()) * 1_000_000_000
    for folder in walk(site.source_folder, site.source, FORMATS, nanoseconds):
        yield from folder.problems
        # A folder without a digest was changed too recently to be trusted.
        if known.pop(folder.path, None) != folder.digest or not folder.digest:
            update.sync_folder(folder.path, folder.sources, folder.digest)
    # `pop` has taken out every folder that was found. The rest no longer exist.
    for path in known:
        update.remove_folder(path)


def _update_sources(update: CatalogueUpdate, results: Iterable[tuple[str, LoadResult]]) -> None:
    """Store the result of each source in the catalogue."""
    for path, result in results:
        if result.is_known:
            update.mark_unchanged(path)
        else:
            update.store_result(path, result.source_digest, result.row, result.problems)


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
                problem = describe_death(result, item, site.source)
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


def _find_removed_sources(update: CatalogueUpdate, cache: Cache | None) -> set[str]:
    """Return the sources whose results can be deleted from the cache."""
    if cache and update.was_empty:
        # A new catalogue does not know which sources are gone, but the cache has their results.
        return cache.result_sources() - update.source_paths()
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
