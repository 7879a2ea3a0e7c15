"""Redirects of the table of old URLs, `redirects.csv`."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.model import Page, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each bucket of redirects."""
    for bucket, bucket_digest in archive.redirect_buckets():
        yield Unit("redirect", f"{bucket:02x}", bucket_digest)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a page for each redirect."""
    for url, target in archive.redirects(int(unit.key, 16)):
        path = urls.output_path(url)
        # A static file cannot answer a query, and a redirect to itself would replace the page.
        if "?" not in url and path != urls.output_path(target):
            yield listing.plan_redirect("redirect", path, target)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `target`, the new URL."""
    return listing.redirect_view(page)


KIND = PageKind("redirect", "html", (listing.REDIRECT,), ("target",), units, pages, view)
