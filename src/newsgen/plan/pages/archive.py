"""The archive page: `/archive/`, every year with its months."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import counts_by, level, most_of
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

_DIGITS_OF_YEAR = 4


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    months = counts_by(archive.groups("month"), _DIGITS_OF_YEAR)
    years = tuple((year.key, year.count, months[year.key]) for year in archive.groups("year"))
    yield Unit("archive", "", digest(repr(years)), years)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    yield Page("archive", urls.file_of(urls.ARCHIVE), "archive.html", (unit.digest,), unit.data)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`years`, the newest first: each a `key`, a `count` and twelve `months`."""
    most = max((most_of(months) for _, _, months in page.data), default=0)
    years = [
        {"key": key, "count": count, "months": _months_of(key, dict(months), most)}
        for key, count, months in page.data
    ]
    return {"years": years[::-1]}


def _months_of(year: str, counts: Mapping[str, int], most: int) -> list[Mapping[str, object]]:
    """The twelve months of a year, each with its `key`, its `count` and how much that is."""
    keys = [f"{year}-{number:02}" for number in range(1, 13)]
    return [
        {"key": key, "count": counts.get(key, 0), "level": level(counts.get(key, 0), most)}
        for key in keys
    ]


KIND = PageKind("archive", "html", ("archive.html",), ("months",), units, pages, view)
