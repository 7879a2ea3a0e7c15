"""The archive page, `/archive/`: all years with their months."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import (
    YEAR_WIDTH,
    counts_by,
    heat_level,
    is_known,
    known_periods,
    largest_count,
)
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit."""
    months = counts_by(known_periods(archive.groups("month")), YEAR_WIDTH)
    groups = archive.groups("year")
    years = tuple((year.key, year.count, months.get(year.key, ())) for year in groups)
    yield Unit("archive", "", digest(repr(years)), years)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan one page."""
    yield Page("archive", urls.output_path(urls.ARCHIVE), "archive.html", (unit.digest,), unit.data)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `years`, the newest first: each with its `key`, `count` and twelve `months`.

    `undated` is the number of articles without a date.
    """
    # One scale for the whole table, so that shades can be compared between years.
    largest = max((largest_count(months) for _, _, months in page.data), default=0)
    years = [
        {"key": key, "count": count, "months": _calendar_months(key, dict(months), largest)}
        for key, count, months in page.data
        if is_known(key)
    ]
    undated = sum(count for key, count, _ in page.data if not is_known(key))
    return {"years": years[::-1], "undated": undated}


def _calendar_months(
    year: str, counts: Mapping[str, int], largest: int
) -> list[Mapping[str, object]]:
    """Return the twelve months of a year, each with its `key`, `count` and `level`."""
    keys = [f"{year}-{number:02}" for number in range(1, 13)]
    return [
        {"key": key, "count": counts.get(key, 0), "level": heat_level(counts.get(key, 0), largest)}
        for key in keys
    ]


KIND = PageKind("archive", "html", ("archive.html",), ("months",), units, pages, view)
