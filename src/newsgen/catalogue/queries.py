"""The catalogue as an archive to plan and render from: questions only."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from newsgen.catalogue import records
from newsgen.catalogue.keys import DAY, iso_of
from newsgen.catalogue.term_pages import SHOWN_SLUG
from newsgen.model import (
    PERIOD_KINDS,
    TAG_KINDS,
    TERM_KINDS,
    ArticleDetail,
    ArticleSummary,
    Group,
    GroupKind,
    Member,
    TagKind,
    Term,
    TermKind,
)
from newsgen.storage.database import open_for_reading

_BATCH: Final = 1_000
_TERM_COLUMNS: Final = "kind, key, label, slug, count, first, last, digest"


class CatalogueArchive:
    """An archive that reads the catalogue; implements `newsgen.plan.protocol.Archive`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._term = lru_cache(maxsize=10_000)(self._load_term)
        self._article = lru_cache(maxsize=2_048)(self._load_article)

    @classmethod
    def open(cls, file: Path) -> "CatalogueArchive":
        """Open a catalogue that an update has left complete.

        Raises:
            sqlite3.OperationalError: if there is none.
        """
        return cls(open_for_reading(file))

    def groups(self, kind: GroupKind) -> Sequence[Group]:
        """All groups of a kind that have articles and a page, by their keys."""
        if kind in PERIOD_KINDS:
            query = "SELECT kind, key, count, digest FROM period WHERE kind = ? ORDER BY key"
            return [_period(*row) for row in self._db.execute(query, (kind,))]
        query = f"SELECT {_TERM_COLUMNS} FROM term WHERE kind = ? AND paged ORDER BY key"
        return [_term_group(*row) for row in self._db.execute(query, (kind,))]

    def group(self, kind: GroupKind, key: str) -> Group:
        """One group.

        Raises:
            KeyError: if there is none of that key.
        """
        if kind in PERIOD_KINDS:
            query = "SELECT kind, key, count, digest FROM period WHERE kind = ? AND key = ?"
            row = self._db.execute(query, (kind, key)).fetchone()
        else:
            query = f"SELECT {_TERM_COLUMNS} FROM term WHERE kind = ? AND key = ?"
            row = self._db.execute(query, (kind, key)).fetchone()
        if row is None:
            raise KeyError(f"{kind} {key}")
        return _period(*row) if kind in PERIOD_KINDS else _term_group(*row)

    def members(self, kind: GroupKind, key: str) -> Sequence[Member]:
        """A group's articles, the oldest first."""
        if kind in PERIOD_KINDS:
            query = (
                "SELECT id, card, entry FROM article "
                "WHERE shown AND sort >= ? AND sort < ? ORDER BY sort, source"
            )
            return [Member(*row) for row in self._db.execute(query, _sorts_of(key))]
        query = (
            "SELECT a.id, a.card, a.entry FROM term t JOIN member m ON m.term = t.id "
            "JOIN article a INDEXED BY article_listed ON a.id = m.article "
            "WHERE t.kind = ? AND t.key = ? ORDER BY m.sort, a.source"
        )
        return [Member(*row) for row in self._db.execute(query, (kind, key))]

    def kinds_of_terms(self) -> Sequence[TermKind]:
        """The kinds of tags, and authors behind them, that there are pages of."""
        query = "SELECT 1 FROM term WHERE kind = ? AND paged LIMIT 1"
        return [kind for kind in TERM_KINDS if self._db.execute(query, (kind,)).fetchone()]

    def related_terms(self, kind: GroupKind, key: str, most: int) -> Sequence[Term]:
        """The tags with pages that stand beside a tag, those that most often do first."""
        query = (
            "SELECT a.terms FROM term t JOIN member m ON m.term = t.id "
            "JOIN article a INDEXED BY article_listed ON a.id = m.article "
            "WHERE t.kind = ? AND t.key = ?"
        )
        listed = self._db.execute(query, (kind, key))
        found = Counter(chain.from_iterable(records.split_ids(terms) for (terms,) in listed))
        counts = {int(number): count for number, count in found.items()}
        ranked = sorted(
            (-counts[number], TAG_KINDS.index(of), name, number)
            for number, of, name in self._linked_tags(list(counts))
            if (of, name) != (kind, key)
        )
        return [self._term(number) for *_, number in ranked[:most]]

    def neighbours(self, day: str) -> tuple[Member | None, Member | None]:
        """The last article before a day, and the first one after it."""
        start, end = _sorts_of(day)
        columns = "SELECT id, card, entry FROM article WHERE shown"
        before = f"{columns} AND sort < ? ORDER BY sort DESC, source DESC LIMIT 1"
        after = f"{columns} AND sort >= ? ORDER BY sort, source LIMIT 1"
        found = (self._db.execute(before, (start,)), self._db.execute(after, (end,)))
        older, newer = (cursor.fetchone() for cursor in found)
        return older and Member(*older), newer and Member(*newer)

    def newest(self, count: int) -> Sequence[Member]:
        """The newest articles, the newest first."""
        query = (
            "SELECT id, card, entry FROM article WHERE shown "
            "ORDER BY sort DESC, source DESC LIMIT ?"
        )
        return [Member(*row) for row in self._db.execute(query, (count,))]

    def urls(self, day: str) -> Mapping[int, str]:
        """The URLs of a day's articles by their numbers."""
        query = "SELECT id, url FROM article WHERE shown AND sort >= ? AND sort < ?"
        return dict(self._db.execute(query, _sorts_of(day)))

    def related_digests(self, day: str) -> Mapping[int, bytes]:
        """Names the articles related to each of a day's articles, by its number."""
        query = "SELECT id, kin FROM article WHERE shown AND sort >= ? AND sort < ?"
        return dict(self._db.execute(query, _sorts_of(day)))

    def related(self, number: int) -> Sequence[ArticleSummary]:
        """The older articles related to one, the nearest first."""
        query = "SELECT related FROM article WHERE id = ?"
        ((listed,),) = self._db.execute(query, (number,))
        return [self.summary(one) for one in records.load_ids(listed)]

    def largest(self, kind: GroupKind, count: int) -> Sequence[Group]:
        """The terms of a kind with pages that have the most articles, the largest first."""
        query = (
            f"SELECT {_TERM_COLUMNS} FROM term WHERE kind = ? AND paged "
            "ORDER BY count DESC, key LIMIT ?"
        )
        return [_term_group(*row) for row in self._db.execute(query, (kind, count))]

    def counts(self, kind: GroupKind, key: str) -> Sequence[tuple[str, int]]:
        """The months in which a term has articles, the oldest first, and how many."""
        query = (
            f"SELECT m.sort / {DAY * 100} AS month, count(*) FROM term t "
            "JOIN member m ON m.term = t.id WHERE t.kind = ? AND t.key = ? "
            "GROUP BY month ORDER BY month"
        )
        found = self._db.execute(query, (kind, key))
        return [(f"{month // 100:04}-{month % 100:02}", count) for month, count in found]

    def days_with_aliases(self) -> Sequence[str]:
        """The days that have articles with aliases."""
        query = (
            f"SELECT DISTINCT sort / {DAY} FROM article WHERE shown AND aliases != '' ORDER BY sort"
        )
        return [iso_of(day) for (day,) in self._db.execute(query)]

    def aliases(self, day: str) -> Sequence[tuple[str, str, tuple[str, ...]]]:
        """Source, URL and aliases of each of a day's articles that has some, the oldest first."""
        query = (
            "SELECT source, url, aliases FROM article WHERE shown AND aliases != '' "
            "AND sort >= ? AND sort < ? ORDER BY sort, source"
        )
        found = self._db.execute(query, _sorts_of(day))
        return [(source, url, records.load_aliases(aliases)) for source, url, aliases in found]

    def summary(self, number: int) -> ArticleSummary:
        """One article's card.

        Raises:
            KeyError: if there is none of that number.
        """
        return self._article(number)[0]

    def detail(self, number: int) -> ArticleDetail:
        """One article's entry.

        Raises:
            KeyError: if there is none of that number.
        """
        summary, details = self._article(number)
        return records.load_detail(summary, *details)

    def summary_digests(self) -> set[bytes]:
        """The digests of all cards."""
        return {card for (card,) in self._db.execute("SELECT card FROM article WHERE shown")}

    def article_id(self, card: bytes) -> int:
        """The number of the article that has a card, by the card's digest; it takes a walk.

        Raises:
            KeyError: if there is none.
        """
        query = "SELECT id FROM article WHERE shown AND card = ?"
        row = self._db.execute(query, (card,)).fetchone()
        if row is None:
            raise KeyError(card)
        return int(row[0])

    def duplicates(self) -> Sequence[tuple[str, ...]]:
        """The sources of articles that have the same text, the oldest first."""
        texts = (
            "SELECT text_digest FROM article WHERE shown AND text_digest != x'' "
            "GROUP BY text_digest HAVING count(*) > 1"
        )
        sources = (
            "SELECT source FROM article WHERE shown AND text_digest = ? AND text_digest != x'' "
            "ORDER BY sort, source"
        )
        found = [self._db.execute(sources, row) for row in self._db.execute(texts).fetchall()]
        return sorted(tuple(source for (source,) in cursor) for cursor in found)

    def shared_claims(self) -> Sequence[tuple[str, tuple[str, ...]]]:
        """The URLs for which several articles ask, each with their sources, the oldest first."""
        claims = "SELECT claim FROM article WHERE shown GROUP BY claim HAVING count(*) > 1"
        sources = "SELECT source FROM article WHERE shown AND claim = ? ORDER BY sort, source"
        shared = [claim for (claim,) in self._db.execute(claims)]
        return [
            (claim, tuple(source for (source,) in self._db.execute(sources, (claim,))))
            for claim in sorted(shared)
        ]

    def close(self) -> None:
        """Close the catalogue."""
        self._db.close()

    def _linked_tags(self, numbers: Sequence[int]) -> Iterator[tuple[int, TagKind, str]]:
        """Of some terms those that are tags with pages: their numbers, kinds and keys."""
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            query = (
                f"SELECT id, kind, key FROM term WHERE id IN ({','.join('?' * len(batch))}) "
                "AND paged AND kind != 'author'"
            )
            yield from self._db.execute(query, batch)

    def _load_article(self, number: int) -> tuple[ArticleSummary, tuple[str, bytes, str]]:
        """An article's card, and what its entry has beside it."""
        query = (
            "SELECT url, face, card, terms, source, source_digest, details "
            "FROM article WHERE id = ?"
        )
        row = self._db.execute(query, (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        url, face, name, listed, *beside = row
        terms = [self._term(term) for term in records.load_ids(listed)]
        return records.load_summary(number, url, face, name, terms), tuple(beside)

    def _load_term(self, number: int) -> Term:
        query = f"SELECT kind, label, {SHOWN_SLUG} FROM term WHERE id = ?"
        return Term(*self._db.execute(query, (number,)).fetchone())


def _sorts_of(key: str) -> tuple[int, int]:
    """The sort keys between which a period lies: the first one in it, the first after it."""
    width = 10 ** (14 - len(key.replace("-", "")))
    start = int(key.replace("-", "")) * width
    return start, start + width


def _period(kind: GroupKind, key: str, count: int, digest: bytes) -> Group:
    return Group(kind, key, key, key, count, key, key, digest)


def _term_group(
    kind: GroupKind,
    key: str,
    label: str,
    slug: str,
    count: int,
    first: int,
    last: int,
    digest: bytes,
) -> Group:
    return Group(kind, key, label, slug, count, iso_of(first), iso_of(last), digest)
