"""Day pages: `/2025/08/30/`, with links to the previous and the next day that has articles."""

from collections.abc import Iterator, Mapping

from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import known_periods, with_neighbors
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each day that is known."""
    for day, older, newer in with_neighbors(known_periods(archive.groups("day"))):
        heading = listing.heading_digest(day, older, newer)
        yield Unit("day", day.key, digest(day.digest, heading), (day, older, newer))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan the pages of the day's list."""
    day, older, newer = unit.data
    members = archive.members("day", day.key)
    per_page = site_context.site.per_page
    return listing.plan_list("day", "day.html", day, members, per_page, older, newer)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `pager`, `articles`, and the keys of the neighboring days, `older` and `newer`."""
    # A list's redirect is a page of the same kind, so it comes through the same view.
    if listing.is_redirect(page):
        return listing.redirect_view(page)
    older, newer = listing.list_extras(page, "", "")
    return {**listing.list_view(archive, page), "older": older, "newer": newer}


KIND = PageKind(
    "day",
    "html",
    ("day.html", *TEASER_TEMPLATES, listing.REDIRECT),
    listing.DIGEST_NAMES,
    units,
    pages,
    view,
)
