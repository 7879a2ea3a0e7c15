"""Cache of expensive results: bodies as HTML, recognized names, rendered teasers.

Keys are digests of everything that a value depends on, so a value is never out of date. Unused
values are pruned. The module knows digests and values, not what they mean. Its file is safe to
delete.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

from newsgen.storage.database import open_database, open_for_reading

ResultKind = Literal["body", "names"]
TeaserForm = Literal["full", "compact"]
TEASER_FORMS: Final[tuple[TeaserForm, ...]] = ("full", "compact")

_MAX_UNUSED_TEASERS: Final = 1_000
"""Unused teasers that may stay, beside a tenth of the used ones: pruning reads the whole table, so
it must be rare. 1,000 teasers are about 1 MB."""

_SCHEMA: Final = """
CREATE TABLE result (
    -- Expensive results of reading sources. A source has at most one result of each kind.
    key BLOB PRIMARY KEY,               -- digest of everything that the value depends on
    kind TEXT NOT NULL,                 -- body (HTML) or names (JSON)
    source TEXT NOT NULL,               -- path of the file in the source folder
    value BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX result_by_source ON result (source, kind);

CREATE TABLE teaser (
    -- Articles as lists show them, rendered once and joined into many pages.
    id INTEGER PRIMARY KEY,
    template_fingerprint BLOB NOT NULL, -- of the teasers' templates and what these see of the site
    summary_digest BLOB NOT NULL,       -- of the article's summary
    full TEXT NOT NULL,                 -- HTML with the summary
    compact TEXT NOT NULL,              -- HTML in one line
    UNIQUE (template_fingerprint, summary_digest)
);
"""


class CachedResult(NamedTuple):
    """Result of reading a source.

    `value` is None for a result that is in the cache already: then only its owner is noted, so that
    a renamed file does not pay again.
    """

    key: bytes
    kind: ResultKind
    source: str
    value: bytes | None


class CachedTeaser(NamedTuple):
    """A rendered teaser in each of its forms."""

    summary_digest: bytes
    full: str
    compact: str


class Cache:
    """Cache in a file, open for writing while workers read it."""

    def __init__(self, file: Path) -> None:
        """Open the cache. A missing or damaged one is created.

        Raises:
            sqlite3.OperationalError: If the file cannot be opened for writing.
        """
        self._db = open_database(file, _SCHEMA)

    def put_results(self, results: Sequence[CachedResult]) -> None:
        """Store results. Each replaces an older result of its kind and source."""
        if not results:
            return
        # Workers read at the same time. A long transaction that outgrows SQLite's page cache would
        # lock them out, so every change is a short one of its own.
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for key, kind, source, value in results:
                if value is None:
                    self._db.execute("UPDATE result SET source = ? WHERE key = ?", (source, key))
                else:
                    insert = "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?)"
                    self._db.execute(insert, (key, kind, source, value))
                # After a source changed, its result under the old key is never asked for again.
                delete = "DELETE FROM result WHERE source = ? AND kind = ? AND key != ?"
                self._db.execute(delete, (source, kind, key))

    def result_sources(self) -> set[str]:
        """Return the sources that have results."""
        return {source for (source,) in self._db.execute("SELECT DISTINCT source FROM result")}

    def prune_results(self, removed_sources: Iterable[str]) -> None:
        """Delete the results of sources that are gone."""
        sources = [(source,) for source in removed_sources]
        if sources:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany("DELETE FROM result WHERE source = ?", sources)

    def has_teasers(self, template_fingerprint: bytes) -> bool:
        """Return True if any teaser was rendered with these templates."""
        query = "SELECT 1 FROM teaser WHERE template_fingerprint = ? LIMIT 1"
        return self._db.execute(query, (template_fingerprint,)).fetchone() is not None

    def put_teasers(self, template_fingerprint: bytes, teasers: Sequence[CachedTeaser]) -> None:
        """Store teasers."""
        if not teasers:
            return
        columns = "(template_fingerprint, summary_digest, full, compact)"
        insert = f"INSERT OR REPLACE INTO teaser {columns} VALUES (?, ?, ?, ?)"
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(insert, ((template_fingerprint, *teaser) for teaser in teasers))

    def needs_pruning(self, articles: int) -> bool:
        """Return True if many more teasers are stored than the archive has articles."""
        (count,) = self._db.execute("SELECT count(*) FROM teaser").fetchone()
        return bool(count > articles + articles // 10 + _MAX_UNUSED_TEASERS)

    def prune_teasers(self, template_fingerprint: bytes, summary_digests: set[bytes]) -> None:
        """Delete all teasers except those of some articles, rendered with some templates."""
        # Compared in Python: a large archive has more digests than a statement may have parameters.
        stored = "SELECT id, summary_digest FROM teaser WHERE template_fingerprint = ?"
        unused = [
            (teaser_id,)
            for teaser_id, summary_digest in self._db.execute(stored, (template_fingerprint,))
            if summary_digest not in summary_digests
        ]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            # Another output folder whose templates differ renders its teasers again.
            delete = "DELETE FROM teaser WHERE template_fingerprint != ?"
            self._db.execute(delete, (template_fingerprint,))
            self._db.executemany("DELETE FROM teaser WHERE id = ?", unused)

    def close(self) -> None:
        """Close the cache."""
        self._db.close()


class CacheReader:
    """Cache that another process writes to, open for reading."""

    def __init__(self, file: Path) -> None:
        """Open the cache in a file.

        Raises:
            sqlite3.OperationalError: If there is none.
        """
        # `changes`: teasers that the build stores meanwhile must be seen.
        self._db = open_for_reading(file, changes=True)

    def get_result(self, key: bytes) -> bytes | None:
        """Return the result stored under a key, or None."""
        row = self._db.execute("SELECT value FROM result WHERE key = ?", (key,)).fetchone()
        return row and bytes(row[0])

    def get_teasers(
        self, template_fingerprint: bytes, form: TeaserForm, summary_digests: Sequence[bytes]
    ) -> Mapping[bytes, str]:
        """Return teasers in one form by their articles' summary digests, as far as stored."""
        marks = ",".join("?" * len(summary_digests))
        query = (
            f"SELECT summary_digest, {form} FROM teaser "
            f"WHERE template_fingerprint = ? AND summary_digest IN ({marks})"
        )
        return dict(self._db.execute(query, (template_fingerprint, *summary_digests)))

    def close(self) -> None:
        """Close the cache."""
        self._db.close()
