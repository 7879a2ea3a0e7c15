"""What follows from a change: who gets which URL, how a tag is spelled, what groups show.

Only what was touched is worked out again, so that an article costs what it touches. What comes out
depends on the articles alone and never on the order in which they came.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from newsgen.catalogue import records
from newsgen.catalogue.keys import DAY, END_OF_TIME, Name, iso_of
from newsgen.catalogue.records import ArticleRow
from newsgen.catalogue.related import relate
from newsgen.catalogue.term_pages import SHOWN_SLUG, PageThresholds, give_pages
from newsgen.core.digest import combine_digests, digest
from newsgen.model import GroupKind
from newsgen.text.folding import fold

_BATCH: Final = 1_000


@dataclass(frozen=True, slots=True)
class CatalogueSettings:
    """How a site files its articles.

    `name` names the settings that the functions depend on. `permalink` makes the URL that an
    article asks for, of its source, its date and its slug; `settle` gives each of several sources
    that ask for one URL a URL of its own; `slug` makes a term's slug and `settle_slug` parts those
    that are the same. `thresholds` says which recognised names get pages. Articles are shown up to
    the sort key `until`, drafts if `drafts` says so.
    """

    name: bytes
    permalink: Callable[[str, str, str], str]
    settle: Callable[[str, Sequence[str]], Sequence[str]]
    slug: Callable[[GroupKind, str], str]
    settle_slug: Callable[[str, Sequence[str]], Sequence[str]]
    drafts: bool
    until: int | None
    thresholds: PageThresholds = PageThresholds()

    def shows(self, *, draft: bool, sort: int) -> bool:
        """Whether an article is shown."""
        return (self.drafts or not draft) and (self.until is None or sort <= self.until)


@dataclass(slots=True)
class ChangeSet:
    """What an update has changed: days and terms whose articles are others than before.

    `known` are the numbers of terms that have come up, by their kinds and the names that articles
    give them.
    """

    days: set[int] = field(default_factory=set)
    terms: set[int] = field(default_factory=set)
    known: dict[tuple[GroupKind, str], int] = field(default_factory=dict)

    def add(self, sort: int, terms: Iterable[int]) -> None:
        """Note that an article came, went or changed."""
        self.days.add(sort // DAY)
        self.terms.update(terms)


def settle(db: sqlite3.Connection, settings: CatalogueSettings, changes: ChangeSet) -> None:
    """Bring everything that is derived from the articles up to date."""
    _show_and_hide(db, settings, changes)
    if not changes.days and not changes.terms:
        return
    _settle_urls(db, settings)
    _settle_terms(db, settings, changes.terms)
    was_settled = db.execute("SELECT 1 FROM period LIMIT 1").fetchone()
    for term in give_pages(db, settings.thresholds, changes.terms):
        if was_settled:
            _undigest_members(db, term)
    _digest_cards(db, changes)
    _digest_terms(db, changes.terms)
    relate(db, changes.days, changes.terms)
    _digest_periods(db, changes.days)


def file(
    db: sqlite3.Connection, row: ArticleRow, settings: CatalogueSettings, changes: ChangeSet
) -> None:
    """File an article; under its day and its names if it is shown."""
    shown = settings.shows(draft=row.draft, sort=row.sort)
    terms = _terms_of(db, row.names, changes) if shown else {}
    claim = settings.permalink(row.source, row.date, row.slug)
    cursor = db.execute(
        "INSERT INTO article (source, sort, draft, slug, shown, terms, claim, url, names, face, "
        "details, aliases, source_digest, text_digest, entry) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(row.source, row.sort, row.draft, row.slug, shown, records.dump_ids(list(terms))),
            *(claim, claim, row.names, row.face, row.details, row.aliases),
            *(row.source_digest, row.text_digest, row.entry),
        ),
    )
    if shown and cursor.lastrowid is not None:
        _add_member(db, cursor.lastrowid, row.sort, terms, changes)


def _add_member(
    db: sqlite3.Connection, number: int, sort: int, terms: Mapping[int, int], changes: ChangeSet
) -> None:
    members = [(term, sort, number, mentions) for term, mentions in terms.items()]
    db.executemany("INSERT INTO member VALUES (?, ?, ?, ?)", members)
    changes.add(sort, terms)


def hide(db: sqlite3.Connection, number: int, changes: ChangeSet) -> None:
    """Take an article out from under its day and its names, if it is shown."""
    query = "SELECT sort, terms FROM article WHERE id = ? AND shown"
    for sort, terms in db.execute(query, (number,)).fetchall():
        members = ((term, sort, number) for term in records.load_ids(terms))
        db.executemany("DELETE FROM member WHERE term = ? AND sort = ? AND article = ?", members)
        changes.add(sort, records.load_ids(terms))
        db.execute("UPDATE article SET shown = 0, terms = '[]' WHERE id = ?", (number,))


def _terms_of(db: sqlite3.Connection, names: str, changes: ChangeSet) -> dict[int, int]:
    """The numbers of the terms that an article is filed under, in their order, with mentions."""
    found: dict[int, int] = {}
    for name in records.load_names(names):
        found.setdefault(_term_of(db, name, changes), name.mentions)
    return found


def _term_of(db: sqlite3.Connection, name: Name, changes: ChangeSet) -> int:
    """The number of the term that a name is filed under; made if it is new."""
    number = changes.known.get(name[:2])
    if number is None:
        key = (name.kind, fold(name.name))
        row = db.execute("SELECT id FROM term WHERE kind = ? AND key = ?", key).fetchone()
        if row is None:
            row = (db.execute("INSERT INTO term (kind, key) VALUES (?, ?)", key).lastrowid,)
        number = changes.known[name[:2]] = int(row[0])
    return number


def _show_and_hide(db: sqlite3.Connection, settings: CatalogueSettings, changes: ChangeSet) -> None:
    """Show what is due, hide what no longer is."""
    until = settings.until if settings.until is not None else END_OF_TIME
    due = "SELECT id, sort, names FROM article WHERE NOT shown AND sort <= ? AND (NOT draft OR ?)"
    for number, sort, names in db.execute(due, (until, settings.drafts)).fetchall():
        terms = _terms_of(db, names, changes)
        query = "UPDATE article SET shown = 1, card = x'', terms = ? WHERE id = ?"
        db.execute(query, (records.dump_ids(list(terms)), number))
        _add_member(db, number, sort, terms, changes)
    early = db.execute("SELECT id FROM article WHERE shown AND sort > ?", (until,))
    drafts = db.execute(
        "SELECT id FROM article WHERE shown AND draft AND NOT ?", (settings.drafts,)
    )
    for (number,) in {*early, *drafts}:
        hide(db, number, changes)


def _settle_urls(db: sqlite3.Connection, settings: CatalogueSettings) -> None:
    """Part the articles that ask for one URL: the oldest gets it, the others one beside it."""
    claims = "SELECT claim FROM article WHERE shown GROUP BY claim HAVING count(*) > 1"
    shared = {claim for (claim,) in db.execute(claims)}
    moved = "SELECT claim FROM article WHERE shown AND url != claim"
    for claim in sorted(shared | {claim for (claim,) in db.execute(moved)}):
        query = (
            "SELECT id, source, url FROM article WHERE shown AND claim = ? ORDER BY sort, source"
        )
        claimants = db.execute(query, (claim,)).fetchall()
        urls = settings.settle(claim, [source for _, source, _ in claimants])
        for (number, _, old), new in zip(claimants, urls, strict=True):
            if old != new:
                db.execute("UPDATE article SET url = ?, card = x'' WHERE id = ?", (new, number))


def _settle_terms(
    db: sqlite3.Connection, settings: CatalogueSettings, terms: Iterable[int]
) -> None:
    """Spell each touched term as its oldest article does, and give it a slug of its own."""
    claims: set[tuple[GroupKind, str]] = set()
    for number in sorted(terms):
        kind, key, label, claim = db.execute(
            "SELECT kind, key, label, claim FROM term WHERE id = ?", (number,)
        ).fetchone()
        claims.add((kind, claim))
        oldest = db.execute(
            "SELECT a.names FROM member m JOIN article a ON a.id = m.article WHERE m.term = ? "
            "ORDER BY m.sort, a.source LIMIT 1",
            (number,),
        ).fetchone()
        if oldest is None:
            db.execute("UPDATE term SET label = '', claim = '', slug = '' WHERE id = ?", (number,))
            continue
        names = records.load_names(oldest[0])
        spelled = next(name for of, name, _ in names if of == kind and fold(name) == key)
        wanted = settings.slug(kind, spelled)
        if (spelled, wanted) != (label, claim):
            db.execute(
                "UPDATE term SET label = ?, claim = ? WHERE id = ?", (spelled, wanted, number)
            )
            if label:
                _undigest_members(db, number)
            claims.add((kind, wanted))
    for kind, claim in sorted(claims):
        if claim:
            _settle_slugs(db, settings, kind, claim)


def _settle_slugs(
    db: sqlite3.Connection, settings: CatalogueSettings, kind: GroupKind, claim: str
) -> None:
    """Part the terms of a kind that ask for one slug: the one that came up first gets it."""
    claimants = db.execute(
        "SELECT t.id, t.key, t.slug FROM term t WHERE t.kind = ? AND t.claim = ? ORDER BY "
        "(SELECT min(m.sort) FROM member m WHERE m.term = t.id), t.key",
        (kind, claim),
    ).fetchall()
    slugs = settings.settle_slug(claim, [key for _, key, _ in claimants])
    for (number, _, old), new in zip(claimants, slugs, strict=True):
        if old != new:
            db.execute("UPDATE term SET slug = ? WHERE id = ?", (new, number))
            if old:
                _undigest_members(db, number)


def _undigest_members(db: sqlite3.Connection, term: int) -> None:
    """Forget the digests of a term's cards; those of a new term's articles are not made yet."""
    query = (
        "UPDATE article SET card = x'' WHERE card != x'' "
        "AND id IN (SELECT article FROM member WHERE term = ?)"
    )
    db.execute(query, (term,))


def _digest_cards(db: sqlite3.Connection, changes: ChangeSet) -> None:
    """Name what each card shows, for those where that has changed."""
    spelled = {
        number: (kind, label, slug)
        for number, kind, label, slug in db.execute(
            f"SELECT id, kind, label, {SHOWN_SLUG} FROM term"
        )
    }
    query = (
        "SELECT id, sort, face, url, terms FROM article "
        "WHERE card = x'' AND shown AND id > ? ORDER BY id LIMIT ?"
    )
    last = 0
    while batch := db.execute(query, (last, _BATCH)).fetchall():
        digests = []
        for number, sort, face, url, listed in batch:
            terms = records.load_ids(listed)
            changes.add(sort, terms)
            digests.append(
                (records.summary_digest(face, url, [spelled[term] for term in terms]), number)
            )
        db.executemany("UPDATE article SET card = ? WHERE id = ?", digests)
        last = batch[-1][0]


def _digest_terms(db: sqlite3.Connection, terms: Iterable[int]) -> None:
    """Count and name the articles of each touched term; a term without articles goes."""
    query = (
        "SELECT a.card, m.sort FROM member m "
        "JOIN article a INDEXED BY article_listed ON a.id = m.article "
        "WHERE m.term = ? ORDER BY m.sort, a.source"
    )
    for number in sorted(terms):
        members = db.execute(query, (number,)).fetchall()
        if not members:
            db.execute("DELETE FROM term WHERE id = ?", (number,))
            continue
        db.execute(
            "UPDATE term SET count = ?, first = ?, last = ?, digest = ? WHERE id = ?",
            (
                *(len(members), members[0][1] // DAY, members[-1][1] // DAY),
                *(combine_digests(card for card, _ in members), number),
            ),
        )


def _digest_periods(db: sqlite3.Connection, days: Iterable[int]) -> None:
    """Count and name what each touched day holds, and its month, and its year."""
    months: set[str] = set()
    query = (
        "SELECT card, entry, kin FROM article "
        "WHERE shown AND sort >= ? AND sort < ? ORDER BY sort, source"
    )
    for day in sorted(days):
        key = iso_of(day)
        months.add(key[:7])
        members = db.execute(query, (day * DAY, (day + 1) * DAY)).fetchall()
        _put_period(db, "day", key, len(members), combine_digests(b for m in members for b in m))
    for month in sorted(months):
        _put_sum(db, "month", month, "day")
    for year in sorted({month[:4] for month in months}):
        _put_sum(db, "year", year, "month")


def _put_sum(db: sqlite3.Connection, kind: str, key: str, part: str) -> None:
    """Count and name a period by the shorter ones that it is made of."""
    query = (
        "SELECT key, count, digest FROM period WHERE kind = ? AND key > ? AND key < ? ORDER BY key"
    )
    parts = db.execute(query, (part, key + "-", key + "-~")).fetchall()
    names = (piece for part_key, _, name in parts for piece in (part_key, name))
    _put_period(db, kind, key, sum(count for _, count, _ in parts), digest(*names))


def _put_period(db: sqlite3.Connection, kind: str, key: str, count: int, name: bytes) -> None:
    if count:
        db.execute("INSERT OR REPLACE INTO period VALUES (?, ?, ?, ?)", (kind, key, count, name))
    else:
        db.execute("DELETE FROM period WHERE kind = ? AND key = ?", (kind, key))
