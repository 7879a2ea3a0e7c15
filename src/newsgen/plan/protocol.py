"""Protocol of an archive as planning and rendering see it, so that both work over any store."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from newsgen.model import (
    ArticleDetail,
    ArticleSummary,
    Group,
    GroupKind,
    Member,
    PublishedFile,
    Target,
    Term,
    TermKind,
)


class Archive(Protocol):
    """Archive of listed articles, which does not change while a site is planned and rendered.

    Articles are named by an id that is only valid until the next update, days by ISO 8601
    (`2025-08-30`) and digests are 16 bytes.
    """

    def groups(self, kind: GroupKind) -> Sequence[Group]:
        """Return all groups of a kind that have a page, ordered by key.

        Days, months and years include those that stand for unknown ones and have no page of their
        kind: `1937-06-00`, `1937-00`, `0000`. `plan.periods.known_periods` leaves them out.
        """

    def group(self, kind: GroupKind, key: str) -> Group:
        """Return one group.

        Raises:
            KeyError: If there is none.
        """

    def members(self, kind: GroupKind, key: str) -> Sequence[Member]:
        """Return a group's articles, oldest first."""

    def term_kinds(self) -> Sequence[TermKind]:
        """Return the kinds that have at least one term with a page."""

    def largest_terms(self, kind: TermKind, limit: int) -> Sequence[Group]:
        """Return the terms of a kind with the most articles, largest first."""

    def related_terms(self, kind: GroupKind, key: str, limit: int) -> Sequence[Term]:
        """Return the tags with pages that most often occur together with a term, best first."""

    def month_counts(self, kind: GroupKind, key: str) -> Sequence[tuple[str, int]]:
        """Return a term's number of articles in each month that has some, oldest first.

        Months are ISO 8601: `2025-08`.
        """

    def neighbors(self, day: str) -> tuple[Member | None, Member | None]:
        """Return the last article before a day and the first one after it."""

    def newest(self, limit: int) -> Sequence[Member]:
        """Return the newest articles, newest first."""

    def summary(self, article_id: int) -> ArticleSummary:
        """Return what lists show of an article.

        Raises:
            KeyError: If there is none.
        """

    def detail(self, article_id: int) -> ArticleDetail:
        """Return what an article's own page shows.

        Raises:
            KeyError: If there is none.
        """

    def summary_digests(self) -> set[bytes]:
        """Return the digests of all summaries."""

    def urls(self, day: str) -> Mapping[int, str]:
        """Return the URLs of a day's articles by their ids."""

    def related(self, article_id: int) -> Sequence[ArticleSummary]:
        """Return the older articles related to an article, best first."""

    def neighborhood_digests(self, day: str) -> Mapping[int, tuple[bytes, bytes]]:
        """Return the digests of related articles and of links of a day's articles, by their ids.

        The first one covers all that the list of related articles shows, the second one what the
        links and pictures of the body lead to.
        """

    def targets(self, article_id: int) -> Sequence[Target]:
        """Return what the references of an article lead to, in their order."""

    def files(self) -> Sequence[PublishedFile]:
        """Return the files of the source folder that are published, ordered by folder and path."""

    def days_with_aliases(self) -> Sequence[str]:
        """Return the days that have articles with aliases, oldest first."""

    def aliases(self, day: str) -> Sequence[tuple[str, str, tuple[str, ...]]]:
        """Return source, URL and aliases of a day's articles with aliases, oldest first."""

    def redirect_buckets(self) -> Sequence[tuple[int, bytes]]:
        """Return the buckets of redirects from the table of old URLs, with their digests."""

    def redirects(self, bucket: int) -> Sequence[tuple[str, str]]:
        """Return the old and the new URLs of a bucket, ordered by the old one."""

    def redirects_digest(self) -> bytes:
        """Return the digest of all redirects, those of articles too."""

    def all_redirects(self) -> Iterator[tuple[str, str]]:
        """Yield all old and new URLs, those of articles first."""
