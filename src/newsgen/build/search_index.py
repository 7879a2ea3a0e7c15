"""Indexing: from an up-to-date archive to the parts of its search index, ready to be copied.

cut -> keep what is there already -> make records -> index

Each part lies in a folder that is named by all that went into it, so a part whose articles are as
they were is never indexed again.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from newsgen import search
from newsgen.build.inputs import BuildInputs
from newsgen.build.workers.index import IndexContext, close_index_desk
from newsgen.build.workers.index import record as record_of
from newsgen.catalogue import CatalogueArchive
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.executor import Executor, WorkerDied
from newsgen.core.progress import Progress
from newsgen.problems import Location, Problem
from newsgen.search import PagefindIndexer, Part, Record, split_into_parts
from newsgen.site_context import IndexPart

_CHUNK: Final = 64
_FORMAT: Final = "3"
"""Changed when records are made in another way."""
_NOTHING: Final = Record("", "", "", (), "newsgen", {})
"""What the index that all others are merged into holds: Pagefind can't open an empty one."""


def with_search(
    inputs: BuildInputs,
    archive: CatalogueArchive,
    executor: Executor,
    context: IndexContext,
    folder: Path,
    progress: Progress,
) -> tuple[BuildInputs, tuple[Problem, ...]]:
    """Bring the search index up to date; returns materials that have it.

    Args:
        inputs: of the site.
        archive: what is indexed.
        executor: spreads the making of records.
        context: of the site.
        folder: where parts of the index are kept.
        progress: follows the work.
    """
    site = inputs.site_context.site
    engine = search.version() if site.search else ""
    if not engine:
        missing = "Pagefind is not installed; the site is built without a search index"
        return inputs, (Problem(Location("search"), "no-search", missing),) if site.search else ()
    days = archive.groups("day")
    if not days:
        return inputs, ()
    name = digest(_FORMAT, engine, site.language, repr(site.reading))
    parts = []
    problems: list[Problem] = []
    try:
        code = _kept(folder, digest(name, b"code"), iter([_NOTHING]), "", site, with_code=True)
        parts.append(_index_part("", code, "", "", 0))
        for part in split_into_parts(days):
            made_of = digest(
                name, part.name, *(piece for day in part.days for piece in (day.key, day.digest))
            )
            lacking: list[Problem] = []
            found = _records(archive, part, executor, context, lacking)
            progress.start_stage("Indexing")
            counted = progress.track(found, part.articles)
            kept = _kept(folder, made_of, counted, part.name, site, lacking)
            problems += lacking
            first, last = part.days[0].key, part.days[-1].key
            parts.append(_index_part(part.name, kept, first, last, part.articles))
        _forget(folder, {Path(part.folder).name for part in parts})
    finally:
        close_index_desk()
    site_context = replace(inputs.site_context, index=tuple(parts))
    return replace(inputs, site_context=site_context), tuple(problems)


def _kept(
    folder: Path,
    made_of: bytes,
    records: Iterator[Record],
    name: str,
    site: Site,
    lacking: Sequence[Problem] = (),
    *,
    with_code: bool = False,
) -> str:
    """The folder of a part of the index; it is made if it is not there.

    `lacking` are what kept articles out of it, known when the last record has come: such a part is
    good for this build, and has no name that another would find it by.
    """
    kept = folder / made_of.hex()
    if not kept.is_dir():
        unfinished = kept.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        PagefindIndexer(site.language).index(records, name, unfinished, with_code=with_code)
        if lacking:
            kept = kept.with_suffix(".lacking")
            shutil.rmtree(kept, ignore_errors=True)
        unfinished.rename(kept)
    return str(kept)


def _index_part(name: str, folder: str, first: str, last: str, articles: int) -> IndexPart:
    """Describe a part by what lies in its folder."""
    path = Path(folder)
    files = sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())
    return IndexPart(name, path.name, folder, tuple(files), first, last, articles)


def _records(
    archive: CatalogueArchive,
    part: Part,
    executor: Executor,
    context: IndexContext,
    lacking: list[Problem],
) -> Iterator[Record]:
    """The records of a part's articles, the oldest first; those left out go to `lacking`."""
    numbers = (member.id for day in part.days for member in archive.members("day", day.key))
    for number, record in executor.map(partial(record_of, context), numbers, _CHUNK):
        if record is not None and not isinstance(record, WorkerDied):
            yield record
            continue
        location = Location(f"{context.load.reading.source}/{archive.detail(number).source}")
        if record is None:
            problem = Problem(location, "changed-while-building", "has changed since it was read")
        else:
            problem = Problem(location, "worker-died", "the process that indexed it died")
        lacking.append(problem)


def _forget(folder: Path, names: set[str]) -> None:
    """Delete parts that are no longer of use."""
    for kept in list(folder.iterdir()):
        if kept.name not in names:
            with suppress(OSError):
                shutil.rmtree(kept)
