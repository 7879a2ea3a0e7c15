"""Making an article a record of the search index."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newsgen.cache import CacheReader
from newsgen.catalogue import CatalogueArchive
from newsgen.enrich.words import text_of
from newsgen.search import Record, indexed
from newsgen.work.desk import Desk
from newsgen.work.load import LoadContext
from newsgen.work.render import Changed, body_of


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
        headline=card.headline,
        date=date,
        byline=[author.label for author in card.authors],
        content=indexed(text_of(html), context.load.reading.language),
        filters=filters,
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
