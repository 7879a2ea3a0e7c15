"""Redirects of the site's table of old URLs, and the URLs that they lead to now.

A redirect to a source follows its article. Redirects are planned in buckets, by their old URL.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from newsgen.catalogue.changes import ChangeSet
from newsgen.core.digest import digest

_BATCH_SIZE: Final = 500


class RedirectRow(NamedTuple):
    """Redirect as columns of the `redirect` table, without what is derived."""

    key: str
    url: str
    target: str
    is_source: bool
    line: int


def store_redirects(
    db: sqlite3.Connection, rows: Iterable[RedirectRow], changes: ChangeSet
) -> None:
    """Replace all redirects."""
    db.execute("DELETE FROM redirect")
    db.executemany(
        "INSERT INTO redirect (key, url, target, is_source, line, target_url, bucket) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        # The first byte of a digest makes 256 buckets, whatever the order of the file.
        ((*row, "" if row.is_source else row.target, digest(row.key)[0]) for row in rows),
    )
    changes.have_redirects_changed = True
    changes.is_every_source = True


def update_redirects(db: sqlite3.Connection, changes: ChangeSet) -> None:
    """Let redirects follow the articles that have changed, and update the buckets' digests."""
    if not changes.have_redirects_changed:
        # Without redirects, articles need not be followed.
        if not db.execute("SELECT 1 FROM redirect_bucket LIMIT 1").fetchone():
            return
        moved = _follow_articles(db, changes)
    else:
        _follow_articles(db, changes)
        db.execute("DELETE FROM redirect_bucket")
        moved = {bucket for (bucket,) in db.execute("SELECT DISTINCT bucket FROM redirect")}
    for bucket in sorted(moved):
        rows = db.execute(
            "SELECT url, target_url FROM redirect WHERE bucket = ? ORDER BY key", (bucket,)
        )
        bucket_digest = digest(*(text for row in rows for text in row))
        db.execute("INSERT OR REPLACE INTO redirect_bucket VALUES (?, ?)", (bucket, bucket_digest))
    changes.have_redirects_changed |= bool(moved)
    # A link to an old URL leads to what its redirect leads to.
    changes.every_reference |= changes.have_redirects_changed


def find_redirect(db: sqlite3.Connection, key: str) -> str | None:
    """Return the URL that an old URL leads to, None if it is unknown.

    Args:
        db: The catalogue.
        key: The folded old URL, with a slash at its end unless it ends in `.html` or `.htm`.
    """
    query = "SELECT target_url FROM redirect WHERE key = ? AND target_url != '~'"
    row = db.execute(query, (key,)).fetchone()
    return row[0] if row else None


def find_dead_redirects(db: sqlite3.Connection) -> Sequence[tuple[int, str]]:
    """Return line and target of the redirects to sources without a listed article, by line."""
    query = "SELECT line, target FROM redirect WHERE target_url = '~' ORDER BY line"
    return db.execute(query).fetchall()


def _follow_articles(db: sqlite3.Connection, changes: ChangeSet) -> set[int]:
    """Update the URLs of redirects to changed articles, and return the buckets of these."""
    moved: set[int] = set()
    for key, bucket, old, new in list(_find_moved(db, changes)):
        if old != new:
            db.execute("UPDATE redirect SET target_url = ? WHERE key = ?", (new, key))
            moved.add(bucket)
    return moved


def _find_moved(db: sqlite3.Connection, changes: ChangeSet) -> Iterator[tuple[str, int, str, str]]:
    """Yield key, bucket, last URL and URL now of redirects to articles that may have changed."""
    # A URL never is `~`: it stands for no article, as "" is the URL of the home page.
    query = (
        "SELECT key, bucket, target_url, coalesce((SELECT url FROM article "
        "WHERE source = target AND is_listed), '~') FROM redirect WHERE is_source"
    )
    if changes.is_every_source:
        yield from db.execute(query)
        return
    sources = sorted(changes.sources)
    for start in range(0, len(sources), _BATCH_SIZE):
        batch = sources[start : start + _BATCH_SIZE]
        yield from db.execute(f"{query} AND target IN ({','.join('?' * len(batch))})", batch)
