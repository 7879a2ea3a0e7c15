"""The press: from an up-to-date archive to rendered, staged pages.

plan -> select what is stale -> render -> write it down
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from newsgen import work
from newsgen.executor import Died, Executor
from newsgen.freshness import Change, inputs_of, select
from newsgen.ledger import Ledger
from newsgen.materials import Materials
from newsgen.model import Page, Unit
from newsgen.plan import PAGE_KINDS, Archive, PageKind
from newsgen.problems import Problem, Where
from newsgen.progress import Progress

_CHUNK: Final = 48
_RANKS: Final = {kind.name: rank for rank, kind in enumerate(PAGE_KINDS)}


@dataclass(slots=True)
class Tally:
    """What a print run came to. Paths are relative to the output folder."""

    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def run(
    kinds: Sequence[PageKind],
    materials: Materials,
    archive: Archive,
    ledger: Ledger,
    executor: Executor,
    context: work.RenderContext,
    progress: Progress,
    stage: str,
) -> Tally:
    """Render what is stale of some kinds of pages, and write down in the ledger what there is.

    Raises:
        NewsgenError: if a template is at fault, or the disk.
    """
    tally = Tally()
    pages = _stale_pages(kinds, materials, archive, ledger, tally)
    results = executor.map(partial(work.render, context), pages, _CHUNK)
    for result in progress.track(results, stage, None):
        _take(result, ledger, tally)
    tally.gone = [path for path in tally.gone if not ledger.has_page(path)]
    return tally


def _stale_pages(
    kinds: Sequence[PageKind], materials: Materials, archive: Archive, ledger: Ledger, tally: Tally
) -> Iterator[Page]:
    """Plan all kinds in their order; yields the pages to render."""
    for name in set(ledger.kinds()) - {kind.name for kind in kinds}:
        for unit in ledger.units(name).values():
            tally.gone += ledger.pages(unit.id)
            ledger.drop_unit(unit.id)
    for kind in kinds:
        frame = materials.frame_of(kind.templates)
        changes = select(
            kind.units(materials.edition, archive),
            partial(kind.pages, materials.edition, archive),
            frame,
            kind.parts,
            ledger.units(kind.name),
            ledger.pages,
        )
        for change in changes:
            yield from _write_down(change, frame, ledger, tally)


def _write_down(change: Change, frame: bytes, ledger: Ledger, tally: Tally) -> Iterator[Page]:
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
    taken = ledger.put_pages(number, list(inputs.items()))
    refused = {path for path in taken if not _wins(path, unit, ledger, tally)}
    for path in taken:
        if path not in refused:
            ledger.take_page(path, number, inputs[path])
    if refused:
        ledger.make_stale(number)
    for stale in change.stale:
        if stale.page.path not in refused:
            tally.reasons.append((stale.page.path, stale.reason))
            yield stale.page


def _wins(path: str, unit: Unit, ledger: Ledger, tally: Tally) -> bool:
    """Whether a unit comes before the one that has a path already; the other goes without."""
    owner = ledger.owner(path)
    other = (owner[1], owner[2]) if owner else ("", "")
    own = (unit.kind, unit.key)
    wins = (_RANKS[unit.kind], unit.key) < (_RANKS.get(other[0], -1), other[1])
    winner, loser = (own, other) if wins else (other, own)
    message = (
        f"is the path of two pages: of {' '.join(winner)}, which has it, and of {' '.join(loser)}"
    )
    tally.problems.append(Problem(Where(path), "path-conflict", message.rstrip()))
    return wins


def _take(result: work.Rendered | Died[Page], ledger: Ledger, tally: Tally) -> None:
    """Take in what rendering one page came to."""
    page = result.item if isinstance(result, Died) else result.page
    if isinstance(result, Died):
        problem = Problem(Where(page.path), "worker-died", "the process that rendered it died")
    elif result.problem:
        problem = result.problem
    else:
        if result.html:
            ledger.put_teasers([(page.data[0], result.html)])
        elif result.changed:
            tally.changed.append(page.path)
        return
    tally.problems.append(problem)
    owner = ledger.owner(page.path)
    if owner:
        ledger.make_stale(owner[0])
    ledger.drop_pages([page.path])
