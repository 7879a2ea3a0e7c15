"""Files of the source folder that hold no article: what is known of them, and which are published.

A file is published if a listed article refers to it, or if the settings publish all of them.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from newsgen import urls
from newsgen.catalogue import records
from newsgen.catalogue.changes import ChangeSet
from newsgen.catalogue.links import find_file_keys
from newsgen.catalogue.records import FileRow
from newsgen.model import Source
from newsgen.text.filenames import fold_path, get_suffix, is_portable_filename

_BATCH_SIZE: Final = 1_000

# A file that some system refuses has no URL.
_IS_WANTED: Final = (
    "url_key != '' AND (:all "
    "OR EXISTS (SELECT 1 FROM reference_key r WHERE r.key = 'file ' || file.key) "
    "OR EXISTS (SELECT 1 FROM reference_key r WHERE r.key = 'file ' || file.url_key))"
)


def sync_files(
    db: sqlite3.Connection,
    folder: str,
    files: Sequence[Source],
    changes: ChangeSet,
    is_kept: Callable[[str], bool],
) -> bool:
    """Update the files of a changed folder, and mark new and changed ones as dirty.

    Returns:
        True if a missing file that is published is kept, because it is only unreadable.
    """
    query = "SELECT path, size, mtime_ns, inode, is_linked FROM file WHERE folder = ?"
    rows = db.execute(query, (folder,)).fetchall()
    known = {path: tuple(stat) for path, *stat, _ in rows}
    published = {path for path, *_, is_linked in rows if is_linked}
    # A time of -1 is too recent to be trusted, so such a file is read at every update.
    changed = [file for file in files if file[1:] != known.get(file.path) or file.mtime_ns < 0]
    db.executemany(
        "INSERT INTO file (path, folder, size, mtime_ns, inode, key, url_key, suffix, dirty) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (path) DO UPDATE SET size = excluded.size, "
        "mtime_ns = excluded.mtime_ns, inode = excluded.inode, dirty = 1",
        (
            (file.path, folder, *file[1:], *_make_keys(file.path), get_suffix(file.path))
            for file in changed
        ),
    )
    for file in changed:
        if file.path not in known:
            changes.reference_keys.update(find_file_keys(file.path))
    missing = sorted(known.keys() - {file.path for file in files})
    kept = [path for path in missing if path in published and is_kept(path)]
    for path in missing:
        if path not in kept:
            _remove_file(db, path, changes)
    return bool(kept)


def remove_files(db: sqlite3.Connection, folder: str, changes: ChangeSet) -> None:
    """Remove the files of a folder that no longer exists."""
    query = "SELECT path FROM file WHERE folder = ?"
    for (path,) in db.execute(query, (folder,)).fetchall():
        _remove_file(db, path, changes)


def update_published(db: sqlite3.Connection, changes: ChangeSet, *, publish_all: bool) -> None:
    """Publish the files that listed articles refer to, and no others."""
    for is_linked, condition in ((1, _IS_WANTED), (0, f"NOT ({_IS_WANTED})")):
        query = (
            f"UPDATE file SET is_linked = {is_linked} WHERE is_linked = {1 - is_linked} "
            f"AND {condition} RETURNING path"
        )
        for (path,) in db.execute(query, {"all": publish_all}).fetchall():
            changes.have_files_changed = True
            changes.reference_keys.update(find_file_keys(path))


def dirty_files(db: sqlite3.Connection) -> Iterator[tuple[Source, bytes]]:
    """Yield published files to read, ordered by path, each with its last known SHA-256 or `b""`."""
    query = (
        "SELECT path, size, mtime_ns, inode, digest FROM file "
        "WHERE is_linked AND dirty AND path > ? ORDER BY path LIMIT ?"
    )
    last = ""
    while batch := db.execute(query, (last, _BATCH_SIZE)).fetchall():
        for *stat, known in batch:
            yield Source(*stat), known
        last = batch[-1][0]


def store_file(db: sqlite3.Connection, path: str, row: FileRow, changes: ChangeSet) -> None:
    """Store what was read of a file."""
    columns = (*row[:3], records.dump_json(row.widths), row.has_place, row.fault)
    query = "SELECT digest, width, height, widths_json, has_place, fault FROM file WHERE path = ?"
    before = db.execute(query, (path,)).fetchone()
    db.execute(
        "UPDATE file SET dirty = 0, digest = ?, width = ?, height = ?, widths_json = ?, "
        "has_place = ?, fault = ? WHERE path = ?",
        (*columns, path),
    )
    if before != columns:
        changes.have_files_changed = True
        changes.reference_keys.update(find_file_keys(path))


def _remove_file(db: sqlite3.Connection, path: str, changes: ChangeSet) -> None:
    query = "DELETE FROM file WHERE path = ? RETURNING is_linked"
    ((was_linked,),) = db.execute(query, (path,)).fetchall()
    changes.have_files_changed |= bool(was_linked)
    changes.reference_keys.update(find_file_keys(path))


def _make_keys(path: str) -> tuple[str, str]:
    """Return the folded path of a file and its folded URL, empty if it cannot have one."""
    url = urls.file_url(path)
    is_portable = all(map(is_portable_filename, url.split("/")))
    return fold_path(path), fold_path(url) if is_portable else ""
