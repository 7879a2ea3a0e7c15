"""Intake: from the source folder to an up-to-date catalogue.

walk -> read what has changed -> file it -> settle what follows
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from newsgen import urls
from newsgen.build.fingerprint import code_fingerprint
from newsgen.build.workers.load import LoadContext, LoadResult, load
from newsgen.build.workers.recognize import NamesContext, clear_names
from newsgen.catalogue import Catalogue, CatalogueArchive, CatalogueSettings, PageThresholds
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.executor import Executor, WorkerDied
from newsgen.core.progress import Progress
from newsgen.model import GroupKind, Moment, Source
from newsgen.problems import Location, Problem
from newsgen.read.discover import walk
from newsgen.read.formats import FORMATS
from newsgen.text.slugs import slugify

Results = tuple[tuple[bytes, bytes], ...]

_CHUNK: Final = 64
_CHUNK_WITH_NAMES: Final = 16
_MOST_RESULTS: Final = 32


def ingest(
    site: Site,
    catalogue: Catalogue,
    executor: Executor,
    keep: Callable[[Results], None],
    progress: Progress,
    names: NamesContext = NamesContext(),
    *,
    now: datetime,
    verify: bool = False,
) -> tuple[Problem, ...]:
    """Bring a catalogue up to date with a site's sources, in one transaction.

    Args:
        site: whose sources are read.
        catalogue: to be changed.
        executor: spreads the reading.
        keep: takes results that are worth keeping, by their keys; it gets them in steps, also
            those of an update that is interrupted.
        progress: follows the reading.
        names: how names are recognised.
        now: until when articles are shown.
        verify: whether to read even what seems not to have changed.

    Returns:
        What is wrong with the source folder itself; what is wrong with articles the catalogue
        keeps.

    Raises:
        NewsgenError: if there is no source folder.
    """
    context = LoadContext(site.source_folder, site.reading, names)
    settings = catalogue_settings(site, now)
    try:
        progress.enter("Looking")
        reading = digest(code_fingerprint(), repr(site.reading), repr(names.versions))
        catalogue.begin(reading, verify=verify)
        problems = tuple(_note_folders(site, catalogue, now))
        outcomes = executor.map(partial(load, context), catalogue.unread(), chunk_size(names))
        progress.enter("Reading")
        tracked = progress.track(outcomes, catalogue.counts().unread)
        with closing(keeping(tracked, keep, site)) as kept:
            for path, found in kept:
                if found.is_known:
                    catalogue.still(path)
                else:
                    catalogue.record(path, found.digest, found.row, found.problems, settings)
        progress.enter("Filing")
        if catalogue.settle(settings):
            archive = CatalogueArchive(catalogue.connection)
            catalogue.keep_findings(tuple(_findings(archive, site.source)))
        catalogue.commit()
    finally:
        catalogue.rollback()
    return problems


def keeping(
    outcomes: Iterable[tuple[tuple[Source, bytes], LoadResult | WorkerDied]],
    keep: Callable[[Results], None],
    site: Site,
) -> Generator[tuple[str, LoadResult]]:
    """Hand outcomes through with their sources' paths, and keep in steps what is worth it.

    Whoever stops early closes it: what has come so far is kept.
    """
    results: list[tuple[bytes, bytes]] = []
    try:
        for (source, _), found in outcomes:
            outcome = _dead(source, site) if isinstance(found, WorkerDied) else found
            results += outcome.results
            if len(results) >= _MOST_RESULTS:
                keep(tuple(results))
                results.clear()
            yield source.path, outcome
    finally:
        keep(tuple(results))
        clear_names()


def chunk_size(names: NamesContext) -> int:
    """How many sources are handed to a process at a time; those under way are lost with it."""
    return _CHUNK_WITH_NAMES if names.versions else _CHUNK


def catalogue_settings(site: Site, now: datetime) -> CatalogueSettings:
    """How a site files its articles."""
    slugs = {author.name: author.slug for author in site.authors if author.slug}

    def permalink(source: str, iso: str, slug: str) -> str:
        return urls.permalink(site.permalink, iso, slug, source.rpartition(".")[0])

    def settle(claim: str, sources: Sequence[str]) -> Sequence[str]:
        return urls.resolve_conflicts(claim, [source.rpartition(".")[0] for source in sources])

    def slug_of(kind: GroupKind, label: str) -> str:
        wanted = slugs.get(label, label) if kind == "author" else label
        return slugify(wanted, site.slugs, site.transliteration, fallback=label)

    shown = site.recognize
    thresholds = PageThresholds(shown.min_articles, shown.min_mentions, shown.thresholds_after)
    name = digest(
        *(site.permalink, site.slugs, site.transliteration),
        *(repr(sorted(slugs.items())), repr(thresholds)),
    )
    return CatalogueSettings(
        name=name,
        permalink=permalink,
        settle=settle,
        slug=slug_of,
        settle_slug=urls.resolve_slug_conflicts,
        drafts=site.drafts,
        until=None if site.future else _sort_key(now, site.timezone),
        thresholds=thresholds,
    )


def _sort_key(now: datetime, timezone: str) -> int:
    local = now.astimezone(ZoneInfo(timezone)) if timezone else now
    return Moment(local.replace(tzinfo=None, microsecond=0).isoformat()).sort_key


def _note_folders(site: Site, catalogue: Catalogue, now: datetime) -> Iterator[Problem]:
    """Tell the catalogue which folders have changed; yields what is wrong with them."""
    known = dict(catalogue.folders())
    nanoseconds = int(now.timestamp()) * 1_000_000_000
    for folder in walk(site.source_folder, site.source, FORMATS, nanoseconds):
        yield from folder.problems
        if known.pop(folder.path, None) != folder.digest or not folder.digest:
            catalogue.note(folder.path, folder.sources, folder.digest)
    for path in known:
        catalogue.forget_folder(path)


def _dead(source: Source, site: Site) -> LoadResult:
    """What loading came to where the process died."""
    location = Location(f"{site.source}/{source.path}")
    problem = Problem(location, "worker-died", "the process that read it died")
    return LoadResult(b"", problems=(problem,))


def _findings(archive: CatalogueArchive, source: str) -> Iterator[Problem]:
    """What is odd about articles taken together."""
    for first, *others in archive.duplicates():
        for other in others:
            message = f"has the same text as {source}/{first}"
            yield Problem(Location(f"{source}/{other}"), "duplicate-text", message)
    for claim, (first, *others) in archive.shared_claims():
        for other in others:
            message = f"asks for the address of {source}/{first}: /{claim}"
            yield Problem(Location(f"{source}/{other}"), "url-conflict", message)
