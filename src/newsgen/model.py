"""The records that travel along the line, frozen and typed.

    Source -> RawArticle -> Article -> Card -> Page

Records hold values and know nothing of files, templates or configuration; what one stage hands to
the next is spelled here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple

TagKind = Literal["topic", "person", "place", "organization"]
TAG_KINDS: Final[tuple[TagKind, ...]] = ("topic", "person", "place", "organization")
TermKind = TagKind | Literal["author"]
TERM_KINDS: Final[tuple[TermKind, ...]] = (*TAG_KINDS, "author")
PeriodKind = Literal["day", "month", "year"]
PERIOD_KINDS: Final[tuple[PeriodKind, ...]] = ("day", "month", "year")
GroupKind = Literal["topic", "person", "place", "organization", "author", "day", "month", "year"]
Markup = Literal["text", "markdown", "prose"]
"""How a body is marked up; prose is Markdown that makes paragraphs and nothing else."""


class Moment(NamedTuple):
    """A point in time as an article gives it: a day, perhaps a time, perhaps an offset from UTC.

    `iso` is ISO 8601: `2025-08-30`, `2025-08-30T14:05:00` or `2025-08-30T14:05:00+03:00`.
    """

    iso: str

    @property
    def day(self) -> date:
        """The calendar day, as written."""
        return date.fromisoformat(self.iso[:10])

    @property
    def time(self) -> datetime | None:
        """Day and time together, or None where the article gives no time."""
        return datetime.fromisoformat(self.iso) if len(self.iso) > 10 else None  # noqa: PLR2004

    @property
    def sort_key(self) -> int:
        """`YYYYMMDDhhmmss` of the local day and time as a number; no time sorts as midnight."""
        clock = self.iso[11:19].replace(":", "") or "000000"
        return int(self.iso[:4] + self.iso[5:7] + self.iso[8:10] + clock)


class Source(NamedTuple):
    """A file that may hold an article, as the folder's listing shows it.

    `path` is relative to the source folder, with `/`; size in bytes, time of change in nanoseconds.
    """

    path: str
    size: int
    mtime_ns: int
    inode: int


class RawField(NamedTuple):
    """What an article's file says of one thing, as text, and the line where it says so."""

    value: str | tuple[str, ...]
    line: int
    label: str = ""
    """The name as written, for a field that newsgen does not know."""

    @property
    def text(self) -> str:
        """The value as one text."""
        return self.value if isinstance(self.value, str) else ", ".join(self.value)


class RawArticle(NamedTuple):
    """One file, taken apart by its syntax; nothing in it has been judged.

    `fields` are keyed by newsgen's names (`headline`, `date`, …); `body_start` is the offset of the
    body in the decoded text, in characters.
    """

    fields: Mapping[str, RawField]
    extra: Mapping[str, RawField]
    body: str
    body_start: int
    body_line: int
    markup: Markup
    has_escapes: bool = False
    """Whether the fields may hold characters that are not in the text as such."""


class Tag(NamedTuple):
    """What an article is about, as the article spells it.

    `mentions` counts how often its text names what was recognised in it, 0 for a tag that the
    article brings along. `span` is where the body's words first name it so that it can be linked,
    `variants` what else the article calls it.
    """

    kind: TagKind
    name: str
    mentions: int = 0
    span: tuple[int, int] | None = None
    variants: tuple[str, ...] = ()


class Extra(NamedTuple):
    """A field that newsgen keeps and shows but does not act on: `photo`, `Фото`, (`Reuters`,)."""

    name: str
    label: str
    values: tuple[str, ...]


class Correction(NamedTuple):
    """What was put right in an article after it was published, and when."""

    date: Moment
    text: str


class Article(NamedTuple):
    """One article, valid and complete, but for its body's text: that stays in its file.

    `encoding`, `is_clean`, `body_start`, `body_end` and `markup` say how to find the body there
    again; a clean file's text needs no mending once it is decoded.
    """

    source: str
    digest: bytes
    headline: str
    published: Moment
    slug: str
    summary: str
    authors: tuple[str, ...]
    tags: tuple[Tag, ...]
    language: str
    encoding: str
    is_clean: bool
    body_start: int
    body_end: int
    markup: Markup
    updated: Moment | None = None
    draft: bool = False
    aliases: tuple[str, ...] = ()
    extra: tuple[Extra, ...] = ()
    corrections: tuple[Correction, ...] = ()
    text_digest: bytes = b""
    """Names the words of the body, whatever their layout; empty for an empty body."""


class Term(NamedTuple):
    """A tag or an author as a link: what to show, and where its page is; "" if it has none."""

    kind: GroupKind
    label: str
    slug: str


class TagSpan(NamedTuple):
    """Where the body's words, from `start` up to `end`, name what one of the article's tags names.

    `tag` is its place among the card's tags.
    """

    tag: int
    start: int
    end: int


class ArticleSummary(NamedTuple):
    """What a listing may show of an article. `url` is relative to the site's root."""

    id: int
    headline: str
    published: Moment
    url: str
    summary: str
    authors: tuple[Term, ...]
    tags: tuple[Term, ...]
    language: str
    digest: bytes


class ArticleDetail(NamedTuple):
    """All that an article's own page may show of it: the fields of its summary, and these."""

    id: int
    headline: str
    published: Moment
    url: str
    summary: str
    authors: tuple[Term, ...]
    tags: tuple[Term, ...]
    language: str
    digest: bytes
    source: str
    source_digest: bytes
    encoding: str
    is_clean: bool
    body_start: int
    body_end: int
    markup: Markup
    updated: Moment | None
    extra: tuple[Extra, ...]
    corrections: tuple[Correction, ...] = ()
    tag_spans: tuple[TagSpan, ...] = ()


class Member(NamedTuple):
    """An article as a member of a group: its number in the catalogue and two digests."""

    id: int
    summary_digest: bytes
    detail_digest: bytes


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of one tag, author, day, month or year.

    `key` tells groups of a kind apart: a folded name, or `2025-08-30`, `2025-08`, `2025`.
    `first` and `last` are the days of its oldest and newest article. `digest` names all that its
    articles show, in their order.
    """

    kind: GroupKind
    key: str
    label: str
    slug: str
    count: int
    first: str
    last: str
    digest: bytes


class Unit(NamedTuple):
    """A batch of pages that become stale together.

    `digest` covers everything that the unit's pages may show: while it is unchanged, so are they.
    `data` is what the pages are planned from.
    """

    kind: str
    key: str
    digest: bytes
    data: tuple[Any, ...] = ()


class Page(NamedTuple):
    """One file of the site, not yet rendered.

    `path` is relative to the output folder. `digests` cover everything that the page may show, one
    for each of its kind's `digest_names`. The kind's view turns `data` into the template's values.
    `source` is the file in the source folder that asks for this path, "" if none does.
    """

    kind: str
    path: str
    template: str
    digests: tuple[bytes, ...]
    data: tuple[Any, ...] = ()
    source: str = ""
