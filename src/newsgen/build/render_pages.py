"""The press: from an up-to-date archive to rendered, staged pages.

plan -> select what is stale -> render -> write it down
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from newsgen.build.inputs import BuildInputs
from newsgen.build.workers.render import RenderContext, Rendered, render
from newsgen.core.executor import Executor, WorkerDied
from newsgen.core.progress import Progress
from newsgen.model import Page, Unit
from newsgen.output.manifest import BuildManifest, KnownUnit
from newsgen.plan import PAGE_KINDS, Archive, PageKind
from newsgen.plan.pages import article
from newsgen.plan.staleness import NEW, Change, page_digest, select
from newsgen.problems import Location, Problem
from newsgen.site_context import TEASER_TEMPLATES
from newsgen.storage.teasers import TeaserStore

_CHUNK: Final = 48
_RANKS: Final = {kind.name: rank for rank, kind in enumerate(PAGE_KINDS)}
_LISTS: Final = _RANKS[article.KIND.name] + 1
"""Where in `PAGE_KINDS` the pages begin that may show teasers: behind the articles."""


@dataclass(slots=True)
class RenderStats:
    """What a print run came to. Paths are relative to the output folder.

    `new` are the paths that no page of the last build had.
    """

    changed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def run(
    inputs: BuildInputs,
    archive: Archive,
    manifest: BuildManifest,
    teasers: TeaserStore,
    executor: Executor,
    context: RenderContext,
    progress: Progress,
) -> RenderStats:
    """Render what is stale, and write down in the ledger what there is.

    Lists come after the articles, whose teasers they show.

    Raises:
        NewsgenError: if a template is at fault, or the disk.
    """
    stats = RenderStats()
    if not teasers.begin(inputs.template_fingerprint_of(TEASER_TEMPLATES)):
        manifest.invalidate_all(article.KIND.name)
    _drop_kinds(set(manifest.kinds()) - set(_RANKS), manifest, stats)

    def rendered(kinds: Sequence[PageKind]) -> Iterator[tuple[Page, Rendered | WorkerDied]]:
        pages = _stale_pages(kinds, inputs, archive, manifest, stats)
        return executor.map(partial(render, context), pages, _CHUNK)

    def in_turns() -> Iterator[tuple[Page, Rendered | WorkerDied]]:
        yield from rendered(PAGE_KINDS[:_LISTS])
        _sweep(teasers, archive)
        teasers.commit()
        yield from rendered(PAGE_KINDS[_LISTS:])

    progress.start_stage("Writing")
    for page, result in progress.track(in_turns(), None):
        _take(page, result, manifest, teasers, stats)
    passed_on = set(stats.gone)
    stats.new = [path for path in stats.new if path not in passed_on]
    stats.gone = [path for path in stats.gone if not manifest.has_page(path)]
    return stats


def _sweep(teasers: TeaserStore, archive: Archive) -> None:
    """Forget teasers that are of no use any more, when there are many."""
    if teasers.needs_pruning(sum(year.count for year in archive.groups("year"))):
        teasers.prune(archive.summary_digests())


def _drop_kinds(names: Iterable[str], manifest: BuildManifest, stats: RenderStats) -> None:
    """Drop the pages of kinds that there are no more."""
    for name in names:
        for unit in manifest.units(name).values():
            stats.gone += manifest.pages(unit.id)
            manifest.drop_unit(unit.id)


def _stale_pages(
    kinds: Sequence[PageKind],
    inputs: BuildInputs,
    archive: Archive,
    manifest: BuildManifest,
    stats: RenderStats,
) -> Iterator[Page]:
    """Plan some kinds in their order; yields the pages to render."""
    for kind in kinds:
        template_fingerprint = inputs.template_fingerprint_of(kind.templates)
        known = manifest.units(kind.name)
        changes = select(
            kind.units(inputs.site_context, archive),
            partial(kind.pages, inputs.site_context, archive),
            template_fingerprint,
            kind.digest_names,
            known,
            manifest.pages,
        )
        for change in changes:
            yield from _write_down(change, template_fingerprint, known, inputs, manifest, stats)


def _write_down(
    change: Change,
    template_fingerprint: bytes,
    known: dict[str, KnownUnit],
    inputs: BuildInputs,
    manifest: BuildManifest,
    stats: RenderStats,
) -> Iterator[Page]:
    """Enter a changed unit into the ledger; yields those of its pages that are to be rendered."""
    stats.gone += change.gone
    if change.unit is None:
        if change.known is not None:
            manifest.drop_unit(change.known)
        return
    unit = change.unit
    number = manifest.put_unit(unit.kind, unit.key, template_fingerprint, unit.digest)
    manifest.drop_pages(change.gone)
    page_digests = {page.path: page_digest(page) for page in change.pages}
    taken = set(manifest.put_pages(number, list(page_digests.items())))
    refused = set()
    for page in change.pages:
        others = [page.path] if page.path in taken else manifest.conflicting_paths(page.path)
        before = [owner for other in others if (owner := _owner_before(other, unit, manifest))]
        if before:
            stats.problems.append(_conflict(page, unit, before[0], inputs))
            refused.add(page.path)
        elif others:
            for other in others:
                _plan_owner_again(other, unit, known, manifest)
            stats.gone += manifest.evict_pages(others)
            manifest.put_pages(number, [(page.path, page_digests[page.path])])
    if refused:
        manifest.drop_pages(refused - taken)
        manifest.invalidate_unit(number)
    stale = [stale for stale in change.stale if stale.page.path not in refused]
    stats.reasons += ((page.path, reason) for page, reason in stale)
    stats.new += (page.path for page, reason in stale if reason == NEW and page.path not in taken)
    yield from (page for page, _ in stale)


def _conflict(page: Page, unit: Unit, owner: str, inputs: BuildInputs) -> Problem:
    """The problem of a page whose path another page has."""
    if page.source:
        location = Location(f"{inputs.site_context.site.source}/{page.source}")
        return Problem(
            location, "path-conflict", f"asks for {page.path}, which {owner} has already"
        )
    message = f"is in the way of what {owner} has already; {unit.kind} {unit.key} goes without"
    return Problem(Location(page.path), "path-conflict", message)


def _owner_before(path: str, unit: Unit, manifest: BuildManifest) -> str:
    """The unit that has a path already, if it comes before a unit in the order of pages."""
    _, kind, key = manifest.owner(path) or (0, "", "")
    is_before = kind and (_RANKS.get(kind, -1), key) <= (_RANKS[unit.kind], unit.key)
    return f"the page of {kind} {key}".rstrip() if is_before else ""


def _plan_owner_again(
    path: str, unit: Unit, known: dict[str, KnownUnit], manifest: BuildManifest
) -> None:
    """Have the unit that loses a path planned again, in this build if it is of the same kind."""
    _, kind, key = manifest.owner(path) or (0, "", "")
    if kind == unit.kind and key in known:
        known[key] = known[key]._replace(digest=b"")


def _take(
    page: Page,
    result: Rendered | WorkerDied,
    manifest: BuildManifest,
    teasers: TeaserStore,
    stats: RenderStats,
) -> None:
    """Take in what rendering one page came to."""
    if isinstance(result, WorkerDied):
        problem = Problem(Location(page.path), "worker-died", "the process that rendered it died")
    else:
        if result.teaser:
            teasers.put(page.digests[0], *result.teaser)
        if result.changed:
            stats.changed.append(page.path)
        if result.problem is None:
            return
        problem = result.problem
    stats.problems.append(problem)
    manifest.invalidate_page(page.path)
