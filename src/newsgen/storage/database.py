"""Opening SQLite databases so that foreign and damaged ones are recognized and replaced.

Tables are defined by `catalogue`, `manifest` and `cache`.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from newsgen.core.files import is_special_file
from newsgen.storage import seals

APPLICATION_ID: Final = 0x6E657773
"""Marks a database as newsgen's own (SQLite file format, section 1.3): `news` in ASCII."""

_IO_ERRORS: Final = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
        *(sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM),
        sqlite3.SQLITE_READONLY,
    }
)
_PAGE_CACHE_KIB: Final = 16_384
"""Page cache of a connection: at 100,000 articles, 16 MiB hold the indexes that an update walks."""


class OpenedDatabase(NamedTuple):
    """Open database, and what became of an older one.

    Attributes:
        connection: To the database.
        needs_check: Whether its values may be damaged. Its structure was checked.
        was_damaged: Whether its structure was damaged, so that it was replaced by an empty one.
        was_rewritten: Whether another program has written it since newsgen did.
    """

    connection: sqlite3.Connection
    needs_check: bool
    was_damaged: bool
    was_rewritten: bool


def open_sealed_database(file: Path, schema: str, *, verify: bool) -> OpenedDatabase:
    """Open a database for writing, and check its structure if its seal is broken.

    The caller seals it again after writing. If it was touched, the contents should be sealed as
    well: it is new, or comes from a backup or a CI cache, and will do so again.

    Args:
        file: Where it lies.
        schema: SQL statements that create its tables.
        verify: Whether to check it even if the seal is whole.

    Raises:
        OSError: If the folder cannot be created.
        sqlite3.OperationalError: If the file cannot be opened for writing.
    """
    was_rewritten = not seals.is_untouched(file)
    needs_check = verify or (was_rewritten and not seals.has_sealed_contents(file))
    was_damaged = needs_check and is_damaged(file)
    if was_damaged:
        delete_database(file)
    return OpenedDatabase(open_database(file, schema), needs_check, was_damaged, was_rewritten)


def open_database(file: Path | None, schema: str) -> sqlite3.Connection:
    """Open a database for writing.

    A database that is damaged, foreign or of another schema is replaced by an empty one.

    Args:
        file: Where it lies; None is a database in memory.
        schema: SQL statements that create its tables.

    Raises:
        OSError: If the folder cannot be created.
        sqlite3.OperationalError: If the file cannot be opened for writing.
    """
    if file is None:
        return _connect(":memory:", schema)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect(str(file), schema)
    # A subclass of DatabaseError, and about the disk or a lock: a new file would fare no better.
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, _ForeignError):
        delete_database(file)
        return _connect(str(file), schema)


def open_for_reading(file: Path, *, changes: bool = False) -> sqlite3.Connection:
    """Open a database for reading only.

    Args:
        file: Where it lies.
        changes: Whether another process may write to it meanwhile.
    """
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
    )
    connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
    if not changes:
        # One transaction for everything: a lock for each query would cost more than the query.
        connection.execute("BEGIN")
    return connection


def is_io_error(error: sqlite3.Error) -> bool:
    """Return True for I/O, permission and locking errors, as opposed to corruption."""
    # Errors that Python finds by itself, such as invalid UTF-8, carry no code. They are damage.
    code: int = getattr(error, "sqlite_errorcode", 0)
    # The low byte is the primary result code; extended codes add details above it.
    return code & 0xFF in _IO_ERRORS


def is_own_error(error: BaseException) -> bool:
    """Return True for an error of newsgen's own databases, False if a plugin called SQLite.

    A plugin may come across damage by calling newsgen, so the innermost caller counts.
    """
    trace = error.__traceback__
    if not isinstance(error, sqlite3.Error) or trace is None:
        return False
    while trace.tb_next:
        trace = trace.tb_next
    return str(trace.tb_frame.f_globals.get("__name__")).startswith("newsgen.")


def is_damaged(file: Path) -> bool:
    """Return True if a database exists and `PRAGMA integrity_check` finds a fault in it.

    That covers its structure and its indexes, but no values.
    """
    if is_special_file(file):
        return True
    if not file.exists():
        return False
    # Not read-only: SQLite may have to roll back the transaction of a killed process first.
    uri = f"{file.absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return not is_io_error(error)
    return bool(answer != "ok")


def delete_database(file: Path) -> None:
    """Delete a database and the files that SQLite keeps beside it."""
    for path in (file, *find_journals(file)):
        with suppress(FileNotFoundError):
            path.unlink()


def find_journals(file: Path) -> list[Path]:
    """Return the paths of the files that SQLite may keep beside a database."""
    return [file.with_name(file.name + suffix) for suffix in ("-journal", "-wal", "-shm")]


class _ForeignError(Exception):
    """A database is not newsgen's own, or has another schema."""


def _connect(name: str, schema: str) -> sqlite3.Connection:
    """Return a connection to a database of this schema, created if it is empty.

    Raises:
        _ForeignError: If the database has another schema.
    """
    # The checksum of the schema is its version, so nobody can forget to raise a number.
    # SQLite's user_version is a signed 32-bit number.
    version = crc32(schema.encode()) >> 1
    connection = sqlite3.connect(name, isolation_level=None, cached_statements=256)
    connection.execute("PRAGMA locking_mode = NORMAL")
    # NORMAL syncs less often than FULL. At worst a power failure damages the file, and a build
    # makes it again.
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
