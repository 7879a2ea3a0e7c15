"""Conversion between articles and rows of the catalogue's `article` table.

Scalar fields have columns of their own. Lists that are only ever read whole with their article are
kept as JSON in columns named `..._json`. This module runs no SQL.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, cast
from zlib import crc32

from newsgen.catalogue.keys import MAX_SORT_KEY
from newsgen.core.digest import digest
from newsgen.model import (
    Article,
    ArticleDetail,
    ArticleSummary,
    Correction,
    Extra,
    LeadPicture,
    Moment,
    Picture,
    Reference,
    Tag,
    TagKind,
    TagSpan,
    Target,
    Term,
    TermKind,
    UrlRequest,
)
from newsgen.text.folding import fold

# `json.dumps` would make a new encoder at each call. ensure_ascii: Cyrillic stays readable in the
# `sqlite3` shell.
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_NO_URL_REQUEST: Final = UrlRequest()

SHOWN_COLUMNS: Final = "url, headline, published, summary, language, lead_json"
"""Columns that lists show, as `compute_summary_digest` takes them."""

SUMMARY_COLUMNS: Final = f"{SHOWN_COLUMNS}, summary_digest"
"""Columns that `load_summary` takes, in this order."""

DETAIL_COLUMNS: Final = (
    "source, source_digest, encoding, is_clean, body_start, body_end, markup, updated, "
    "extra_json, corrections_json, tag_spans_json"
)
"""Columns that `load_detail` takes, in this order."""


class ArticleRow(NamedTuple):
    """Article as columns of the `article` table, as far as they depend on the article alone.

    Worker processes make these rows, so they hold plain values that are cheap to pickle. The
    schema explains each column.
    """

    source: str
    headline: str
    published: str
    sort_key: int
    listed_from: int
    listed_until: int
    updated: str | None
    is_draft: bool
    slug: str
    summary: str
    language: str
    encoding: str
    is_clean: bool
    body_start: int
    body_end: int
    markup: str
    names_json: str
    variants_json: str
    aliases_json: str
    url_request_json: str
    extra_json: str
    corrections_json: str
    tag_spans_json: str
    references_json: str
    picture_json: str
    source_digest: bytes
    text_digest: bytes
    detail_digest: bytes
    checksum: int = 0

    def compute_checksum(self) -> int:
        """Return what `checksum` has to be, the CRC-32 of all other columns."""
        # SQLite gives booleans back as numbers. The checksum itself comes last.
        row = self._replace(is_draft=bool(self.is_draft), is_clean=bool(self.is_clean))
        # Not `repr`, which is slow for Cyrillic letters.
        return crc32("\0".join(map(str, row[:-1])).encode())


class FileRow(NamedTuple):
    """Facts about a file that articles refer to, as columns of the `file` table.

    Attributes:
        digest: SHA-256 of its bytes.
        width: Pixels of a picture as shown, 0 for anything else.
        height: Pixels of a picture as shown, 0 for anything else.
        widths: Pixels of the smaller versions of a picture, the largest first.
        has_place: Whether a picture's metadata tell where it was made.
        fault: Why a picture cannot be decoded, empty if it can.
    """

    digest: bytes
    width: int = 0
    height: int = 0
    widths: tuple[int, ...] = ()
    has_place: bool = False
    fault: str = ""


def to_row(article: Article) -> ArticleRow:
    """Return an article as a row for the catalogue."""
    tags = _drop_duplicates(article.tags)
    # Authors come first: `load_summary` relies on it.
    names = [("author", author, 0) for author in article.authors]
    names += [(tag.kind, tag.name, tag.mentions) for tag in tags]
    variants = [(index, *tag.variants) for index, tag in enumerate(tags) if tag.variants]
    updated = article.updated.iso if article.updated else None
    publish_from = article.publish_from or article.published
    extra_json = dump_json(article.extra)
    corrections_json = dump_json([(made.date.iso, made.text) for made in article.corrections])
    spans = [(index, *tag.span) for index, tag in enumerate(tags) if tag.span]
    tag_spans_json = dump_json(spans)
    references_json = dump_json(article.references)
    row = ArticleRow(
        source=article.source,
        headline=article.headline,
        published=article.published.iso,
        sort_key=article.published.sort_key,
        listed_from=max(article.published.sort_key, publish_from.sort_key),
        listed_until=article.expires.sort_key if article.expires else MAX_SORT_KEY,
        updated=updated,
        is_draft=article.is_draft,
        slug=article.slug,
        summary=article.summary,
        language=article.language,
        encoding=article.encoding,
        is_clean=article.is_clean,
        body_start=article.body_start,
        body_end=article.body_end,
        markup=article.markup,
        names_json=dump_json(names),
        variants_json=dump_json(variants),
        aliases_json=dump_json(article.aliases),
        url_request_json=dump_json(article.url_request if any(article.url_request) else ()),
        extra_json=extra_json,
        corrections_json=corrections_json,
        tag_spans_json=tag_spans_json,
        references_json=references_json,
        picture_json=dump_json(
            [article.picture, article.picture_caption] if article.picture else []
        ),
        source_digest=article.source_digest,
        text_digest=article.text_digest,
        detail_digest=compute_detail_digest(
            *(article.source, article.source_digest, article.encoding, article.is_clean),
            *(article.body_start, article.body_end, article.markup, updated),
            *(extra_json, corrections_json, tag_spans_json),
        ),
    )
    return row._replace(checksum=row.compute_checksum())


def compute_summary_digest(shown: Sequence[str], term_digests: Iterable[bytes]) -> bytes:
    """Return the digest of all that lists show of an article.

    Args:
        shown: Values of `SHOWN_COLUMNS`.
        term_digests: Digests of its terms, from `compute_term_digest`.
    """
    return digest(*shown, *term_digests)


def compute_term_digest(kind: str, label: str, linked_slug: str) -> bytes:
    """Return the digest of what a summary shows of a term."""
    return digest(kind, label, linked_slug)


def compute_detail_digest(source: str, source_digest: bytes, *columns: Any) -> bytes:
    """Return the digest of all that an article's own page shows apart from its summary.

    Args:
        source: Path of its file.
        source_digest: SHA-256 of its file. It covers the body, but not how the body is read or what
            is recognized in it.
        columns: Values of the rest of `DETAIL_COLUMNS`.
    """
    encoding, is_clean, start, end, markup, updated, *lists = columns
    # One part of the digest is cheaper than six. None of them but the first can hold a space.
    reading = f"{encoding} {bool(is_clean)} {start} {end} {markup} {updated}"
    return digest(source, source_digest, reading, *lists)


def _drop_duplicates(tags: Iterable[Tag]) -> list[Tag]:
    """Return tags without those that fold to the name of an earlier tag of the same kind."""
    found: dict[tuple[str, str], Tag] = {}
    for tag in tags:
        found.setdefault((tag.kind, fold(tag.name)), tag)
    return list(found.values())


def dump_json(values: Sequence[Any]) -> str:
    """Return a list as compact JSON."""
    return _encode(values) if values else "[]"


def load_names(names_json: str) -> list[tuple[TermKind, str, int]]:
    """Return kind, name and mentions of an article's authors and tags, as it spells them."""
    names: list[tuple[TermKind, str, int]] = json.loads(names_json)
    return names


def load_tags(names_json: str, variants_json: str) -> tuple[Tag, ...]:
    """Return an article's tags as it spells them, without the places where it names them."""
    names = [name for name in load_names(names_json) if name[0] != "author"]
    variants = {index: tuple(others) for index, *others in json.loads(variants_json)}
    return tuple(
        Tag(cast("TagKind", kind), name, mentions, variants=variants.get(index, ()))
        for index, (kind, name, mentions) in enumerate(names)
    )


def dump_ids(ids: Iterable[int]) -> str:
    """Return ids of rows as JSON."""
    # Python writes a list of integers as JSON does, and three times as fast as the encoder.
    return str(list(ids))


def load_ids(ids_json: str) -> list[int]:
    """Return ids of rows."""
    ids: list[int] = json.loads(ids_json)
    return ids


def load_id_lists(lists: Iterable[str]) -> list[list[int]]:
    """Return several lists of ids."""
    # Parsing one text is four times as fast as parsing each list by itself.
    ids: list[list[int]] = json.loads(f"[{','.join(lists)}]")
    return ids


def load_references(references_json: str) -> list[Reference]:
    """Return the references of an article."""
    return [
        Reference(is_media, target, line, fragment, tuple(keys))
        for is_media, target, line, fragment, keys in json.loads(references_json)
    ]


def load_targets(links_json: str) -> tuple[Target, ...]:
    """Return the targets of an article's references."""
    return tuple(
        Target(url, is_found, load_picture(*picture) if picture else None)
        for url, is_found, picture in json.loads(links_json)
    )


def load_picture(width: int, height: int, widths: Sequence[int]) -> Picture:
    """Return the size of a picture and of its versions."""
    return Picture(width, height, tuple(widths))


def dump_lead_picture(lead: LeadPicture | None) -> str:
    """Return a lead picture as JSON."""
    return dump_json(lead or ())


def load_lead_picture(lead_json: str) -> LeadPicture | None:
    """Return a lead picture from its JSON."""
    if lead_json == "[]":
        return None
    url, picture, caption, is_in_body = json.loads(lead_json)
    return LeadPicture(url, load_picture(*picture) if picture else None, caption, is_in_body)


def load_aliases(aliases_json: str) -> tuple[str, ...]:
    """Return former URLs of an article."""
    return tuple(json.loads(aliases_json))


def load_url_request(url_request_json: str) -> UrlRequest:
    """Return what the fields of an article say about its URL."""
    if url_request_json == "[]":
        return _NO_URL_REQUEST
    url, former_slug, tokens = json.loads(url_request_json)
    return UrlRequest(url, former_slug, tuple((name, value) for name, value in tokens))


def load_summary(article_id: int, terms: Sequence[Term], *columns: Any) -> ArticleSummary:
    """Return what lists show of an article.

    Args:
        article_id: Id of the article.
        terms: Its authors and tags, in the order of its row.
        columns: Values of `SUMMARY_COLUMNS`.
    """
    url, headline, published, summary, language, lead_json, summary_digest = columns
    authors = tuple(term for term in terms if term.kind == "author")
    return ArticleSummary(
        id=article_id,
        headline=headline,
        published=Moment(published),
        url=url,
        summary=summary,
        authors=authors,
        tags=tuple(terms[len(authors) :]),  # `to_row` puts authors first
        language=language,
        lead_picture=load_lead_picture(lead_json),
        summary_digest=summary_digest,
    )


def load_detail(summary: ArticleSummary, *columns: Any) -> ArticleDetail:
    """Return what an article's own page shows.

    Args:
        summary: Summary of the article.
        columns: Values of `DETAIL_COLUMNS`.
    """
    source, source_digest, encoding, is_clean, start, end, markup, updated, *lists = columns
    extra, corrections, spans = map(json.loads, lists)
    return ArticleDetail(
        *summary,
        source=source,
        source_digest=source_digest,
        encoding=encoding,
        is_clean=bool(is_clean),
        body_start=start,
        body_end=end,
        markup=markup,
        updated=Moment(updated) if updated else None,
        extra=tuple(Extra(name, label, tuple(values)) for name, label, values in extra),
        corrections=tuple(Correction(Moment(date), text) for date, text in corrections),
        tag_spans=tuple(TagSpan(*span) for span in spans),
    )
