"""Rendering: from an up-to-date catalogue to staged files and their record in the manifest.

plan -> compare with the manifest -> render what is stale -> record it
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from newsgen import urls
from newsgen.build.body_settings import load_body_settings
from newsgen.build.error_log import log_plugin_error
from newsgen.build.ingest import make_file_context
from newsgen.build.inputs import BuildInputs
from newsgen.build.publish_order import order_moves, order_removals
from newsgen.build.state import State
from newsgen.build.workers.load import LoadContext
from newsgen.build.workers.render import (
    RenderContext,
    RenderResources,
    RenderResult,
    render_page,
)
from newsgen.core.executor import Executor
from newsgen.core.progress import Progress
from newsgen.core.worker import WorkerDied
from newsgen.model import Page, Unit
from newsgen.output.manifest import BuildManifest, RecordedUnit
from newsgen.output.published_manifest import FileRecord
from newsgen.output.staging import Destination, ignores_case
from newsgen.plan import PAGE_KINDS, Archive, PageKind
from newsgen.plan.pages import article
from newsgen.plan.staleness import NEW, UnitChange, compare_unit, join_digests
from newsgen.problems import Location, Problem
from newsgen.site_context import TEASER_TEMPLATES
from newsgen.storage.cache import CachedTeaser
from newsgen.storage.database import is_own_error
from newsgen.text.filenames import fold_path

_CHUNK_SIZE: Final = 48
_TEASER_BATCH_SIZE: Final = 500
"""Teasers written to the cache at a time: about 1 MB, a few milliseconds of writing."""
_RANKS: Final = {kind.name: rank for rank, kind in enumerate(PAGE_KINDS)}
_FIRST_LIST: Final = _RANKS[article.KIND.name] + 1
"""Index in `PAGE_KINDS` of the first kind of page that may show teasers."""


@dataclass(slots=True)
class RenderStats:
    """Changes made by rendering. Paths are relative to the output folder.

    Attributes:
        changed: Kinds of the staged files' pages by their paths, in the order of publishing.
        new: Staged paths that no page of the last build had.
        gone: Kinds of the removed pages by their paths, in the order of removing. An unknown kind
            is empty.
        reasons: The path of each rendered page, and why it was rendered.
        problems: Pages that could not be rendered or have no path of their own.
    """

    changed: dict[str, str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def discard(self, paths: Iterable[str]) -> None:
        """Take out the paths of files that could not be moved or removed."""
        for path in paths:
            self.changed.pop(path, None)
            self.gone.pop(path, None)


class _Run(NamedTuple):
    """Shared values of all steps of one run. Steps add to `stats` and to the manifest."""

    inputs: BuildInputs
    archive: Archive
    manifest: BuildManifest
    stats: RenderStats
    log: Path


def render_stale_pages(
    inputs: BuildInputs,
    archive: Archive,
    state: State,
    destination: Destination,
    executor: Executor,
    progress: Progress,
) -> RenderStats:
    """Render and stage every stale page, and record all pages in the manifest.

    Args:
        inputs: The theme and the site apart from its articles.
        archive: The articles to show.
        state: The archive's state. The manifest is inside a transaction.
        destination: Where pages are staged.
        executor: Spreads the rendering.
        progress: Follows the work.

    Raises:
        NewsgenError: If a template is faulty or the disk fails.
    """
    manifest, cache = state.manifest, state.cache
    run = _Run(inputs, archive, manifest, RenderStats(), state.paths.log)
    context = _make_context(inputs, state, destination)
    fingerprint = context.teaser_fingerprint
    if not cache.has_teasers(fingerprint):
        # Lists need teasers, and articles' pages make them.
        manifest.invalidate_all(article.KIND.name)
    _remove_kinds(set(manifest.kinds()) - set(_RANKS), run)
    teasers: list[CachedTeaser] = []

    def store_teasers() -> None:
        cache.put_teasers(fingerprint, teasers)
        teasers.clear()

    def render(kinds: Sequence[PageKind]) -> Iterator[tuple[Page, RenderResult | WorkerDied]]:
        pages = _plan_stale_pages(kinds, run)
        return executor.map(render_page, pages, _CHUNK_SIZE, partial(RenderResources, context))

    def render_in_order() -> Generator[tuple[Page, RenderResult | WorkerDied]]:
        # Lists take teasers from the cache, in other processes. So all teasers of articles' pages
        # are stored before the first list is rendered.
        yield from render(PAGE_KINDS[:_FIRST_LIST])
        store_teasers()
        if cache.needs_pruning(sum(year.count for year in archive.groups("year"))):
            cache.prune_teasers(fingerprint, archive.summary_digests())
        yield from render(PAGE_KINDS[_FIRST_LIST:])

    progress.start_stage("Writing")
    # Closed at once on an error: a worker that goes on would fill the staging folder while
    # `staged` deletes it.
    with closing(render_in_order()) as rendered:
        # No total: pages are planned only when a worker is free for them.
        for page, result in progress.track(rendered, None):
            if isinstance(result, RenderResult) and result.teaser:
                # The first digest of an article's page is that of its summary.
                teasers.append(CachedTeaser(page.digests[0], *result.teaser))
                if len(teasers) >= _TEASER_BATCH_SIZE:
                    store_teasers()
            _record_result(page, result, run)
    stats = run.stats
    # A path may pass from one unit to another: then it is neither gone nor new.
    reused = set(stats.gone)
    stats.new = [path for path in stats.new if path not in reused]
    has_one_case = ignores_case(destination.output)
    stats.gone = order_removals(
        {
            path: kind
            for path, kind in stats.gone.items()
            if manifest.is_free(path, ignores_case=has_one_case)
        }
    )
    stats.changed = order_moves(stats.changed, set(stats.new))
    return stats


def _make_context(inputs: BuildInputs, state: State, destination: Destination) -> RenderContext:
    site = inputs.site_context.site
    return RenderContext(
        site_context=inputs.site_context,
        theme=inputs.theme,
        templates_digest=inputs.templates_digest,
        teaser_fingerprint=inputs.template_fingerprint(TEASER_TEMPLATES),
        load=LoadContext(
            site.source_folder,
            site.reading,
            bodies=load_body_settings(site),
            log=state.paths.log,
        ),
        catalogue=state.paths.catalogue,
        cache=state.paths.cache,
        compiled=state.paths.compiled,
        files=make_file_context(site, state.paths.pictures),
        destination=destination,
    )


def _remove_kinds(names: Iterable[str], run: _Run) -> None:
    """Remove the pages of kinds that no longer exist, as after an upgrade or without a plugin."""
    for name in names:
        for unit in run.manifest.units(name).values():
            _remove_unit(name, unit, run)


def _remove_unit(kind: str, recorded: RecordedUnit, run: _Run) -> None:
    run.stats.gone |= dict.fromkeys(run.manifest.pages(recorded.id), kind)
    run.manifest.delete_unit(recorded.id)


def _plan_stale_pages(kinds: Sequence[PageKind], run: _Run) -> Iterator[Page]:
    """Plan some kinds in their order, record their units, and yield the pages to render."""
    context = run.inputs.site_context
    for kind in kinds:
        recorded = run.manifest.units(kind.name)
        try:
            fingerprint = run.inputs.template_fingerprint(kind.templates)
            units = list(kind.units(context, run.archive))
            keys = {unit.key for unit in units}
        except Exception as error:  # noqa: BLE001 - raised again unless a plugin is to blame
            # What the kind has on the site stays there.
            _report_plugin(kind, error, run)
            continue
        # Removed units go first: their paths are free for others.
        for key in sorted(recorded.keys() - keys):
            _remove_unit(kind.name, recorded.pop(key), run)
        for unit in units:
            # Almost all units are fresh. Asking here spares a call for each of them.
            before = recorded.get(unit.key)
            if before and (before.template_fingerprint, before.digest) == (
                fingerprint,
                unit.digest,
            ):
                continue
            try:
                change = compare_unit(
                    unit,
                    partial(kind.pages, context, run.archive),
                    fingerprint,
                    before,
                    run.manifest.pages,
                    kind.digest_names,
                )
                _refuse_outside_paths(change)
                change = change and _drop_duplicates(change, before, run)
            except Exception as error:  # noqa: BLE001 - as above
                _report_plugin(kind, error, run)
                continue
            if change:
                yield from _record_change(change, fingerprint, recorded, run)


def _report_plugin(kind: PageKind, error: Exception, run: _Run) -> None:
    """Report a plugin that failed while it planned pages.

    Raises:
        Exception: The error itself, if it is not a plugin's.
    """
    failure = None
    # Damage has its own answer.
    if not is_own_error(error):
        failure = PAGE_KINDS.describe_failure(kind.name, error)
        failure = log_plugin_error(error, failure, f"planning pages of {kind.name}", run.log)
    if failure is None:
        raise error
    run.stats.problems.append(failure)


def _refuse_outside_paths(change: UnitChange | None) -> None:
    """Raise an error for a page that would be written outside the output folder."""
    for page in change.pages if change else ():
        if not urls.is_inside_site(page.path):
            raise ValueError(f"{page.path} is not a path inside the site")


def _drop_duplicates(change: UnitChange, recorded: RecordedUnit | None, run: _Run) -> UnitChange:
    """Leave out pages that ask for the file of an earlier page of their unit, and report them."""
    owners: dict[str, Page] = {}
    dropped: dict[int, Page] = {}
    for page in change.pages:
        first = owners.setdefault(fold_path(page.path), page)
        if first is not page:
            dropped[id(page)] = page
            run.stats.problems.append(_describe_duplicate(page, first, run))
    if not dropped:
        return change
    pages = [page for page in change.pages if id(page) not in dropped]
    before = run.manifest.pages(recorded.id) if recorded else {}
    gone = {page.path for page in dropped.values()} & before.keys()
    return UnitChange(
        # Without a digest the next build plans the unit again, and reports the same.
        change.unit._replace(digest=b""),
        pages,
        [stale for stale in change.stale if id(stale.page) not in dropped],
        [*change.gone, *sorted(gone - {page.path for page in pages})],
    )


def _describe_duplicate(page: Page, first: Page, run: _Run) -> Problem:
    folder = run.inputs.site_context.site.source
    owner = f"{folder}/{first.source}" if first.source else f"another {first.kind} page"
    spelled = "" if first.path == page.path else f", as {first.path}"
    location = Location(f"{folder}/{page.source}" if page.source else page.path)
    return Problem(location, "path-conflict", f"{page.path} is already used by {owner}{spelled}")


def _record_change(
    change: UnitChange, fingerprint: bytes, recorded: dict[str, RecordedUnit], run: _Run
) -> Iterator[Page]:
    """Record a changed unit in the manifest, and yield its pages to render.

    A path belongs to the first page in the order of `PAGE_KINDS`, then of units, that asks for it.
    """
    unit, manifest, stats = change.unit, run.manifest, run.stats
    stats.gone |= dict.fromkeys(change.gone, unit.kind)
    unit_id = manifest.put_unit(unit.kind, unit.key, fingerprint, unit.digest)
    manifest.delete_pages(change.gone)
    digests = {page.path: join_digests(page) for page in change.pages}
    taken = set(manifest.put_pages(unit_id, list(digests.items())))
    refused = set()
    for page in change.pages:
        others = [page.path] if page.path in taken else manifest.conflicting_paths(page.path)
        earlier = [owner for other in others if (owner := _find_earlier_owner(other, unit, run))]
        if earlier:
            stats.problems.append(_describe_conflict(page, unit, earlier[0], run))
            refused.add(page.path)
        elif others:
            for other in others:
                _plan_owner_again(other, unit, recorded, run)
            stats.gone |= dict.fromkeys(manifest.evict_pages(others), "")
            manifest.put_pages(unit_id, [(page.path, digests[page.path])])
    if refused:
        # The row of a taken path belongs to the other unit and stays.
        manifest.delete_pages(refused - taken)
        # The path may be free at the next build.
        manifest.invalidate_unit(unit_id)
    stale = [stale for stale in change.stale if stale.page.path not in refused]
    stats.reasons += ((page.path, reason) for page, reason in stale)
    # A taken path was on the site before, so its file may be overwritten.
    stats.new += (page.path for page, reason in stale if reason == NEW and page.path not in taken)
    yield from (page for page, _ in stale)


def _describe_conflict(page: Page, unit: Unit, owner: str, run: _Run) -> Problem:
    """Return the problem of a page whose path is taken."""
    if page.source:
        location = Location(f"{run.inputs.site_context.site.source}/{page.source}")
        return Problem(location, "path-conflict", f"{page.path} is already used by {owner}")
    message = f"is already used by {owner}; {unit.kind} {unit.key}".rstrip() + " gets no page"
    return Problem(Location(page.path), "path-conflict", message)


def _find_earlier_owner(path: str, unit: Unit, run: _Run) -> str:
    """Return the unit that owns a path, if it comes before a unit in the order of pages, or ""."""
    _, kind, key = run.manifest.owner(path) or (0, "", "")
    is_earlier = kind and (_RANKS.get(kind, -1), key) <= (_RANKS[unit.kind], unit.key)
    return f"the {kind} page {key}".rstrip() if is_earlier else ""


def _plan_owner_again(path: str, unit: Unit, recorded: dict[str, RecordedUnit], run: _Run) -> None:
    """Make the unit that loses a path stale in this build, if it is of the same kind."""
    # Units of later kinds are compared later anyway; `evict_pages` has made them stale.
    _, kind, key = run.manifest.owner(path) or (0, "", "")
    if kind == unit.kind and key in recorded:
        recorded[key] = recorded[key]._replace(digest=b"")


def _record_result(page: Page, result: RenderResult | WorkerDied, run: _Run) -> None:
    """Record the result of rendering one page."""
    if isinstance(result, WorkerDied):
        problem = Problem(Location(page.path), "worker-died", "the process that rendered it died")
    else:
        if result.file:
            _, size, content_digest = result.file
            run.manifest.put_file(FileRecord(page.path, size, content_digest))
            if result.file.has_changed:
                run.stats.changed[page.path] = page.kind
        if result.problem is None:
            return
        problem = result.problem
    run.stats.problems.append(problem)
    # Rendered again by the next build. An older file of the page stays until then.
    run.manifest.invalidate_page(page.path)
