"""The search page, `/search/`, which also links to all articles for readers without JavaScript."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import known_periods
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit."""
    years = tuple(year.key for year in known_periods(archive.groups("year")))
    yield Unit("search", "", digest(*years), years)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan one page."""
    yield Page("search", urls.output_path(urls.SEARCH), "search.html", (unit.digest,), unit.data)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `years`: the keys of all years, the newest first."""
    # Groups are ordered by key, so the oldest year is first.
    return {"years": page.data[::-1]}


KIND = PageKind("search", "html", ("search.html",), ("years",), units, pages, view)
