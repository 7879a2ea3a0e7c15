"""Teasers: each article as lists show it, rendered once and joined into pages from then on.

They are kept by the digests of the cards that they show, and are all of one frame: the templates
and the configuration that they were rendered with.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from newsgen.storage.database import open_database, open_for_reading

TeaserForm = Literal["teaser", "line"]
TEASER_FORMS: Final[tuple[TeaserForm, ...]] = ("teaser", "line")

_SCHEMA: Final = """
CREATE TABLE frame (name BLOB NOT NULL);
CREATE TABLE teaser (
    id INTEGER PRIMARY KEY, card BLOB NOT NULL UNIQUE, teaser TEXT NOT NULL, line TEXT NOT NULL
);
"""
_USELESS: Final = 1_000
"""So many teasers of cards that are no more may be kept, and a tenth of the others beside."""


class TeaserStore:
    """Kept teasers, open for one build."""

    def __init__(self, file: Path) -> None:
        """Open the teasers in a file.

        Raises:
            sqlite3.OperationalError: if the file can't be opened for writing.
        """
        self._db = open_database(file, _SCHEMA)

    def begin(self, template_fingerprint: bytes) -> bool:
        """Begin to change them; nothing is kept until `commit`.

        Returns:
            Whether those kept are of this frame; if not, they are forgotten.
        """
        self._db.execute("BEGIN IMMEDIATE")
        if self._db.execute("SELECT name FROM frame").fetchall() == [(template_fingerprint,)]:
            return True
        self._db.execute("DELETE FROM teaser")
        self._db.execute("DELETE FROM frame")
        self._db.execute("INSERT INTO frame VALUES (?)", (template_fingerprint,))
        return False

    def put(self, card: bytes, teaser: str, line: str) -> None:
        """Keep both forms of a teaser by the digest of its card."""
        query = "INSERT OR REPLACE INTO teaser (card, teaser, line) VALUES (?, ?, ?)"
        self._db.execute(query, (card, teaser, line))

    def needs_pruning(self, cards: int) -> bool:
        """Whether many more teasers are kept than there are cards."""
        (count,) = self._db.execute("SELECT count(*) FROM teaser").fetchone()
        return bool(count > cards + cards // 10 + _USELESS)

    def prune(self, cards: set[bytes]) -> None:
        """Forget the teasers of all but some cards."""
        kept = self._db.execute("SELECT card FROM teaser").fetchall()
        useless = (row for row in kept if row[0] not in cards)
        self._db.executemany("DELETE FROM teaser WHERE card = ?", useless)

    def commit(self) -> None:
        """Keep the changes."""
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the changes since `begin`."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file; changes that are not committed are forgotten."""
        self._db.close()


class Teasers:
    """Kept teasers, for those who render pages."""

    def __init__(self, file: Path) -> None:
        """Open the teasers in a file for reading.

        Raises:
            sqlite3.OperationalError: if there is none.
        """
        self._db = open_for_reading(file)

    def of(self, form: TeaserForm, cards: Sequence[bytes]) -> Mapping[bytes, str]:
        """The teasers of cards, by their digests; one that is not kept is missing."""
        marks = ",".join("?" * len(cards))
        query = f"SELECT card, {form} FROM teaser WHERE card IN ({marks})"
        return dict(self._db.execute(query, cards))

    def close(self) -> None:
        """Close the file."""
        self._db.close()
