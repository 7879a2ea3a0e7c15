"""Teasers: an article as every list shows it. Rendered once and joined into pages from then on."""

from collections.abc import Iterable, Mapping

from newsgen.edition import Edition
from newsgen.model import Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind


def units(edition: Edition, archive: Archive) -> Iterable[Unit]:
    """A unit a day."""
    return (Unit("teaser", day.key, day.digest) for day in archive.groups("day"))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterable[Page]:
    """A teaser an article, named by the article's number."""
    return (
        Page("teaser", f"teaser:{member.id}", "teaser.html", (member.card,), (member.id,))
        for member in archive.members("day", unit.key)
    )


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`article`: the card."""
    return {"article": archive.cards(page.data)[page.data[0]]}


KIND = PageKind("teaser", "teaser", ("teaser.html",), ("card",), units, pages, view)
