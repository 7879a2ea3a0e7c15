"""Lists of articles as templates see them: iterable, and loaded only if a template iterates.

Most templates join ready-made teasers, which needs nothing but digests. Loading the summaries of
forty articles for each of those pages would cost more than rendering it.
"""

from collections.abc import Iterator, Sequence
from typing import overload

from newsgen.model import ArticleSummary, Member
from newsgen.plan.protocol import Archive


class ArticleList(Sequence[ArticleSummary]):
    """Articles of a page in their order.

    Taking the length or a slice loads nothing.
    """

    def __init__(self, archive: Archive, members: Sequence[Member]) -> None:
        self._archive = archive
        self._members = members

    @property
    def digests(self) -> tuple[bytes, ...]:
        """Digests of the articles' summaries, the keys of their teasers."""
        return tuple(member.summary_digest for member in self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[ArticleSummary]:
        return (self._archive.summary(member.id) for member in self._members)

    @overload
    def __getitem__(self, index: int) -> ArticleSummary: ...

    @overload
    def __getitem__(self, index: slice) -> "ArticleList": ...

    def __getitem__(self, index: int | slice) -> "ArticleSummary | ArticleList":
        # A slice stays unloaded: `articles[:4]` in a template needs only the digests.
        if isinstance(index, slice):
            return ArticleList(self._archive, self._members[index])
        return self._archive.summary(self._members[index].id)
