"""Days of all years: `/on-this-day/08-30/`, and `/on-this-day/` with a calendar of them.

A new article changes the page of its own day; the calendar shows no numbers, so it changes only
with the first article that a day ever has.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import combine_digests, digest
from newsgen.model import Group, Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import CalendarDay, Counts, days_of_years, weeks_of
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

_SHOWN_OF_DAY = 5
_LEAP_YEAR = "2024"
"""Its calendar has every day that a year can have."""
_NAME = "on this day"


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """A unit a day of the year that has articles, and one for the calendar."""
    found = days_of_years(archive.groups("day"))
    yield Unit(_NAME, "", digest(*sorted(found)), tuple(sorted(found)))
    for date, days in sorted(found.items()):
        yield Unit(_NAME, date, combine_digests(day.digest for day in days), days)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    if not unit.key:
        path = urls.file_of(urls.ON_THIS_DAY)
        yield Page(_NAME, path, "on-this-day.html", (unit.digest, b""), ("", unit.data))
        return
    shown = tuple(_shown(archive, day) for day in reversed(unit.data))
    listed = tuple(card for _, _, cards in shown for card in cards)
    digests = (combine_digests(listed), digest(repr([part[:2] for part in shown])))
    path = urls.file_of(urls.on_this_day(unit.key))
    yield Page(_NAME, path, "on-this-day.html", digests, (unit.key, shown), listed)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`date`, "" on the calendar's page; the `days` of its years, or the calendar's `months`."""
    date, shown = page.data
    if date:
        days = [{"key": key, "count": count, "listed": cards} for key, count, cards in shown]
        return {"date": f"{_LEAP_YEAR}-{date}", "days": days, "months": []}
    counts = tuple((f"{_LEAP_YEAR}-{one}", 1) for one in shown)
    months = [f"{_LEAP_YEAR}-{number:02}" for number in range(1, 13)] if shown else []
    calendars = [{"key": key, "weeks": _weeks(key, counts)} for key in months]
    return {"date": "", "days": [], "months": calendars}


def _weeks(month: str, counts: Counts) -> list[list[CalendarDay | None]]:
    """The days of a month by seven from its first one: they are of no year, and of no weekday."""
    return weeks_of(month, counts, monthrange(int(month[:4]), int(month[5:]))[0])


def _shown(archive: Archive, day: Group) -> tuple[str, int, tuple[bytes, ...]]:
    """A day's key and number of articles, and the cards of its newest ones."""
    members = archive.members("day", day.key)[::-1][:_SHOWN_OF_DAY]
    return day.key, day.count, tuple(member.summary_digest for member in members)


KIND = PageKind(
    _NAME,
    "html",
    ("on-this-day.html", *TEASER_TEMPLATES),
    ("articles", "years"),
    units,
    pages,
    view,
)
