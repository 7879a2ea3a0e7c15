"""Records that stages hand to each other, frozen and typed.

    Source -> RawArticle -> Article -> ArticleSummary and ArticleDetail -> Page

They hold plain values and do no work: no files, templates or configuration are known here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any, Final, Literal, NamedTuple

# --- Kinds ----------------------------------------------------------------------------------------

TagKind = Literal["topic", "person", "place", "organization"]
TAG_KINDS: Final[tuple[TagKind, ...]] = ("topic", "person", "place", "organization")
TermKind = TagKind | Literal["author"]
TERM_KINDS: Final[tuple[TermKind, ...]] = (*TAG_KINDS, "author")
PeriodKind = Literal["day", "month", "year"]
PERIOD_KINDS: Final[tuple[PeriodKind, ...]] = ("day", "month", "year")
# Spelled out: mypy does not see that a union of the literals above is one literal type.
GroupKind = Literal["topic", "person", "place", "organization", "author", "day", "month", "year"]

Markup = Literal["text", "markdown", "prose"]
"""Markup of a body. `prose` is Markdown restricted to paragraphs."""


_KNOWN: Final = re.compile(r"\d{4}(?!\d)(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
_UNKNOWN_DAY: Final = "0000-00-00"


class Moment(NamedTuple):
    """Point in time as precise as an article gives it: a year, a month, a day, a time, or nothing.

    Attributes:
        iso: ISO 8601: `2025-08-30`, `2025-08-30T14:05:00` or `2025-08-30T14:05:00+03:00`. Partial
            and uncertain dates are EDTF level 1 (ISO 8601-2): `1937-06`, `1937?`, `193X`,
            `1937-06/1937-08`. Empty if nothing is known.
    """

    iso: str

    @property
    def known(self) -> str:
        """Known day, month or year: `2025-08-30`, `1937-06`, `1937`, "" if not even the year is."""
        match = _KNOWN.match(self.iso)
        known = match[0] if match else ""
        if "/" not in self.iso:
            return known
        # Of an interval, only what both ends have in common is known.
        last = Moment(self.iso.partition("/")[2]).known
        both = zip(known.split("-"), last.split("-"), strict=False)
        return "-".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], both))

    @property
    def day(self) -> date | None:
        """Calendar day as written, in the article's own time zone, None if it is unknown."""
        known = self.known
        return date.fromisoformat(known) if len(known) == len(_UNKNOWN_DAY) else None

    @property
    def day_key(self) -> str:
        """Key of the day, with zeros for what is unknown: `1937-06-00`, `0000-00-00`."""
        known = self.known
        return known + _UNKNOWN_DAY[len(known) :]

    @property
    def time(self) -> datetime | None:
        """Day and time, or None if the article gives no time."""
        return datetime.fromisoformat(self.iso) if "T" in self.iso else None

    @property
    def html_datetime(self) -> str:
        """Value of HTML's `datetime` attribute, "" if nothing is known."""
        return self.iso if "T" in self.iso else self.known

    @property
    def sort_key(self) -> int:
        """Local day and time as a number, `YYYYMMDDhhmmss`. A day without a time is midnight.

        Zeros stand for an unknown month or day, so a month sorts before its days.
        """
        # The offset is ignored: an article belongs to the day that it is dated with.
        clock = self.iso[11:19].replace(":", "") if "T" in self.iso else "000000"
        return int(self.day_key.replace("-", "") + clock)


# --- From a file to an article --------------------------------------------------------------------


class Source(NamedTuple):
    """File that may hold an article, as its folder's listing describes it.

    Attributes:
        path: Relative to the source folder, with `/` between its parts.
        size: bytes.
        mtime_ns: Time of the last change, nanoseconds since 1970. -1 if the file changed so
            recently that another change could leave the same time.
        inode: Number of the file in its file system.
    """

    path: str
    size: int
    mtime_ns: int
    inode: int


class RawField(NamedTuple):
    """Field of an article's file, before validation.

    Attributes:
        value: Text, or texts if the format has lists.
        line: Line number in the file, from 1.
        label: Name as written, for a field that newsgen does not know.
    """

    value: str | tuple[str, ...]
    line: int
    label: str = ""

    @property
    def text(self) -> str:
        """Value as a single text, a list joined by commas."""
        return self.value if isinstance(self.value, str) else ", ".join(self.value)


class RawProblem(NamedTuple):
    """Problem that a format finds in a file that it can read.

    Attributes:
        code: A key of `problems.CODES`.
        message: A sentence about the fault.
        line: Line number in the file, from 1.
    """

    code: str
    message: str
    line: int


class RawArticle(NamedTuple):
    """Article's file split by its syntax, before validation.

    Attributes:
        fields: Known fields by newsgen's own names (`headline`, `date`, ...).
        extra: All other fields.
        body: Text of the body.
        body_start: Characters of decoded text before the body.
        body_line: Line number of the body's first line, from 1.
        markup: Markup of the body.
        has_escapes: Whether escape sequences may put characters into fields that are not in the
            decoded text, which was cleaned already.
        problems: What is wrong with the syntax although it could be read.
    """

    fields: Mapping[str, RawField]
    extra: Mapping[str, RawField]
    body: str
    body_start: int
    body_line: int
    markup: Markup
    has_escapes: bool = False
    problems: tuple[RawProblem, ...] = ()


class Tag(NamedTuple):
    """Subject of an article, as the article spells it.

    Attributes:
        kind: Kind of subject.
        name: As written.
        mentions: Number of times that the text names it if it was recognized there, 0 if the
            article's own fields give it.
        span: First mention that can be linked, start and end in characters of the body's words
            without markup (see `text.html_words`).
        variants: Other names for it in the article.
    """

    kind: TagKind
    name: str
    mentions: int = 0
    span: tuple[int, int] | None = None
    variants: tuple[str, ...] = ()


class Extra(NamedTuple):
    """Field that is shown but has no meaning for newsgen: `photo`, `Фото`, (`Reuters`,).

    Attributes:
        name: Key in `RawArticle.extra`, the name in lower case.
        label: Name as written.
        values: One or several texts.
    """

    name: str
    label: str
    values: tuple[str, ...]


class UrlRequest(NamedTuple):
    """Wishes of an article's fields for its URL.

    Attributes:
        url: URL that it asks for in place of the permalink, empty if it asks for none.
        former_slug: Slug as written, if that could not be used and leads to a redirect.
        tokens: Pairs of a placeholder of the permalink and its value.
    """

    url: str = ""
    former_slug: str = ""
    tokens: tuple[tuple[str, str], ...] = ()


class Correction(NamedTuple):
    """Note about a mistake that was corrected after publication.

    Attributes:
        date: Date of the correction.
        text: Text of the note.
    """

    date: Moment
    text: str


class Reference(NamedTuple):
    """Link or embedded file of a body that may lead to another part of the archive.

    Attributes:
        is_media: Whether the file is shown in the page, as a picture is.
        target: As written.
        line: Line number in the article's file, from 1.
        fragment: Part of the target after `#`, with the `#`.
        keys: Where to look for the target, best first, as `enrich.references` makes them.
    """

    is_media: bool
    target: str
    line: int
    fragment: str
    keys: tuple[str, ...]


class Article(NamedTuple):
    """Valid article, complete except for its body, which stays in its file.

    Attributes:
        source: Path of its file, as in `Source.path`.
        source_digest: SHA-256 of its file.
        headline: Plain text.
        published: Date of publication.
        slug: Last part of its URL.
        summary: Plain text, empty if there is no body.
        authors: Names as written.
        tags: Subjects, the article's own and recognized ones.
        language: BCP 47 tag, empty for the site's language.
        encoding: Encoding of the file.
        is_clean: Whether the decoded text needed no cleaning. If it did, it must be cleaned again
            before `body_start` and `body_end` apply.
        body_start: Start of the body in the text, in characters.
        body_end: End of the body in the text, in characters.
        markup: Markup of the body.
        updated: Date of the last update.
        is_draft: Whether the article is a draft.
        aliases: Former URLs that redirect to the article.
        extra: Other fields, in their order.
        corrections: Notes of corrections, in their order.
        text_digest: Digest of the body's words regardless of layout, empty for an empty body.
        references: Links and embedded files of the body, in their order. The lead picture that
            the article's fields name comes last.
        picture: Lead picture as the article's fields name it: a path or a URL.
        picture_caption: Caption of the lead picture.
        publish_from: Date from which the article is on the site, if that is not `published`.
        expires: Date from which the article is off the site.
        url_request: Wishes of its fields for its URL.
    """

    source: str
    source_digest: bytes
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
    is_draft: bool = False
    aliases: tuple[str, ...] = ()
    extra: tuple[Extra, ...] = ()
    corrections: tuple[Correction, ...] = ()
    text_digest: bytes = b""
    references: tuple[Reference, ...] = ()
    picture: str = ""
    picture_caption: str = ""
    publish_from: Moment | None = None
    expires: Moment | None = None
    url_request: UrlRequest = UrlRequest()


# --- From the catalogue to pages ------------------------------------------------------------------


class Term(NamedTuple):
    """Tag or author as a link.

    Attributes:
        kind: Kind of term.
        label: Text to show.
        slug: Last part of its page's URL, empty if it has no page.
    """

    kind: GroupKind
    label: str
    slug: str


class TagSpan(NamedTuple):
    """Mention of one of the article's tags that can be linked to it.

    Attributes:
        tag: Index in the article's tags.
        start: Offset in the body's words, in characters, as in `Tag.span`.
        end: Offset after the last character.
    """

    tag: int
    start: int
    end: int


class Picture(NamedTuple):
    """Picture as published.

    Attributes:
        width: Pixels, of the original.
        height: Pixels, of the original.
        widths: Pixels of its smaller versions, the largest first.
    """

    width: int
    height: int
    widths: tuple[int, ...] = ()


class Target(NamedTuple):
    """Place that a reference leads to.

    Attributes:
        url: Relative to the site's root. As written if the reference leads nowhere.
        is_found: Whether the reference leads somewhere.
        picture: Size of the picture, None for anything else.
    """

    url: str
    is_found: bool = True
    picture: Picture | None = None


class LeadPicture(NamedTuple):
    """Picture of an article that lists show.

    Attributes:
        url: Relative to the site's root, percent-encoded. Of another host: absolute.
        picture: Its size, None for a picture of another host.
        caption: Plain text, empty without one.
        is_in_body: Whether the article's body shows it, too.
    """

    url: str
    picture: Picture | None = None
    caption: str = ""
    is_in_body: bool = False


class ArticleSummary(NamedTuple):
    """Part of an article that lists may show.

    Attributes:
        id: Number of the article in the catalogue, valid until the next update.
        headline: Plain text.
        published: Date of publication.
        url: Relative to the site's root.
        summary: Plain text.
        authors: With the pages that they have.
        tags: With the pages that they have.
        language: BCP 47 tag, empty for the site's language.
        lead_picture: None without one.
        summary_digest: Digest of all other fields except `id`.
    """

    id: int
    headline: str
    published: Moment
    url: str
    summary: str
    authors: tuple[Term, ...]
    tags: tuple[Term, ...]
    language: str
    lead_picture: LeadPicture | None
    summary_digest: bytes


class ArticleDetail(NamedTuple):
    """Part of an article that its own page may show: its summary and fields of `Article`.

    The fields of `ArticleSummary` are repeated because a NamedTuple cannot be extended. Lists are
    never given details, as every change of a body would make them stale.
    """

    id: int
    headline: str
    published: Moment
    url: str
    summary: str
    authors: tuple[Term, ...]
    tags: tuple[Term, ...]
    language: str
    lead_picture: LeadPicture | None
    summary_digest: bytes
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


class PublishedFile(NamedTuple):
    """File of the source folder that articles refer to.

    Attributes:
        path: Relative to the source folder.
        folder: Path of its folder with a slash at its end, "" for the source folder.
        digest: SHA-256 of its bytes.
        widths: Pixels of the smaller versions of a picture, the largest first.
        has_place: Whether a picture's metadata tell where it was made.
    """

    path: str
    folder: str
    digest: bytes
    widths: tuple[int, ...] = ()
    has_place: bool = False


class Member(NamedTuple):
    """Article as a member of a group.

    Attributes:
        id: Number of the article in the catalogue.
        summary_digest: Digest of all that a list may show of it.
        detail_digest: Digest of all else that its own page may show.
    """

    id: int
    summary_digest: bytes
    detail_digest: bytes


@dataclass(frozen=True, slots=True)
class Group:
    """Articles of one tag, author, day, month or year.

    Attributes:
        kind: Kind of group.
        key: Unique among groups of the kind: a folded name, or `2025-08-30`, `2025-08`, `2025`.
        label: Text to show; the key of a period.
        slug: Last part of its page's URL; the key of a period.
        count: Number of articles.
        first: Day of the oldest article, ISO 8601; the key of a period.
        last: Day of the newest article, ISO 8601; the key of a period.
        digest: Digest of all that the group's articles show, in their order.
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
    """Unit of invalidation: a batch of pages that become stale together.

    Attributes:
        kind: Name of the page kind.
        key: Unique among units of the kind.
        digest: Digest of everything that its pages may show. If it is unchanged, so are they.
        data: Values that the pages are planned from.
    """

    kind: str
    key: str
    digest: bytes
    data: tuple[Any, ...] = ()


class Page(NamedTuple):
    """File of the site, planned but not rendered.

    Attributes:
        kind: Name of the page kind, whose view turns `data` into the template's values.
        path: Relative to the output folder.
        template: File name of the template.
        digests: Digests of everything that the page may show, one for each of the kind's
            `digest_names`.
        data: Values or keys that the view starts from.
        source: File in the source folder that requests this path, empty if none does.
    """

    kind: str
    path: str
    template: str
    digests: tuple[bytes, ...]
    data: tuple[Any, ...] = ()
    source: str = ""
