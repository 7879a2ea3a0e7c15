"""Month pages: `/2025/08/`, with a calendar of the days that have articles.

Articles of a year without a month have a page of the same kind, `/1937/undated/`, and articles
without a date have `/undated/`. Both have no calendar and no neighbors.
"""

from collections.abc import Iterator, Mapping

from newsgen import i18n
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import (
    MONTH_WIDTH,
    calendar_weeks,
    counts_by,
    is_known,
    known_periods,
    with_neighbors,
)
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each month."""
    days = counts_by(known_periods(archive.groups("day")), MONTH_WIDTH)
    months = archive.groups("month")
    undated = [(month, "", "") for month in months if not is_known(month.key)]
    for month, older, newer in [*undated, *with_neighbors(known_periods(months))]:
        extras = (older, newer, days.get(month.key, ()))
        heading = listing.heading_digest(month, *extras)
        yield Unit("month", month.key, digest(month.digest, heading), (month, *extras))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan the pages of the month's list."""
    month, *extras = unit.data
    members = archive.members("month", month.key)
    per_page = site_context.site.per_page
    return listing.plan_list("month", "month.html", month, members, per_page, *extras)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `pager`, `articles`, the calendar's `weeks`, the months' keys `older` and `newer`."""
    if listing.is_redirect(page):
        return listing.redirect_view(page)
    older, newer, days = listing.list_extras(page, "", "", ())
    pager: listing.Pager = page.data[0]
    first = i18n.first_weekday(site_context.site.language)
    weeks = calendar_weeks(pager.group.key, days, first) if pager.group and days else []
    return {**listing.list_view(archive, page), "weeks": weeks, "older": older, "newer": newer}


KIND = PageKind(
    "month",
    "html",
    ("month.html", *TEASER_TEMPLATES, listing.REDIRECT),
    listing.DIGEST_NAMES,
    units,
    pages,
    view,
)
