"""The search page, `/search/`: where JavaScript searches, and ways in for those who have none."""

from collections.abc import Iterator, Mapping
from typing import Final

from newsgen import urls
from newsgen.digest import digest
from newsgen.edition import Edition
from newsgen.model import TAG_KINDS, GroupKind, Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind

_KINDS: Final[tuple[GroupKind, ...]] = (*TAG_KINDS, "author")


def units(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """One unit; it depends on which years there are, and on which kinds of terms."""
    years = tuple(year.key for year in archive.groups("year"))
    kinds = tuple(kind for kind in _KINDS if archive.largest(kind, 1))
    yield Unit("search", "", digest(repr((years, kinds))), (years, kinds))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    yield Page("search", urls.file_of(urls.SEARCH), "search.html", (unit.inputs,), unit.data)


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`years`, the newest first, as their keys; `kinds` of terms that the archive has."""
    years, kinds = page.data
    return {"years": years[::-1], "kinds": kinds}


KIND = PageKind("search", "html", ("search.html",), ("ways",), units, pages, view)
