"""What planning asks of an archive: a narrow seam, so that pages can be planned over any store."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from newsgen.model import ArticleDetail, ArticleSummary, Group, GroupKind, Member, Term, TermKind


class Archive(Protocol):
    """An archive as pages see it; nothing in it changes while a site is planned and rendered."""

    def groups(self, kind: GroupKind) -> Sequence[Group]:
        """All groups of a kind that have articles and a page, by their keys."""

    def group(self, kind: GroupKind, key: str) -> Group:
        """One group.

        Raises:
            KeyError: if there is none of that key.
        """

    def members(self, kind: GroupKind, key: str) -> Sequence[Member]:
        """A group's articles, the oldest first."""

    def kinds_of_terms(self) -> Sequence[TermKind]:
        """The kinds of tags, and authors behind them, that there are pages of."""

    def related_terms(self, kind: GroupKind, key: str, most: int) -> Sequence[Term]:
        """The tags with pages that stand beside a tag, those that most often do first."""

    def neighbours(self, day: str) -> tuple[Member | None, Member | None]:
        """The last article before a day, and the first one after it."""

    def newest(self, count: int) -> Sequence[Member]:
        """The newest articles, the newest first."""

    def summary_digests(self) -> set[bytes]:
        """The digests of all cards."""

    def summary(self, number: int) -> ArticleSummary:
        """One article's card.

        Raises:
            KeyError: if there is none of that number.
        """

    def detail(self, number: int) -> ArticleDetail:
        """One article's entry.

        Raises:
            KeyError: if there is none of that number.
        """

    def urls(self, day: str) -> Mapping[int, str]:
        """The URLs of a day's articles by their numbers."""

    def related_digests(self, day: str) -> Mapping[int, bytes]:
        """Names the articles related to each of a day's articles, by its number."""

    def related(self, number: int) -> Sequence[ArticleSummary]:
        """The older articles related to one, the nearest first."""

    def largest(self, kind: GroupKind, count: int) -> Sequence[Group]:
        """The terms of a kind that have the most articles, the largest first."""

    def counts(self, kind: GroupKind, key: str) -> Sequence[tuple[str, int]]:
        """The months in which a term has articles, the oldest first, and how many."""

    def days_with_aliases(self) -> Sequence[str]:
        """The days that have articles with aliases."""

    def aliases(self, day: str) -> Sequence[tuple[str, str, tuple[str, ...]]]:
        """Source, URL and aliases of each of a day's articles that has some, the oldest first."""
