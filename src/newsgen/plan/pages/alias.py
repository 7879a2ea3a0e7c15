"""Redirects from an article's old paths: `aliases:` in its front matter."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each day that has articles with aliases."""
    for day in archive.days_with_aliases():
        aliases = archive.aliases(day)
        yield Unit("alias", day, digest(repr(aliases)), tuple(aliases))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a redirect for each alias."""
    for source, url, aliases in unit.data:
        for alias in aliases:
            path = urls.output_path(urls.alias_url(alias))
            # An alias equal to the article's own URL is harmless, and would replace the article.
            if path != urls.output_path(url):
                yield listing.plan_redirect("alias", path, url)._replace(source=source)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `target`, the article's URL."""
    return listing.redirect_view(page)


KIND = PageKind("alias", "html", (listing.REDIRECT,), ("target",), units, pages, view)
