"""The search page, `/search/`: where JavaScript searches, and ways in for those who have none."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """One unit; it depends on which years there are, and on which kinds of terms."""
    years = tuple(year.key for year in archive.groups("year"))
    kinds = tuple(archive.term_kinds())
    yield Unit("search", "", digest(repr((years, kinds))), (years, kinds))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    yield Page("search", urls.file_of(urls.SEARCH), "search.html", (unit.digest,), unit.data)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`years`, the newest first, as their keys; `kinds` of terms that the archive has."""
    years, kinds = page.data
    return {"years": years[::-1], "kinds": kinds}


KIND = PageKind("search", "html", ("search.html",), ("ways",), units, pages, view)
