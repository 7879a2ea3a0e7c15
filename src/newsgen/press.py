"""The press: from an up-to-date archive to rendered, staged pages.

plan -> select what is stale -> render -> write it down
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from newsgen.edition import TEASER_TEMPLATES
from newsgen.executor import Died, Executor
from newsgen.freshness import NEW, Change, inputs_of, select
from newsgen.ledger import KnownUnit, Ledger
from newsgen.materials import Materials
from newsgen.model import Page, Unit
from newsgen.plan import PAGE_KINDS, Archive, PageKind
from newsgen.plan.pages import article
from newsgen.problems import Problem, Where
from newsgen.progress import Progress
from newsgen.teasers import TeaserStore
from newsgen.work.render import RenderContext, Rendered, render

_CHUNK: Final = 48
_RANKS: Final = {kind.name: rank for rank, kind in enumerate(PAGE_KINDS)}
_LISTS: Final = _RANKS[article.KIND.name] + 1
"""Where in `PAGE_KINDS` the pages begin that may show teasers: behind the articles."""


@dataclass(slots=True)
class Tally:
    """What a print run came to. Paths are relative to the output folder.

    `new` are the paths that no page of the last build had.
    """

    changed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def run(
    materials: Materials,
    archive: Archive,
    ledger: Ledger,
    teasers: TeaserStore,
    executor: Executor,
    context: RenderContext,
    progress: Progress,
) -> Tally:
    """Render what is stale, and write down in the ledger what there is.

    Lists come after the articles, whose teasers they show.

    Raises:
        NewsgenError: if a template is at fault, or the disk.
    """
    tally = Tally()
    if not teasers.begin(materials.frame_of(TEASER_TEMPLATES)):
        ledger.forget_inputs(article.KIND.name)
    _drop_kinds(set(ledger.kinds()) - set(_RANKS), ledger, tally)

    def rendered(kinds: Sequence[PageKind]) -> Iterator[tuple[Page, Rendered | Died]]:
        pages = _stale_pages(kinds, materials, archive, ledger, tally)
        return executor.map(partial(render, context), pages, _CHUNK)

    def in_turns() -> Iterator[tuple[Page, Rendered | Died]]:
        yield from rendered(PAGE_KINDS[:_LISTS])
        _sweep(teasers, archive)
        teasers.commit()
        yield from rendered(PAGE_KINDS[_LISTS:])

    progress.enter("Writing")
    for page, result in progress.track(in_turns(), None):
        _take(page, result, ledger, teasers, tally)
    passed_on = set(tally.gone)
    tally.new = [path for path in tally.new if path not in passed_on]
    tally.gone = [path for path in tally.gone if not ledger.has_page(path)]
    return tally


def _sweep(teasers: TeaserStore, archive: Archive) -> None:
    """Forget teasers that are of no use any more, when there are many."""
    if teasers.has_useless(sum(year.count for year in archive.groups("year"))):
        teasers.keep_only(archive.cards())


def _drop_kinds(names: Iterable[str], ledger: Ledger, tally: Tally) -> None:
    """Drop the pages of kinds that there are no more."""
    for name in names:
        for unit in ledger.units(name).values():
            tally.gone += ledger.pages(unit.id)
            ledger.drop_unit(unit.id)


def _stale_pages(
    kinds: Sequence[PageKind], materials: Materials, archive: Archive, ledger: Ledger, tally: Tally
) -> Iterator[Page]:
    """Plan some kinds in their order; yields the pages to render."""
    for kind in kinds:
        frame = materials.frame_of(kind.templates)
        known = ledger.units(kind.name)
        changes = select(
            kind.units(materials.edition, archive),
            partial(kind.pages, materials.edition, archive),
            frame,
            kind.parts,
            known,
            ledger.pages,
        )
        for change in changes:
            yield from _write_down(change, frame, known, materials, ledger, tally)


def _write_down(
    change: Change,
    frame: bytes,
    known: dict[str, KnownUnit],
    materials: Materials,
    ledger: Ledger,
    tally: Tally,
) -> Iterator[Page]:
    """Enter a changed unit into the ledger; yields those of its pages that are to be rendered."""
    tally.gone += change.gone
    if change.unit is None:
        if change.known is not None:
            ledger.drop_unit(change.known)
        return
    unit = change.unit
    number = ledger.put_unit(unit.kind, unit.key, frame, unit.inputs)
    ledger.drop_pages(change.gone)
    inputs = {page.path: inputs_of(page) for page in change.pages}
    taken = set(ledger.put_pages(number, list(inputs.items())))
    refused = set()
    for page in change.pages:
        others = [page.path] if page.path in taken else ledger.in_the_way(page.path)
        before = [owner for other in others if (owner := _owner_before(other, unit, ledger))]
        if before:
            tally.problems.append(_conflict(page, unit, before[0], materials))
            refused.add(page.path)
        elif others:
            for other in others:
                _plan_owner_again(other, unit, known, ledger)
            tally.gone += ledger.evict_pages(others)
            ledger.put_pages(number, [(page.path, inputs[page.path])])
    if refused:
        ledger.drop_pages(refused - taken)
        ledger.make_stale(number)
    stale = [stale for stale in change.stale if stale.page.path not in refused]
    tally.reasons += ((page.path, reason) for page, reason in stale)
    tally.new += (page.path for page, reason in stale if reason == NEW and page.path not in taken)
    yield from (page for page, _ in stale)


def _conflict(page: Page, unit: Unit, owner: str, materials: Materials) -> Problem:
    """The problem of a page whose path another page has."""
    if page.source:
        where = Where(f"{materials.edition.site.source}/{page.source}")
        return Problem(where, "path-conflict", f"asks for {page.path}, which {owner} has already")
    message = f"is in the way of what {owner} has already; {unit.kind} {unit.key} goes without"
    return Problem(Where(page.path), "path-conflict", message)


def _owner_before(path: str, unit: Unit, ledger: Ledger) -> str:
    """The unit that has a path already, if it comes before a unit in the order of pages."""
    _, kind, key = ledger.owner(path) or (0, "", "")
    is_before = kind and (_RANKS.get(kind, -1), key) <= (_RANKS[unit.kind], unit.key)
    return f"the page of {kind} {key}".rstrip() if is_before else ""


def _plan_owner_again(path: str, unit: Unit, known: dict[str, KnownUnit], ledger: Ledger) -> None:
    """Have the unit that loses a path planned again, in this build if it is of the same kind."""
    _, kind, key = ledger.owner(path) or (0, "", "")
    if kind == unit.kind and key in known:
        known[key] = known[key]._replace(inputs=b"")


def _take(
    page: Page, result: Rendered | Died, ledger: Ledger, teasers: TeaserStore, tally: Tally
) -> None:
    """Take in what rendering one page came to."""
    if isinstance(result, Died):
        problem = Problem(Where(page.path), "worker-died", "the process that rendered it died")
    else:
        if result.teaser:
            teasers.put(page.inputs[0], *result.teaser)
        if result.changed:
            tally.changed.append(page.path)
        if result.problem is None:
            return
        problem = result.problem
    tally.problems.append(problem)
    ledger.make_page_stale(page.path)
