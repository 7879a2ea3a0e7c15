"""Month pages: `/2025/08/`, with a calendar of the days that have news."""

from collections.abc import Iterator, Mapping

from newsgen import language
from newsgen.digest import digest
from newsgen.edition import TEASER_TEMPLATES, Edition
from newsgen.model import Page, Unit
from newsgen.plan import listing
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind
from newsgen.plan.periods import beside, counts_by, weeks_of

_DIGITS_OF_MONTH = 7


def units(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """A unit a month."""
    days = counts_by(archive.groups("day"), _DIGITS_OF_MONTH)
    for month, older, newer in beside(archive.groups("month")):
        calendar = days[month.key]
        heading = listing.digest_of_heading(month, older, newer, calendar)
        yield Unit(
            "month", month.key, digest(month.digest, heading), (month, older, newer, calendar)
        )


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """The pages of the month's list."""
    month, *shown = unit.data
    members = archive.members("month", month.key)
    return listing.pages_of_list(
        "month", "month.html", month, members, edition.site.per_page, *shown
    )


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`list`, the `weeks` of the calendar, the keys `older` and `newer` of the months beside it."""
    if listing.is_redirect(page):
        return listing.redirect_view(page)
    head, older, newer, calendar = (*page.data, "", "", ())[:4]
    first = language.first_weekday(edition.site.language)
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
