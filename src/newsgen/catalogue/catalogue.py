"""Keeping the catalogue: which sources are new, what they came to, what went away.

An update walks through three steps: `note` each folder, `record` each source that is `unread`, then
`settle` what follows from the changes. All of it is one transaction.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.catalogue import records
from newsgen.catalogue.records import ArticleRow
from newsgen.catalogue.schema import SCHEMA
from newsgen.catalogue.update import CatalogueSettings, ChangeSet, file, hide, settle
from newsgen.core.digest import digest
from newsgen.model import Source
from newsgen.problems import Location, Problem
from newsgen.storage.database import open_database

_BATCH: Final = 1_000


class Counts(NamedTuple):
    """How many sources have changed since the last update, and how many articles there are."""

    unread: int
    shown: int
    unpublished: int


class Catalogue:
    """The catalogue, open for an update by one build."""

    def __init__(self, file: Path | None) -> None:
        """Open the catalogue in a file, or one in memory.

        Raises:
            sqlite3.OperationalError: if the file can't be opened for writing.
        """
        self._db = open_database(file, SCHEMA)
        self._touched = ChangeSet()
        self._was_empty = False

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for an archive that reads in the same process."""
        return self._db

    def begin(self, reading: bytes, *, verify: bool = False) -> None:
        """Begin an update.

        Args:
            reading: names how files are read; another name makes every source unread.
            verify: make every source unread, whatever its time and size.
        """
        self._db.execute("BEGIN IMMEDIATE")
        self._was_empty = not self._db.execute("SELECT 1 FROM article LIMIT 1").fetchone()
        if self._setting("reading") != reading:
            self._db.execute("UPDATE source SET unread = 1, digest = NULL")
            self._set("reading", reading)
        elif verify:
            self._db.execute("UPDATE source SET unread = 1")

    def commit(self) -> None:
        """End the update; what it found is the catalogue's from now on."""
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the update."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._touched = ChangeSet()

    def close(self) -> None:
        """Close the catalogue; an update that has not ended is forgotten."""
        self._db.close()

    def folders(self) -> Mapping[str, bytes]:
        """The digests of the folders at the last update, by their paths."""
        return dict(self._db.execute("SELECT path, digest FROM folder"))

    def note(self, path: str, sources: tuple[Source, ...], stat: bytes) -> None:
        """Take in a folder that has changed: its new and changed sources become unread."""
        query = "SELECT path, size, mtime_ns, inode FROM source WHERE folder = ?"
        known = {row[0]: row for row in self._db.execute(query, (path,))}
        # A time of -1 can't be trusted yet; such a source is looked at every time.
        changed = [
            found for found in sources if found != known.get(found.path) or found.mtime_ns < 0
        ]
        self._db.executemany(
            "INSERT INTO source (path, folder, size, mtime_ns, inode, unread) "
            "VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (path) DO UPDATE SET size = excluded.size, "
            "mtime_ns = excluded.mtime_ns, inode = excluded.inode, unread = 1",
            ((found.path, path, *found[1:]) for found in changed),
        )
        for gone in known.keys() - {found.path for found in sources}:
            self._remove_source(gone)
        self._db.execute("INSERT OR REPLACE INTO folder VALUES (?, ?)", (path, stat))

    def forget_folder(self, path: str) -> None:
        """Take in that a folder is no more."""
        for (gone,) in self._db.execute(
            "SELECT path FROM source WHERE folder = ?", (path,)
        ).fetchall():
            self._remove_source(gone)
        self._db.execute("DELETE FROM folder WHERE path = ?", (path,))

    def unread(self) -> Iterator[tuple[Source, bytes]]:
        """The sources to read, in the order of their paths, each with the digest that it had."""
        query = (
            "SELECT path, size, mtime_ns, inode, coalesce(digest, x'') FROM source "
            "WHERE unread AND path > ? ORDER BY path LIMIT ?"
        )
        last = ""
        while batch := self._db.execute(query, (last, _BATCH)).fetchall():
            for *stat, known in batch:
                yield Source(*stat), known
            last = batch[-1][0]

    def still(self, path: str) -> None:
        """Take in that a source holds what it held before."""
        self._db.execute("UPDATE source SET unread = 0 WHERE path = ?", (path,))

    def record(
        self,
        path: str,
        digest_of_source: bytes,
        row: ArticleRow | None,
        problems: tuple[Problem, ...],
        settings: CatalogueSettings,
    ) -> None:
        """File what reading a source came to.

        Args:
            path: of the source.
            digest_of_source: of its bytes; empty if it could not be read: then it stays unread.
            row: its article, None if there is none.
            problems: what is wrong with it.
            settings: how the site files its articles.
        """
        if not self._was_empty:
            self._withdraw(path)
        if row:
            file(self._db, row, settings, self._touched)
        self._db.execute(
            "UPDATE source SET unread = ?, digest = ?, problems = ? WHERE path = ?",
            (not digest_of_source, digest_of_source, _dump_problems(problems), path),
        )

    def settle(self, settings: CatalogueSettings) -> bool:
        """Work out what follows from what was recorded: URLs, labels, digests of groups.

        Returns:
            Whether the archive is another than before.
        """
        if self._setting("filing") != settings.name:
            if not self._was_empty:
                self._refile(settings)
            self._set("filing", settings.name)
        settle(self._db, settings, self._touched)
        changed = bool(self._touched.days or self._touched.terms)
        if changed:
            self._set("identity", self._digest())
        self._touched = ChangeSet()
        return changed

    @property
    def identity(self) -> bytes:
        """Names the archive as it is: another one, or this one changed, has another name."""
        name = self._setting("identity")
        return name if isinstance(name, bytes) else self._digest()

    def keep_findings(self, problems: tuple[Problem, ...]) -> None:
        """Keep what is odd about the articles taken together, until they change."""
        self._set("findings", _dump_problems(problems))

    def counts(self) -> Counts:
        """How many sources are unread, articles shown, and articles held back."""
        (unread,) = self._db.execute("SELECT count(*) FROM source WHERE unread").fetchone()
        (shown,) = self._db.execute(
            "SELECT coalesce(sum(count), 0) FROM period WHERE kind = 'year'"
        ).fetchone()
        (file_lock,) = self._db.execute("SELECT count(*) FROM article WHERE NOT shown").fetchone()
        return Counts(unread, shown, file_lock)

    def problems(self) -> Iterator[Problem]:
        """What is wrong with each source, by their paths, then with several taken together."""
        query = "SELECT problems FROM source WHERE problems != '' ORDER BY path"
        for (text,) in self._db.execute(query):
            yield from _load_problems(text)
        yield from _load_problems(str(self._setting("findings") or ""))

    def next_due(self) -> int | None:
        """When the next article that is held back for its date may be shown, as a sort key."""
        query = "SELECT min(sort) FROM article WHERE NOT shown AND NOT draft"
        (sort,) = self._db.execute(query).fetchone()
        return sort if sort is None else int(sort)

    def _withdraw(self, path: str) -> None:
        """Take a source's article, if it has one, out of the catalogue."""
        row = self._db.execute("SELECT id FROM article WHERE source = ?", (path,)).fetchone()
        if row:
            hide(self._db, row[0], self._touched)
            self._db.execute("DELETE FROM article WHERE id = ?", row)

    def _remove_source(self, path: str) -> None:
        self._withdraw(path)
        self._db.execute("DELETE FROM source WHERE path = ?", (path,))

    def _refile(self, settings: CatalogueSettings) -> None:
        """Ask for every article's URL and every term's slug anew: how they are made has changed."""
        query = "SELECT id, source, face, slug FROM article WHERE id > ? ORDER BY id LIMIT ?"
        last = 0
        while batch := self._db.execute(query, (last, _BATCH)).fetchall():
            claims = []
            for number, source, face, slug in batch:
                claim = settings.permalink(source, records.date_in(face), slug)
                claims.append((claim, claim, number))
            self._db.executemany(
                "UPDATE article SET claim = ?, url = ?, card = x'' WHERE id = ?", claims
            )
            last = batch[-1][0]
        self._touched.terms.update(number for (number,) in self._db.execute("SELECT id FROM term"))

    def _digest(self) -> bytes:
        years = self._db.execute("SELECT key, digest FROM period WHERE kind = 'year' ORDER BY key")
        terms = self._db.execute("SELECT kind, key, slug, digest FROM term ORDER BY kind, key")
        return digest(*(part for row in (*years, *terms) for part in row))

    def _setting(self, name: str) -> object:
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _set(self, name: str, value: object) -> None:
        self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))


def _dump_problems(problems: tuple[Problem, ...]) -> str:
    if not problems:
        return ""
    rows_of_problems = [
        (problem.location.file, problem.location.line, problem.code, problem.message, problem.hint)
        for problem in problems
    ]
    return json.dumps(rows_of_problems, ensure_ascii=False)


def _load_problems(text: str) -> Iterator[Problem]:
    for path, line, code, message, hint in json.loads(text) if text else ():
        yield Problem(Location(path, line), code, message, hint)
