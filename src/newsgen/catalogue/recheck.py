"""Check of a catalogue that others may have changed: damaged, copied, or restored from a backup.

The rows of articles have a checksum. Everything else follows from these rows, the settings and the
source folder, so it is not checked but made again. That takes a fraction of reading all sources.
"""

import sqlite3
from typing import Final

from newsgen.catalogue.changes import ChangeSet
from newsgen.catalogue.listing import update_listed
from newsgen.catalogue.records import ArticleRow
from newsgen.catalogue.settings import CatalogueSettings

_COLUMNS: Final = ", ".join(ArticleRow._fields)


def find_damaged_articles(db: sqlite3.Connection) -> list[int]:
    """Return the ids of articles whose rows differ from what was stored."""
    rows = db.cursor()
    # Damaged text may not be UTF-8. The replacement makes the checksum wrong.
    db.text_factory = lambda data: data.decode(errors="replace")
    try:
        rows.execute(f"SELECT id, {_COLUMNS} FROM article")
        articles = ((article_id, ArticleRow(*values)) for article_id, *values in rows)
        return [number for number, row in articles if row.compute_checksum() != row.checksum]
    finally:
        db.text_factory = str


def count_damaged_articles(db: sqlite3.Connection) -> int:
    """Return the number of articles whose rows differ from what was stored."""
    return len(find_damaged_articles(db))


def reset_derived(db: sqlite3.Connection, settings: CatalogueSettings, changes: ChangeSet) -> int:
    """Delete damaged articles, and make all else stale that is derived from articles and sources.

    The rest of the update then compares the bytes of each source with its article, reads the
    sources of deleted articles again, and updates all that is stale.

    Args:
        db: The catalogue, in a transaction.
        settings: Settings of the site.
        changes: All days and terms are added.

    Returns:
        The number of damaged articles.
    """
    damaged = find_damaged_articles(db)
    db.executemany("DELETE FROM article WHERE id = ?", ((article_id,) for article_id in damaged))
    for table in ("source", "folder", "file", "reference_key", "article_term", "term", "period"):
        db.execute(f"DELETE FROM {table}")
    # Sources without an article are missing, and read again for the sake of their problems.
    sources = db.execute("SELECT source, source_digest FROM article")
    db.executemany(
        "INSERT INTO source (path, folder, size, mtime_ns, inode, dirty, digest) "
        "VALUES (?, ?, 0, -1, 0, 1, ?)",
        ((path, path[: path.rfind("/") + 1], digest) for path, digest in sources),
    )
    # Folders without a digest are synced again, and removed if they no longer exist.
    db.execute("INSERT INTO folder SELECT DISTINCT folder, x'' FROM source")
    db.execute("DELETE FROM meta WHERE name != 'read_digest'")
    db.execute(
        "UPDATE article SET is_listed = 0, term_ids_json = '[]', related_ids_json = '[]', "
        "links_json = '[]', lead_json = '[]', summary_digest = x'', related_digest = x'', "
        "links_digest = x''"
    )
    # Now and not with the other derived values: removals are counted by what was listed before.
    update_listed(db, settings, changes)
    return len(damaged)
