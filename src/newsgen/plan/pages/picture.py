"""Versions of pictures: smaller ones in WebP, and originals without the place in their metadata."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, PublishedFile, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each folder with pictures that have other versions."""
    pictures = (file for file in archive.files() if file.widths or file.has_place)
    for folder, found in groupby(pictures, lambda file: file.folder):
        files = tuple(found)
        # The quality is a key of the configuration, whose digest all pages have.
        yield Unit("picture", folder, digest(*map(repr, files)), files)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a file for each version of each picture."""
    for file in unit.data:
        url = urls.file_url(file.path)
        if file.has_place:
            yield _plan_version(file, url, 0)
        for width in file.widths:
            yield _plan_version(file, urls.picture_url(url, width), width)


def _plan_version(file: PublishedFile, path: str, width: int) -> Page:
    data = (file.digest, width)
    return Page("picture", path, "", (file.digest,), data, source=file.path)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `digest`, the SHA-256 of the original, and `width` in pixels, 0 for the original."""
    original, width = page.data
    return {"digest": original, "width": width}


KIND = PageKind("picture", "picture", (), ("file",), units, pages, view)
