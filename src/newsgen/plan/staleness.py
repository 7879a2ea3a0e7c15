"""Which pages are stale, and why: a comparison of what they depend on with what they did last time.

Nothing here touches a disk or a clock. Freshness is told on two levels: a unit whose inputs are the
same is left alone with all its pages; in one whose inputs differ, each page is compared by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from newsgen.core.digest import SIZE
from newsgen.model import Page, Unit

_NOTHING = bytes(SIZE)
NEW: Final = "new"
"""The reason of a page that the last build did not have."""
AGAIN: Final = "built anew"
"""The reason of a page of which is not known, or not to be believed, what it was made of."""


class KnownUnit(Protocol):
    """A unit as the last build left it."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def template_fingerprint(self) -> bytes:
        """What named its templates and the configuration."""

    @property
    def digest(self) -> bytes:
        """What named its inputs."""


class Stale(NamedTuple):
    """A page to be rendered, and the reason."""

    page: Page
    reason: str


class Change(NamedTuple):
    """A unit that is not as it was: its pages, those of them that are stale, and the paths that go.

    `unit` is None for one that is no more; `known` is None for a new one.
    """

    unit: Unit | None
    known: int | None
    pages: Sequence[Page]
    stale: Sequence[Stale]
    gone: Sequence[str]


def select(
    units: Iterable[Unit],
    plan: Callable[[Unit], Iterable[Page]],
    template_fingerprint: bytes,
    parts: Sequence[str],
    known_units: Mapping[str, KnownUnit],
    known_pages: Callable[[int], Mapping[str, bytes]],
) -> Iterator[Change]:
    """Tell the units of one kind that have changed, those that are no more first.

    Args:
        units: all units of the kind, as planned now.
        plan: plans the pages of one.
        template_fingerprint: names the kind's templates and the configuration.
        parts: the names of a page's inputs, in their order.
        known_units: the kind's units at the last build, by their keys.
        known_pages: the inputs of a known unit's pages, by their paths.
    """
    now = list(units)
    for key in sorted(known_units.keys() - {unit.key for unit in now}):
        number = known_units[key].id
        yield Change(None, number, (), (), sorted(known_pages(number)))
    for unit in now:
        known = known_units.get(unit.key)
        if (
            known
            and known.template_fingerprint == template_fingerprint
            and known.digest == unit.digest
        ):
            continue
        pages = list(plan(unit))
        before = known_pages(known.id) if known else {}
        same_frame = known is not None and known.template_fingerprint == template_fingerprint
        stale = [
            Stale(page, reason)
            for page in pages
            if (reason := _reason(page, before.get(page.path), parts, same_frame=same_frame))
        ]
        gone = sorted(before.keys() - {page.path for page in pages})
        yield Change(unit, known.id if known else None, pages, stale, gone)


def page_digest(page: Page) -> bytes:
    """A page's inputs as the ledger keeps them: digests of one length, one after the other."""
    return b"".join(part or _NOTHING for part in page.digests)


def _reason(page: Page, before: bytes | None, parts: Sequence[str], *, same_frame: bool) -> str:
    """Why a page is stale; "" if it is not."""
    if before is None:
        return NEW
    if not before:
        return AGAIN
    if not same_frame:
        return "template or configuration changed"
    now = page_digest(page)
    if now == before:
        return ""
    if len(now) != len(before):
        return "changed"
    pairs = zip(parts, _split(now), _split(before), strict=False)
    return "changed: " + ", ".join(part for part, new, old in pairs if new != old)


def _split(inputs: bytes) -> Iterator[bytes]:
    return (inputs[start : start + SIZE] for start in range(0, len(inputs), SIZE))
