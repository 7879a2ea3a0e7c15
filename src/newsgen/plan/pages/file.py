"""Files of the source folder that articles refer to: pictures, documents, recordings."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each folder with published files."""
    # A picture that tells a place is published without it, as a version of itself.
    copied = (file for file in archive.files() if not file.has_place)
    for folder, found in groupby(copied, lambda file: file.folder):
        files = tuple(found)
        parts = (part for file in files for part in (file.path, file.digest))
        yield Unit("file", folder, digest(*parts), files)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a copy of each file."""
    for file in unit.data:
        path = urls.file_url(file.path)
        yield Page("file", path, "", (file.digest,), (file.path,), source=file.path)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `file`, the path on disk."""
    return {"file": site_context.site.source_folder / page.data[0]}


KIND = PageKind("file", "copy", (), ("file",), units, pages, view)
