"""Teasers: an article as every list shows it. Rendered once and joined into pages from then on."""

from collections.abc import Iterable, Mapping
from typing import Final

from newsgen.edition import TEASER_TEMPLATES, Edition
from newsgen.model import Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind

_PREFIX: Final = "teaser:"


def units(edition: Edition, archive: Archive) -> Iterable[Unit]:
    """A unit a day."""
    return (Unit("teaser", day.key, day.digest) for day in archive.groups("day"))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterable[Page]:
    """A teaser an article, named by its card: another card is another teaser."""
    return (
        Page("teaser", _PREFIX + member.card.hex(), "", (member.card,), (member.id,))
        for member in archive.members("day", unit.key)
    )


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`article`: the card."""
    return {"article": archive.card(page.data[0])}


def card_of(path: str) -> bytes:
    """The digest of the card whose teaser has a path."""
    return bytes.fromhex(path.removeprefix(_PREFIX))


KIND = PageKind("teaser", "teaser", TEASER_TEMPLATES, ("card",), units, pages, view)
