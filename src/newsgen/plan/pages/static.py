"""Static files, copied to the root of the site as they are."""

from collections.abc import Iterator, Mapping

from newsgen.digest import digest
from newsgen.edition import Edition
from newsgen.model import Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind


def units(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    stats = (part for file in edition.static for part in (file.path, file.stat))
    yield Unit("static", "", digest(*stats))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """A page a file."""
    for file in edition.static:
        yield Page("static", file.path, "", (file.stat,), (file.file,))


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`file`: where the file lies."""
    return {"file": page.data[0]}


KIND = PageKind("static", "copy", (), ("file",), units, pages, view)
