"""Dates across all years: `/on-this-day/08-30/`, and `/on-this-day/` with a calendar of them.

A new article changes the page of its own date. The calendar shows no counts, so it changes only
when a date gets its first article.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from typing import Final

from newsgen import urls
from newsgen.core.digest import combine_digests, digest
from newsgen.model import Group, Member, Page, Unit
from newsgen.plan.article_list import ArticleList
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import CalendarDay, Counts, calendar_weeks, days_by_date, known_periods
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

_MAX_ARTICLES_PER_YEAR: Final = 5
_LEAP_YEAR: Final = "2024"
"""Year of the calendar: only a leap year contains every date."""
_NAME: Final = "on this day"


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each date that has articles, and one for the calendar."""
    by_date = days_by_date(known_periods(archive.groups("day")))
    yield Unit(_NAME, "", digest(*sorted(by_date)), tuple(sorted(by_date)))
    for date, days in sorted(by_date.items()):
        yield Unit(_NAME, date, combine_digests(day.digest for day in days), days)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan one page."""
    if not unit.key:
        path = urls.output_path(urls.ON_THIS_DAY)
        yield Page(_NAME, path, "on-this-day.html", (unit.digest, b""), ("", unit.data))
        return
    days = tuple(_plan_day(archive, day) for day in reversed(unit.data))
    digests = (
        combine_digests(member.summary_digest for _, _, members in days for member in members),
        digest(repr([day[:2] for day in days])),
    )
    path = urls.output_path(urls.on_this_day_url(unit.key))
    yield Page(_NAME, path, "on-this-day.html", digests, (unit.key, days))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `date`, its `days`, one for each year, and their `articles`, or the `months`.

    `date` is "" for the calendar, else a day of a leap year. The calendar has no articles.
    """
    date, shown = page.data
    if date:
        days = [
            {"key": key, "count": count, "articles": ArticleList(archive, members)}
            for key, count, members in shown
        ]
        articles = ArticleList(archive, [member for _, _, members in shown for member in members])
        year_date = f"{_LEAP_YEAR}-{date}"
        return {"date": year_date, "days": days, "months": [], "articles": articles}
    counts = tuple((f"{_LEAP_YEAR}-{one}", 1) for one in shown)
    months = [f"{_LEAP_YEAR}-{number:02}" for number in range(1, 13)] if shown else []
    calendars = [{"key": key, "weeks": _weeks(key, counts)} for key in months]
    return {"date": "", "days": [], "months": calendars, "articles": ArticleList(archive, ())}


def _weeks(month: str, counts: Counts) -> list[list[CalendarDay | None]]:
    """Return the days of a month in rows of seven."""
    # Dates across all years have no weekday: the month's first day begins the first row.
    return calendar_weeks(month, counts, monthrange(int(month[:4]), int(month[5:]))[0])


def _plan_day(archive: Archive, day: Group) -> tuple[str, int, tuple[Member, ...]]:
    """Return a day's key, its number of articles, and its newest articles."""
    members = archive.members("day", day.key)[::-1][:_MAX_ARTICLES_PER_YEAR]
    return day.key, day.count, tuple(members)


KIND = PageKind(
    _NAME,
    "html",
    ("on-this-day.html", *TEASER_TEMPLATES),
    ("articles", "years"),
    units,
    pages,
    view,
)
