"""Following the references of listed articles to what they lead to: articles, files, other pages.

Each reference has keys, and each change of an article or a file names the keys that may lead to it.
So an update follows the references that something has changed for, and no others.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from newsgen import urls
from newsgen.catalogue import records
from newsgen.catalogue.changes import ChangeSet
from newsgen.catalogue.keys import SORT_KEYS_PER_DAY, format_day, period_range
from newsgen.catalogue.redirects import find_redirect
from newsgen.catalogue.settings import CatalogueSettings
from newsgen.core.digest import digest
from newsgen.model import LeadPicture, Picture, Reference, Target
from newsgen.text.filenames import article_name, article_stem, fold_path

_MAX_CHANGED_KEYS: Final = 5_000
"""Changed keys that are looked up one by one. For more, all references are followed again."""

_ALL: Final = (
    # The condition is that of a partial index, `article_with_references`, word for word.
    "SELECT id FROM article WHERE is_listed AND (references_json != '[]' OR picture_json != '[]')"
)
_BATCH_SIZE: Final = 500


def insert_reference_keys(db: sqlite3.Connection, article_id: int, references_json: str) -> None:
    """Insert the keys under which a listed article looks for the targets of its references."""
    if references_json == "[]":
        return
    references = records.load_references(references_json)
    keys = {_fold_key(key) for reference in references for key in reference.keys}
    rows = ((key, article_id) for key in sorted(keys))
    db.executemany("INSERT OR IGNORE INTO reference_key VALUES (?, ?)", rows)


def find_article_keys(
    source: str, url: str, aliases_json: str = "[]", former_url: str = ""
) -> Iterator[str]:
    """Yield the keys that may lead to an article."""
    yield f"article {article_stem(source)}"
    yield f"name {article_name(source)}"
    yield f"url {url}"
    for alias in (*json.loads(aliases_json), *filter(None, (former_url,))):
        yield from (f"url {form}" for form in _alias_forms(alias))


def find_file_keys(path: str) -> Iterator[str]:
    """Yield the keys that may lead to a file."""
    yield f"file {fold_path(path)}"
    yield f"file {fold_path(urls.file_url(path))}"


def update_links(db: sqlite3.Connection, settings: CatalogueSettings, changes: ChangeSet) -> None:
    """Follow the references that may lead to something else now.

    The days of articles with another target are added to `changes`.

    Args:
        db: The catalogue, with the URLs of all articles and terms up to date.
        settings: Settings of the site.
        changes: URLs, days and terms that have changed.
    """
    if not db.execute(f"{_ALL} LIMIT 1").fetchone():
        return
    resolver = _Resolver(db, settings)
    ids = sorted(_find_affected(db, changes))
    for start in range(0, len(ids), _BATCH_SIZE):
        batch = ids[start : start + _BATCH_SIZE]
        query = (
            "SELECT id, sort_key, references_json, picture_json, links_json, lead_json "
            f"FROM article WHERE id IN ({','.join('?' * len(batch))})"
        )
        for article_id, sort_key, references_json, picture_json, *before in db.execute(
            query, batch
        ).fetchall():
            references = records.load_references(references_json)
            targets = tuple(map(resolver.resolve, references))
            lead = _find_lead_picture(references, targets, *json.loads(picture_json))
            links_json = records.dump_json(targets)
            lead_json = records.dump_lead_picture(lead)
            if [links_json, lead_json] == before:
                continue
            dead = sum(not target.is_found for target in targets)
            db.execute(
                "UPDATE article SET links_json = ?, links_digest = ?, dead_links = ?, "
                "lead_json = ? WHERE id = ?",
                (links_json, digest(links_json), dead, lead_json, article_id),
            )
            changes.days.add(sort_key // SORT_KEYS_PER_DAY)
            if lead_json != before[1]:
                # Lists show it.
                db.execute("UPDATE article SET summary_digest = x'' WHERE id = ?", (article_id,))


def _find_lead_picture(
    references: Sequence[Reference],
    targets: Sequence[Target],
    written: str = "",
    caption: str = "",
) -> LeadPicture | None:
    """Return the lead picture of an article: the one that its fields name, or its first one.

    Args:
        references: The article's references.
        targets: What they lead to.
        written: The lead picture as the fields name it.
        caption: Its caption.
    """
    if written and references and references[-1].target == written:
        found, shown = targets[-1], targets[:-1]
        if found.is_found:
            is_in_body = any(target.url == found.url for target in shown)
            is_external = references[-1].keys[0].startswith("external ")
            url = found.url if is_external else urls.quote_url(found.url)
            return LeadPicture(url, found.picture, caption, is_in_body)
    for reference, target in zip(references, targets, strict=True):
        if reference.is_media and target.picture:
            return LeadPicture(urls.quote_url(target.url), target.picture, is_in_body=True)
    return None


def _find_affected(db: sqlite3.Connection, changes: ChangeSet) -> set[int]:
    """Return the ids of the articles whose references may lead to something else now."""
    if changes.every_reference or len(changes.reference_keys) > _MAX_CHANGED_KEYS:
        return {article_id for (article_id,) in db.execute(_ALL)}
    by_key = "SELECT article_id FROM reference_key WHERE key = ?"
    keys = {*changes.reference_keys, *_find_period_keys(changes.days)}
    rows = [row for key in sorted(keys) for row in db.execute(by_key, (key,))]
    # Pages of tags come and go with their articles. Few articles link to them.
    for section in urls.SECTIONS.values():
        between = "SELECT article_id FROM reference_key WHERE key > ? AND key < ?"
        rows += db.execute(between, (f"url {section}/", f"url {section}0"))
    # New articles, and those that have waited for their targets.
    rows += db.execute(f"{_ALL} AND links_digest = x''")
    rows += db.execute("SELECT id FROM article WHERE is_listed AND dead_links")
    return {article_id for (article_id,) in rows}


def _find_period_keys(days: Iterable[int]) -> Iterator[str]:
    for day in days:
        key = format_day(day)
        yield from (f"url {urls.period_url(period)}" for period in (key, key[:7], key[:4]))


class _Resolver:
    """Finds the targets of references."""

    def __init__(self, db: sqlite3.Connection, settings: CatalogueSettings) -> None:
        self._db = db
        self._settings = settings

    def resolve(self, reference: Reference) -> Target:
        """Return the target of a reference."""
        for key in reference.keys:
            kind, _, value = key.partition(" ")
            found = self._find(kind, value)
            if found:
                return found._replace(url=found.url + reference.fragment)
        return Target(reference.target, is_found=False)

    def _find(self, kind: str, value: str) -> Target | None:
        if kind == "external":
            # A medium on another host, which is nowhere else.
            return Target(value)
        if kind == "file":
            return self._find_file(value)
        if kind == "article":
            url = self._find_article(value)
        elif kind == "name":
            url = self._find_named(value)
        else:
            url = self._find_url(value)
        return None if url is None else Target(url)

    def _find_file(self, path: str) -> Target | None:
        key = fold_path(path)
        query = (
            "SELECT path, width, height, widths_json FROM file "
            "WHERE is_linked AND digest != x'' AND (key = ? OR url_key = ?) "
            "ORDER BY path != ?, path LIMIT 1"
        )
        row = self._db.execute(query, (key, key, path)).fetchone()
        if row is None:
            return None
        found, width, height, widths_json = row
        picture = Picture(width, height, tuple(json.loads(widths_json))) if width else None
        return Target(urls.file_url(found), picture=picture)

    def _find_article(self, stem: str) -> str | None:
        # macOS decomposes the letters of file names, and few editors do.
        stems = dict.fromkeys(
            (stem, *(unicodedata.normalize(form, stem) for form in ("NFC", "NFD")))
        )
        sources = [
            f"{one}{ending}.{suffix}"
            for one in stems
            for suffix in self._settings.suffixes
            for ending in ("", "/index")
        ]
        query = (
            f"SELECT url FROM article WHERE source IN ({','.join('?' * len(sources))}) "
            "AND is_listed ORDER BY source LIMIT 1"
        )
        row = self._db.execute(query, sources).fetchone()
        return row[0] if row else None

    def _find_named(self, name: str) -> str | None:
        sources = self._sources_by_name.get(name)
        return self._find_article(article_stem(sources[0])) if sources else None

    def _find_url(self, url: str) -> str | None:
        query = "SELECT url FROM article WHERE is_listed AND url_key = ?"
        if any(found == url for (found,) in self._db.execute(query, (fold_path(url),))):
            return url
        if url in self._moved_urls or self._is_list(url):
            return url
        alias = self._aliases.get(fold_path(url))
        return alias or find_redirect(self._db, fold_path(urls.alias_url(url)))

    def _is_list(self, url: str) -> bool:
        """Return True for the URL of a page that is not an article's."""
        is_fixed = url in urls.SITE_URLS.values() or url == urls.NOT_FOUND
        if is_fixed or self._settings.has_file(url):
            return True
        parts = url.rstrip("/").split("/")
        if not url.endswith("/"):
            return False
        if urls.is_period(url):
            # Of the articles, as the periods themselves are updated last.
            in_period = (
                "SELECT 1 FROM article WHERE is_listed AND sort_key >= ? AND sort_key < ? LIMIT 1"
            )
            return self._db.execute(in_period, period_range("-".join(parts))).fetchone() is not None
        kinds = [kind for kind, section in urls.SECTIONS.items() if section == parts[0]]
        if not kinds or len(parts) > 2:  # noqa: PLR2004 - a section and a slug
            return False
        query = "SELECT 1 FROM term WHERE kind = ? AND has_page AND slug = ? LIMIT 1"
        return parts[1:] == [] or bool(self._db.execute(query, (kinds[0], parts[1])).fetchone())

    @cached_property
    def _moved_urls(self) -> frozenset[str]:
        """URLs of articles that did not get the URL that they request."""
        query = "SELECT url FROM article WHERE is_listed AND url != requested_url"
        return frozenset(url for (url,) in self._db.execute(query))

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        """URLs of articles by the folded forms of their aliases."""
        query = (
            "SELECT aliases_json, former_url, url FROM article "
            "WHERE is_listed AND (aliases_json != '[]' OR former_url != '') "
            "ORDER BY sort_key, source"
        )
        found: dict[str, str] = {}
        for aliases_json, former_url, url in self._db.execute(query):
            for alias in (*records.load_aliases(aliases_json), *filter(None, (former_url,))):
                for form in _alias_forms(alias):
                    found.setdefault(fold_path(form), url)
        return found

    @cached_property
    def _sources_by_name(self) -> Mapping[str, Sequence[str]]:
        """Sources by the names of their articles."""
        found: dict[str, list[str]] = {}
        for (source,) in self._db.execute("SELECT source FROM article WHERE is_listed"):
            found.setdefault(article_name(source), []).append(source)
        return {name: sorted(sources) for name, sources in found.items()}


def _alias_forms(alias: str) -> tuple[str, ...]:
    """Return the forms in which a link may write the URL of an alias."""
    url = urls.alias_url(alias)
    return tuple(dict.fromkeys((url, url.rstrip("/"))))


def _fold_key(key: str) -> str:
    """Return the key of a reference as the catalogue stores it."""
    kind, _, value = key.partition(" ")
    return f"file {fold_path(value)}" if kind == "file" else key
