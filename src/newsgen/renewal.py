"""Renewing a site: from an up-to-date archive to the files in the output folder.

index -> plan -> select what is stale -> render -> stage -> move into place
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from newsgen import indexing, press, write
from newsgen.catalogue import CatalogueArchive
from newsgen.config import Site
from newsgen.executor import Executor
from newsgen.kept import KeptFiles
from newsgen.ledger import Ledger
from newsgen.materials import Materials
from newsgen.problems import Problem, Where
from newsgen.progress import Progress
from newsgen.teasers import TeaserStore
from newsgen.work.indexing import IndexContext
from newsgen.work.load import LoadContext
from newsgen.work.render import RenderContext, clear_desk


class Renewed(NamedTuple):
    """What a renewal came to: files written and removed, problems, and why pages were rendered."""

    written: int
    removed: int
    problems: tuple[Problem, ...]
    reasons: tuple[tuple[str, str], ...]


def renew(
    materials: Materials,
    files: KeptFiles,
    archive: CatalogueArchive,
    teasers: TeaserStore,
    ledger: Ledger,
    executor: Executor,
    progress: Progress,
    *,
    world: bytes,
    clean: bool,
) -> Renewed:
    """Bring the output folder up to date.

    Args:
        materials: of the site.
        files: where what is kept lies.
        archive: what the site shows.
        teasers: those rendered before.
        ledger: what is in the output folder.
        executor: spreads the work.
        progress: follows it.
        world: names everything that the site depends on.
        clean: whether all is rendered, whatever the ledger says.

    Raises:
        NewsgenError: if a template is at fault, or the disk: then the output folder is as it was.
    """
    site = materials.edition.site
    load = LoadContext(site.source_folder, site.reading)
    in_search = IndexContext(load, files.catalogue, files.cache)
    materials, problems = indexing.with_search(
        materials, archive, executor, in_search, files.index, progress
    )
    is_new = ledger.setting("pages") is None
    destination = write.prepare(site.output_folder, site.output)
    context = RenderContext(
        materials.edition,
        materials.theme,
        materials.digest_of_templates,
        load,
        files.catalogue,
        files.teasers,
        files.cache,
        files.compiled,
        destination,
    )
    with _staged(destination, teasers, ledger):
        ledger.begin()
        if clean or destination.fresh:
            ledger.forget_inputs()
        tally = press.run(materials, archive, ledger, teasers, executor, context, progress)
        is_whole = not tally.problems and all(one.code == "no-search" for one in problems)
        ledger.set("world", world if is_whole else b"")
        ledger.set("pages", ledger.count_pages())
        if is_new and not destination.fresh:
            problems += _leftovers(site, destination, ledger)
        elif not destination.fresh:
            write.refuse_foreign(destination, tally.changed, tally.new, tally.gone)
        ledger.put_pending(*_moves(destination, tally))
        ledger.commit()
    progress.enter("Publishing")
    with _uninterrupted():
        write.publish(destination, tally.changed, tally.gone)
        ledger.clear_pending()
    return Renewed(
        written=len(tally.changed),
        removed=len(tally.gone),
        problems=tuple(dict.fromkeys((*problems, *tally.problems))),
        reasons=tuple(tally.reasons),
    )


def _leftovers(site: Site, destination: write.Destination, ledger: Ledger) -> tuple[Problem, ...]:
    """Files in the output folder that may be an earlier build's: the ledger of it is lost."""
    left = [path for path in write.files_of(destination.output) if not ledger.has_page(path)]
    if not left:
        return ()
    message = f"holds {len(left):,} files that this build did not write, such as {left[0]}"
    return (Problem(Where(site.output), "leftover-file", message),)


def _moves(destination: write.Destination, tally: press.Tally) -> tuple[list[str], list[str]]:
    """What is to be done once the ledger says that it is so; a whole folder is one move."""
    return ([""], []) if destination.fresh else (tally.changed, tally.gone)


@contextmanager
def _staged(destination: write.Destination, teasers: TeaserStore, ledger: Ledger) -> Iterator[None]:
    """Leave no trace of what is done inside if it fails, and nothing open that it opened."""
    try:
        yield
    except BaseException:
        teasers.rollback()
        ledger.rollback()
        write.discard(destination)
        raise
    finally:
        clear_desk()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off until the files have been moved."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
