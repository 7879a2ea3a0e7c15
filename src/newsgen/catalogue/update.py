"""One update of the catalogue, from changed folders to everything derived from their articles.

`sync_folder` each changed folder, read each of the `dirty_sources` and `store_result`, then
`resolve_changes`. `Catalogue.update` runs these steps in one transaction.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from newsgen.catalogue.aggregates import count_listed
from newsgen.catalogue.changes import ChangeSet
from newsgen.catalogue.derived import update_derived
from newsgen.catalogue.files import (
    dirty_files,
    remove_files,
    store_file,
    sync_files,
    update_published,
)
from newsgen.catalogue.listing import insert_article, make_urls, unlist_article, update_listed
from newsgen.catalogue.meta import (
    compute_content_digest,
    dump_problems,
    load_meta,
    load_problems,
    store_meta,
)
from newsgen.catalogue.recheck import reset_derived
from newsgen.catalogue.records import ArticleRow, FileRow
from newsgen.catalogue.redirects import RedirectRow, find_dead_redirects, store_redirects
from newsgen.catalogue.settings import CatalogueSettings
from newsgen.model import Source
from newsgen.problems import Problem

_BATCH_SIZE: Final = 1_000


class _RemovedArticle(NamedTuple):
    """Values by which a removed article is found again in another file."""

    requested_url: str
    text_digest: bytes


class CatalogueUpdate:
    """Update of a catalogue, made by `Catalogue.update`.

    Attributes:
        removed_sources: Paths of sources that were removed since the last update.
        was_empty: Whether the catalogue had no article when the update began.
        listed_before: Number of articles on the site when the update began.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        settings: CatalogueSettings,
        read_digest: bytes,
        *,
        verify: bool = False,
    ) -> None:
        self._db = db
        self._settings = settings
        self._changes = ChangeSet()
        self.removed_sources: list[str] = []
        self._removed: dict[str, _RemovedArticle] = {}
        self.listed_before = count_listed(db)
        self.was_empty = not db.execute("SELECT 1 FROM article LIMIT 1").fetchone()
        self._changes.every_reference = self.was_empty
        if load_meta(db, "read_digest") != read_digest:
            # Without its digest, a source is parsed again even if its bytes are the same.
            db.execute("UPDATE source SET dirty = 1, digest = NULL")
            db.execute("UPDATE file SET dirty = 1")
            store_meta(db, "redirects_state", "")
            store_meta(db, "redirects_digest", b"")
            store_meta(db, "read_digest", read_digest)
        # The digest stays, so a source with the same bytes is read but not parsed.
        elif verify:
            db.execute("UPDATE source SET dirty = 1")
            db.execute("UPDATE file SET dirty = 1")

    def recheck(self) -> int:
        """Check all articles, and make everything stale that is derived from them.

        Returns:
            The number of damaged articles. Their sources are read again.
        """
        return reset_derived(self._db, self._settings, self._changes)

    def folder_digests(self) -> Mapping[str, bytes]:
        """Return the digests of the folders' listings at the last update, by their paths."""
        return dict(self._db.execute("SELECT path, digest FROM folder"))

    def sync_folder(
        self,
        path: str,
        sources: tuple[Source, ...],
        digest: bytes,
        is_kept: Callable[[str], bool] = lambda _: False,
        files: tuple[Source, ...] = (),
    ) -> None:
        """Update the sources and files of a changed folder, and mark new and changed ones as dirty.

        Args:
            path: Path of the folder.
            sources: The folder's files that may hold articles.
            digest: Digest of the folder's listing.
            is_kept: Returns True for the path of a source or file that is not removed although it
                is missing from `sources` and `files`.
            files: The folder's other files.
        """
        query = "SELECT path, size, mtime_ns, inode FROM source WHERE folder = ?"
        known = {row[0]: row for row in self._db.execute(query, (path,))}
        # A time of -1 is too recent to be trusted, so such a source is read at every update.
        changed = [
            source for source in sources if source != known.get(source.path) or source.mtime_ns < 0
        ]
        self._db.executemany(
            "INSERT INTO source (path, folder, size, mtime_ns, inode, dirty) "
            "VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (path) DO UPDATE SET folder = excluded.folder, "
            "size = excluded.size, mtime_ns = excluded.mtime_ns, inode = excluded.inode, dirty = 1",
            ((source.path, path, *source[1:]) for source in changed),
        )
        for missing in sorted(known.keys() - {source.path for source in sources}):
            if is_kept(missing):
                # Without a digest the folder is compared again, and its source may then be removed.
                digest = b""
            else:
                self._remove_source(missing)
        if sync_files(self._db, path, files, self._changes, is_kept):
            digest = b""
        self._db.execute("INSERT OR REPLACE INTO folder VALUES (?, ?)", (path, digest))

    def has_sources(self, folder: str) -> bool:
        """Return True if a source lies in a folder, or in a folder below it."""
        # `0` follows `/` in ASCII, so the range holds the paths that begin with the folder's.
        below = (folder, f"{folder[:-1]}0")
        queries = (
            f"SELECT 1 FROM {table} WHERE path > ? AND path < ?" for table in ("source", "file")
        )
        return any(self._db.execute(query, below).fetchone() for query in queries)

    def remove_folder(self, path: str) -> None:
        """Remove a folder that no longer exists, with its sources and their articles."""
        query = "SELECT path FROM source WHERE folder = ?"
        for (source,) in self._db.execute(query, (path,)).fetchall():
            self._remove_source(source)
        remove_files(self._db, path, self._changes)
        self._db.execute("DELETE FROM folder WHERE path = ?", (path,))

    def dirty_sources(self) -> Iterator[tuple[Source, bytes]]:
        """Yield sources to read, ordered by path, each with its last known SHA-256 or `b""`."""
        query = (
            "SELECT path, size, mtime_ns, inode, coalesce(digest, x'') FROM source "
            "WHERE dirty AND path > ? ORDER BY path LIMIT ?"
        )
        # In batches, as sources become clean while the caller iterates.
        last = ""
        while batch := self._db.execute(query, (last, _BATCH_SIZE)).fetchall():
            for *stat, known in batch:
                yield Source(*stat), known
            last = batch[-1][0]

    def source_paths(self) -> set[str]:
        """Return the paths of all sources."""
        return {path for (path,) in self._db.execute("SELECT path FROM source")}

    def mark_unchanged(self, path: str) -> None:
        """Mark a source as clean whose bytes are the same as at the last update."""
        self._db.execute("UPDATE source SET dirty = 0 WHERE path = ?", (path,))

    def store_result(
        self,
        path: str,
        source_digest: bytes,
        row: ArticleRow | None,
        problems: tuple[Problem, ...],
    ) -> None:
        """Store the result of reading a source, replacing an earlier one.

        Args:
            path: Path of the source.
            source_digest: SHA-256 of its bytes. Empty if they are not known; then it stays dirty.
            row: Its article, None if it holds none.
            problems: Problems found in it.
        """
        # A new catalogue has nothing to replace, which spares it a query for each article.
        if not self.was_empty:
            self._delete_article(path)
        if row and insert_article(self._db, row, self._settings, self._changes):
            self._removed.pop(path, None)
        self._db.execute(
            "UPDATE source SET dirty = ?, digest = ?, problems_json = ? WHERE path = ?",
            (not source_digest, source_digest, dump_problems(problems), path),
        )

    def keep_last_version(self, path: str, problems: tuple[Problem, ...]) -> None:
        """Leave the article of a source as it is. The source stays dirty, and will be parsed.

        Args:
            path: Path of a source that cannot be read.
            problems: Problems found with it.
        """
        # Without its digest, the source is parsed even if its bytes are the same: the problems
        # of its article, which these replace, are then found again.
        query = "UPDATE source SET digest = NULL, problems_json = ? WHERE path = ?"
        self._db.execute(query, (dump_problems(problems), path))

    def dirty_files(self) -> Iterator[tuple[Source, bytes]]:
        """Yield published files to read, by path, each with its last known SHA-256 or `b""`.

        All sources must have been read before, as their articles decide which files are published.
        """
        settings = self._settings
        update_listed(self._db, settings, self._changes)
        update_published(self._db, self._changes, publish_all=settings.publish_all_files)
        if load_meta(self._db, "files_digest") != settings.files_digest:
            self._db.execute("UPDATE file SET dirty = 1")
            store_meta(self._db, "files_digest", settings.files_digest)
        yield from dirty_files(self._db)

    def store_file(self, path: str, row: FileRow) -> None:
        """Store what was read of a file."""
        store_file(self._db, path, row, self._changes)

    def removed_articles(self) -> list[str]:
        """Return the sources of the articles that their files took off the site, sorted.

        Files do so if they are deleted, faulty, or changed to a draft or a future date. An article
        that only moved is not removed: another article has its text, or requests its URL. Articles
        that the settings take off the site are not removed either.
        """
        # Not one query with OR: each of these has an index of its own.
        moved = (
            "SELECT EXISTS (SELECT 1 FROM article WHERE is_listed AND requested_url = ?) OR EXISTS "
            "(SELECT 1 FROM article WHERE is_listed AND text_digest = ? AND text_digest != x'')"
        )
        return sorted(
            source
            for source, removed in self._removed.items()
            if not self._db.execute(moved, removed).fetchone()[0]
        )

    def redirects_state(self) -> object:
        """Return the state that was stored with the redirects, None if there is none."""
        return load_meta(self._db, "redirects_state")

    def redirects_digest(self) -> object:
        """Return the digest of the file that the redirects were read from."""
        return load_meta(self._db, "redirects_digest")

    def store_redirects_state(self, state: str) -> None:
        """Store the size, mtime and inode of the file of redirects, "" if they are too recent."""
        store_meta(self._db, "redirects_state", state)

    def store_redirects(
        self,
        rows: Iterable[RedirectRow],
        problems: tuple[Problem, ...],
        state: str,
        file_digest: bytes,
    ) -> None:
        """Replace all redirects, and the problems of their file."""
        store_redirects(self._db, rows, self._changes)
        store_meta(self._db, "redirects_state", state)
        store_meta(self._db, "redirects_digest", file_digest)
        store_meta(self._db, "redirect_problems_json", dump_problems(problems))

    def redirect_problems(self) -> Iterator[Problem]:
        """Yield the problems of the file of redirects."""
        yield from load_problems(str(load_meta(self._db, "redirect_problems_json") or "[]"))

    def dead_redirects(self) -> Sequence[tuple[int, str]]:
        """Return line and source of the redirects that lead to no article."""
        return find_dead_redirects(self._db)

    def resolve_changes(self) -> bool:
        """Update everything derived from the articles: URLs, terms, related articles, digests.

        Returns:
            True if anything that the site shows has changed.
        """
        if load_meta(self._db, "settings_digest") != self._settings.digest:
            if not self.was_empty:
                self._reset_requests()
            self._changes.every_reference = True
            store_meta(self._db, "settings_digest", self._settings.digest)
        changes = self._changes
        update_derived(self._db, self._settings, changes)
        has_changed = bool(
            changes.days
            or changes.terms
            or changes.have_files_changed
            or changes.have_redirects_changed
        )
        if has_changed:
            store_meta(self._db, "content_digest", compute_content_digest(self._db))
        self._changes = ChangeSet()
        return has_changed

    def store_problems(self, problems: tuple[Problem, ...]) -> None:
        """Store problems between several articles, which stand until the archive changes."""
        store_meta(self._db, "problems_json", dump_problems(problems))

    def _delete_article(self, source: str) -> None:
        query = (
            "SELECT id, is_listed, is_draft, listed_from, listed_until, requested_url, text_digest "
            "FROM article WHERE source = ?"
        )
        row = self._db.execute(query, (source,)).fetchone()
        if row:
            article_id, was_listed, is_draft, listed_from, listed_until, *rest = row
            # Without `--drafts`, a draft goes whatever its file says.
            if was_listed and self._settings.is_listed(
                is_draft=is_draft, listed_from=listed_from, listed_until=listed_until
            ):
                self._removed[source] = _RemovedArticle(*rest)
            unlist_article(self._db, article_id, self._changes)
            self._db.execute("DELETE FROM article WHERE id = ?", (article_id,))

    def _remove_source(self, path: str) -> None:
        self.removed_sources.append(path)
        self._delete_article(path)
        self._db.execute("DELETE FROM source WHERE path = ?", (path,))

    def _reset_requests(self) -> None:
        """Make every requested URL and slug again, after the settings they depend on changed."""
        query = (
            "SELECT id, source, published, slug, url_request_json, sort_key, is_listed "
            "FROM article WHERE id > ? ORDER BY id LIMIT ?"
        )
        last = 0
        while batch := self._db.execute(query, (last, _BATCH_SIZE)).fetchall():
            requests = []
            for article_id, *request, sort_key, is_listed in batch:
                requests.append((*make_urls(self._settings, *request), article_id))
                if is_listed:
                    # An archive without any term must notice the change too.
                    self._changes.add(sort_key, ())
            self._db.executemany(
                "UPDATE article SET requested_url = ?, url = ?, url_key = ?, former_url = ?, "
                "summary_digest = x'' WHERE id = ?",
                requests,
            )
            last = batch[-1][0]
        self._changes.is_every_source = True
        # Slugs depend on the same settings.
        self._changes.terms.update(term for (term,) in self._db.execute("SELECT id FROM term"))
