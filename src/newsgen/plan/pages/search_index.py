"""The search index: the files of its parts under `/search/index/`, and the list of the parts."""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

_FILES: Final = "search index"
_LIST: Final = "search parts"


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each part of the index."""
    for part in site_context.index:
        yield Unit(_FILES, part.name, digest(part.key), (part.folder, part.files))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a page for each file of a part."""
    folder, files = unit.data
    for path in files:
        target = urls.index_part_url(unit.key) + path
        yield Page(_FILES, target, "", (unit.digest,), (f"{folder}/{path}",))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `file`, the path on disk."""
    return {"file": page.data[0]}


def list_units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit if there is an index."""
    parts = [
        {
            "path": urls.index_part_url(part.name),
            "name": part.name,
            "from": part.first,
            "until": part.last,
            "count": part.articles,
            # The script appends it to the URLs that it fetches, so that no browser mixes files of
            # two builds.
            "tag": digest(part.key).hex()[:8],
        }
        for part in site_context.index
        if part.name
    ]
    if site_context.index:
        text = json.dumps(parts[::-1], ensure_ascii=False, indent=0) + "\n"
        yield Unit(_LIST, "", digest(text), (text,))


def list_pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan one page."""
    yield Page(_LIST, urls.INDEX_PARTS, "", (unit.digest,), unit.data)


def list_view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `text`, the content of the file."""
    return {"text": page.data[0]}


KIND = PageKind(_FILES, "copy", (), ("part",), units, pages, view)
LIST = PageKind(_LIST, "text", (), ("parts",), list_units, list_pages, list_view)
