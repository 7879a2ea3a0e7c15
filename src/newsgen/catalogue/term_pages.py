"""Which names get pages of their own: in a large archive not everybody who was mentioned once.

What an article brings along always has a page. What was recognised has one as soon as it is named
in enough articles, or often enough in one, or in one of the archive's oldest articles: so a small
archive has a page for everything, none of them goes when it grows, and a new article gives a page
to the few names alone that it lifts over the threshold.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from newsgen.catalogue import records
from newsgen.catalogue.keys import END_OF_TIME

SHOWN_SLUG: Final = "CASE WHEN paged THEN slug ELSE '' END"
"""A term's slug as cards show it: "" where there is no page to link to."""


class PageThresholds(NamedTuple):
    """How many `articles` must name something, or how many `mentions` one of them must have.

    In the `oldest` articles of the archive one mention is enough.
    """

    articles: int = 1
    mentions: int = 1
    oldest: int = 0


def give_pages(db: sqlite3.Connection, rule: PageThresholds, changes: set[int]) -> Iterator[int]:
    """Decide which terms have pages; yields the numbers of those where that has changed.

    Args:
        db: the catalogue.
        rule: of the site.
        changes: the terms whose articles have changed; those that an article took along when it
            came to be, or ceased to be, one of the oldest are added.
    """
    end = _end_of_oldest(db, rule.oldest)
    changes.update(_terms_between(db, _keep(db, end), end))
    query = "SELECT count(*), min(mentions), max(mentions), min(sort) FROM member WHERE term = ?"
    for number in sorted(changes):
        count, least, most, first = db.execute(query, (number,)).fetchone()
        if not count:
            continue
        is_paged = not least or count >= rule.articles or most >= rule.mentions or first <= end
        change = "UPDATE term SET paged = ? WHERE id = ? AND paged != ?"
        if db.execute(change, (is_paged, number, is_paged)).rowcount:
            yield number


def _end_of_oldest(db: sqlite3.Connection, count: int) -> int:
    """The sort key of the last of the archive's oldest articles."""
    if not count:
        return 0
    query = "SELECT sort FROM article WHERE shown ORDER BY sort, source LIMIT 1 OFFSET ?"
    row = db.execute(query, (count - 1,)).fetchone()
    return int(row[0]) if row else END_OF_TIME


def _keep(db: sqlite3.Connection, end: int) -> int:
    """Keep where the oldest articles end; returns where they ended at the last update."""
    row = db.execute("SELECT value FROM setting WHERE name = 'end of oldest'").fetchone()
    db.execute("INSERT OR REPLACE INTO setting VALUES ('end of oldest', ?)", (end,))
    return int(row[0]) if row else end


def _terms_between(db: sqlite3.Connection, one: int, other: int) -> set[int]:
    """The terms of the articles after the earlier of two sort keys, up to the later one."""
    if one == other:
        return set()
    query = "SELECT terms FROM article WHERE shown AND sort > ? AND sort <= ?"
    found = db.execute(query, (min(one, other), max(one, other)))
    return {number for (terms,) in found for number in records.load_ids(terms)}
