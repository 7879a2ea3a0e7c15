"""SQLite as newsgen uses it: one file a purpose, opened so that damage is noticed and mended.

It knows how a database of newsgen's is opened and told from a foreign or damaged one; what the
tables mean is for `catalogue`, `manifest` and `cache`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final
from zlib import crc32

APPLICATION_ID: Final = 0x6E657773
"""Marks a database as newsgen's own (SQLite file format, section 1.3): `news` in ASCII."""

_OF_THE_DISK: Final = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
        *(sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM),
        sqlite3.SQLITE_READONLY,
    }
)
_PAGE_CACHE_KIB: Final = 16_384


def open_database(file: Path | None, schema: str) -> sqlite3.Connection:
    """Open a database for writing; one that is damaged, foreign or of another schema is made anew.

    Args:
        file: where it lies; None is a database in memory.
        schema: the statements that make its tables, in an empty database.

    Raises:
        OSError: if the file can't be made.
        sqlite3.OperationalError: if it can't be opened for writing.
    """
    if file is None:
        return _connect(":memory:", schema)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect(str(file), schema)
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, _ForeignError):
        discard(file)
        return _connect(str(file), schema)


def open_for_reading(file: Path, *, changes: bool = False) -> sqlite3.Connection:
    """Open a database that others may be reading too.

    Args:
        file: where it lies.
        changes: whether others may write to it meanwhile. If not, all is read in one transaction:
            a lock for each question would cost more than the answers.
    """
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
    )
    connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
    if not changes:
        connection.execute("BEGIN")
    return connection


@contextmanager
def file_lock(file: Path) -> Iterator[bool]:
    """Hold a file against every other process that asks for it, until the block ends.

    SQLite's own lock on an empty database: the system lets go of it when the process dies.

    Yields:
        Whether it was free.

    Raises:
        OSError: if its folder can't be made.
        sqlite3.OperationalError: if it can't be opened for writing.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size:
        discard(file)
    with closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if _code_of(error) != sqlite3.SQLITE_BUSY:
                raise
            yield False
        else:
            yield True


def is_io_error(error: sqlite3.OperationalError) -> bool:
    """Whether an error speaks of the disk, its permissions or another program, not of damage."""
    return _code_of(error) in _OF_THE_DISK


def _code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for what Python found wrong by itself, as with bad UTF-8."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def is_damaged(file: Path) -> bool:
    """Whether a database is there and SQLite finds fault with it (`PRAGMA quick_check`)."""
    if not file.exists():
        return False
    try:
        with closing(open_for_reading(file)) as connection:
            (word,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return True
    return bool(word != "ok")


def discard(file: Path) -> None:
    """Delete a database and what SQLite keeps beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            file.with_name(file.name + suffix).unlink()


class _ForeignError(Exception):
    """A database is not newsgen's, or of another schema."""


def _connect(name: str, schema: str) -> sqlite3.Connection:
    """A connection whose database has the schema.

    Raises:
        _ForeignError: if the database has another one.
    """
    version = crc32(schema.encode()) >> 1
    connection = sqlite3.connect(name, isolation_level=None, cached_statements=256)
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables:
        connection.executescript(
            f"BEGIN; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version}; "
            f"{schema}; COMMIT;"
        )
    elif (application, found) != (APPLICATION_ID, version):
        connection.close()
        raise _ForeignError(name)
    return connection
