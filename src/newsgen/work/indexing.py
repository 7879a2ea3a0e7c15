"""Making an article a record of the search index."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

from newsgen.cache import CacheReader
from newsgen.catalogue import CatalogueArchive
from newsgen.search import Record
from newsgen.work.desk import Desk
from newsgen.work.load import LoadContext
from newsgen.work.render import Changed, body_of

_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class IndexContext:
    """What making records needs: how files are read, and where what is kept lies."""

    load: LoadContext
    catalogue: Path
    cache: Path


def record(context: IndexContext, number: int) -> Record | None:
    """The record of an article, by its number; None if its file is not what it was."""
    desk = _DESK.at(context)
    entry = desk.archive.entry(number)
    card = entry.card
    try:
        html = body_of(entry, context.load, desk.cache)
    except Changed:
        return None
    date = card.published.iso
    filters = {"year": [date[:4]], "day": [date[:10]]}
    for term in (*card.tags, *card.authors):
        filters.setdefault(term.kind, []).append(term.label)
    return Record(
        url=card.url,
        content=" ".join(unescape(_TAG.sub(" ", html)).split()),
        language="",
        meta={"title": card.headline, "date": date},
        filters=filters,
        sort={"date": f"{date} {entry.source}"},
    )


class _Open:
    """What a process keeps open while it makes records."""

    def __init__(self, context: IndexContext) -> None:
        self.archive = CatalogueArchive.open(context.catalogue)
        self.cache = CacheReader(context.cache)

    def close(self) -> None:
        self.archive.close()
        self.cache.close()


_DESK: Final = Desk(_Open)
close_index_desk: Final = _DESK.clear
