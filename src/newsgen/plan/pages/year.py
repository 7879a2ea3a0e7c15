"""Year pages: `/2025/`, every month with its days, the darker the more news they have."""

from collections.abc import Iterator, Mapping

from newsgen import i18n, urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import beside, counts_by, most_of, weeks_of
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

_DIGITS_OF_YEAR = 4
_DIGITS_OF_MONTH = 7


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """A unit a year; it depends on numbers of articles, not on what they say."""
    days = counts_by(archive.groups("day"), _DIGITS_OF_YEAR)
    for year, older, newer in beside(archive.groups("year")):
        shown = (year.key, year.count, older, newer, days[year.key])
        yield Unit("year", year.key, digest(repr(shown)), shown)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    key, _, older, newer, days = unit.data
    digests = (digest(repr(days)), digest(older, newer))
    yield Page("year", urls.file_of(key + "/"), "year.html", digests, unit.data)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`year`, `count`, `months` with their counts and weeks, the keys `older` and `newer`."""
    key, count, older, newer, days = page.data
    first = i18n.first_weekday(site_context.site.language)
    by_month: dict[str, list[tuple[str, int]]] = {f"{key}-{at:02}": [] for at in range(1, 13)}
    for day, articles in days:
        by_month[day[:_DIGITS_OF_MONTH]].append((day, articles))
    months = [
        {
            "key": month,
            "count": sum(articles for _, articles in shown),
            "weeks": weeks_of(month, tuple(shown), first, most_of(days)),
        }
        for month, shown in by_month.items()
    ]
    return {"year": key, "count": count, "months": months, "older": older, "newer": newer}


KIND = PageKind("year", "html", ("year.html",), ("days", "years"), units, pages, view)
