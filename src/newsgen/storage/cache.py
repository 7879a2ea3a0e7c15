"""What was dear to work out, kept under digests of exactly what it depends on.

It knows digests and bytes, and not what they mean. It is safe to delete.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from newsgen.storage.database import open_database, open_for_reading

_SCHEMA: Final = "CREATE TABLE result (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"


class Cache:
    """A cache in a file, open for writing."""

    def __init__(self, file: Path) -> None:
        """Open the cache, made anew if it is missing or damaged.

        Raises:
            sqlite3.OperationalError: if the file can't be opened for writing.
        """
        self._db = open_database(file, _SCHEMA)

    def put(self, results: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep results under their keys, at once and for good."""
        results = list(results)
        if not results:
            return
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO result VALUES (?, ?)", results)

    def close(self) -> None:
        """Close the cache."""
        self._db.close()


class CacheReader:
    """A cache that another process writes to."""

    def __init__(self, file: Path) -> None:
        """Open the cache in a file for reading.

        Raises:
            sqlite3.OperationalError: if there is none.
        """
        self._db = open_for_reading(file, changes=True)

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key, or None."""
        row = self._db.execute("SELECT value FROM result WHERE key = ?", (key,)).fetchone()
        return row and bytes(row[0])

    def close(self) -> None:
        """Close the cache."""
        self._db.close()
