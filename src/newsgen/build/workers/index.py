"""Making the search index's record of one article in a worker."""

from dataclasses import dataclass
from pathlib import Path

from newsgen.build.workers.load import LoadContext
from newsgen.build.workers.render import SourceChangedError, load_body
from newsgen.build.workers.resources import StoreResources
from newsgen.problems import Problem
from newsgen.search import Record, normalize_words
from newsgen.text.html_words import extract_text


@dataclass(frozen=True, slots=True)
class IndexContext:
    """Everything that records depend on: how sources are read, the catalogue, the cache."""

    load: LoadContext
    catalogue: Path
    cache: Path


class IndexResources(StoreResources):
    """Open files of a worker that makes records."""

    def __init__(self, context: IndexContext) -> None:
        super().__init__(context.catalogue, context.cache)
        self.context = context


def make_record(resources: IndexResources, article_id: int) -> Record | Problem:
    """Return the record of an article, or why its file is not what it was when it was read."""
    context = resources.context
    article = resources.archive.detail(article_id)
    try:
        html = load_body(article, context.load, resources.cache)
    except SourceChangedError as error:
        return error.problem
    known, day = article.published.known, article.published.day_key
    # Without a date, an article is in no year.
    filters = {"day": [day], **({"year": [known[:4]]} if known else {})}
    for term in (*article.tags, *article.authors):
        filters.setdefault(term.kind, []).append(term.label)
    return Record(
        url=article.url,
        headline=article.headline,
        date=article.published.iso,
        byline=[author.label for author in article.authors],
        content=normalize_words(extract_text(html), context.load.reading.language),
        filters=filters,
    )
