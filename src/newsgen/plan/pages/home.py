"""The home page: the newest articles, and doors to the years."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.digest import digest, digest_of_digests
from newsgen.edition import TEASER_TEMPLATES, Edition
from newsgen.model import Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind


def units(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    members = archive.newest(edition.site.latest)
    years = digest(*(f"{year.key} {year.count}" for year in archive.groups("year")))
    listed = tuple(member.card for member in members)
    articles = digest_of_digests(listed)
    yield Unit("home", "", digest(articles, years), (articles, years, listed))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    articles, years, listed = unit.data
    yield Page("home", urls.file_of(urls.HOME), "home.html", (articles, years), (), listed)


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`years`: all years that have articles, the newest first."""
    return {"years": archive.groups("year")[::-1]}


KIND = PageKind(
    "home", "html", ("home.html", *TEASER_TEMPLATES), ("articles", "years"), units, pages, view
)
