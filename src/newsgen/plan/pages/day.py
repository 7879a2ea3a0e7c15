"""Day pages: `/2025/08/30/`, with ways to the days before and after that have news."""

from collections.abc import Iterator, Mapping

from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import beside
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """A unit a day."""
    for day, older, newer in beside(archive.groups("day")):
        heading = listing.digest_of_heading(day, older, newer)
        yield Unit("day", day.key, digest(day.digest, heading), (day, older, newer))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """The pages of the day's list."""
    day, older, newer = unit.data
    members = archive.members("day", day.key)
    return listing.pages_of_list(
        "day", "day.html", day, members, site_context.site.per_page, older, newer
    )


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`list`, and the keys `older` and `newer` of the days beside it, "" where there is none."""
    if listing.is_redirect(page):
        return listing.redirect_view(page)
    head, older, newer = (*page.data, "", "")[:3]
    return {"list": head, "older": older, "newer": newer}


KIND = PageKind(
    "day",
    "html",
    ("day.html", *TEASER_TEMPLATES, listing.REDIRECT),
    listing.PARTS,
    units,
    pages,
    view,
)
