"""Damage to the manifest: whether its file is one that newsgen wrote.

A manifest has no checksums of its own, but a seal while no build writes to it. What to do about
damage is left to the callers.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final, TypeGuard

from newsgen import urls
from newsgen.output.published_manifest import find_list, list_path
from newsgen.storage import seals
from newsgen.storage.database import is_damaged, is_io_error, open_for_reading
from newsgen.text.filenames import fold_path

_UNITS: Final = "SELECT kind, key, template_fingerprint, digest FROM unit"
_PAGES: Final = """
SELECT p.path, p.digests, p.folded, p.list, p.size, p.content_digest, u.id
FROM page p LEFT JOIN unit u ON u.id = p.unit
"""


def is_manifest_damaged(file: Path) -> bool:
    """Return True if a manifest exists and is damaged. All of it is read.

    Without a seal, its structure and its rows are checked: a build was killed, and the moves that
    are still to be made must not be lost.
    """
    if not file.exists():
        return False
    if seals.has_contents_seal(file):
        return not seals.has_sealed_contents(file)
    return is_damaged(file) or not _has_valid_rows(file)


def _has_valid_rows(file: Path) -> bool:
    """Return True if all rows have values that newsgen may have written."""
    try:
        with closing(open_for_reading(file)) as db:
            return (
                all(_is_unit(*row) for row in db.execute(_UNITS))
                and all(_is_page(*row) for row in db.execute(_PAGES))
                and all(_is_list(*row) for row in db.execute("SELECT * FROM list"))
                and all(_is_move(*row) for row in db.execute("SELECT path, remove FROM pending"))
            )
    except sqlite3.DatabaseError as error:
        # Another version of newsgen has other tables. The next build replaces its database.
        is_other_schema = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR
        return is_other_schema or is_io_error(error)


def _is_unit(kind: object, key: object, template_fingerprint: object, digest: object) -> bool:
    texts, digests = (kind, key), (template_fingerprint, digest)
    return all(isinstance(text, str) for text in texts) and all(
        isinstance(one, bytes) for one in digests
    )


def _is_page(path: object, digests: object, folded: object, name: object, *rest: object) -> bool:
    size, content_digest, unit = rest
    return (
        _is_path(path)
        and isinstance(digests, bytes)
        and folded == (None if path.isascii() else fold_path(path))
        and name == find_list(path)
        and _is_file(size, content_digest)
        and unit is not None
    )


def _is_list(name: object, size: object, content_digest: object) -> bool:
    return isinstance(name, str) and _is_path(list_path(name)) and _is_file(size, content_digest)


def _is_move(path: object, remove: object) -> bool:
    # The empty path is the whole output folder.
    return remove in (0, 1) and (path == "" or _is_path(path))


def _is_file(size: object, content_digest: object) -> bool:
    return isinstance(size, int) and size >= 0 and isinstance(content_digest, bytes)


def _is_path(path: object) -> TypeGuard[str]:
    return isinstance(path, str) and "\0" not in path and urls.is_inside_site(path)
