"""Pages that no article changes: the about page and the error page, `404.html`."""

from collections.abc import Iterator, Mapping
from typing import Final

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

_NAME: Final = "standalone"


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit."""
    yield Unit(_NAME, "", digest(site_context.about))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan two pages."""
    path = urls.output_path(urls.ABOUT)
    yield Page(_NAME, path, "about.html", (unit.digest,), (site_context.about,))
    yield Page(_NAME, urls.NOT_FOUND, "404.html", (b"",))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `text`, the about page's text as HTML."""
    return {"text": page.data[0]} if page.data else {}


KIND = PageKind(_NAME, "html", ("about.html", "404.html"), ("text",), units, pages, view)
