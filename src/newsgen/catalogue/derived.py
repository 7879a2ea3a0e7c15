"""Order in which everything derived from the listed articles is brought up to date."""

import sqlite3

from newsgen.catalogue.aggregates import (
    invalidate_summaries,
    update_periods,
    update_summary_digests,
    update_terms,
)
from newsgen.catalogue.changes import ChangeSet
from newsgen.catalogue.conflicts import resolve_terms, resolve_urls
from newsgen.catalogue.links import update_links
from newsgen.catalogue.listing import update_listed
from newsgen.catalogue.redirects import update_redirects
from newsgen.catalogue.related import update_related
from newsgen.catalogue.settings import CatalogueSettings
from newsgen.catalogue.term_pages import update_term_pages


def update_derived(db: sqlite3.Connection, settings: CatalogueSettings, changes: ChangeSet) -> None:
    """Update URLs, labels, slugs, term pages, related articles and digests after a change.

    A step may add to `changes`, and later steps then update these days and terms too.

    Args:
        db: The catalogue, in a transaction.
        settings: Settings of the site.
        changes: Articles inserted and removed so far.
    """
    update_listed(db, settings, changes)
    # Asked only now: articles may become due without any change to their files.
    if not changes.days and not changes.terms:
        update_redirects(db, changes)
        if changes.reference_keys or changes.every_reference:
            update_links(db, settings, changes)
            update_periods(db, changes.days)
        return
    # Summaries show URLs, labels and slugs, so their digests come after all three. Terms and
    # related articles combine the digests of summaries, so they come after those.
    resolve_urls(db, settings, changes)
    resolve_terms(db, settings, changes.terms)
    # In a new catalogue no summary has a digest yet, so there is nothing to invalidate.
    is_new = not db.execute("SELECT 1 FROM period LIMIT 1").fetchone()
    for term in update_term_pages(db, settings.thresholds, changes.terms):
        if not is_new:
            invalidate_summaries(db, term)
    # URLs are final, and so are terms with pages.
    update_redirects(db, changes)
    update_links(db, settings, changes)
    update_summary_digests(db, changes)
    update_terms(db, changes.terms)
    # Related articles are compared by their summary digests; days include theirs.
    update_related(db, changes.days, changes.terms)
    update_periods(db, changes.days)
