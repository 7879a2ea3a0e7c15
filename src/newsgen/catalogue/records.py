"""Articles as rows of the catalogue: what is kept as text, and how it is read back.

Parts of one text stand behind one another with a separator of ASCII between them, which no field of
an article can hold: they are control characters, and those are taken out when a file is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from newsgen.catalogue.keys import Name
from newsgen.core.digest import digest
from newsgen.model import (
    Article,
    ArticleDetail,
    ArticleSummary,
    Correction,
    Extra,
    Moment,
    Tag,
    TagSpan,
    Term,
)
from newsgen.text.folding import fold

_UNIT: Final = "\x1f"
_RECORD: Final = "\x1e"
_GROUP: Final = "\x1d"


class ArticleRow(NamedTuple):
    """An article made ready for filing, in plain values that travel lightly between processes.

    `names` are what it is filed under; `face` is what a list shows beside them, `details` what its
    own page needs beside, all as text; `entry` names all that its page shows of it.
    """

    source: str
    sort: int
    date: str
    slug: str
    draft: bool
    names: str
    face: str
    details: str
    aliases: str
    source_digest: bytes
    text_digest: bytes
    entry: bytes


def to_row(article: Article) -> ArticleRow:
    """Make an article ready for filing."""
    tags = _each_once(article.tags)
    names = [f"author{_UNIT}{author}" for author in article.authors]
    names += map(_dump_tag, tags)
    date = article.published.iso
    details = _dump_details(article, tags)
    return ArticleRow(
        source=article.source,
        sort=article.published.sort_key,
        date=date,
        slug=article.slug,
        draft=article.draft,
        names=_RECORD.join(names),
        face=_UNIT.join((article.headline, date, article.summary, article.language)),
        details=details,
        aliases=_UNIT.join(article.aliases),
        source_digest=article.digest,
        text_digest=article.text_digest,
        entry=digest(article.source, article.digest, details),
    )


def load_names(text: str) -> list[Name]:
    """What an article is filed under, from its text."""
    return [_name(*record.split(_UNIT)) for record in text.split(_RECORD)] if text else []


def _name(kind: str, name: str, mentions: str = "0") -> Name:
    return Name(kind, name, int(mentions))  # type: ignore[arg-type]


def _each_once(tags: Iterable[Tag]) -> list[Tag]:
    """Tags without those that are filed as an earlier one is."""
    found: dict[tuple[str, str], Tag] = {}
    for tag in tags:
        found.setdefault((tag.kind, fold(tag.name)), tag)
    return list(found.values())


def _dump_tag(tag: Tag) -> str:
    parts = (tag.kind, tag.name, str(tag.mentions)) if tag.mentions else (tag.kind, tag.name)
    return _UNIT.join(parts)


def dump_ids(ids: Sequence[int]) -> str:
    """Numbers of rows as text."""
    return str(ids)


def split_ids(text: str) -> list[str]:
    """Numbers of rows from their text, each as text still."""
    return text[1:-1].split(", ") if len(text) > len("[]") else []


def load_ids(text: str) -> list[int]:
    """Numbers of rows from their text."""
    return list(map(int, split_ids(text)))


def date_in(face: str) -> str:
    """The date in a face, ISO 8601."""
    return face.split(_UNIT)[1]


def text_in(face: str) -> str:
    """The headline and the summary in a face, a line each."""
    headline, _, summary, _ = face.split(_UNIT)
    return f"{headline}\n{summary}"


def load_aliases(text: str) -> tuple[str, ...]:
    """Aliases from their text."""
    return tuple(text.split(_UNIT)) if text else ()


def summary_digest(face: str, url: str, terms: Iterable[tuple[str, str, str]]) -> bytes:
    """Names all that a card shows; a term is its kind, label and slug."""
    return digest(face, url, *(part for term in terms for part in term))


def load_summary(
    number: int, url: str, face: str, name: bytes, terms: Sequence[Term]
) -> ArticleSummary:
    """A card from its row and what it is filed under."""
    headline, published, summary, language = face.split(_UNIT)
    authors = tuple(term for term in terms if term.kind == "author")
    tags = tuple(terms[len(authors) :])
    return ArticleSummary(
        number, headline, Moment(published), url, summary, authors, tags, language, name
    )


def load_detail(
    summary: ArticleSummary, source: str, source_digest: bytes, details: str
) -> ArticleDetail:
    """Make an article's detail from its summary and its row."""
    encoding, clean, start, end, markup, updated, extra, mentions, put_right = details.split(_GROUP)
    return ArticleDetail(
        *summary,
        source=source,
        source_digest=source_digest,
        encoding=encoding,
        is_clean=bool(clean),
        body_start=int(start),
        body_end=int(end),
        markup=markup,  # type: ignore[arg-type]
        updated=Moment(updated) if updated else None,
        extra=tuple(map(_load_extra, extra.split(_RECORD))) if extra else (),
        corrections=tuple(map(_load_correction, put_right.split(_RECORD))) if put_right else (),
        tag_spans=tuple(_load_mentions(mentions)),
    )


def _load_extra(text: str) -> Extra:
    name, label, *values = text.split(_UNIT)
    return Extra(name, label, tuple(values))


def _load_correction(text: str) -> Correction:
    date, _, said = text.partition(_UNIT)
    return Correction(Moment(date), said)


def _load_mentions(text: str) -> Iterator[TagSpan]:
    for record in text.split(_RECORD) if text else ():
        yield TagSpan(*map(int, record.split(_UNIT)))


def _dump_details(article: Article, tags: Sequence[Tag]) -> str:
    mentions = (
        _UNIT.join(map(str, (place, *tag.span))) for place, tag in enumerate(tags) if tag.span
    )
    extras = (_UNIT.join((extra.name, extra.label, *extra.values)) for extra in article.extra)
    return _GROUP.join(
        (
            article.encoding,
            "clean" if article.is_clean else "",
            str(article.body_start),
            str(article.body_end),
            article.markup,
            article.updated.iso if article.updated else "",
            _RECORD.join(extras),
            _RECORD.join(mentions),
            _RECORD.join(_UNIT.join((made.date.iso, made.text)) for made in article.corrections),
        )
    )
