"""Articles as rows of the catalogue: what is kept as text, and how it is read back."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsgen.catalogue.keys import Name
from newsgen.digest import digest
from newsgen.model import Article, Card, Entry, Extra, Moment, Term

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_load = json.JSONDecoder().decode


class Slip(NamedTuple):
    """An article made ready for filing, in plain values that travel lightly between processes.

    `names` are what it is filed under; `face` is what a list shows beside them, `details` what its
    own page needs beside, all as text; `entry` names all that its page shows of it.
    """

    source: str
    sort: int
    date: str
    slug: str
    draft: bool
    names: str
    face: str
    details: str
    aliases: str
    source_digest: bytes
    text_digest: bytes
    entry: bytes


def slip_of(article: Article) -> Slip:
    """Make an article ready for filing."""
    authors = [("author", author) for author in article.authors]
    details = _dump_details(article)
    return Slip(
        source=article.source,
        sort=article.published.sort_key,
        date=article.published.iso,
        slug=article.slug,
        draft=article.draft,
        names=_dump(authors + [(tag.kind, tag.name) for tag in article.tags]),
        face=_dump([article.headline, article.published.iso, article.summary, article.language]),
        details=details,
        aliases=_dump(article.aliases) if article.aliases else "",
        source_digest=article.digest,
        text_digest=article.text_digest,
        entry=digest(article.digest, details),
    )


def load_names(text: str) -> list[Name]:
    """What an article is filed under, from its text."""
    return [Name(kind, name) for kind, name in _load(text)]


def dump_ids(ids: Sequence[int]) -> str:
    """Numbers of rows as text."""
    return str(ids)


def load_ids(text: str) -> list[int]:
    """Numbers of rows from their text."""
    return [int(number) for number in text[1:-1].split(",")] if len(text) > len("[]") else []


def date_in(face: str) -> str:
    """The date in a face, ISO 8601."""
    return str(_load(face)[1])


def load_aliases(text: str) -> tuple[str, ...]:
    """Aliases from their text."""
    return tuple(_load(text)) if text else ()


def digest_of_card(face: str, url: str, terms: Iterable[tuple[str, str, str]]) -> bytes:
    """Names all that a card shows; a term is its kind, label and slug."""
    return digest(face, url, *(part for term in terms for part in term))


def load_card(number: int, url: str, face: str, name: bytes, terms: Sequence[Term]) -> Card:
    """A card from its row and what it is filed under."""
    headline, published, summary, language = _load(face)
    authors = tuple(term for term in terms if term.kind == "author")
    tags = tuple(terms[len(authors) :])
    return Card(number, headline, Moment(published), url, summary, authors, tags, language, name)


def load_entry(card: Card, source: str, source_digest: bytes, details: str) -> Entry:
    """An entry from its card and its row."""
    encoding, is_clean, start, end, markup, updated, extra = _load(details)
    return Entry(
        card=card,
        source=source,
        source_digest=source_digest,
        encoding=encoding,
        is_clean=is_clean,
        body_start=start,
        body_end=end,
        markup=markup,
        updated=Moment(updated) if updated else None,
        extra=tuple(Extra(name, label, tuple(values)) for name, label, values in extra),
    )


def _dump_details(article: Article) -> str:
    return _dump(
        [
            article.encoding,
            article.is_clean,
            article.body_start,
            article.body_end,
            article.markup,
            article.updated.iso if article.updated else "",
            [[extra.name, extra.label, extra.values] for extra in article.extra],
        ]
    )
