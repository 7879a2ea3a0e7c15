"""Cards and entries as rows of the catalogue: what is kept as text, and how it is read back."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from newsgen.catalogue.keys import Name
from newsgen.digest import digest
from newsgen.model import Article, Card, Entry, Extra, Moment, Term

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_load = json.JSONDecoder().decode


def names_of(article: Article) -> list[Name]:
    """What the article is filed under: its authors, then its tags, in their order."""
    authors = [Name("author", author) for author in article.authors]
    return authors + [Name(tag.kind, tag.name) for tag in article.tags]


def dump_names(names: Sequence[Name]) -> str:
    """Names as text."""
    return _dump(names)


def load_names(text: str) -> list[Name]:
    """Names from their text."""
    return [Name(*name) for name in _load(text)]


def dump_ids(ids: Sequence[int]) -> str:
    """Numbers of rows as text."""
    return _dump(ids)


def load_ids(text: str) -> list[int]:
    """Numbers of rows from their text."""
    return list(_load(text))


def dump_face(article: Article) -> str:
    """What a listing shows of an article, but for its URL and what it is filed under."""
    return _dump([article.headline, article.published.iso, article.summary, article.language])


def dump_details(article: Article) -> str:
    """What the article's own page needs beside."""
    return _dump(
        [
            article.encoding,
            article.body_start,
            article.body_end,
            article.markup,
            article.updated.iso if article.updated else "",
            [[extra.name, extra.label, extra.values] for extra in article.extra],
        ]
    )


def dump_aliases(aliases: Sequence[str]) -> str:
    """Aliases as text; most articles have none."""
    return _dump(aliases) if aliases else ""


def load_aliases(text: str) -> tuple[str, ...]:
    """Aliases from their text."""
    return tuple(_load(text)) if text else ()


def digest_of_card(face: str, url: str, terms: Iterable[tuple[str, str, str]]) -> bytes:
    """Names all that a card shows; a term is its kind, label and slug."""
    return digest(face, url, *(part for term in terms for part in term))


def load_card(row: Sequence[Any], terms: Sequence[Term]) -> Card:
    """A card from `id, url, face, card` and what it is filed under."""
    number, url, face, card_digest = row
    headline, published, summary, language = _load(face)
    authors = tuple(term for term in terms if term.kind == "author")
    return Card(
        id=number,
        headline=headline,
        published=Moment(published),
        url=url,
        summary=summary,
        authors=authors,
        tags=tuple(terms[len(authors) :]),
        language=language,
        digest=card_digest,
    )


def load_entry(card: Card, source: str, source_digest: bytes, details: str) -> Entry:
    """An entry from its card and `source, source_digest, details`."""
    encoding, start, end, markup, updated, extra = _load(details)
    return Entry(
        card=card,
        source=source,
        source_digest=source_digest,
        encoding=encoding,
        body_start=start,
        body_end=end,
        markup=markup,
        updated=Moment(updated) if updated else None,
        extra=tuple(Extra(name, label, tuple(values)) for name, label, values in extra),
    )
