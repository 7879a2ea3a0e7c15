"""Read-only queries for planning and rendering."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final, Self

from newsgen.catalogue import records
from newsgen.catalogue.article_reader import ArticleReader
from newsgen.catalogue.keys import SORT_KEYS_PER_DAY, format_day, period_range
from newsgen.core.digest import digest
from newsgen.model import (
    PERIOD_KINDS,
    TAG_KINDS,
    TERM_KINDS,
    ArticleDetail,
    ArticleSummary,
    Group,
    GroupKind,
    Member,
    PublishedFile,
    Tag,
    TagKind,
    Target,
    Term,
    TermKind,
)
from newsgen.storage.database import open_for_reading

_BATCH_SIZE: Final = 1_000
"""Parameters of one statement, well below SQLite's limit of 32,766."""

_TERM_COLUMNS: Final = "kind, key, label, slug, count, first_day, last_day, digest"
_MEMBER_COLUMNS: Final = "id, summary_digest, detail_digest"

# INDEXED BY: of many articles of a term, the covering index is read and not the wide rows. The
# planner would choose the primary key, which takes four times as long.
_TERM_ARTICLES: Final = (
    "FROM term t JOIN article_term m ON m.term_id = t.id "
    "JOIN article a INDEXED BY article_list_columns ON a.id = m.article_id "
    "WHERE t.kind = ? AND t.key = ?"
)


class CatalogueReader:
    """Reader of a catalogue that does not change meanwhile.

    It implements `newsgen.plan.protocol.Archive`, where the methods are documented.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._articles = ArticleReader(connection)
        # Half of all kinds of pages ask for the days. There are few periods, so all are kept.
        self._periods = lru_cache(maxsize=len(PERIOD_KINDS))(self._load_periods)

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open the catalogue in a file.

        Raises:
            sqlite3.OperationalError: If there is none.
        """
        return cls(open_for_reading(file))

    def close(self) -> None:
        """Close the catalogue."""
        self._db.close()

    def groups(self, kind: GroupKind) -> Sequence[Group]:
        """Return all groups of a kind that have a page, ordered by key."""
        if kind in PERIOD_KINDS:
            return self._periods(kind)
        query = f"SELECT {_TERM_COLUMNS} FROM term WHERE kind = ? AND has_page ORDER BY key"
        return [_make_term_group(*row) for row in self._db.execute(query, (kind,))]

    def group(self, kind: GroupKind, key: str) -> Group:
        """Return one group.

        Raises:
            KeyError: If there is none.
        """
        # Unlike `groups`, this also finds terms without a page.
        is_period = kind in PERIOD_KINDS
        if is_period:
            query = "SELECT kind, key, count, digest FROM period WHERE kind = ? AND key = ?"
        else:
            query = f"SELECT {_TERM_COLUMNS} FROM term WHERE kind = ? AND key = ?"
        row = self._db.execute(query, (kind, key)).fetchone()
        if row is None:
            raise KeyError(f"{kind} {key}")
        return _make_period(*row) if is_period else _make_term_group(*row)

    def members(self, kind: GroupKind, key: str) -> Sequence[Member]:
        """Return a group's articles, oldest first."""
        if kind in PERIOD_KINDS:
            query = (
                f"SELECT {_MEMBER_COLUMNS} FROM article "
                "WHERE is_listed AND sort_key >= ? AND sort_key < ? ORDER BY sort_key, source"
            )
            return [Member(*row) for row in self._db.execute(query, period_range(key))]
        query = (
            f"SELECT a.id, a.summary_digest, a.detail_digest {_TERM_ARTICLES} "
            "ORDER BY m.sort_key, a.source"
        )
        return [Member(*row) for row in self._db.execute(query, (kind, key))]

    def term_kinds(self) -> Sequence[TermKind]:
        """Return the kinds that have at least one term with a page."""
        query = "SELECT 1 FROM term WHERE kind = ? AND has_page LIMIT 1"
        return [kind for kind in TERM_KINDS if self._db.execute(query, (kind,)).fetchone()]

    def largest_terms(self, kind: TermKind, limit: int) -> Sequence[Group]:
        """Return the terms of a kind with the most articles, largest first."""
        query = (
            f"SELECT {_TERM_COLUMNS} FROM term WHERE kind = ? AND has_page "
            "ORDER BY count DESC, key LIMIT ?"
        )
        return [_make_term_group(*row) for row in self._db.execute(query, (kind, limit))]

    def related_terms(self, kind: GroupKind, key: str, limit: int) -> Sequence[Term]:
        """Return the tags that most often occur together with a term."""
        listed = self._db.execute(f"SELECT a.term_ids_json {_TERM_ARTICLES}", (kind, key))
        counts = Counter(chain.from_iterable(records.load_id_lists(ids for (ids,) in listed)))
        ranked = sorted(
            (-counts[number], TAG_KINDS.index(of), name, number)
            for number, of, name in self._select_linked_tags(list(counts))
            if (of, name) != (kind, key)
        )
        return [self._articles.term(number) for *_, number in ranked[:limit]]

    def month_counts(self, kind: GroupKind, key: str) -> Sequence[tuple[str, int]]:
        """Return a term's number of articles in each month that has some, oldest first."""
        query = (
            f"SELECT m.sort_key / {SORT_KEYS_PER_DAY * 100} AS month, count(*) FROM term t "
            "JOIN article_term m ON m.term_id = t.id WHERE t.kind = ? AND t.key = ? "
            "GROUP BY month ORDER BY month"
        )
        found = self._db.execute(query, (kind, key))
        return [(f"{month // 100:04}-{month % 100:02}", count) for month, count in found]

    def neighbors(self, day: str) -> tuple[Member | None, Member | None]:
        """Return the last article before a day and the first one after it."""
        start, end = period_range(day)
        columns = f"SELECT {_MEMBER_COLUMNS} FROM article WHERE is_listed"
        before = f"{columns} AND sort_key < ? ORDER BY sort_key DESC, source DESC LIMIT 1"
        after = f"{columns} AND sort_key >= ? ORDER BY sort_key, source LIMIT 1"
        older = self._db.execute(before, (start,)).fetchone()
        newer = self._db.execute(after, (end,)).fetchone()
        return older and Member(*older), newer and Member(*newer)

    def newest(self, limit: int) -> Sequence[Member]:
        """Return the newest articles, newest first."""
        query = (
            f"SELECT {_MEMBER_COLUMNS} FROM article WHERE is_listed "
            "ORDER BY sort_key DESC, source DESC LIMIT ?"
        )
        return [Member(*row) for row in self._db.execute(query, (limit,))]

    def summary(self, article_id: int) -> ArticleSummary:
        """Return what lists show of an article.

        Raises:
            KeyError: If there is none.
            sqlite3.DatabaseError: If it is damaged.
        """
        return self._articles.summary(article_id)

    def detail(self, article_id: int) -> ArticleDetail:
        """Return what an article's own page shows.

        Raises:
            KeyError: If there is none.
            sqlite3.DatabaseError: If it is damaged.
        """
        return self._articles.detail(article_id)

    def urls(self, day: str) -> Mapping[int, str]:
        """Return the URLs of a day's articles by their ids."""
        query = "SELECT id, url FROM article WHERE is_listed AND sort_key >= ? AND sort_key < ?"
        return dict(self._db.execute(query, period_range(day)))

    def related(self, article_id: int) -> Sequence[ArticleSummary]:
        """Return the older articles related to an article, best first."""
        query = "SELECT related_ids_json FROM article WHERE id = ?"
        ((ids_json,),) = self._db.execute(query, (article_id,))
        return [self.summary(related) for related in records.load_ids(ids_json)]

    def neighborhood_digests(self, day: str) -> Mapping[int, tuple[bytes, bytes]]:
        """Return the digests of related articles and of links of a day's articles, by their ids."""
        query = (
            "SELECT id, related_digest, links_digest FROM article "
            "WHERE is_listed AND sort_key >= ? AND sort_key < ?"
        )
        found = self._db.execute(query, period_range(day))
        return {article_id: (related, links) for article_id, related, links in found}

    def targets(self, article_id: int) -> Sequence[Target]:
        """Return what the references of an article lead to, in their order."""
        query = "SELECT links_json, links_digest FROM article WHERE id = ?"
        links_json, links_digest = self._db.execute(query, (article_id,)).fetchone()
        if links_digest and digest(links_json) != links_digest:
            raise sqlite3.DatabaseError(f"the links of article {article_id} are damaged")
        return records.load_targets(links_json)

    def files(self) -> Sequence[PublishedFile]:
        """Return the files of the source folder that are published, ordered by path."""
        query = (
            "SELECT widths_json, has_place, path, folder, digest FROM file "
            "WHERE is_linked AND digest != x'' ORDER BY folder, path"
        )
        return [
            PublishedFile(path, folder, sha, tuple(records.load_ids(widths_json)), bool(has_place))
            for widths_json, has_place, path, folder, sha in self._db.execute(query)
        ]

    def days_with_aliases(self) -> Sequence[str]:
        """Return the days that have articles with aliases, oldest first."""
        query = (
            # The condition is that of a partial index, `article_with_aliases`, word for word.
            f"SELECT DISTINCT sort_key / {SORT_KEYS_PER_DAY} FROM article "
            "WHERE is_listed AND (aliases_json != '[]' OR former_url != '') ORDER BY sort_key"
        )
        return [format_day(day) for (day,) in self._db.execute(query)]

    def aliases(self, day: str) -> Sequence[tuple[str, str, tuple[str, ...]]]:
        """Return source, URL and aliases of a day's articles with aliases, oldest first."""
        query = (
            "SELECT source, url, former_url, aliases_json FROM article "
            "WHERE is_listed AND (aliases_json != '[]' OR former_url != '') "
            "AND sort_key >= ? AND sort_key < ? ORDER BY sort_key, source"
        )
        found = self._db.execute(query, period_range(day))
        return [
            (source, url, (*records.load_aliases(aliases), *filter(None, (former,))))
            for source, url, former, aliases in found
        ]

    def redirect_buckets(self) -> Sequence[tuple[int, bytes]]:
        """Return the buckets of redirects with their digests."""
        query = "SELECT bucket, digest FROM redirect_bucket ORDER BY bucket"
        return self._db.execute(query).fetchall()

    def redirects(self, bucket: int) -> Sequence[tuple[str, str]]:
        """Return the old and the new URLs of a bucket, ordered by the old one."""
        query = (
            "SELECT url, target_url FROM redirect WHERE bucket = ? AND target_url != '~' "
            "ORDER BY key"
        )
        return self._db.execute(query, (bucket,)).fetchall()

    def redirects_digest(self) -> bytes:
        """Return the digest of all redirects, those of articles too."""
        query = (
            "SELECT url, former_url, aliases_json FROM article "
            "WHERE is_listed AND (aliases_json != '[]' OR former_url != '') "
            "ORDER BY sort_key, source"
        )
        rows = (*self._db.execute(query), *self.redirect_buckets())
        return digest(*(repr(row) for row in rows))

    def all_redirects(self) -> Iterator[tuple[str, str]]:
        """Yield all old and new URLs, those of articles first."""
        for day in self.days_with_aliases():
            for _, url, aliases in self.aliases(day):
                for alias in aliases:
                    yield alias, url
        query = "SELECT url, target_url FROM redirect WHERE target_url != '~' ORDER BY key"
        yield from self._db.execute(query)

    def summary_digests(self) -> set[bytes]:
        """Return the digests of all summaries."""
        query = "SELECT summary_digest FROM article WHERE is_listed"
        return {summary_digest for (summary_digest,) in self._db.execute(query)}

    def article_id(self, summary_digest: bytes) -> int:
        """Return the id of the article with a summary digest, by a scan of all articles.

        Raises:
            sqlite3.DatabaseError: If there is none: digests come from the catalogue itself.
        """
        # No index: this is asked only for teasers that are missing, and an index of digests would
        # cost every update more than this saves.
        query = "SELECT id FROM article WHERE is_listed AND summary_digest = ?"
        row = self._db.execute(query, (summary_digest,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"no article has the summary {summary_digest.hex()}")
        return int(row[0])

    def tagged_articles(self) -> Iterator[tuple[str, tuple[Tag, ...]]]:
        """Yield the source of each article, oldest first, with its tags as it spells them."""
        query = (
            "SELECT source, names_json, variants_json FROM article WHERE is_listed "
            "ORDER BY sort_key, source"
        )
        for source, names_json, variants_json in self._db.execute(query):
            yield source, records.load_tags(names_json, variants_json)

    def duplicates(self) -> Sequence[tuple[str, ...]]:
        """Return groups of sources whose articles have the same text, each oldest first."""
        texts = (
            "SELECT text_digest FROM article WHERE is_listed AND text_digest != x'' "
            "GROUP BY text_digest HAVING count(*) > 1"
        )
        sources = (
            "SELECT source FROM article "
            # The second condition seems useless, but without it SQLite cannot use the partial
            # index.
            "WHERE is_listed AND text_digest = ? AND text_digest != x'' ORDER BY sort_key, source"
        )
        found = [self._db.execute(sources, row) for row in self._db.execute(texts).fetchall()]
        return sorted(tuple(source for (source,) in cursor) for cursor in found)

    def url_conflicts(self) -> Sequence[tuple[str, tuple[str, ...]]]:
        """Return URLs that several articles request, with their sources, oldest first."""
        keys = "SELECT url_key FROM article WHERE is_listed GROUP BY url_key HAVING count(*) > 1"
        articles = (
            "SELECT source, requested_url FROM article WHERE is_listed AND url_key = ? "
            "ORDER BY sort_key, source"
        )
        shared = sorted(self._db.execute(keys))
        found = [self._db.execute(articles, key).fetchall() for key in shared]
        return [(rows[0][1], tuple(source for source, _ in rows)) for rows in found]

    def _select_linked_tags(self, numbers: Sequence[int]) -> Iterator[tuple[int, TagKind, str]]:
        """Yield id, kind and key of each given term that is a tag with a page."""
        for start in range(0, len(numbers), _BATCH_SIZE):
            batch = numbers[start : start + _BATCH_SIZE]
            query = (
                f"SELECT id, kind, key FROM term WHERE id IN ({','.join('?' * len(batch))}) "
                "AND has_page AND kind != 'author'"
            )
            yield from self._db.execute(query, batch)

    def _load_periods(self, kind: GroupKind) -> Sequence[Group]:
        query = "SELECT kind, key, count, digest FROM period WHERE kind = ? ORDER BY key"
        return tuple(_make_period(*row) for row in self._db.execute(query, (kind,)))


def _make_period(kind: GroupKind, key: str, count: int, digest: bytes) -> Group:
    return Group(kind, key, key, key, count, key, key, digest)


def _make_term_group(
    kind: GroupKind,
    key: str,
    label: str,
    slug: str,
    count: int,
    first_day: int,
    last_day: int,
    digest: bytes,
) -> Group:
    days = (format_day(first_day), format_day(last_day))
    return Group(kind, key, label, slug, count, *days, digest)
