"""Search index: from an up-to-date catalogue to the parts of the index, ready to be copied.

    split the archive into parts -> make records of their articles -> index

Each part lies in a folder named by the digest of everything that went into it. So a part whose
articles are unchanged is never indexed again.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from newsgen import search
from newsgen.build.body_settings import load_body_settings
from newsgen.build.damage import describe_mended
from newsgen.build.fingerprint import packages_fingerprint
from newsgen.build.state import CachePaths
from newsgen.build.workers.index import IndexContext, IndexResources, make_record
from newsgen.build.workers.load import LoadContext
from newsgen.catalogue import CatalogueReader
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.executor import Executor
from newsgen.core.progress import Progress
from newsgen.core.sync import sync_file_system
from newsgen.core.worker import WorkerDied
from newsgen.problems import Location, Problem
from newsgen.search import PagefindIndexer, Part, Record, split_into_parts
from newsgen.site_context import IndexPart
from newsgen.storage import seals
from newsgen.storage.seals import delete_path

_CHUNK_SIZE: Final = 64
_FORMAT: Final = "3"
"""Version of the records. Raise it when they are made in another way."""
_PLACEHOLDER: Final = Record("", "", "", (), "newsgen", {})
"""Content of the index that all others are merged into: Pagefind cannot open an empty one."""


class SearchIndex(NamedTuple):
    """The parts of an up-to-date search index, and problems."""

    parts: tuple[IndexPart, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_complete: bool = True
    """False if articles are missing. A site without search counts as complete."""


def update_search_index(
    site: Site,
    paths: CachePaths,
    archive: CatalogueReader,
    executor: Executor,
    progress: Progress,
    *,
    verify: bool = False,
) -> SearchIndex:
    """Bring the search index up to date.

    Args:
        site: The configuration.
        paths: Where the index, the catalogue and the cache lie.
        archive: The articles to index.
        executor: Spreads the making of records.
        progress: Follows the work.
        verify: Whether to compare the contents of all files with their digests, even if nobody
            seems to have touched them.
    """
    if not site.search:
        return SearchIndex()
    engine = search.version()
    if not engine:
        message = "Pagefind is not installed; the site is built without a search index"
        return SearchIndex(problems=(Problem(Location("search"), "no-search", message),))
    days = archive.groups("day")
    if not days:
        return SearchIndex()
    load = LoadContext(site.source_folder, site.reading, bodies=load_body_settings(site))
    context = IndexContext(load, paths.catalogue, paths.cache)
    # Settings such as `raw_html` change the words of bodies, but not the digests of days.
    # Another version of a package may make other words of the same body.
    fingerprint = digest(
        *(_FORMAT, packages_fingerprint(), engine, site.language),
        *(repr(site.reading), repr(load.bodies)),
    )
    folder = paths.index
    # Pagefind's own files are a part without articles. They depend on no article, so they are made
    # once.
    code = folder / digest(fingerprint, b"code").hex()
    problems: list[Problem] = []
    if not _is_usable(code, site, problems, verify=verify):
        _index_part(code, iter([_PLACEHOLDER]), "", site, with_code=True)
    parts = [_describe_part("", code, None)]
    is_complete = True
    for part in split_into_parts(days):
        target = folder / _digest_part(part, fingerprint).hex()
        if not _is_usable(target, site, problems, verify=verify):
            missing: list[Problem] = []
            records = _make_records(archive, part, executor, context, missing)
            progress.start_stage("Indexing")
            _index_part(target, progress.track(records, part.articles), part.name, site)
            if missing:
                # Incomplete: good for this build, but the next one must not find it by its name.
                target = _rename_over(target, target.with_suffix(".incomplete"))
                problems += missing
                is_complete = False
        parts.append(_describe_part(part.name, target, part))
    _prune(folder, {part.key for part in parts})
    return SearchIndex(tuple(parts), tuple(problems), is_complete)


def _digest_part(part: Part, fingerprint: bytes) -> bytes:
    """Return the digest of everything that a part is made from."""
    contents = (piece for day in part.days for piece in (day.key, day.digest))
    return digest(fingerprint, part.name, *contents)


def _is_usable(folder: Path, site: Site, problems: list[Problem], *, verify: bool) -> bool:
    """Return True if a part is on the disk as it was made. Damage is added to `problems`."""
    if not folder.exists():
        return False
    if seals.is_untouched(folder) and not verify:
        return True
    if seals.has_sealed_contents(folder):
        # It was touched, most likely by a copy: sealed again, it need not be read by every build.
        seals.write_seal(folder, contents=True)
        return True
    problems.append(describe_mended(site, f"{folder.parent.name}/{folder.name}"))
    return False


def _index_part(
    target: Path, records: Iterator[Record], name: str, site: Site, *, with_code: bool = False
) -> None:
    """Index records into a folder, which appears only when it is complete."""
    # A part is found by its name alone. A killed build must leave none that seems complete.
    unfinished = target.with_suffix(".unfinished")
    delete_path(unfinished)
    PagefindIndexer(site.language).index(records, name, unfinished, with_code=with_code)
    seals.write_seal(unfinished, contents=True)
    # Nor may a power failure leave its name on the disk before its files.
    sync_file_system(unfinished)
    _rename_over(unfinished, target)


def _rename_over(folder: Path, target: Path) -> Path:
    """Rename a folder and its seal, replacing an existing one, and return the new path."""
    delete_path(target)
    seals.rename_sealed(folder, target)
    return target


def _describe_part(name: str, folder: Path, part: Part | None) -> IndexPart:
    """Describe a part by its period and the files in its folder."""
    days = [day.key for day in part.days] if part else []
    # The browser counts days from the first one on. Articles without a date have none.
    dated = [day for day in days if not day.startswith("0000")] or days
    return IndexPart(
        name=name,
        key=folder.name,
        folder=str(folder),
        files=tuple(seals.list_files(folder)),
        first=dated[0] if dated else "",
        last=dated[-1] if dated else "",
        articles=part.articles if part else 0,
    )


def _make_records(
    archive: CatalogueReader,
    part: Part,
    executor: Executor,
    context: IndexContext,
    missing: list[Problem],
) -> Iterator[Record]:
    """Yield the records of a part's articles, oldest first, and add problems to `missing`."""
    ids = (member.id for day in part.days for member in archive.members("day", day.key))
    open_resources = partial(IndexResources, context)
    for article_id, record in executor.map(make_record, ids, _CHUNK_SIZE, open_resources):
        if isinstance(record, Record):
            yield record
        elif isinstance(record, WorkerDied):
            source = archive.detail(article_id).source
            location = Location(f"{context.load.reading.source}/{source}")
            missing.append(Problem(location, "worker-died", "the process that indexed it died"))
        else:
            missing.append(record)


def _prune(folder: Path, keys: Sequence[str] | set[str]) -> None:
    """Delete the parts that are no longer used, and their seals."""
    for entry in list(folder.iterdir()):
        if entry.name.removesuffix(seals.SUFFIX) not in keys:
            # What cannot be deleted now is tried again by the next build.
            delete_path(entry)
