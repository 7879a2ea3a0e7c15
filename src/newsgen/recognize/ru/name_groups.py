"""Mentions with their names, and the names of an article that are candidates for linking.

Stops at one name: ``short_forms`` and ``name_linking`` compare names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.ru.aliases import canonicalize
from newsgen.recognize.ru.context import GENITIVE
from newsgen.recognize.ru.orthography import normalize_name
from newsgen.recognize.ru.phrases import phrase_candidates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsgen.model import TagKind
    from newsgen.recognize.protocol import Mention


class NamedMention(NamedTuple):
    """Mention with the name of what it refers to.

    Attributes:
        kind: Kind of the entity.
        name: Canonical name: Китай.
        lemma: Nominative of what the text says: КНР.
        mention: Place in the text.
        margin: By how much the model preferred this span, see `TaggedSpan`.
    """

    kind: TagKind
    name: str
    lemma: str
    mention: Mention
    margin: float


@dataclass(eq=False)
class NameGroup:
    """Mentions of one name in an article.

    Properties are cached, so no member may be added after the first one is read.

    Attributes:
        number: Position among the names of the article, which keeps results in a fixed order.
        kind: Kind of the entity.
        key: The normalized name.
        name: The canonical name.
        members: The mentions.
    """

    number: int
    kind: TagKind
    key: str
    name: str
    members: list[NamedMention] = field(default_factory=list)

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """All lemmas of the name, the canonical name first."""
        return tuple(dict.fromkeys((self.name, *(named.lemma for named in self.members))))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Normalized forms of all lemmas."""
        return tuple(dict.fromkeys(map(normalize_name, self.lemmas)))

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """Keys without their last words: {сенат} for Сенат США."""
        return frozenset(prefix for key in self.keys for prefix in list_prefixes(key))

    @cached_property
    def starts(self) -> list[int]:
        """Start offsets of the mentions, in order."""
        return sorted(named.mention.start for named in self.members)

    @cached_property
    def has_small_words(self) -> bool:
        """True if a word of the name has small letters only."""
        return any(map(str.islower, re.split("[ -]", self.name)))

    @cached_property
    def owner(self) -> str:
        """Place in the genitive after the first word: Дания for правительство Дании."""
        words = tuple(self.name.split()[1:])
        if not words:
            return ""
        bare = phrase_candidates(words, GENITIVE, place=True)[0].name
        return canonicalize("place", bare)[1]

    def is_prefix(self, long: NameGroup) -> bool:
        """Return True if `long` is this name with words added: Сенат, Сенат США.

        For a place the long name must have a small word (берег реки Иордан), because proper names
        with the same beginning are different places (Гвинея, Гвинея-Бисау).
        """
        if self.key not in long.prefixes:
            return False
        return self.kind == "organization" or long.has_small_words


def list_prefixes(name: str) -> Iterator[str]:
    """Yield the name without its last words: `а б` and `а` for `а б в`."""
    return (name[: space.start()] for space in re.finditer(" ", name))
