"""The catalogue's database: opening it, updating it, and its state as a whole.

Reading articles from it is left to `queries`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from newsgen.catalogue.aggregates import count_listed
from newsgen.catalogue.meta import compute_content_digest, load_meta, load_problems
from newsgen.catalogue.recheck import find_damaged_articles
from newsgen.catalogue.records import load_references, load_targets
from newsgen.catalogue.schema import SCHEMA
from newsgen.catalogue.settings import CatalogueSettings
from newsgen.catalogue.update import CatalogueUpdate
from newsgen.model import Reference
from newsgen.problems import Problem
from newsgen.storage import seals
from newsgen.storage.database import open_database, open_sealed_database


class Counts(NamedTuple):
    """Numbers of sources and articles.

    Attributes:
        dirty: Sources that must be read.
        listed: Articles that are part of the site.
        unlisted: Drafts, future-dated and expired articles.
    """

    dirty: int
    listed: int
    unlisted: int


class Catalogue:
    """Catalogue of one archive, open for writing.

    Attributes:
        was_damaged: Whether the file was damaged when it was opened, so that a new one was created.
        damaged_articles: Number of damaged articles that the last update deleted, to read them
            again.
    """

    def __init__(self, file: Path | None, *, verify: bool = False) -> None:
        """Open the catalogue in a file, or a new one in memory.

        A damaged file, or one with another schema, is replaced by an empty catalogue.

        Args:
            file: Where it lies; None is a catalogue in memory.
            verify: Whether to check the file even if nobody seems to have touched it.

        Raises:
            sqlite3.OperationalError: If the file cannot be opened for writing.
        """
        self._file = file
        self._needs_check = self.was_damaged = self._was_rewritten = False
        self.damaged_articles = 0
        if file is None:
            self._db = open_database(None, SCHEMA)
        else:
            opened = open_sealed_database(file, SCHEMA, verify=verify)
            self._db, self._needs_check, self.was_damaged, self._was_rewritten = opened

    @property
    def connection(self) -> sqlite3.Connection:
        """Connection for a `CatalogueReader` in the same process."""
        return self._db

    @contextmanager
    def update(
        self, settings: CatalogueSettings, read_digest: bytes, *, verify: bool = False
    ) -> Iterator[CatalogueUpdate]:
        """Run an update in one transaction, rolled back if the block raises an exception.

        Args:
            settings: Settings of the site.
            read_digest: Digest of everything that decides how files are read. If it differs from
                that of the last update, every source is read again.
            verify: Whether to read every source again, even if its size and time are unchanged.

        Yields:
            The update.

        Raises:
            sqlite3.DatabaseError: If the catalogue is damaged.
        """
        # IMMEDIATE takes the write lock now: a second writer fails here and not half-way.
        self._db.execute("BEGIN IMMEDIATE")
        try:
            update = CatalogueUpdate(self._db, settings, read_digest, verify=verify)
            if self._needs_check:
                self.damaged_articles = update.recheck()
            yield update
            self._db.execute("COMMIT")
            self._needs_check = False
            if self._file:
                seals.write_seal(self._file, contents=self._was_rewritten)
        except (LookupError, StopIteration, TypeError, ValueError) as error:
            # Code that relies on its own rows fails in many ways if a failing disk changed them.
            if find_damaged_articles(self._db):
                raise sqlite3.DatabaseError("rows of articles are damaged") from error
            raise
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    @property
    def content_digest(self) -> bytes:
        """Digest of everything that the site shows of the catalogue."""
        # Stored by each update that changed something, so that a build with nothing to do reads no
        # terms.
        stored = load_meta(self._db, "content_digest")
        return stored if isinstance(stored, bytes) else compute_content_digest(self._db)

    def counts(self) -> Counts:
        """Return the numbers of sources and articles."""
        (dirty,) = self._db.execute("SELECT count(*) FROM source WHERE dirty").fetchone()
        (unlisted,) = self._db.execute(
            "SELECT count(*) FROM article WHERE NOT is_listed"
        ).fetchone()
        return Counts(dirty, count_listed(self._db), unlisted)

    def count_future_dated(self, now: int) -> int:
        """Return the number of articles, without drafts, that are due after a sort key."""
        query = (
            "SELECT count(*) FROM article WHERE NOT is_listed AND NOT is_draft AND listed_from > ?"
        )
        return int(self._db.execute(query, (now,)).fetchone()[0])

    def count_without_drafts(self) -> int:
        """Return the number of articles that are no drafts, whether due, expired or neither."""
        query = "SELECT count(*) FROM article WHERE is_listed AND is_draft"
        (listed_drafts,) = self._db.execute(query).fetchone()
        return count_listed(self._db) - int(listed_drafts) + self.count_future_dated(-1)

    def problems(self) -> Iterator[Problem]:
        """Yield problems of each source, ordered by path, then problems between articles."""
        query = "SELECT problems_json FROM source WHERE problems_json != '[]' ORDER BY path"
        for (problems_json,) in self._db.execute(query):
            yield from load_problems(problems_json)
        yield from load_problems(str(load_meta(self._db, "problems_json") or "[]"))

    def dead_references(self) -> Iterator[tuple[str, Reference]]:
        """Yield the references that lead nowhere, each with the source of its article."""
        query = (
            "SELECT source, references_json, links_json FROM article "
            "WHERE is_listed AND dead_links ORDER BY source"
        )
        for source, references_json, links_json in self._db.execute(query):
            targets = load_targets(links_json)
            for reference, target in zip(load_references(references_json), targets, strict=True):
                if not target.is_found:
                    yield source, reference

    def external_media(self) -> Iterator[tuple[str, Reference]]:
        """Yield the media of other hosts that listed articles name, each with its source."""
        query = (
            "SELECT source, references_json FROM article "
            "WHERE is_listed AND references_json LIKE '%\"external %' ORDER BY source"
        )
        for source, references_json in self._db.execute(query):
            for reference in load_references(references_json):
                if any(key.startswith("external ") for key in reference.keys):
                    yield source, reference

    def faulty_pictures(self) -> Iterator[tuple[str, str]]:
        """Yield the path of each published picture that cannot be decoded, and the reason."""
        query = "SELECT path, fault FROM file WHERE is_linked AND fault != '' ORDER BY path"
        yield from self._db.execute(query)

    def count_skipped_files(self) -> tuple[tuple[str, int], ...]:
        """Return the number of files that are neither read nor published, by suffix."""
        query = "SELECT suffix, count(*) FROM file WHERE NOT is_linked GROUP BY suffix"
        return tuple(self._db.execute(query))

    def file_digests(self) -> set[bytes]:
        """Return the SHA-256 of all published files."""
        return {digest for (digest,) in self._db.execute("SELECT digest FROM file WHERE is_linked")}

    def close(self) -> None:
        """Close the catalogue."""
        self._db.close()
