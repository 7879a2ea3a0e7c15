"""Settings that decide how a catalogue lists, names and links its articles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsgen.model import GroupKind, UrlRequest


class PageThresholds(NamedTuple):
    """Conditions, any of which gives a recognized name a page of its own.

    Attributes:
        articles: Least number of articles that name it.
        mentions: Least number of mentions in a single article.
        oldest: Number of the archive's oldest articles in which one mention is enough.
    """

    articles: int = 1
    mentions: int = 1
    oldest: int = 0


@dataclass(frozen=True, slots=True)
class CatalogueSettings:
    """Rules of one site for its catalogue.

    Attributes:
        digest: Digest of every setting that the functions and thresholds depend on.
        make_permalink: Returns the URL that an article requests, from its source, its ISO 8601
            date, its slug and what its fields say about its URL.
        resolve_conflicts: Returns one URL for each of several requested URLs that differ in case
            at most, and their sources.
        make_slug: Returns the slug that a term requests, from its kind and label.
        resolve_slug_conflicts: Returns one slug for each of several term keys that request the
            same slug.
        include_drafts: Whether drafts are listed.
        list_until: Sort key of the last moment whose articles are listed, None for no limit.
        thresholds: Conditions under which a recognized name gets a page.
    """

    # Functions cannot be compared, so this stands for them.
    digest: bytes
    make_permalink: Callable[[str, str, str, UrlRequest], str]
    resolve_conflicts: Callable[[Sequence[str], Sequence[str]], Sequence[str]]
    make_slug: Callable[[GroupKind, str], str]
    resolve_slug_conflicts: Callable[[str, Sequence[str]], Sequence[str]]
    include_drafts: bool
    list_until: int | None
    thresholds: PageThresholds = PageThresholds()

    def is_listed(self, *, is_draft: bool, sort_key: int) -> bool:
        """Return True if an article is part of the site."""
        is_due = self.list_until is None or sort_key <= self.list_until
        return is_due and (self.include_drafts or not is_draft)
