"""Values about the catalogue as a whole, kept in its `meta` table, and problems as JSON."""

import json
import sqlite3
from collections.abc import Iterator

from newsgen.catalogue.records import dump_json
from newsgen.core.digest import digest
from newsgen.problems import Location, Problem


def load_meta(db: sqlite3.Connection, name: str) -> object:
    """Return a value of the `meta` table, None if it is not stored."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def store_meta(db: sqlite3.Connection, name: str, value: object) -> None:
    """Store a value in the `meta` table."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def compute_content_digest(db: sqlite3.Connection) -> bytes:
    """Return the digest of everything that the site shows of the catalogue."""
    # Years cover their months, days and articles; slugs are not part of a term's own digest.
    years = db.execute("SELECT key, digest FROM period WHERE kind = 'year' ORDER BY key")
    terms = db.execute("SELECT kind, key, slug, digest FROM term ORDER BY kind, key")
    files = db.execute("SELECT path, digest FROM file WHERE is_linked ORDER BY path")
    redirects = db.execute("SELECT digest FROM redirect_bucket ORDER BY bucket")
    return digest(*(part for row in (*years, *terms, *files, *redirects) for part in row))


def dump_problems(problems: tuple[Problem, ...]) -> str:
    """Return problems as JSON."""
    return dump_json(
        [
            (one.location.file, one.location.line, one.code, one.message, one.hint)
            for one in problems
        ]
    )


def load_problems(problems_json: str) -> Iterator[Problem]:
    """Yield problems from their JSON."""
    for file, line, code, message, hint in json.loads(problems_json):
        yield Problem(Location(file, line), code, message, hint)
