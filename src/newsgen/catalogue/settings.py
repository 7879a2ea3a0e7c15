"""Settings that decide how a catalogue lists, names and links its articles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsgen.catalogue.keys import MAX_SORT_KEY
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
        now: Sort key of the build's time. Articles that expire by then are not listed.
        include_future: Whether articles are listed that are dated after `now`.
        suffixes: Suffixes of article files, without the dot.
        has_file: Returns True for a URL of the site at which a file lies that no article has.
        publish_all_files: Whether files are published that no article refers to.
        files_digest: Digest of every setting that reading files depends on.
        thresholds: Conditions under which a recognized name gets a page.
    """

    # Functions cannot be compared, so this stands for them.
    digest: bytes
    make_permalink: Callable[[str, str, str, UrlRequest], str]
    resolve_conflicts: Callable[[Sequence[str], Sequence[str]], Sequence[str]]
    make_slug: Callable[[GroupKind, str], str]
    resolve_slug_conflicts: Callable[[str, Sequence[str]], Sequence[str]]
    include_drafts: bool
    now: int
    include_future: bool = False
    suffixes: Sequence[str] = ("md", "txt")
    has_file: Callable[[str], bool] = lambda _: False
    publish_all_files: bool = False
    files_digest: bytes = b""
    thresholds: PageThresholds = PageThresholds()

    @property
    def list_until(self) -> int:
        """Sort key of the last moment whose articles are listed."""
        return MAX_SORT_KEY if self.include_future else self.now

    def is_listed(self, *, is_draft: bool, listed_from: int, listed_until: int) -> bool:
        """Return True if an article is part of the site."""
        is_due = listed_from <= self.list_until and listed_until > self.now
        return is_due and (self.include_drafts or not is_draft)
