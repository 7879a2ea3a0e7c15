"""Counts and digests of articles, terms and periods, from which stale pages are known.

Only articles without a summary digest, and changed terms and days, are computed again.
"""

import sqlite3
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Final

from newsgen.catalogue import records
from newsgen.catalogue.changes import ChangeSet
from newsgen.catalogue.keys import SORT_KEYS_PER_DAY, day_range, format_day
from newsgen.catalogue.term_pages import LINKED_SLUG
from newsgen.core.digest import combine_digests, digest

_BATCH_SIZE: Final = 1_000


def count_listed(db: sqlite3.Connection) -> int:
    """Return the number of articles that are part of the site."""
    # The sum over the years spares a count over all articles.
    query = "SELECT coalesce(sum(count), 0) FROM period WHERE kind = 'year'"
    return int(db.execute(query).fetchone()[0])


def invalidate_summaries(db: sqlite3.Connection, term: int) -> None:
    """Drop the summary digests of a term's articles, so that they are computed again."""
    db.execute(
        "UPDATE article SET summary_digest = x'' WHERE summary_digest != x'' "
        "AND id IN (SELECT article_id FROM article_term WHERE term_id = ?)",
        (term,),
    )


def update_summary_digests(db: sqlite3.Connection, changes: ChangeSet) -> None:
    """Compute missing summary digests, and count their articles' days and terms as changed."""
    digest_term = lru_cache(maxsize=None)(partial(_digest_term, db))
    query = (
        f"SELECT id, sort_key, term_ids_json, {records.SHOWN_COLUMNS} FROM article "
        " WHERE summary_digest = x'' AND is_listed AND id > ? ORDER BY id LIMIT ?"
    )
    last = 0
    # By id, because articles leave the query's result as they get their digests.
    while batch := db.execute(query, (last, _BATCH_SIZE)).fetchall():
        digests = []
        for article_id, sort_key, ids_json, *shown in batch:
            terms = records.load_ids(ids_json)
            changes.add(sort_key, terms)
            new = records.compute_summary_digest(shown, map(digest_term, terms))
            digests.append((new, article_id))
        db.executemany("UPDATE article SET summary_digest = ? WHERE id = ?", digests)
        last = batch[-1][0]


def _digest_term(db: sqlite3.Connection, term: int) -> bytes:
    """Return the digest of what a summary shows of a term."""
    query = f"SELECT kind, label, {LINKED_SLUG} FROM term WHERE id = ?"
    return records.compute_term_digest(*db.execute(query, (term,)).fetchone())


def update_terms(db: sqlite3.Connection, terms: Iterable[int]) -> None:
    """Update counts, days and digests of changed terms, and delete terms without articles."""
    # INDEXED BY: the planner would choose the table's wide rows over the covering index.
    query = (
        "SELECT a.summary_digest, m.sort_key FROM article_term m "
        "JOIN article a INDEXED BY article_list_columns ON a.id = m.article_id "
        "WHERE m.term_id = ? ORDER BY m.sort_key, a.source"
    )
    for term in sorted(terms):
        members = db.execute(query, (term,)).fetchall()
        if not members:
            db.execute("DELETE FROM term WHERE id = ?", (term,))
            continue
        first, last = (members[index][1] // SORT_KEYS_PER_DAY for index in (0, -1))
        combined = combine_digests(summary_digest for summary_digest, _ in members)
        db.execute(
            "UPDATE term SET count = ?, first_day = ?, last_day = ?, digest = ? WHERE id = ?",
            (len(members), first, last, combined, term),
        )


def update_periods(db: sqlite3.Connection, days: Iterable[int]) -> None:
    """Update counts and digests of changed days, and of their months and years."""
    months: set[str] = set()
    query = (
        "SELECT summary_digest, detail_digest, related_digest, links_digest FROM article "
        "WHERE is_listed AND sort_key >= ? AND sort_key < ? ORDER BY sort_key, source"
    )
    for day in sorted(days):
        key = format_day(day)
        months.add(key[:7])
        articles = db.execute(query, day_range(day)).fetchall()
        combined = combine_digests(part for article in articles for part in article)
        _store_period(db, "day", key, len(articles), combined)
    for month in sorted(months):
        _sum_up_period(db, "month", month, "day")
    for year in sorted({month[:4] for month in months}):
        _sum_up_period(db, "year", year, "month")


def _sum_up_period(db: sqlite3.Connection, kind: str, key: str, part_kind: str) -> None:
    """Compute a period's count and digest from the shorter periods in it."""
    # "-~" sorts after every digit, so the range holds the keys that continue this one.
    query = (
        "SELECT key, count, digest FROM period WHERE kind = ? AND key > ? AND key < ? ORDER BY key"
    )
    parts = db.execute(query, (part_kind, key + "-", key + "-~")).fetchall()
    combined = digest(*(value for part_key, _, name in parts for value in (part_key, name)))
    _store_period(db, kind, key, sum(count for _, count, _ in parts), combined)


def _store_period(
    db: sqlite3.Connection, kind: str, key: str, count: int, period_digest: bytes
) -> None:
    if count:
        values = (kind, key, count, period_digest)
        db.execute("INSERT OR REPLACE INTO period VALUES (?, ?, ?, ?)", values)
    else:
        # Every row of the table stands for a page, and an empty period has none.
        db.execute("DELETE FROM period WHERE kind = ? AND key = ?", (kind, key))
