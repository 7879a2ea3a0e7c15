"""The search index: `/search/index/`, its files as they are, and the list of its parts."""

import json
from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

_FILES = "search index"
_LIST = "search parts"


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """A unit a part; its folder is named by all that went into it."""
    for part in site_context.index:
        yield Unit(_FILES, part.name, digest(part.key), (part.folder, part.files))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """A page a file."""
    folder, files = unit.data
    for path in files:
        target = urls.index_part(unit.key) + path
        yield Page(_FILES, target, "", (unit.digest,), (f"{folder}/{path}",))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`file`: where the file lies."""
    return {"file": page.data[0]}


def units_of_list(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """One unit, if there is an index."""
    parts = [
        {
            "path": urls.index_part(part.name),
            "name": part.name,
            "from": part.first,
            "until": part.last,
            "count": part.articles,
            "tag": digest(part.key).hex()[:8],
        }
        for part in site_context.index
        if part.name
    ]
    if site_context.index:
        text = json.dumps(parts[::-1], ensure_ascii=False, indent=0) + "\n"
        yield Unit(_LIST, "", digest(text), (text,))


def pages_of_list(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    yield Page(_LIST, urls.INDEX_PARTS, "", (unit.digest,), unit.data)


def view_of_list(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`text`: the whole file."""
    return {"text": page.data[0]}


KIND = PageKind(_FILES, "copy", (), ("part",), units, pages, view)
LIST = PageKind(_LIST, "text", (), ("parts",), units_of_list, pages_of_list, view_of_list)
