"""Reading single articles and terms, verified by their digests.

A failing disk may change bytes without any trace, so everything that a page shows of an article is
compared with its digest here. Finding the articles is left to `queries`.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from newsgen.catalogue import records
from newsgen.catalogue.records import DETAIL_COLUMNS, SUMMARY_COLUMNS
from newsgen.catalogue.term_pages import LINKED_SLUG
from newsgen.model import ArticleDetail, ArticleSummary, Term

_SUMMARY_WIDTH: Final = SUMMARY_COLUMNS.count(",") + 1


class ArticleReader:
    """Reader of the articles and terms of a catalogue that does not change meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        # Pages rendered one after the other show many of the same terms and articles.
        self.term = lru_cache(maxsize=10_000)(self._load_term)
        self._term_digest = lru_cache(maxsize=10_000)(self._compute_term_digest)
        self._article = lru_cache(maxsize=2_048)(self._load_article)

    def summary(self, article_id: int) -> ArticleSummary:
        """Return what lists show of an article.

        Raises:
            KeyError: If there is none.
            sqlite3.DatabaseError: If it is damaged.
        """
        return self._article(article_id)[0]

    def detail(self, article_id: int) -> ArticleDetail:
        """Return what an article's own page shows.

        Raises:
            KeyError: If there is none.
            sqlite3.DatabaseError: If it is damaged.
        """
        summary, digest, columns = self._article(article_id)
        with _damage_as_error(article_id):
            _compare(records.compute_detail_digest(*columns), digest)
        return records.load_detail(summary, *columns)

    def _load_article(self, article_id: int) -> tuple[ArticleSummary, bytes, Sequence[Any]]:
        """Return an article's summary, its detail's digest, and the detail's columns."""
        query = (
            f"SELECT term_ids_json, detail_digest, {SUMMARY_COLUMNS}, {DETAIL_COLUMNS} "
            "FROM article WHERE id = ?"
        )
        row = self._db.execute(query, (article_id,)).fetchone()
        if row is None:
            raise KeyError(article_id)
        ids_json, detail_digest, *columns = row
        *shown, summary_digest = columns[:_SUMMARY_WIDTH]
        with _damage_as_error(article_id):
            ids = records.load_ids(ids_json)
            terms = [self.term(term) for term in ids]
            digests = map(self._term_digest, ids)
            _compare(records.compute_summary_digest(shown, digests), summary_digest)
        summary = records.load_summary(article_id, terms, *shown, summary_digest)
        return summary, detail_digest, columns[_SUMMARY_WIDTH:]

    def _load_term(self, term: int) -> Term:
        query = f"SELECT kind, label, {LINKED_SLUG} FROM term WHERE id = ?"
        return Term(*self._db.execute(query, (term,)).fetchone())

    def _compute_term_digest(self, term: int) -> bytes:
        return records.compute_term_digest(*self.term(term))


def _compare(computed: bytes, stored: bytes) -> None:
    if computed != stored:
        raise ValueError(computed)


@contextmanager
def _damage_as_error(article_id: int) -> Iterator[None]:
    """Turn errors that only damaged values can cause into a `sqlite3.DatabaseError`."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(f"article {article_id} is damaged") from error
