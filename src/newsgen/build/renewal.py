"""Renewing a site: from an up-to-date archive to the files in the output folder.

index -> plan -> select what is stale -> render -> stage -> move into place
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from newsgen.build import render_pages, search_index
from newsgen.build.inputs import BuildInputs
from newsgen.build.state import CachePaths
from newsgen.build.workers.index import IndexContext
from newsgen.build.workers.load import LoadContext
from newsgen.build.workers.render import RenderContext, clear_desk
from newsgen.catalogue import CatalogueArchive
from newsgen.config import Site
from newsgen.core.executor import Executor
from newsgen.core.progress import Progress
from newsgen.output import staging
from newsgen.output.manifest import BuildManifest
from newsgen.problems import Location, Problem
from newsgen.storage.teasers import TeaserStore


class UpdateResult(NamedTuple):
    """What a renewal came to: files written and removed, problems, and why pages were rendered."""

    written: int
    removed: int
    problems: tuple[Problem, ...]
    reasons: tuple[tuple[str, str], ...]


def update_site(
    inputs: BuildInputs,
    files: CachePaths,
    archive: CatalogueArchive,
    teasers: TeaserStore,
    manifest: BuildManifest,
    executor: Executor,
    progress: Progress,
    *,
    build_fingerprint: bytes,
    clean: bool,
) -> UpdateResult:
    """Bring the output folder up to date.

    Args:
        inputs: of the site.
        files: where what is kept lies.
        archive: what the site shows.
        teasers: those rendered before.
        manifest: what is in the output folder.
        executor: spreads the work.
        progress: follows it.
        build_fingerprint: names everything that the site depends on.
        clean: whether all is rendered, whatever the ledger says.

    Raises:
        NewsgenError: if a template is at fault, or the disk: then the output folder is as it was.
    """
    site = inputs.site_context.site
    kinds = tuple(archive.kinds_of_terms())
    inputs = replace(inputs, site_context=replace(inputs.site_context, term_kinds=kinds))
    load = LoadContext(site.source_folder, site.reading)
    in_search = IndexContext(load, files.catalogue, files.cache)
    inputs, problems = search_index.with_search(
        inputs, archive, executor, in_search, files.index, progress
    )
    is_new = manifest.setting("pages") is None
    destination = staging.prepare(site.output_folder, site.output)
    context = RenderContext(
        inputs.site_context,
        inputs.theme,
        inputs.digest_of_templates,
        load,
        files.catalogue,
        files.teasers,
        files.cache,
        files.compiled,
        destination,
    )
    with _staged(destination, teasers, manifest):
        manifest.begin()
        if clean or destination.fresh:
            manifest.invalidate_all()
        stats = render_pages.run(inputs, archive, manifest, teasers, executor, context, progress)
        is_whole = not stats.problems and all(one.code == "no-search" for one in problems)
        manifest.set("world", build_fingerprint if is_whole else b"")
        manifest.set("pages", manifest.count_pages())
        if is_new and not destination.fresh:
            problems += _leftovers(site, destination, manifest)
        elif not destination.fresh:
            staging.refuse_foreign(destination, stats.changed, stats.new, stats.gone)
        manifest.put_pending(*_moves(destination, stats))
        manifest.commit()
    progress.enter("Publishing")
    with _uninterrupted():
        staging.publish(destination, stats.changed, stats.gone)
        manifest.clear_pending()
    return UpdateResult(
        written=len(stats.changed),
        removed=len(stats.gone),
        problems=tuple(dict.fromkeys((*problems, *stats.problems))),
        reasons=tuple(stats.reasons),
    )


def _leftovers(
    site: Site, destination: staging.Destination, manifest: BuildManifest
) -> tuple[Problem, ...]:
    """Files in the output folder that may be an earlier build's: the ledger of it is lost."""
    left = [path for path in staging.files_of(destination.output) if not manifest.has_page(path)]
    if not left:
        return ()
    message = f"holds {len(left):,} files that this build did not write, such as {left[0]}"
    return (Problem(Location(site.output), "untracked-file", message),)


def _moves(
    destination: staging.Destination, stats: render_pages.RenderStats
) -> tuple[list[str], list[str]]:
    """What is to be done once the ledger says that it is so; a whole folder is one move."""
    return ([""], []) if destination.fresh else (stats.changed, stats.gone)


@contextmanager
def _staged(
    destination: staging.Destination, teasers: TeaserStore, manifest: BuildManifest
) -> Iterator[None]:
    """Leave no trace of what is done inside if it fails, and nothing open that it opened."""
    try:
        yield
    except BaseException:
        teasers.rollback()
        manifest.rollback()
        staging.discard(destination)
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
