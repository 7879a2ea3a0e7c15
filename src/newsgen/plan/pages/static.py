"""Static files, copied unchanged to the root of the site."""

from collections.abc import Iterator, Mapping

from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit."""
    stats = (part for file in site_context.static for part in (file.path, file.stat))
    # The digest of `stat` stands in for the content, so no build reads files to find changed ones.
    yield Unit("static", "", digest(*stats))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a page for each file."""
    for file in site_context.static:
        yield Page("static", file.path, "", (file.stat,), (file.file,))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `file`, the path on disk."""
    return {"file": page.data[0]}


KIND = PageKind("static", "copy", (), ("file",), units, pages, view)
