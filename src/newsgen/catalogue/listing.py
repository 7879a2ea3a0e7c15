"""Adding articles to the site and taking them off it, in the tables `article` and `article_term`.

An unlisted article keeps its row but belongs to no term and no period. Values that depend on
several articles are left to `derived`.
"""

import sqlite3
from collections.abc import Mapping
from typing import Final

from newsgen.catalogue import records
from newsgen.catalogue.changes import ChangeSet
from newsgen.catalogue.keys import MAX_SORT_KEY
from newsgen.catalogue.links import find_article_keys, insert_reference_keys
from newsgen.catalogue.records import ArticleRow
from newsgen.catalogue.settings import CatalogueSettings
from newsgen.model import TermKind
from newsgen.text.filenames import fold_path
from newsgen.text.folding import fold

_COLUMNS: Final = (
    *("is_listed", "requested_url", "url", "url_key", "former_url", "term_ids_json"),
    *ArticleRow._fields,
)
_INSERT: Final = (
    f"INSERT INTO article ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
)


def insert_article(
    db: sqlite3.Connection, row: ArticleRow, settings: CatalogueSettings, changes: ChangeSet
) -> bool:
    """Insert an article, and list it if the settings say so. Return True if it is listed."""
    is_listed = settings.is_listed(
        is_draft=row.is_draft, listed_from=row.listed_from, listed_until=row.listed_until
    )
    # A draft must not add its tags to the site, so its terms are made when it is listed.
    terms = _load_terms(db, row.names_json, changes) if is_listed else {}
    urls = make_urls(settings, row.source, row.published, row.slug, row.url_request_json)
    values = (is_listed, *urls, records.dump_ids(terms), *row)
    article_id = db.execute(_INSERT, values).lastrowid
    if is_listed and article_id is not None:
        _insert_members(db, article_id, row.sort_key, terms, changes)
        changes.add_source(row.source)
        insert_reference_keys(db, article_id, row.references_json)
        keys = find_article_keys(row.source, urls[1], row.aliases_json, urls[3])
        changes.reference_keys.update(keys)
    return is_listed


def make_urls(
    settings: CatalogueSettings, source: str, published: str, slug: str, url_request_json: str
) -> tuple[str, str, str, str]:
    """Return the columns `requested_url`, `url`, `url_key` and `former_url` of an article."""
    request = records.load_url_request(url_request_json)
    url = settings.make_permalink(source, published, slug, request)
    former = request.former_slug if not request.url else ""
    former_url = settings.make_permalink(source, published, former, request) if former else ""
    # The requested URL is the URL for now. `resolve_urls` finds the conflicts of all articles.
    return url, url, fold_path(url), former_url


def unlist_article(db: sqlite3.Connection, article_id: int, changes: ChangeSet) -> None:
    """Take an article off the site if it is listed."""
    query = (
        "SELECT sort_key, term_ids_json, source, url, aliases_json, former_url FROM article "
        "WHERE id = ? AND is_listed"
    )
    # Fetched first: SQLite does not define what a query returns while its rows change.
    for sort_key, ids_json, source, *columns in db.execute(query, (article_id,)).fetchall():
        terms = records.load_ids(ids_json)
        db.executemany(
            # The whole primary key, as no index finds these rows by article.
            "DELETE FROM article_term WHERE term_id = ? AND sort_key = ? AND article_id = ?",
            ((term, sort_key, article_id) for term in terms),
        )
        changes.add(sort_key, terms)
        changes.add_source(source)
        changes.reference_keys.update(find_article_keys(source, *columns))
        db.execute("DELETE FROM reference_key WHERE article_id = ?", (article_id,))
        unlist = (
            "UPDATE article SET is_listed = 0, term_ids_json = '[]', links_json = '[]', "
            "links_digest = x'', lead_json = '[]' WHERE id = ?"
        )
        db.execute(unlist, (article_id,))


def update_listed(db: sqlite3.Connection, settings: CatalogueSettings, changes: ChangeSet) -> None:
    """List articles that have become due, and unlist those that no longer are."""
    until, now, include_drafts = settings.list_until, settings.now, settings.include_drafts
    due = (
        "SELECT id, sort_key, names_json, references_json, source, url, aliases_json, former_url "
        "FROM article "
        "WHERE NOT is_listed AND listed_from <= ? AND listed_until > ? AND (NOT is_draft OR ?)"
    )
    found = db.execute(due, (until, now, include_drafts)).fetchall()
    for article_id, sort_key, names_json, references_json, source, *columns in found:
        terms = _load_terms(db, names_json, changes)
        db.execute(
            "UPDATE article SET is_listed = 1, summary_digest = x'', term_ids_json = ? "
            "WHERE id = ?",
            (records.dump_ids(terms), article_id),
        )
        _insert_members(db, article_id, sort_key, terms, changes)
        changes.add_source(source)
        insert_reference_keys(db, article_id, references_json)
        changes.reference_keys.update(find_article_keys(source, *columns))
    early = db.execute("SELECT id FROM article WHERE is_listed AND sort_key > ?", (until,))
    # The conditions are those of partial indexes, word for word.
    embargoed = db.execute(
        "SELECT id FROM article WHERE is_listed AND listed_from != sort_key AND listed_from > ?",
        (until,),
    )
    expired = db.execute(
        f"SELECT id FROM article WHERE is_listed AND listed_until != {MAX_SORT_KEY} "
        "AND listed_until <= ?",
        (now,),
    )
    drafts = db.execute(
        "SELECT id FROM article WHERE is_listed AND is_draft AND NOT ?", (include_drafts,)
    )
    for (article_id,) in {*early, *embargoed, *expired, *drafts}:
        unlist_article(db, article_id, changes)


def _insert_members(
    db: sqlite3.Connection,
    article_id: int,
    sort_key: int,
    terms: Mapping[int, int],
    changes: ChangeSet,
) -> None:
    rows = [(term, sort_key, article_id, mentions) for term, mentions in terms.items()]
    db.executemany("INSERT INTO article_term VALUES (?, ?, ?, ?)", rows)
    changes.add(sort_key, terms)


def _load_terms(db: sqlite3.Connection, names_json: str, changes: ChangeSet) -> dict[int, int]:
    """Return the mentions of each of an article's terms, by the term's id, in the article's order.

    Terms that are new to the catalogue are inserted.
    """
    terms: dict[int, int] = {}
    for kind, name, mentions in records.load_names(names_json):
        # Two spellings may fold to one term: the first one counts.
        terms.setdefault(_find_or_insert_term(db, kind, name, changes), mentions)
    return terms


def _find_or_insert_term(
    db: sqlite3.Connection, kind: TermKind, name: str, changes: ChangeSet
) -> int:
    # Tags repeat from article to article, so most names are found here.
    term = changes.term_ids.get((kind, name))
    if term is None:
        key = (kind, fold(name))
        row = db.execute("SELECT id FROM term WHERE kind = ? AND key = ?", key).fetchone()
        if row is None:
            row = (db.execute("INSERT INTO term (kind, key) VALUES (?, ?)", key).lastrowid,)
        term = changes.term_ids[kind, name] = int(row[0])
    return term
