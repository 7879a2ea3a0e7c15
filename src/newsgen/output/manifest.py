"""Manifest of a build: every file in one output folder, and what it was made from.

It holds the digests of every unit and page and, during a publish, the moves that are still to be
made. It knows paths and digests, not what they stand for.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.output.manifest_damage import is_manifest_damaged
from newsgen.output.published_manifest import FileRecord, find_list
from newsgen.storage import seals
from newsgen.storage.database import delete_database, open_database, open_for_reading
from newsgen.text.filenames import fold_path
from newsgen.urls import is_inside_site

_SCHEMA: Final = """
CREATE TABLE meta (
    -- Facts about the last build: build_fingerprint, pages (their number), generation (of the
    -- published manifest; '' if the output is not as recorded), boot (of the system).
    name TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

CREATE TABLE unit (
    -- Batches of pages that become stale together.
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                 -- kind of page
    key TEXT NOT NULL,                  -- of the unit among those of its kind
    template_fingerprint BLOB NOT NULL, -- of templates, configuration and code; x'' if invalidated
    digest BLOB NOT NULL,               -- of all else that its pages may show; x'' if invalidated
    UNIQUE (kind, key)
);

CREATE TABLE page (
    -- Files of the site. NOCASE: two paths that differ in case alone are one file on many disks.
    path TEXT NOT NULL COLLATE NOCASE PRIMARY KEY,
    unit INTEGER NOT NULL,              -- id of the unit that owns the path
    digests BLOB NOT NULL,              -- of what the page shows; x'' if invalidated
    folded TEXT,                        -- path without case; NULL for ASCII, as NOCASE knows it
    list TEXT NOT NULL,                 -- list of the published manifest that names the file
    size INTEGER NOT NULL DEFAULT 0,    -- of the file in bytes
    content_digest BLOB NOT NULL DEFAULT x'' -- of the file; x'' if there is none yet
) WITHOUT ROWID;
CREATE INDEX page_by_unit ON page (unit);
CREATE INDEX page_by_folded ON page (folded) WHERE folded IS NOT NULL;
CREATE INDEX page_by_list ON page (list);

CREATE TABLE list (
    -- Lists of the published manifest.
    name TEXT PRIMARY KEY,
    size INTEGER NOT NULL,              -- of the file in bytes
    content_digest BLOB NOT NULL        -- of the file; x'' if outdated
) WITHOUT ROWID;
CREATE TRIGGER page_written AFTER UPDATE OF content_digest ON page
    WHEN new.content_digest != old.content_digest
    BEGIN INSERT OR REPLACE INTO list VALUES (new.list, 0, x''); END;
CREATE TRIGGER page_deleted AFTER DELETE ON page WHEN old.content_digest != x''
    BEGIN INSERT OR REPLACE INTO list VALUES (old.list, 0, x''); END;

CREATE TABLE pending (
    -- Moves of a publish that has not finished.
    position INTEGER PRIMARY KEY,       -- in the order of the moves
    path TEXT NOT NULL UNIQUE,
    remove INTEGER NOT NULL             -- 1 to remove the file, 0 to move the staged one here
);
"""


class RecordedUnit(NamedTuple):
    """Unit as the last build recorded it."""

    id: int
    template_fingerprint: bytes
    digest: bytes


class PendingMoves(NamedTuple):
    """Paths of a publish that has not finished, in the order in which they are to be moved."""

    moves: Sequence[str]
    removals: Sequence[str]


class BuildManifest:
    """Manifest of one output folder.

    Attributes:
        was_damaged: Whether the file was damaged when it was opened, so that a new one was created.
    """

    def __init__(self, file: Path, *, read_only: bool = False, verify: bool = False) -> None:
        """Open the manifest in a file. A missing or damaged one is created.

        Args:
            file: Where it lies.
            read_only: Whether to open an existing one without changing or checking anything.
            verify: Whether to check it even if nobody seems to have touched it.

        Raises:
            sqlite3.OperationalError: If the file cannot be opened.
        """
        self._file = file
        self._is_read_only = read_only
        self._is_sealed = not read_only and seals.is_untouched(file)
        self.was_damaged = False
        if not read_only and (verify or not self._is_sealed):
            self.was_damaged = is_manifest_damaged(file)
        if self.was_damaged:
            delete_database(file)
        # A copy may have the seal of the original. Once it is found good, it is like any other
        # manifest: a build that is killed must leave no seal behind.
        if not read_only and not self._is_sealed:
            self._break_seal()
        self._db = open_for_reading(file) if read_only else open_database(file, _SCHEMA)
        if not read_only:
            # EXTRA also syncs the end of a transaction. Otherwise moves might outlive a power
            # failure, and their record might not.
            self._db.execute("PRAGMA synchronous = EXTRA")
        # Folders that are known not to be the path of a page, so that few queries are needed.
        self._folders: set[str] = set()

    def begin(self) -> None:
        """Start a transaction for changes."""
        self._writer.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit the transaction."""
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Undo all changes since `begin`, if a transaction is open."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the manifest, and seal it if it was changed. An open transaction is rolled back."""
        self._db.close()
        if not self._is_read_only and not self._is_sealed:
            seals.write_seal(self._file, contents=True)

    @property
    def _writer(self) -> sqlite3.Connection:
        """Connection for a change.

        Raises:
            sqlite3.DatabaseError: If the manifest turns out to be damaged.
        """
        # Before the change and not after it: if the build is killed, a missing seal means that
        # the manifest may be good, and a broken one that another program has changed it. After a
        # power failure too, because the commit syncs the folder of the database.
        if self._is_sealed:
            # Once a build that changes something. The new seal would hide old damage.
            if not seals.has_sealed_contents(self._file):
                raise sqlite3.DatabaseError("the manifest is damaged")
            self._break_seal()
        return self._db

    def _break_seal(self) -> None:
        seals.break_seal(self._file)
        self._is_sealed = False

    def get_meta(self, name: str) -> object:
        """Return a fact about the last build, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def get_count(self, name: str) -> int:
        """Return a number of the last build. A missing or damaged one is 0."""
        value = self.get_meta(name)
        return value if isinstance(value, int) and value >= 0 else 0

    def set_meta(self, name: str, value: object) -> None:
        """Store a fact about this build."""
        self._writer.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def invalidate_all(self, kind: str = "") -> None:
        """Make all units stale, or those of one kind. Their files stay known as newsgen's own."""
        self._writer.execute("DELETE FROM meta WHERE name = 'build_fingerprint'")
        units = "SELECT id FROM unit WHERE kind = ? OR ? = ''"
        self._writer.execute(f"UPDATE page SET digests = x'' WHERE unit IN ({units})", (kind, kind))
        self._writer.execute(
            f"UPDATE unit SET template_fingerprint = x'' WHERE id IN ({units})", (kind, kind)
        )

    def units(self, kind: str) -> dict[str, RecordedUnit]:
        """Return the units of a kind by their keys."""
        query = "SELECT key, id, template_fingerprint, digest FROM unit WHERE kind = ?"
        return {key: RecordedUnit(*rest) for key, *rest in self._db.execute(query, (kind,))}

    def kinds(self) -> Sequence[str]:
        """Return the kinds that have units, sorted."""
        return [
            kind for (kind,) in self._db.execute("SELECT DISTINCT kind FROM unit ORDER BY kind")
        ]

    def pages(self, unit: int) -> Mapping[str, bytes]:
        """Return the digests of a unit's pages by their paths."""
        return dict(self._db.execute("SELECT path, digests FROM page WHERE unit = ?", (unit,)))

    def has_page(self, path: str) -> bool:
        """Return True if a page has this path."""
        query = "SELECT 1 FROM page WHERE path = ?"
        return self._db.execute(query, (path,)).fetchone() is not None

    def is_free(self, path: str, *, ignores_case: bool) -> bool:
        """Return True if no page has the file at this path.

        Args:
            path: A path of the output folder.
            ignores_case: Whether paths that differ in case alone are one file on its disk.
        """
        row = self._db.execute("SELECT path FROM page WHERE path = ?", (path,)).fetchone()
        return row is None or not (ignores_case or row[0] == path)

    def owner(self, path: str) -> tuple[int, str, str] | None:
        """Return the id, kind and key of the unit that owns a path, or None."""
        query = (
            "SELECT u.id, u.kind, u.key FROM page p JOIN unit u ON u.id = p.unit WHERE p.path = ?"
        )
        row = self._db.execute(query, (path,)).fetchone()
        return row and (int(row[0]), str(row[1]), str(row[2]))

    def conflicting_paths(self, path: str) -> list[str]:
        """Return the paths of pages that cannot exist beside a page at this path.

        A file cannot lie where the other page needs a folder, nor where a path that differs only in
        case or in Unicode's normal form has a file.
        """
        found = self._same_files(path)
        own = folder = path.rpartition("/")[0]
        while folder and folder not in self._folders:
            if self.has_page(folder):
                found.append(folder)
            elif folder != own:
                self._folders.add(folder)
            folder = folder.rpartition("/")[0]
        self._folders.discard(path)
        # `0` follows `/` in ASCII, so the range holds the paths below this one.
        query = "SELECT path FROM page WHERE path > ? AND path < ?"
        found += [below for (below,) in self._db.execute(query, (f"{path}/", f"{path}0"))]
        return found

    def _same_files(self, path: str) -> list[str]:
        """Return other paths that differ only in the case of letters, or in the normal form."""
        # NOCASE compares ASCII paths, which are most of them, at no cost.
        if path.isascii():
            return []
        query = "SELECT path FROM page WHERE folded = ? AND path != ?"
        return [same for (same,) in self._db.execute(query, (fold_path(path), path))]

    def put_unit(self, kind: str, key: str, template_fingerprint: bytes, digest: bytes) -> int:
        """Record a unit, and return its id."""
        (number,) = self._writer.execute(
            "INSERT INTO unit (kind, key, template_fingerprint, digest) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (kind, key) DO UPDATE SET "
            "template_fingerprint = excluded.template_fingerprint, digest = excluded.digest "
            "RETURNING id",
            (kind, key, template_fingerprint, digest),
        ).fetchone()
        return int(number)

    def put_pages(self, unit: int, pages: Sequence[tuple[str, bytes]]) -> list[str]:
        """Record pages of a unit with their digests.

        Returns:
            The paths that belong to other units. They are not changed.
        """
        cursor = self._writer.executemany(
            "INSERT INTO page (path, unit, digests, folded, list) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (path) "
            "DO UPDATE SET digests = excluded.digests WHERE unit = excluded.unit",
            (
                (path, unit, digests, None if path.isascii() else fold_path(path), find_list(path))
                for path, digests in pages
            ),
        )
        if cursor.rowcount == len(pages):
            return []
        # Rare, so only now is it worth a query for each path.
        query = "SELECT 1 FROM page WHERE path = ? AND unit != ?"
        return [path for path, _ in pages if self._db.execute(query, (path, unit)).fetchone()]

    def evict_pages(self, paths: Iterable[str]) -> list[str]:
        """Delete pages of other units, and make those units stale.

        Returns:
            The deleted paths as they were recorded, which may differ in case.
        """
        query = "DELETE FROM page WHERE path = ? RETURNING path, unit"
        evicted = [row for path in paths for row in self._writer.execute(query, (path,)).fetchall()]
        for _, unit in evicted:
            self.invalidate_unit(unit)
        return [path for path, _ in evicted]

    def invalidate_unit(self, unit: int) -> None:
        """Make a unit stale, so that it is planned again."""
        self._writer.execute("UPDATE unit SET digest = x'' WHERE id = ?", (unit,))

    def invalidate_page(self, path: str) -> None:
        """Make a page stale, and its unit. Its file stays known as newsgen's own."""
        owner = "SELECT unit FROM page WHERE path = ?"
        self._writer.execute(f"UPDATE unit SET digest = x'' WHERE id IN ({owner})", (path,))
        self._writer.execute("UPDATE page SET digests = x'' WHERE path = ?", (path,))

    def delete_unit(self, unit: int) -> None:
        """Delete a unit and its pages."""
        self._writer.execute("DELETE FROM page WHERE unit = ?", (unit,))
        self._writer.execute("DELETE FROM unit WHERE id = ?", (unit,))

    def delete_pages(self, paths: Iterable[str]) -> None:
        """Delete pages."""
        self._writer.executemany("DELETE FROM page WHERE path = ?", ((path,) for path in paths))

    def count_pages(self) -> int:
        """Return the number of pages."""
        (count,) = self._db.execute("SELECT count(*) FROM page").fetchone()
        return int(count)

    def put_file(self, record: FileRecord) -> None:
        """Record the size and the content of a page's file."""
        update = "UPDATE page SET size = ?, content_digest = ? WHERE path = ?"
        self._writer.execute(update, (record.size, record.content_digest, record.path))

    def files(self) -> Iterator[FileRecord]:
        """Yield all files of the site, without those of the published manifest."""
        query = "SELECT path, size, content_digest FROM page WHERE content_digest != x''"
        return (FileRecord(*row) for row in self._db.execute(query))

    def lists(self) -> list[FileRecord]:
        """Return the lists of the published manifest with their names as paths, sorted."""
        query = "SELECT name, size, content_digest FROM list ORDER BY name"
        return [FileRecord(*row) for row in self._db.execute(query)]

    def list_files(self, name: str) -> list[FileRecord]:
        """Return the files that a list of the published manifest is to name."""
        query = (
            "SELECT path, size, content_digest FROM page WHERE list = ? AND content_digest != x''"
        )
        return [FileRecord(*row) for row in self._db.execute(query, (name,))]

    def put_list(self, record: FileRecord) -> None:
        """Record a list of the published manifest with its name as the path."""
        self._writer.execute("INSERT OR REPLACE INTO list VALUES (?, ?, ?)", record)

    def delete_list(self, name: str) -> None:
        """Delete a list that names no file any more."""
        self._writer.execute("DELETE FROM list WHERE name = ?", (name,))

    def outdate_lists(self) -> None:
        """Make all lists of the published manifest outdated, and the last build incomplete."""
        self._writer.execute("DELETE FROM meta WHERE name = 'build_fingerprint'")
        self._writer.execute("UPDATE list SET content_digest = x''")

    def distrust_output(self) -> None:
        """Record that any file of the output may not be as recorded. The next build checks them."""
        self.outdate_lists()
        self.set_meta("generation", "")

    def invalidate_files(self) -> None:
        """Record that the output has no files."""
        self._writer.execute("UPDATE page SET content_digest = x''")
        self.outdate_lists()

    def put_pending(self, moves: Iterable[str], removals: Iterable[str]) -> None:
        """Record the moves and removals that a publish is about to make, in their order."""
        rows = [*((path, 0) for path in moves), *((path, 1) for path in removals)]
        # A page may return to a path that an earlier build could not remove.
        insert = "INSERT OR REPLACE INTO pending (path, remove) VALUES (?, ?)"
        self._writer.executemany(insert, rows)

    def pending(self) -> PendingMoves:
        """Return the moves and removals that are still to be made.

        Raises:
            sqlite3.DatabaseError: If one leads out of the output folder.
        """
        rows = self._db.execute("SELECT path, remove FROM pending ORDER BY position").fetchall()
        for path, _ in rows:
            if path and not is_inside_site(path):
                raise sqlite3.DatabaseError("a path of the manifest is damaged")
        return PendingMoves(
            [path for path, remove in rows if not remove],
            # If the disk ignores case, `put_pending` has not been given such a path.
            [path for path, remove in rows if remove and self.is_free(path, ignores_case=False)],
        )

    def finish_publish(self, failed: Collection[str] = ()) -> None:
        """Record that the publish has finished, apart from some paths.

        Args:
            failed: Pending paths. Those to be removed stay pending. The next build finds out that
                the others are missing from the output, and makes them again.
        """
        self.begin()
        removals = [path for path in self.pending().removals if path in failed]
        self._writer.execute("DELETE FROM pending")
        self.put_pending((), removals)
        if set(failed).difference(removals):
            self.distrust_output()
        self.commit()
