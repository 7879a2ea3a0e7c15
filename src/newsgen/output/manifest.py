"""The ledger: what the last build wrote into one output folder, and from what.

For every unit the digests of its inputs, for every page too; and, while files are being moved into
place, the moves that are left. It knows paths and digests, and not what they stand for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.storage.database import open_database

_SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    template_fingerprint BLOB NOT NULL,
    digest BLOB NOT NULL,
    UNIQUE (kind, key)
);
CREATE TABLE page (
    path TEXT NOT NULL COLLATE NOCASE PRIMARY KEY,
    unit INTEGER NOT NULL,
    digests BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX page_by_unit ON page (unit);
CREATE TABLE pending (path TEXT PRIMARY KEY, remove INTEGER NOT NULL) WITHOUT ROWID;
"""


class RecordedUnit(NamedTuple):
    """A unit as the last build left it."""

    id: int
    template_fingerprint: bytes
    digest: bytes


class BuildManifest:
    """A ledger, open for one build."""

    def __init__(self, file: Path) -> None:
        """Open the ledger in a file.

        Raises:
            sqlite3.OperationalError: if the file can't be opened for writing.
        """
        self._db = open_database(file, _SCHEMA)
        self._folders: set[str] = set()  # those of which it is known that no page has their path

    def begin(self) -> None:
        """Begin to change it; nothing is kept until `commit`."""
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep the changes."""
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the changes since `begin`."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the ledger; changes that are not committed are forgotten."""
        self._db.close()

    def get_meta(self, name: str) -> object:
        """A value kept under a name, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: object) -> None:
        """Keep a value under a name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def invalidate_all(self, kind: str = "") -> None:
        """Make every unit stale, or those of one kind; which files are newsgen's stays known."""
        self._db.execute("DELETE FROM meta WHERE name = 'build_fingerprint'")
        units = "SELECT id FROM unit WHERE kind = ? OR ? = ''"
        self._db.execute(f"UPDATE page SET digests = x'' WHERE unit IN ({units})", (kind, kind))
        self._db.execute(
            f"UPDATE unit SET template_fingerprint = x'' WHERE id IN ({units})", (kind, kind)
        )

    def units(self, kind: str) -> dict[str, RecordedUnit]:
        """The units of a kind by their keys."""
        query = "SELECT key, id, template_fingerprint, digest FROM unit WHERE kind = ?"
        return {key: RecordedUnit(*rest) for key, *rest in self._db.execute(query, (kind,))}

    def kinds(self) -> Sequence[str]:
        """The kinds that there are units of."""
        return [
            kind for (kind,) in self._db.execute("SELECT DISTINCT kind FROM unit ORDER BY kind")
        ]

    def pages(self, unit: int) -> Mapping[str, bytes]:
        """The pages of a unit by their paths, each with its inputs."""
        return dict(self._db.execute("SELECT path, digests FROM page WHERE unit = ?", (unit,)))

    def has_page(self, path: str) -> bool:
        """Whether a path is a page's."""
        query = "SELECT 1 FROM page WHERE path = ?"
        return self._db.execute(query, (path,)).fetchone() is not None

    def owner(self, path: str) -> tuple[int, str, str] | None:
        """The number, kind and key of the unit whose page has a path, or None."""
        query = (
            "SELECT u.id, u.kind, u.key FROM page p JOIN unit u ON u.id = p.unit WHERE p.path = ?"
        )
        row = self._db.execute(query, (path,)).fetchone()
        return row and (int(row[0]), str(row[1]), str(row[2]))

    def conflicting_paths(self, path: str) -> list[str]:
        """Pages that can't be there together with one at a path.

        Their files are where its folders must be, or their folders where its file must be.
        """
        found = []
        own = folder = path.rpartition("/")[0]
        while folder and folder not in self._folders:
            if self.has_page(folder):
                found.append(folder)
            elif folder != own:
                self._folders.add(folder)
            folder = folder.rpartition("/")[0]
        self._folders.discard(path)
        query = "SELECT path FROM page WHERE path > ? AND path < ?"
        found += [below for (below,) in self._db.execute(query, (f"{path}/", f"{path}0"))]
        return found

    def put_unit(self, kind: str, key: str, template_fingerprint: bytes, digest: bytes) -> int:
        """Record a unit; returns its id."""
        (number,) = self._db.execute(
            "INSERT INTO unit (kind, key, template_fingerprint, digest) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (kind, key) DO UPDATE SET "
            "template_fingerprint = excluded.template_fingerprint, digest = excluded.digest "
            "RETURNING id",
            (kind, key, template_fingerprint, digest),
        ).fetchone()
        return int(number)

    def put_pages(self, unit: int, pages: Sequence[tuple[str, bytes]]) -> list[str]:
        """Write pages of a unit down, each with its inputs.

        Returns:
            The paths that are another unit's; they stay so.
        """
        cursor = self._db.executemany(
            "INSERT INTO page VALUES (?, ?, ?) ON CONFLICT (path) "
            "DO UPDATE SET digests = excluded.digests WHERE unit = excluded.unit",
            ((path, unit, digests) for path, digests in pages),
        )
        if cursor.rowcount == len(pages):
            return []
        query = "SELECT 1 FROM page WHERE path = ? AND unit != ?"
        return [path for path, _ in pages if self._db.execute(query, (path, unit)).fetchone()]

    def evict_pages(self, paths: Iterable[str]) -> list[str]:
        """Forget pages of other units; the next build plans those units again.

        Returns:
            The pages' paths as they were written down, perhaps in another case.
        """
        query = "DELETE FROM page WHERE path = ? RETURNING path, unit"
        evicted = [row for path in paths for row in self._db.execute(query, (path,)).fetchall()]
        for _, unit in evicted:
            self.invalidate_unit(unit)
        return [path for path, _ in evicted]

    def invalidate_unit(self, unit: int) -> None:
        """Have a unit planned again by the next build, whatever its inputs."""
        self._db.execute("UPDATE unit SET digest = x'' WHERE id = ?", (unit,))

    def invalidate_page(self, path: str) -> None:
        """Have a page rendered again by the next build; its file, if there is one, stays known."""
        owner = "SELECT unit FROM page WHERE path = ?"
        self._db.execute(f"UPDATE unit SET digest = x'' WHERE id IN ({owner})", (path,))
        self._db.execute("UPDATE page SET digests = x'' WHERE path = ?", (path,))

    def delete_unit(self, unit: int) -> None:
        """Forget a unit and its pages."""
        self._db.execute("DELETE FROM page WHERE unit = ?", (unit,))
        self._db.execute("DELETE FROM unit WHERE id = ?", (unit,))

    def delete_pages(self, paths: Iterable[str]) -> None:
        """Forget pages."""
        self._db.executemany("DELETE FROM page WHERE path = ?", ((path,) for path in paths))

    def count_pages(self) -> int:
        """How many pages there are."""
        (count,) = self._db.execute("SELECT count(*) FROM page").fetchone()
        return int(count)

    def put_pending(self, moves: Iterable[str], removals: Iterable[str]) -> None:
        """Write down which files are to be moved into place, and which to be removed."""
        rows = [*((path, 0) for path in moves), *((path, 1) for path in removals)]
        self._db.executemany("INSERT OR REPLACE INTO pending VALUES (?, ?)", rows)

    def pending(self) -> Iterator[tuple[str, bool]]:
        """What is left to be moved, or to be removed, in the order of the paths."""
        query = "SELECT path, remove FROM pending ORDER BY remove, path"
        return ((path, bool(remove)) for path, remove in self._db.execute(query))

    def clear_pending(self) -> None:
        """Note that every move has been made."""
        self._db.execute("DELETE FROM pending")
