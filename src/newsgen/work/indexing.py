"""Making an article a record of the search index."""

import os
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

from newsgen.cache import CacheReader
from newsgen.catalogue import CatalogueArchive
from newsgen.search import Record
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
    archive, cache = _desk(context)
    entry = archive.entry(number)
    card = entry.card
    try:
        html = body_of(entry, context.load, cache)
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


_desks: Final[dict[int, tuple[IndexContext, CatalogueArchive, CacheReader]]] = {}


def _desk(context: IndexContext) -> tuple[CatalogueArchive, CacheReader]:
    """What this process keeps open while it makes records."""
    known = _desks.get(os.getpid())
    if known is None or known[0] is not context:
        close_index_desk()
        known = (context, CatalogueArchive.open(context.catalogue), CacheReader(context.cache))
        _desks[os.getpid()] = known
    return known[1:]


def close_index_desk() -> None:
    """Close what this process keeps open."""
    known = _desks.pop(os.getpid(), None)
    if known:
        known[1].close()
        known[2].close()
