"""The names of one article of which another is a short form: Сенат, Сенат США.

Knows the ways to shorten a name, in the order in which they are tried, and finds the longer names
by what they must have in common with the short one, so that no name is tried with every other.
Stops at pairs: which of several longer names is meant is for ``groups`` to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.protocol import Kind, Mention
from newsgen.recognize.ru.abbreviations import abbreviates, beginnings, traces
from newsgen.recognize.ru.aliases import canonical
from newsgen.recognize.ru.context import Asked
from newsgen.recognize.ru.demonyms import place_of
from newsgen.recognize.ru.morph import lemma, part_of_speech, readings
from newsgen.recognize.ru.phrases import phrase_candidates
from newsgen.recognize.ru.spelling import (
    is_cyrillic,
    key,
    same_stem,
    sound,
    sounds,
    stem,
    transcribes,
)
from newsgen.recognize.ru.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: How many longer names a short one is tried with in one way; no article in earnest has so many.
MOST_TRIED = 200


class Named(NamedTuple):
    """A mention: *raw* is the nominative of what is written, *name* what that is called."""

    kind: Kind
    name: str
    raw: str
    mention: Mention
    margin: float


@dataclass(eq=False)
class Group:
    """The mentions of one name, the *number*-th of its article; *key* is that of the name.

    What is worked out of the members is worked out once: after the first question none may join.
    """

    number: int
    kind: Kind
    key: str
    name: str
    members: list[Named] = field(default_factory=list)

    @cached_property
    def raws(self) -> tuple[str, ...]:
        """All that the name is written as."""
        return tuple(dict.fromkeys((self.name, *(named.raw for named in self.members))))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all that the name is written as."""
        return tuple(dict.fromkeys(map(key, self.raws)))

    @cached_property
    def openings(self) -> frozenset[str]:
        """What remains of the keys without their last words."""
        return frozenset(opening for every in self.keys for opening in _openings(every))

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
        bare = phrase_candidates(words, Asked(frozenset({"gent"}), 3.0), place=True)[0].name
        return canonical(Kind.PLACE, bare)[1]

    def is_beginning_of(self, long: Group) -> bool:
        """Сенат: Сенат США. A place's name may lack only small words (берег реки Иордан)."""
        if self.key not in long.openings:
            return False
        return self.kind is Kind.ORGANISATION or long.has_small_words


class ShortForms:
    """The names of an article, ready to be asked which of them are longer than one."""

    def __init__(self, groups: Sequence[Group]) -> None:
        """Note what every name may be found by."""
        self._groups = groups
        self._by: defaultdict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
        self._ways = (
            (self._opened, Group.is_beginning_of),
            (self._around, _without_middle),
            (self._spelt_out, _abbreviated),
            (self._cyrillic, _transcribed),
            (self._owned, _national),
            (self._like, _declined),
        )
        for group in groups:
            for mark in _marks(group):
                self._by[mark][group.number] = None

    def longer(self, short: Group) -> list[Group]:
        """The groups of whose names *short* is another form, in the first way that fits any."""
        for candidates, fits in self._ways:
            found = [
                group
                for group in islice(candidates(short), MOST_TRIED)
                if group is not short and fits(short, group)
            ]
            if found:
                return found
        return []

    def _at(self, *marks: tuple[str, ...]) -> Iterator[Group]:
        numbers = {number for mark in marks for number in self._by.get(mark, ())}
        return (self._groups[number] for number in sorted(numbers))

    def _opened(self, short: Group) -> Iterator[Group]:
        return self._at(("opening", short.key))

    def _around(self, short: Group) -> Iterable[Group]:
        if short.kind is not Kind.ORGANISATION:
            return ()
        words = [("word", word) for word in short.key.split()]
        return self._at(min(words, key=lambda word: len(self._by.get(word, ())))) if words else ()

    def _spelt_out(self, short: Group) -> Iterator[Group]:
        return self._at(*(("traced", *trace) for trace in traces(short.name)))

    def _cyrillic(self, short: Group) -> Iterable[Group]:
        if is_cyrillic(short.name):
            return ()
        return self._at(*(("sound", sound) for sound in sounds(short.name)))

    def _owned(self, short: Group) -> Iterable[Group]:
        words = short.name.split()
        if len(words) != 2 or place_of(words[0]) is None:
            return ()
        return self._at(("noun", lemma(words[1])))

    def _like(self, short: Group) -> Iterator[Group]:
        return self._at(("stem", stem(short.name)))


def _marks(group: Group) -> Iterator[tuple[str, ...]]:
    """What *group* may be found by as the longer one."""
    for every in group.keys:
        yield from (("opening", opening) for opening in _openings(every))
        words = every.split()
        if len(words) > 1:
            yield from (("word", word) for word in words)
    for raw in group.raws:
        yield from (("traced", *beginning) for beginning in beginnings(raw))
    if is_cyrillic(group.name):
        yield "sound", sound(group.name)
    noun, _, owner = group.name.partition(" ")
    if owner:
        yield "noun", lemma(noun)
    yield "stem", stem(group.name)


def _openings(every: str) -> Iterator[str]:
    return (every[: space.start()] for space in re.finditer(" ", every))


def _without_middle(short: Group, long: Group) -> bool:
    """Русский музей: Государственный Русский музей. The head of the name must stay."""
    return any(_is_middle(short.key, raw) for raw in long.raws)


def _is_middle(short: str, long: str) -> bool:
    words, every = short.split(), key(long).split()
    if len(words) >= len(every) or not _in_order(words, every):
        return False
    return key(_head(long)) in words or all(
        word in _idle_words() for word in every if word not in words
    )


def _in_order(words: Sequence[str], every: Sequence[str]) -> bool:
    rest = iter(every)
    return all(word in rest for word in words)


def _head(name: str) -> str:
    """The first noun of *name* that is not a place in an apposition (Лос-Анджелес Гэлакси)."""
    words = name.split()
    if len(words) == 2 and any(
        "Geox" in r.marks and r.case == "nomn" and r.known for r in readings(words[0])
    ):
        return words[1]
    nouns = (word for word in words if part_of_speech(word) == "NOUN" or not is_cyrillic(word))
    return next(nouns, words[-1])


@lru_cache(maxsize=1)
def _idle_words() -> frozenset[str]:
    """Keys of the words that may be left out of any name: ЗАО, партия."""
    return frozenset(map(key, word_set("legal") | word_set("generic")))


def _abbreviated(short: Group, long: Group) -> bool:
    return any(abbreviates(short.name, raw) for raw in long.raws)


def _transcribed(short: Group, long: Group) -> bool:
    return transcribes(short.name, long.name)


def _national(short: Group, long: Group) -> bool:
    """Датское правительство: правительство Дании."""
    return long.owner == place_of(short.name.split()[0])


def _declined(short: Group, long: Group) -> bool:
    """Two nominatives of one name (Сараев, Сараево); the commoner is the longer's."""
    if not same_stem(short.name, long.name):
        return False
    return (len(long.members), long.name) > (len(short.members), short.name)
