"""The catalogue's tables."""

from typing import Final

SCHEMA: Final = """
-- What was so at the last update: of how files are read, of what is shown.
CREATE TABLE setting (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- The source folder as the last walk found it.
CREATE TABLE folder (path TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
    path TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    digest BLOB,
    problems TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX source_by_folder ON source (folder);
CREATE INDEX source_unread ON source (path) WHERE unread;
CREATE INDEX source_at_fault ON source (path) WHERE problems != '';

-- One card an article. `claim` is the URL that it asks for, `url` the one that it gets; `card` and
-- `entry` are digests of what a listing, and its own page, may show of it. `related` are the
-- numbers of older articles about the same, `kin` names their cards.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    sort INTEGER NOT NULL,
    draft INTEGER NOT NULL,
    shown INTEGER NOT NULL DEFAULT 0,
    slug TEXT NOT NULL,
    claim TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '',
    face TEXT NOT NULL,
    names TEXT NOT NULL,
    terms TEXT NOT NULL DEFAULT '[]',
    details TEXT NOT NULL,
    aliases TEXT NOT NULL,
    source_digest BLOB NOT NULL,
    text_digest BLOB NOT NULL,
    card BLOB NOT NULL DEFAULT x'',
    entry BLOB NOT NULL,
    related TEXT NOT NULL DEFAULT '[]',
    kin BLOB NOT NULL DEFAULT x''
);
-- What lists ask of many articles at once, without what else is in their rows.
CREATE INDEX article_listed ON article (id, source, card, entry, terms);
CREATE INDEX article_in_order ON article (sort, source) WHERE shown;
CREATE INDEX article_held_back ON article (sort) WHERE NOT shown;
CREATE INDEX article_shown_draft ON article (sort) WHERE shown AND draft;
CREATE INDEX article_by_claim ON article (claim) WHERE shown;
CREATE INDEX article_with_aliases ON article (sort, source) WHERE shown AND aliases != '';
CREATE INDEX article_moved ON article (claim) WHERE shown AND url != claim;
CREATE INDEX article_undigested ON article (id) WHERE card = x'' AND shown;
CREATE INDEX article_by_text ON article (text_digest) WHERE shown AND text_digest != x'';

-- Tags and authors. `label` is the spelling of the oldest article that has it; without a page it is
-- shown, and not linked. A member's `mentions` count what was recognised in its text, 0 else.
CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    claim TEXT NOT NULL DEFAULT '',
    slug TEXT NOT NULL DEFAULT '',
    count INTEGER NOT NULL DEFAULT 0,
    first INTEGER NOT NULL DEFAULT 0,
    last INTEGER NOT NULL DEFAULT 0,
    digest BLOB NOT NULL DEFAULT x'',
    paged INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, key)
);
CREATE INDEX term_by_claim ON term (kind, claim);
CREATE TABLE member (
    term INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    article INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (term, sort, article)
) WITHOUT ROWID;

-- Days, months and years that have articles; keys as in `2025-08-30`, `2025-08`, `2025`.
CREATE TABLE period (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    count INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
"""
