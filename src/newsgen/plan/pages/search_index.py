"""The search index: `/search/index/`, its files as they are, and the list of its parts."""

import json
import os
from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.digest import digest
from newsgen.edition import Edition
from newsgen.model import Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind

_FILES = "search index"
_LIST = "search parts"


def units(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """A unit a part; its folder is named by all that went into it."""
    for part in edition.index:
        yield Unit(_FILES, part.name, digest(part.folder.rpartition(os.sep)[2]), (part.folder,))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """A page a file."""
    (folder,) = unit.data
    for path in sorted(_files(folder, "")):
        target = urls.index_part(unit.key) + path
        yield Page(_FILES, target, "", (unit.inputs,), (os.path.join(folder, path),))  # noqa: PTH118


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`file`: where the file lies."""
    return {"file": page.data[0]}


def units_of_list(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """One unit, if there is an index."""
    parts = [
        {
            "path": urls.index_part(part.name),
            "name": part.name,
            "from": part.first,
            "until": part.last,
            "count": part.articles,
            "tag": digest(part.folder.rpartition(os.sep)[2]).hex()[:8],
        }
        for part in edition.index
        if part.name
    ]
    if edition.index:
        text = json.dumps(parts[::-1], ensure_ascii=False, indent=0) + "\n"
        yield Unit(_LIST, "", digest(text), (text,))


def pages_of_list(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    yield Page(_LIST, urls.INDEX_PARTS, "", (unit.inputs,), unit.data)


def view_of_list(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`text`: the whole file."""
    return {"text": page.data[0]}


def _files(folder: str, below: str) -> Iterator[str]:
    """The paths of the files in a folder of a part, with `/`."""
    with os.scandir(os.path.join(folder, below)) as entries:  # noqa: PTH118
        for entry in entries:
            if entry.is_dir():
                yield from _files(folder, f"{below}{entry.name}/")
            else:
                yield below + entry.name


KIND = PageKind(_FILES, "copy", (), ("part",), units, pages, view)
LIST = PageKind(_LIST, "text", (), ("parts",), units_of_list, pages_of_list, view_of_list)
