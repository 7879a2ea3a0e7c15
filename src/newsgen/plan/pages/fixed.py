"""Pages that no article changes: about, and the one for what is not found."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.digest import digest
from newsgen.edition import Edition
from newsgen.model import Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind


def units(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    yield Unit("fixed", "", digest(edition.about))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Two pages."""
    yield Page("fixed", urls.file_of(urls.ABOUT), "about.html", (unit.inputs,), (edition.about,))
    yield Page("fixed", urls.NOT_FOUND, "404.html", (b"",))


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`text`: the about page's, as HTML."""
    return {"text": page.data[0]} if page.data else {}


KIND = PageKind("fixed", "html", ("about.html", "404.html"), ("text",), units, pages, view)
