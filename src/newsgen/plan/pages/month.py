"""Month pages: `/2025/08/`, with a calendar of the days that have news."""

from collections.abc import Iterator, Mapping

from newsgen import i18n
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import beside, counts_by, weeks_of
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

_DIGITS_OF_MONTH = 7


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """A unit a month."""
    days = counts_by(archive.groups("day"), _DIGITS_OF_MONTH)
    for month, older, newer in beside(archive.groups("month")):
        calendar = days[month.key]
        heading = listing.digest_of_heading(month, older, newer, calendar)
        yield Unit(
            "month", month.key, digest(month.digest, heading), (month, older, newer, calendar)
        )


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """The pages of the month's list."""
    month, *shown = unit.data
    members = archive.members("month", month.key)
    return listing.pages_of_list(
        "month", "month.html", month, members, site_context.site.per_page, *shown
    )


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`list`, the `weeks` of the calendar, the keys `older` and `newer` of the months beside it."""
    if listing.is_redirect(page):
        return listing.redirect_view(page)
    head, older, newer, calendar = (*page.data, "", "", ())[:4]
    first = i18n.first_weekday(site_context.site.language)
    weeks = weeks_of(head.group.key, calendar, first) if head.group else []
    return {"list": head, "weeks": weeks, "older": older, "newer": newer}


KIND = PageKind(
    "month",
    "html",
    ("month.html", *TEASER_TEMPLATES, listing.REDIRECT),
    listing.PARTS,
    units,
    pages,
    view,
)
