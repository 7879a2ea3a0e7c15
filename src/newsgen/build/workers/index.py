"""Making an article a record of the search index."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newsgen.build.workers.load import LoadContext
from newsgen.build.workers.per_process import PerProcess
from newsgen.build.workers.render import SourceChangedError, body_of
from newsgen.catalogue import CatalogueReader
from newsgen.search import Record, normalize_words
from newsgen.storage.cache import CacheReader
from newsgen.text.html_words import extract_text


@dataclass(frozen=True, slots=True)
class IndexContext:
    """What making records needs: how files are read, and where what is kept lies."""

    load: LoadContext
    catalogue: Path
    cache: Path


def record(context: IndexContext, number: int) -> Record | None:
    """The record of an article, by its number; None if its file is not what it was."""
    desk = _DESK.at(context)
    article = desk.archive.detail(number)
    try:
        html = body_of(article, context.load, desk.cache)
    except SourceChangedError:
        return None
    date = article.published.iso
    filters = {"year": [date[:4]], "day": [date[:10]]}
    for term in (*article.tags, *article.authors):
        filters.setdefault(term.kind, []).append(term.label)
    return Record(
        url=article.url,
        headline=article.headline,
        date=date,
        byline=[author.label for author in article.authors],
        content=normalize_words(extract_text(html), context.load.reading.language),
        filters=filters,
    )


class _Open:
    """What a process keeps open while it makes records."""

    def __init__(self, context: IndexContext) -> None:
        self.archive = CatalogueReader.open(context.catalogue)
        self.cache = CacheReader(context.cache)

    def close(self) -> None:
        self.archive.close()
        self.cache.close()


_DESK: Final = PerProcess(_Open)
close_index_desk: Final = _DESK.clear
