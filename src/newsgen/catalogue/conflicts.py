"""URLs and slugs that several articles or terms request, and the labels that slugs are made from.

The oldest article, or the term that appeared first, gets what it requests. The others get a suffix
of their own, so that the result depends on the articles alone and never on the order of updates.
"""

import sqlite3
from collections.abc import Iterable

from newsgen.catalogue import records
from newsgen.catalogue.aggregates import invalidate_summaries
from newsgen.catalogue.changes import ChangeSet
from newsgen.catalogue.links import find_article_keys
from newsgen.catalogue.settings import CatalogueSettings
from newsgen.model import GroupKind
from newsgen.text.folding import fold


def resolve_urls(db: sqlite3.Connection, settings: CatalogueSettings, changes: ChangeSet) -> None:
    """Give each listed article a URL of its own."""
    # By keys: two URLs that differ only in case are one file on Windows and macOS.
    shared = "SELECT url_key FROM article WHERE is_listed GROUP BY url_key HAVING count(*) > 1"
    # An article whose URL differs may get its requested URL back once the other article is removed.
    moved = "SELECT url_key FROM article WHERE is_listed AND url != requested_url"
    articles = (
        "SELECT id, source, url, requested_url FROM article WHERE is_listed AND url_key = ? "
        "ORDER BY sort_key, source"
    )
    for (key,) in sorted({*db.execute(shared), *db.execute(moved)}):
        found = db.execute(articles, (key,)).fetchall()
        requested = [url for _, _, _, url in found]
        urls = settings.resolve_conflicts(requested, [source for _, source, _, _ in found])
        for (article_id, source, old, _), new in zip(found, urls, strict=True):
            if old != new:
                change = "UPDATE article SET url = ?, summary_digest = x'' WHERE id = ?"
                db.execute(change, (new, article_id))
                changes.add_source(source)
                changes.reference_keys.update((f"url {old}", *find_article_keys(source, new)))


def resolve_terms(
    db: sqlite3.Connection, settings: CatalogueSettings, terms: Iterable[int]
) -> None:
    """Give each changed term its oldest article's spelling and a slug of its own.

    Args:
        db: The catalogue.
        settings: Settings of the site.
        terms: Ids of the terms whose articles have changed.
    """
    requests: set[tuple[GroupKind, str]] = set()
    for term in sorted(terms):
        requests.update(_update_label(db, settings, term))
    # Only after all labels: one slug may be requested by several of the changed terms.
    for kind, requested in sorted(requests):
        _resolve_slugs(db, settings, kind, requested)


def _update_label(
    db: sqlite3.Connection, settings: CatalogueSettings, term: int
) -> set[tuple[GroupKind, str]]:
    """Update a term's label and requested slug.

    Returns:
        The kinds and slugs of requests to resolve.
    """
    kind, key, label, requested = db.execute(
        "SELECT kind, key, label, requested_slug FROM term WHERE id = ?", (term,)
    ).fetchone()
    # The slug requested so far is resolved too: another term may now get it.
    requests = {(kind, requested)} if requested else set()
    oldest = db.execute(
        "SELECT a.names_json FROM article_term m JOIN article a ON a.id = m.article_id "
        "WHERE m.term_id = ? ORDER BY m.sort_key, a.source LIMIT 1",
        (term,),
    ).fetchone()
    if oldest is None:
        clear = "UPDATE term SET label = '', requested_slug = '', slug = '' WHERE id = ?"
        db.execute(clear, (term,))
        return requests
    names = records.load_names(oldest[0])
    spelled = next(name for of, name, _ in names if of == kind and fold(name) == key)
    wanted = settings.make_slug(kind, spelled)
    if (spelled, wanted) != (label, requested):
        change = "UPDATE term SET label = ?, requested_slug = ? WHERE id = ?"
        db.execute(change, (spelled, wanted, term))
        # Without an earlier label the term is new, and no summary with it has a digest.
        if label:
            invalidate_summaries(db, term)
        requests.add((kind, wanted))
    return requests


def _resolve_slugs(
    db: sqlite3.Connection, settings: CatalogueSettings, kind: GroupKind, requested: str
) -> None:
    """Give each of the terms that request one slug a slug of its own."""
    found = db.execute(
        "SELECT t.id, t.key, t.slug FROM term t WHERE t.kind = ? AND t.requested_slug = ? ORDER BY "
        "(SELECT min(m.sort_key) FROM article_term m WHERE m.term_id = t.id), t.key",
        (kind, requested),
    ).fetchall()
    slugs = settings.resolve_slug_conflicts(requested, [key for _, key, _ in found])
    for (term, _, old), new in zip(found, slugs, strict=True):
        if old != new:
            db.execute("UPDATE term SET slug = ? WHERE id = ?", (new, term))
            # A new term's articles have no digests yet.
            if old:
                invalidate_summaries(db, term)
