"""Pages that no article changes: about, and the one for what is not found."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    yield Unit("fixed", "", digest(site_context.about))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Two pages."""
    yield Page(
        "fixed", urls.file_of(urls.ABOUT), "about.html", (unit.digest,), (site_context.about,)
    )
    yield Page("fixed", urls.NOT_FOUND, "404.html", (b"",))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`text`: the about page's, as HTML."""
    return {"text": page.data[0]} if page.data else {}


KIND = PageKind("fixed", "html", ("about.html", "404.html"), ("text",), units, pages, view)
