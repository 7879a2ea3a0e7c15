"""Choice of the terms that get a page of their own.

A name from an article's own fields always has a page. A recognized name has one if it is in enough
articles, often enough in one of them, or in one of the archive's oldest articles. The last rule
gives small archives a page for every name, and no page disappears when the archive grows. A new
article only adds pages for the names that it lifts over a threshold.
"""

import sqlite3
from collections.abc import Iterator
from itertools import chain
from typing import Final

from newsgen.catalogue import records
from newsgen.catalogue.keys import MAX_SORT_KEY
from newsgen.catalogue.settings import PageThresholds

LINKED_SLUG: Final = "CASE WHEN has_page THEN slug ELSE '' END"
"""SQL for the slug that lists show: empty for a term without a page to link to."""


def update_term_pages(
    db: sqlite3.Connection, thresholds: PageThresholds, terms: set[int]
) -> Iterator[int]:
    """Decide which terms have pages.

    Args:
        db: The catalogue.
        thresholds: Thresholds of the site.
        terms: Ids of the terms whose articles have changed. Terms of articles that became one of
            the oldest, or ceased to be, are added.

    Yields:
        The id of each term that got a page or lost it.
    """
    end = _find_end_of_oldest(db, thresholds.oldest)
    terms.update(_find_terms_between(db, _replace_end(db, end), end))
    query = (
        "SELECT count(*), min(mentions), max(mentions), min(sort_key) FROM article_term "
        "WHERE term_id = ?"
    )
    for term in sorted(terms):
        articles, fewest, most, first = db.execute(query, (term,)).fetchone()
        # `update_terms` deletes it later.
        if not articles:
            continue
        has_page = (
            not fewest  # 0 mentions: the article's own tag
            or articles >= thresholds.articles
            or most >= thresholds.mentions
            or first <= end
        )
        change = "UPDATE term SET has_page = ? WHERE id = ? AND has_page != ?"
        if db.execute(change, (has_page, term, has_page)).rowcount:
            yield term


def _find_end_of_oldest(db: sqlite3.Connection, count: int) -> int:
    """Return the sort key of the last of the archive's oldest articles."""
    if not count:
        return 0
    query = (
        "SELECT sort_key FROM article WHERE is_listed ORDER BY sort_key, source LIMIT 1 OFFSET ?"
    )
    row = db.execute(query, (count - 1,)).fetchone()
    # A smaller archive consists of oldest articles only.
    return int(row[0]) if row else MAX_SORT_KEY


def _replace_end(db: sqlite3.Connection, end: int) -> int:
    """Store the end of the oldest articles and return the previous one."""
    row = db.execute("SELECT value FROM meta WHERE name = 'end_of_oldest'").fetchone()
    db.execute("INSERT OR REPLACE INTO meta VALUES ('end_of_oldest', ?)", (end,))
    # In a new catalogue all terms count as changed anyway.
    return int(row[0]) if row else end


def _find_terms_between(db: sqlite3.Connection, one: int, other: int) -> set[int]:
    """Return the terms of the articles after the lower of two sort keys, up to the higher one."""
    if one == other:
        return set()
    query = "SELECT term_ids_json FROM article WHERE is_listed AND sort_key > ? AND sort_key <= ?"
    rows = db.execute(query, (min(one, other), max(one, other)))
    return set(chain.from_iterable(records.load_id_lists(ids for (ids,) in rows)))
