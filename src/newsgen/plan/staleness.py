"""Staleness: which pages must be rendered again, and why.

It compares digests of what pages depend on now with those of the last build, on two levels. A unit
whose digest is unchanged is fresh with all its pages, so these are not even planned. In a changed
unit each page is compared by itself. Nothing here touches a disk or a clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from newsgen.core.digest import SIZE
from newsgen.model import Page, Unit

NEW: Final = "new"
"""Reason given for a page that the last build did not have."""
AGAIN: Final = "rebuilt"
"""Reason given for a page without a valid recorded digest."""

_NO_DIGEST: Final = bytes(SIZE)


class UnitRecord(Protocol):
    """Record of a unit at the last build: what staleness needs of the manifest's rows."""

    @property
    def id(self) -> int:
        """Id in the manifest."""

    @property
    def template_fingerprint(self) -> bytes:
        """Fingerprint of its templates, the configuration and the code."""

    @property
    def digest(self) -> bytes:
        """Digest of everything else that its pages depended on."""


class StalePage(NamedTuple):
    """Page to render, and the reason."""

    page: Page
    reason: str


class UnitChange(NamedTuple):
    """Difference between a changed unit and its record.

    Attributes:
        unit: The unit as planned now.
        pages: All its pages.
        stale: The pages to render.
        gone: Paths of pages that it no longer has, sorted.
    """

    unit: Unit
    pages: Sequence[Page]
    stale: Sequence[StalePage]
    gone: Sequence[str]


def compare_unit(
    unit: Unit,
    plan_pages: Callable[[Unit], Iterable[Page]],
    template_fingerprint: bytes,
    recorded: UnitRecord | None,
    recorded_pages: Callable[[int], Mapping[str, bytes]],
    digest_names: Sequence[str],
) -> UnitChange | None:
    """Compare a unit with its record, and return the difference, or None if it is fresh.

    Args:
        unit: The unit as planned now.
        plan_pages: Plans its pages. Not called if the unit is fresh.
        template_fingerprint: Fingerprint of its templates now.
        recorded: Its record, None for a new unit.
        recorded_pages: Returns the recorded page digests of a unit by their paths.
        digest_names: What each of a page's digests covers, for the reasons.
    """
    same_templates = recorded is not None and recorded.template_fingerprint == template_fingerprint
    if recorded is not None and same_templates and recorded.digest == unit.digest:
        return None
    # The digest of a unit may change for one page's sake. Comparing each page keeps the others.
    pages = list(plan_pages(unit))
    before = recorded_pages(recorded.id) if recorded is not None else {}
    stale = [
        StalePage(page, reason)
        for page in pages
        if (
            reason := _find_reason(
                page, before.get(page.path), digest_names, same_templates=same_templates
            )
        )
    ]
    gone = sorted(before.keys() - {page.path for page in pages})
    return UnitChange(unit, pages, stale, gone)


def join_digests(page: Page) -> bytes:
    """Return the digests of a page as the manifest records them: one after the other."""
    # All digests are of one length, so they can be told apart again.
    return b"".join(digest or _NO_DIGEST for digest in page.digests)


def _find_reason(
    page: Page, before: bytes | None, digest_names: Sequence[str], *, same_templates: bool
) -> str:
    """Return why a page is stale, "" if it is fresh."""
    if before is None:
        return NEW
    if not before:
        return AGAIN
    # The fingerprint is recorded for the unit, so it says nothing about single pages: all are
    # stale.
    if not same_templates:
        return "template or configuration changed"
    now = join_digests(page)
    if now == before:
        return ""
    if len(now) != len(before):
        # The kind of page has other digests than at the last build, as after an upgrade.
        return "changed"
    pairs = zip(digest_names, _split_digests(now), _split_digests(before), strict=False)
    return "changed: " + ", ".join(name for name, new, old in pairs if new != old)


def _split_digests(joined: bytes) -> Iterator[bytes]:
    return (joined[start : start + SIZE] for start in range(0, len(joined), SIZE))
