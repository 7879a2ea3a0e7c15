"""Redirects from addresses that an article had before: `aliases:` in its front matter."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """A unit a day that has articles with aliases."""
    for day in archive.days_with_aliases():
        found = archive.aliases(day)
        yield Unit("alias", day, digest(repr(found)), tuple(found))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """A redirect an alias; an article's own URL needs none."""
    for source, url, aliases in unit.data:
        for alias in aliases:
            path = urls.file_of(urls.alias(alias))
            if path != urls.file_of(url):
                yield listing.redirect("alias", path, url)._replace(source=source)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`target`: the article's URL."""
    return listing.redirect_view(page)


KIND = PageKind("alias", "html", (listing.REDIRECT,), ("target",), units, pages, view)
