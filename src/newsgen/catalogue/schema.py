"""SQL schema of the catalogue.

Comments stand inside the statements: SQLite keeps them there, so `sqlite3 FILE .schema` shows them.
"""

from typing import Final

SCHEMA: Final = """
CREATE TABLE article (
    -- One row for each article, listed or not. Try: SELECT headline, published FROM article;
    -- Columns ending in _json hold JSON arrays that are only ever read whole with the article.
    -- Columns ending in _digest hold 16 bytes, source_digest 32: SELECT hex(source_digest) ...
    -- Hot and short columns come first: SQLite reads a row from its front.
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,        -- path of its file in the source folder
    headline TEXT NOT NULL,
    published TEXT NOT NULL,            -- ISO 8601, or EDTF if partial or uncertain
    sort_key INTEGER NOT NULL,          -- published as YYYYMMDDhhmmss of local time, 0 if unknown
    listed_from INTEGER NOT NULL,       -- like sort_key, later if published later than its date
    listed_until INTEGER NOT NULL,      -- like sort_key, 99999999999999 if it never expires
    updated TEXT,                       -- ISO 8601, NULL if never updated
    is_draft INTEGER NOT NULL,
    is_listed INTEGER NOT NULL,         -- 1 if part of the site: no draft, due and not expired
    slug TEXT NOT NULL,
    requested_url TEXT NOT NULL,        -- URL made from date and slug, before conflicts
    url_key TEXT NOT NULL,              -- requested_url, folded: URLs with one key are in conflict
    former_url TEXT NOT NULL,           -- URL with the slug as written, '' if that is its slug
    url TEXT NOT NULL,                  -- URL that it has, relative to the site's root
    summary TEXT NOT NULL,
    language TEXT NOT NULL,             -- BCP 47 tag, '' for the site's language
    encoding TEXT NOT NULL,             -- of the source file
    is_clean INTEGER NOT NULL,          -- 1 if the decoded text needs no clean-up
    body_start INTEGER NOT NULL,        -- characters from the start of the decoded text
    body_end INTEGER NOT NULL,
    markup TEXT NOT NULL,               -- of the body: text, markdown or prose
    names_json TEXT NOT NULL,           -- [kind, name, mentions] of authors, then tags, as written
    variants_json TEXT NOT NULL,        -- [index of the tag, variant, ...] of recognized names
    term_ids_json TEXT NOT NULL,        -- ids of the terms that these names fold to
    aliases_json TEXT NOT NULL,         -- former URLs that redirect here
    url_request_json TEXT NOT NULL,         -- URL of its own, slug as written, [placeholder, value]
    extra_json TEXT NOT NULL,           -- [name, label, [value, ...]] of fields shown as they are
    corrections_json TEXT NOT NULL,     -- [date, text]
    tag_spans_json TEXT NOT NULL,       -- [index of the tag, start, end] in the body's words
    references_json TEXT NOT NULL,      -- [is_media, target, line, fragment, [key, ...]]
    picture_json TEXT NOT NULL,         -- [lead picture as written, caption], [] without one
    lead_json TEXT NOT NULL DEFAULT '[]',           -- [url, picture or null, caption, is_in_body]
    links_json TEXT NOT NULL DEFAULT '[]',          -- [url, is_found, picture or null] of each
    related_ids_json TEXT NOT NULL DEFAULT '[]',    -- ids of related older articles, best first
    source_digest BLOB NOT NULL,        -- SHA-256 of the source file
    text_digest BLOB NOT NULL,          -- of the body's words, x'' for an empty body
    summary_digest BLOB NOT NULL DEFAULT x'',       -- of all that a list shows, x'' if outdated
    detail_digest BLOB NOT NULL,        -- of all else that its own page shows
    checksum INTEGER NOT NULL,          -- CRC-32 of the columns that follow from the source file
    related_digest BLOB NOT NULL DEFAULT x'',       -- of the related articles' summary_digests
    links_digest BLOB NOT NULL DEFAULT x'',         -- of links_json, x'' without references
    dead_links INTEGER NOT NULL DEFAULT 0           -- number of references that lead nowhere
);
CREATE INDEX article_list_columns
    -- Covers what lists read of many articles, so that they never touch the wide rows.
    ON article (id, source, summary_digest, detail_digest, term_ids_json);
CREATE INDEX article_in_order ON article (sort_key, source) WHERE is_listed;
CREATE INDEX article_unlisted ON article (listed_from) WHERE NOT is_listed;
CREATE INDEX article_listed_from ON article (listed_from)
    WHERE is_listed AND listed_from != sort_key;
CREATE INDEX article_expiring ON article (listed_until)
    WHERE is_listed AND listed_until != 99999999999999;
CREATE INDEX article_listed_draft ON article (sort_key) WHERE is_listed AND is_draft;
CREATE INDEX article_by_requested_url ON article (requested_url) WHERE is_listed;
CREATE INDEX article_by_url_key ON article (url_key) WHERE is_listed;
CREATE INDEX article_with_aliases ON article (sort_key, source)
    WHERE is_listed AND (aliases_json != '[]' OR former_url != '');
CREATE INDEX article_with_other_url ON article (requested_url)
    WHERE is_listed AND url != requested_url;
CREATE INDEX article_without_digest ON article (id) WHERE summary_digest = x'' AND is_listed;
CREATE INDEX article_with_references ON article (id)
    WHERE is_listed AND (references_json != '[]' OR picture_json != '[]');
CREATE INDEX article_with_dead_links ON article (source) WHERE is_listed AND dead_links;
CREATE INDEX article_by_text ON article (text_digest) WHERE is_listed AND text_digest != x'';

CREATE TABLE reference_key (
    -- Keys under which listed articles look for the targets of their references.
    key TEXT NOT NULL,                  -- a kind and a value: file images/a.png, url 2025/08/30/a/
    article_id INTEGER NOT NULL,
    PRIMARY KEY (key, article_id)
) WITHOUT ROWID;
CREATE INDEX reference_key_by_article ON reference_key (article_id);

CREATE TABLE file (
    -- Files of the source folder that hold no article, as the last scan found them.
    path TEXT PRIMARY KEY,              -- relative to the source folder
    folder TEXT NOT NULL,
    size INTEGER NOT NULL,              -- bytes
    mtime_ns INTEGER NOT NULL,          -- nanoseconds since 1970, -1 if too recent to be trusted
    inode INTEGER NOT NULL,
    key TEXT NOT NULL,                  -- folded path
    url_key TEXT NOT NULL,              -- folded URL that it is published at
    suffix TEXT NOT NULL,               -- of its name, in lower case without the dot, or ''
    dirty INTEGER NOT NULL,             -- 1 if the file must be read again
    is_linked INTEGER NOT NULL DEFAULT 0,           -- 1 if it is published
    digest BLOB NOT NULL DEFAULT x'',   -- SHA-256, x'' if never read
    width INTEGER NOT NULL DEFAULT 0,   -- pixels of a picture, 0 for anything else
    height INTEGER NOT NULL DEFAULT 0,
    widths_json TEXT NOT NULL DEFAULT '[]',         -- pixels of its smaller versions
    has_place INTEGER NOT NULL DEFAULT 0,           -- 1 if its metadata tell where it was made
    fault TEXT NOT NULL DEFAULT ''      -- why it cannot be decoded
) WITHOUT ROWID;
CREATE INDEX file_by_folder ON file (folder);
CREATE INDEX file_by_key ON file (key);
CREATE INDEX file_by_url_key ON file (url_key);
CREATE INDEX file_linked ON file (path) WHERE is_linked;
CREATE INDEX file_not_linked ON file (suffix) WHERE NOT is_linked;
CREATE INDEX file_with_fault ON file (path) WHERE is_linked AND fault != '';

CREATE TABLE term (
    -- Tags and authors of listed articles.
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                 -- topic, person, place, organization or author
    key TEXT NOT NULL,                  -- folded name: one for all spellings
    label TEXT NOT NULL DEFAULT '',     -- spelling of the oldest article
    requested_slug TEXT NOT NULL DEFAULT '',        -- slug made from the label, before conflicts
    slug TEXT NOT NULL DEFAULT '',      -- slug that it has
    count INTEGER NOT NULL DEFAULT 0,   -- number of articles
    first_day INTEGER NOT NULL DEFAULT 0,           -- of the oldest article, YYYYMMDD
    last_day INTEGER NOT NULL DEFAULT 0,            -- of the newest article, YYYYMMDD
    digest BLOB NOT NULL DEFAULT x'',   -- of its articles' summary_digests
    has_page INTEGER NOT NULL DEFAULT 0,            -- 0 if the label is shown without a link
    UNIQUE (kind, key)
);
CREATE INDEX term_by_requested_slug ON term (kind, requested_slug);

CREATE TABLE article_term (
    -- Listed articles of each term, in the order of their dates.
    term_id INTEGER NOT NULL,
    sort_key INTEGER NOT NULL,          -- of the article
    article_id INTEGER NOT NULL,
    mentions INTEGER NOT NULL,          -- in the text if recognized, 0 if the article's own tag
    PRIMARY KEY (term_id, sort_key, article_id)
) WITHOUT ROWID;

CREATE TABLE period (
    -- Days, months and years that have listed articles.
    kind TEXT NOT NULL,                 -- day, month or year
    key TEXT NOT NULL,                  -- 2025-08-30, 2025-08 or 2025, zeros for the unknown
    count INTEGER NOT NULL,             -- number of articles
    digest BLOB NOT NULL,               -- of all that its articles show
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE folder (
    -- Folders under the source folder, '' for itself, as the last scan found them.
    path TEXT PRIMARY KEY,
    digest BLOB NOT NULL                -- of the folder's listing
) WITHOUT ROWID;

CREATE TABLE source (
    -- Files that may hold an article, as the last scan found them.
    path TEXT PRIMARY KEY,              -- relative to the source folder
    folder TEXT NOT NULL,
    size INTEGER NOT NULL,              -- bytes
    mtime_ns INTEGER NOT NULL,          -- nanoseconds since 1970, -1 if too recent to be trusted
    inode INTEGER NOT NULL,
    dirty INTEGER NOT NULL,             -- 1 if the file must be read again
    digest BLOB,                        -- SHA-256, NULL if never read
    problems_json TEXT NOT NULL DEFAULT '[]'        -- [file, line, code, message, hint]
) WITHOUT ROWID;
CREATE INDEX source_by_folder ON source (folder);
CREATE INDEX source_dirty ON source (path) WHERE dirty;
CREATE INDEX source_with_problems ON source (path) WHERE problems_json != '[]';

CREATE TABLE redirect (
    -- Rows of redirects.csv.
    key TEXT PRIMARY KEY,               -- old URL, folded
    url TEXT NOT NULL,                  -- old URL, relative to the site's root, maybe with a query
    target TEXT NOT NULL,               -- URL of the site, absolute URL, or path of a source
    is_source INTEGER NOT NULL,         -- 1 if target is the path of a source
    line INTEGER NOT NULL,              -- in redirects.csv
    target_url TEXT NOT NULL,           -- URL that it leads to, '~' for a source without article
    bucket INTEGER NOT NULL             -- first byte of the key's digest
) WITHOUT ROWID;
CREATE INDEX redirect_by_bucket ON redirect (bucket);
CREATE INDEX redirect_by_source ON redirect (target) WHERE is_source;
CREATE INDEX redirect_dead ON redirect (line) WHERE target_url = '~';

CREATE TABLE redirect_bucket (
    -- Buckets that have redirects.
    bucket INTEGER PRIMARY KEY,
    digest BLOB NOT NULL                -- of the old and the new URLs
);

CREATE TABLE meta (
    -- Digests of the settings of the last update, and results about the archive as a whole.
    name TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;
"""
