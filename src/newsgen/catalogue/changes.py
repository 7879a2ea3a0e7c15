"""Record of what an update has changed, so that only values that depend on it are updated."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from newsgen.catalogue.keys import SORT_KEYS_PER_DAY
from newsgen.model import TermKind

_MAX_SOURCES: Final = 5_000
"""Sources that are looked up one by one. A look at all redirects takes as long as that."""


@dataclass(slots=True)
class ChangeSet:
    """Days, terms, sources and references whose articles have changed.

    Attributes:
        days: Days as numbers, `YYYYMMDD`.
        terms: Ids of terms.
        reference_keys: Keys of references that lead to something else now, as in `reference_key`.
        every_reference: Whether any reference may lead to something else now.
        have_files_changed: Whether published files have come, gone or changed.
        sources: Sources whose articles were listed, unlisted or have another URL.
        is_every_source: Whether `sources` are too many, or not known.
        have_redirects_changed: Whether redirects of the table of old URLs have changed.
        term_ids: Cache of term ids by kind and unfolded name, which saves folding the name and
            querying the database again for every article.
    """

    days: set[int] = field(default_factory=set)
    terms: set[int] = field(default_factory=set)
    reference_keys: set[str] = field(default_factory=set)
    every_reference: bool = False
    have_files_changed: bool = False
    sources: set[str] = field(default_factory=set)
    is_every_source: bool = False
    have_redirects_changed: bool = False
    term_ids: dict[tuple[TermKind, str], int] = field(default_factory=dict)

    def add(self, sort_key: int, terms: Iterable[int]) -> None:
        """Note that an article of this day and these terms was added, removed or changed."""
        self.days.add(sort_key // SORT_KEYS_PER_DAY)
        self.terms.update(terms)

    def add_source(self, source: str) -> None:
        """Note that the article of a source was listed, unlisted or has another URL."""
        if len(self.sources) < _MAX_SOURCES:
            self.sources.add(source)
        else:
            self.is_every_source = True
