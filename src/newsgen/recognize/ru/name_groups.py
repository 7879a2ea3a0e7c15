"""Mentions with their names, and the names of an article that are candidates for linking.

Stops at one name: ``short_forms`` and ``name_linking`` compare names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.ru.aliases import canonicalize
from newsgen.recognize.ru.context import CaseExpectation
from newsgen.recognize.ru.orthography import normalize_name
from newsgen.recognize.ru.phrases import phrase_candidates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsgen.model import TagKind
    from newsgen.recognize.protocol import Mention


class NamedMention(NamedTuple):
    """A mention: *raw* is the nominative of what is written, *name* what that is called."""

    kind: TagKind
    name: str
    lemma: str
    mention: Mention
    margin: float


@dataclass(eq=False)
class NameGroup:
    """The mentions of one name, the *number*-th of its article; *key* is that of the name.

    What is worked out of the members is worked out once: after the first question none may join.
    """

    number: int
    kind: TagKind
    key: str
    name: str
    members: list[NamedMention] = field(default_factory=list)

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """All that the name is written as."""
        return tuple(dict.fromkeys((self.name, *(named.lemma for named in self.members))))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all that the name is written as."""
        return tuple(dict.fromkeys(map(normalize_name, self.lemmas)))

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """What remains of the keys without their last words."""
        return frozenset(opening for every in self.keys for opening in list_prefixes(every))

    @cached_property
    def starts(self) -> list[int]:
        """Where the mentions begin, in order."""
        return sorted(named.mention.start for named in self.members)

    @cached_property
    def has_small_words(self) -> bool:
        """Whether a word of the name is written small."""
        return any(map(str.islower, re.split("[ -]", self.name)))

    @cached_property
    def owner(self) -> str:
        """The place that owns what the name's first word says: Дания of правительство Дании."""
        words = tuple(self.name.split()[1:])
        if not words:
            return ""
        bare = phrase_candidates(words, CaseExpectation(frozenset({"gent"}), 3.0), place=True)[
            0
        ].name
        return canonicalize("place", bare)[1]

    def is_prefix(self, long: NameGroup) -> bool:
        """Сенат: Сенат США. A place's name may lack only small words (берег реки Иордан)."""
        if self.key not in long.prefixes:
            return False
        return self.kind == "organization" or long.has_small_words


def list_prefixes(name: str) -> Iterator[str]:
    """Yield the name without its last words: `а б` and `а` for `а б в`."""
    return (name[: space.start()] for space in re.finditer(" ", name))
