"""Making the search index's record of one article in a worker."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsgen.build.workers.load import LoadContext
from newsgen.build.workers.render import SourceChangedError, load_body
from newsgen.catalogue import CatalogueReader
from newsgen.search import Record, normalize_words
from newsgen.storage.cache import CacheReader
from newsgen.text.html_words import extract_text


@dataclass(frozen=True, slots=True)
class IndexContext:
    """Everything that records depend on: how sources are read, the catalogue, the cache."""

    load: LoadContext
    catalogue: Path
    cache: Path


class IndexResources:
    """Open files of a worker that makes records."""

    def __init__(self, context: IndexContext) -> None:
        self.context = context

    @cached_property
    def archive(self) -> CatalogueReader:
        """The articles to index."""
        return CatalogueReader.open(self.context.catalogue)

    @cached_property
    def cache(self) -> CacheReader:
        """Bodies."""
        return CacheReader(self.context.cache)

    def close(self) -> None:
        """Close what was opened."""
        for name in ("archive", "cache"):
            if name in self.__dict__:
                getattr(self, name).close()


def make_record(resources: IndexResources, article_id: int) -> Record | None:
    """Return the record of an article, or None if its file has changed since it was read."""
    context = resources.context
    article = resources.archive.detail(article_id)
    try:
        html = load_body(article, context.load, resources.cache)
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
