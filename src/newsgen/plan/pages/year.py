"""Year pages: `/2025/`, with a calendar of each month, a heat map of the days."""

from collections.abc import Iterator, Mapping

from newsgen import i18n, urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import (
    MONTH_WIDTH,
    YEAR_WIDTH,
    calendar_weeks,
    counts_by,
    is_known,
    known_periods,
    largest_count,
    with_neighbors,
)
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each year, which depends on counts alone."""
    days = counts_by(archive.groups("day"), YEAR_WIDTH)
    for year, older, newer in with_neighbors(known_periods(archive.groups("year"))):
        data = (year.key, year.count, older, newer, days[year.key])
        yield Unit("year", year.key, digest(repr(data)), data)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan one page."""
    key, _, older, newer, days = unit.data
    digests = (digest(repr(days)), digest(older, newer))
    path = urls.output_path(urls.period_url(key))
    yield Page("year", path, "year.html", digests, unit.data)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `year`, `count`, `months` with counts and weeks, the years' keys `older`, `newer`.

    `undated` is the number of articles whose month is unknown.
    """
    key, count, older, newer, days = page.data
    first = i18n.first_weekday(site_context.site.language)
    by_month: dict[str, list[tuple[str, int]]] = {f"{key}-{at:02}": [] for at in range(1, 13)}
    undated = 0
    for day, articles in days:
        if is_known(day[:MONTH_WIDTH]):
            by_month[day[:MONTH_WIDTH]].append((day, articles))
        else:
            undated = articles
    # One scale for the whole year, so that shades can be compared between months.
    largest = largest_count(tuple(pair for pair in days if is_known(pair[0])))
    months = [
        {
            "key": month,
            "count": sum(articles for _, articles in shown),
            "weeks": calendar_weeks(month, tuple(shown), first, largest),
        }
        for month, shown in by_month.items()
    ]
    return {
        "year": key,
        "count": count,
        "months": months,
        "undated": undated,
        "older": older,
        "newer": newer,
    }


KIND = PageKind("year", "html", ("year.html",), ("days", "years"), units, pages, view)
