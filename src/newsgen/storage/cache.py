"""Cache of expensive results: bodies as HTML, recognized names, rendered teasers.

Keys are digests of everything that a value depends on, so a value is never out of date. Each value
has a checksum, so a damaged one counts as missing. Unused values are pruned. The module knows
digests and values, not what they mean. Its file is safe to delete.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple
from zlib import crc32

from newsgen.storage import seals
from newsgen.storage.database import open_for_reading, open_sealed_database

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
    value BLOB NOT NULL,
    checksum INTEGER NOT NULL           -- CRC-32 of key and value
) WITHOUT ROWID;
CREATE INDEX result_by_source ON result (source, kind);

CREATE TABLE teaser (
    -- Articles as lists show them, rendered once and joined into many pages.
    id INTEGER PRIMARY KEY,
    template_fingerprint BLOB NOT NULL, -- of the teasers' templates and what these see of the site
    summary_digest BLOB NOT NULL,       -- of the article's summary
    full BLOB NOT NULL,                 -- HTML with the summary, UTF-8
    full_checksum INTEGER NOT NULL,     -- CRC-32 of summary_digest and HTML
    compact BLOB NOT NULL,              -- HTML in one line, UTF-8
    compact_checksum INTEGER NOT NULL,
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
    """Cache in a file, open for writing while workers read it.

    Attributes:
        was_damaged: Whether the file was damaged when it was opened, so that a new one was created.
        damaged_values: Number of damaged values that were deleted when it was opened.
    """

    def __init__(self, file: Path, *, verify: bool = False) -> None:
        """Open the cache. A missing or damaged one is created, damaged values are deleted.

        Args:
            file: Where it lies.
            verify: Whether to check all values even if nobody seems to have touched the file.

        Raises:
            sqlite3.OperationalError: If the file cannot be opened for writing.
        """
        self._file = file
        opened = open_sealed_database(file, _SCHEMA, verify=verify)
        self._db, needs_check, self.was_damaged, self._was_rewritten = opened
        # The only texts are paths, and a damaged one may not be UTF-8.
        self._db.text_factory = lambda data: data.decode(errors="replace")
        self.damaged_values = self._delete_damaged() if needs_check else 0

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
                    insert = "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?)"
                    row = (key, kind, source, value, _compute_checksum(key, value))
                    self._db.execute(insert, row)
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
        columns = (
            "template_fingerprint, summary_digest, full, full_checksum, compact, compact_checksum"
        )
        insert = f"INSERT OR REPLACE INTO teaser ({columns}) VALUES (?, ?, ?, ?, ?, ?)"
        rows = []
        for summary_digest, *forms in teasers:
            row: list[bytes | int] = [template_fingerprint, summary_digest]
            for html in map(str.encode, forms):
                row += (html, _compute_checksum(summary_digest, html))
            rows.append(row)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(insert, rows)

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
        """Close the cache and seal its file."""
        self._db.close()
        seals.write_seal(self._file, contents=self._was_rewritten)

    def _delete_damaged(self) -> int:
        """Delete all values with a wrong checksum, and return their number."""
        results, teasers = _find_damaged(self._db)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("DELETE FROM result WHERE key = ?", results)
            self._db.executemany("DELETE FROM teaser WHERE id = ?", teasers)
        return len(results) + len(teasers)


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
        """Return the result stored under a key, or None if there is none or it is damaged."""
        row = self._db.execute(
            "SELECT value, checksum FROM result WHERE key = ?", (key,)
        ).fetchone()
        return row[0] if row and _is_whole(key, *row) else None

    def get_teasers(
        self, template_fingerprint: bytes, form: TeaserForm, summary_digests: Sequence[bytes]
    ) -> Mapping[bytes, str]:
        """Return teasers in one form by their articles' summary digests.

        Those that are not stored, or damaged, are left out.
        """
        marks = ",".join("?" * len(summary_digests))
        query = (
            f"SELECT summary_digest, {form}, {form}_checksum FROM teaser "
            f"WHERE template_fingerprint = ? AND summary_digest IN ({marks})"
        )
        found = self._db.execute(query, (template_fingerprint, *summary_digests))
        # The index may lead to another article's row if it is damaged, so the digest counts too.
        return {row[0]: row[1].decode() for row in found if _is_whole(*row)}

    def close(self) -> None:
        """Close the cache."""
        self._db.close()


def count_damaged_values(db: sqlite3.Connection) -> int:
    """Return the number of damaged values in the database of a cache."""
    results, teasers = _find_damaged(db)
    return len(results) + len(teasers)


def _compute_checksum(key: bytes, value: bytes) -> int:
    # Against damage CRC-32 is enough, at a quarter of BLAKE2b's time. No checksum without a secret
    # key would keep out somebody who can write to the cache.
    return crc32(value, crc32(key))


def _is_whole(key: Any, value: Any, checksum: Any) -> bool:
    """Return True if a value has its checksum."""
    # Damage may change the type of a column, too.
    return (
        isinstance(key, bytes)
        and isinstance(value, bytes)
        and _compute_checksum(key, value) == checksum
    )


def _find_damaged(db: sqlite3.Connection) -> tuple[list[tuple[bytes]], list[tuple[int]]]:
    """Return the keys of damaged results and the ids of damaged teasers."""
    results = db.execute("SELECT key, value, checksum FROM result")
    teasers = db.execute(
        "SELECT id, summary_digest, full, full_checksum, compact, compact_checksum FROM teaser"
    )
    return (
        [(row[0],) for row in results if not _is_whole(*row)],
        [
            (number,)
            for number, summary_digest, *forms in teasers
            if not (_is_whole(summary_digest, *forms[:2]) and _is_whole(summary_digest, *forms[2:]))
        ],
    )
