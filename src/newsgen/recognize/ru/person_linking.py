"""The people of one article: which names mean the same person.

Knows that a surname, a given name or initials stand for a full name of the article. Stops at the
article.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from newsgen.recognize.ru.fullnames import FullName, compatible, parts
from newsgen.recognize.ru.morph import readings
from newsgen.recognize.ru.spelling import (
    fold,
    same_stem,
    similar,
    sound,
    sound_alike,
    sounds,
    stem,
    transcribes,
)
from newsgen.recognize.ru.words import word_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsgen.recognize.ru.short_forms import Named

_PLURALS = frozenset(["ы", "и", "ых", "ым", "ыми", "ов", "ам", "ами", "ах"])
_SHORTEST = 4
#: With how many people a name is compared in one way; no article in earnest has so many alike.
MOST_COMPARED = 100
_RUSSIAN = ("ов", "ев", "ин", "ын")


Mark = tuple[str, ...]


@dataclass(eq=False, slots=True)
class _Person:
    """A person, the *number*-th of an article, while its names are gone through."""

    number: int
    name: FullName
    members: list[Named] = field(default_factory=list)
    written: dict[str, None] = field(default_factory=dict)
    surnames: dict[str, None] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)


class _People:
    """The people found so far, by marks that their names are found by."""

    def __init__(self) -> None:
        self.all: list[_Person] = []
        self._by: defaultdict[Mark, dict[int, None]] = defaultdict(dict)

    def add(self, name: FullName) -> _Person:
        """Somebody new."""
        person = _Person(len(self.all), name)
        self.all.append(person)
        self.rename(person, name)
        return person

    def rename(self, person: _Person, name: FullName) -> None:
        """Have a person's name in full be *name*."""
        person.name = name
        self._own_surname(person, name.surname)
        self._mark(person, _marks_of_parts(name))

    def join(self, person: _Person, named: Named) -> None:
        """Have *named* be of a person."""
        person.members.append(named)
        insort(person.starts, named.mention.start)
        if named.name not in person.written:
            person.written[named.name] = None
            self._own_surname(person, fold(named.name.split()[-1]))
            self._mark(person, _marks_of_written(named.name))

    def at(self, marks: Iterable[Mark], most: int | None = None) -> Iterator[_Person]:
        """Those who may be found by any of *marks*, the first *most* of them, in their order."""
        numbers = {number for mark in marks for number in self._by.get(mark, ())}
        return (self.all[number] for number in islice(sorted(numbers), most))

    def of_all_words(self, words: Iterable[str]) -> Mark:
        """The mark of the rarest of *words*."""
        return min((("word", word) for word in words), key=lambda m: len(self._by.get(m, ())))

    def _own_surname(self, person: _Person, surname: str) -> None:
        if surname not in person.surnames:
            person.surnames[surname] = None
            self._mark(person, (("own", part) for part in (surname, *surname.split("-"))))

    def _mark(self, person: _Person, marks: Iterable[Mark]) -> None:
        for mark in marks:
            self._by[mark][person.number] = None


def _marks_of_parts(name: FullName) -> Iterator[Mark]:
    given, patronymic, surname = name
    yield "surname", surname
    yield "stem", stem(surname)
    yield "initial", surname[:1], str(len(surname))
    yield "given", given
    yield "given stem", stem(given)
    yield "given initial", given[:1]
    yield "patronymic", given, patronymic
    for initial in _initials(given):
        yield "both", initial, surname[:1], str(len(surname))


@lru_cache(maxsize=5_000)
def _marks_of_written(name: str) -> tuple[Mark, ...]:
    return (*(("word", word) for word in fold(name).split()), *_marks_of_sound(name))


def _marks_of_sound(name: str) -> set[Mark]:
    return {("sound", heard) for heard in (sound(name), *sounds(name))}


def _initials(given: str) -> set[str]:
    """With what letter a given name begins, and what it is short for."""
    return {given[:1], word_map("diminutives").get(given, given)[:1]}


def group_people(names: Sequence[Named]) -> list[list[Named]]:
    """*names* by person: first the full ones, the longest before others, then those of one part."""
    people = _People()
    parted = [(parts(named.name), named) for named in names]
    full = [(name, named) for name, named in parted if name.given and name.surname]
    for name, named in sorted(full, key=lambda pair: -len(pair[1].name.split())):
        people.join(_bearer(people, name, named.name), named)
    partial = [(name, named) for name, named in parted if not (name.given and name.surname)]
    for name, named in sorted(partial, key=lambda pair: not pair[0].given):
        people.join(_owner(people, name, named), named)
    return [person.members for person in people.all]


def _bearer(people: _People, name: FullName, written: str) -> _Person:
    """The person of this full name, a new one if nobody has it."""
    for person in people.at(_marks_of_bearers(people, name, written), MOST_COMPARED):
        known = person.written
        if (
            written in known
            or _is_same(person.name, name)
            or any(_is_part(written, other) for other in known)
        ):
            given = max(person.name.given, name.given, key=len)
            patronymic = person.name.patronymic or name.patronymic
            whole = FullName(given, patronymic, person.name.surname)
            if whole != person.name:
                people.rename(person, whole)
            return person
        if any(
            transcribes(written, o) or transcribes(o, written) or _sounds_like(written, o)
            for o in known
        ):
            return person
    return people.add(name)


def _marks_of_bearers(people: _People, name: FullName, written: str) -> Iterator[Mark]:
    """What everybody has one of who may be of this full name."""
    given, _, surname = name
    yield "surname", given
    yield "surname", surname
    yield "stem", stem(surname)
    for initial in _initials(given):
        for length in (len(surname) - 1, len(surname), len(surname) + 1):
            yield "both", initial, surname[:1], str(length)
    yield people.of_all_words(fold(written).split())
    yield from _marks_of_sound(written)


def _is_same(one: FullName, other: FullName) -> bool:
    """Whether two full names are one: turned round, with an initial, or with one word misspelt."""
    if (one.surname, one.given) == (other.given, other.surname):
        return True
    if one.surname == other.surname:
        return compatible(one.given, other.given) or similar(one.given, other.given)
    if same_stem(one.surname, other.surname) and same_stem(one.given, other.given):
        return True
    return compatible(one.given, other.given) and similar(one.surname, other.surname)


def _sounds_like(one: str, other: str) -> bool:
    """Whether two full names differ in vowels only, but not as Олег and Ольга do."""
    if not sound_alike(one, other):
        return False
    genders = [
        {r.gender for r in readings(name.split()[0]) if "Name" in r.marks and r.known}
        for name in (one, other)
    ]
    return not (all(genders) and genders[0].isdisjoint(genders[1]))


def _is_part(written: str, longer: str) -> bool:
    """Whether the words of a name stand in a longer one in the same order."""
    rest = iter(fold(longer).split())
    return all(word in rest for word in fold(written).split())


def _owner(people: _People, name: FullName, named: Named) -> _Person:
    """Whom a part of a name means: of those it fits, the one named last before it."""
    for marks, fits in (
        (_marks_of_surname, _has_surname),
        (_marks_of_like_surname, _has_like_surname),
        (_marks_of_given_and_patronymic, _has_given_and_patronymic),
        (_marks_of_given, _has_given),
        (_marks_of_like_given, _has_like_given),
    ):
        bearers = [p for p in people.at(marks(name), MOST_COMPARED) if fits(p, name)]
        if bearers:
            return max(bearers, key=lambda person: _last_before(person, named))
    return people.add(FullName(name.given, "", name.surname or name.patronymic))


def _marks_of_surname(name: FullName) -> Iterator[Mark]:
    if name.surname:
        yield "own", name.surname


def _has_surname(person: _Person, name: FullName) -> bool:
    return any(name.surname in (own, *own.split("-")) for own in person.surnames)


def _marks_of_like_surname(name: FullName) -> Iterator[Mark]:
    word = name.surname
    if not word or name.given:
        return
    yield "stem", stem(word)
    for length in (len(word) - 1, len(word), len(word) + 1):
        yield "initial", word[:1], str(length)
    for ending in _PLURALS:
        if word.endswith(ending):
            yield "surname", word.removesuffix(ending)


def _has_like_surname(person: _Person, name: FullName) -> bool:
    """Whether a single word is the person's surname misspelt, in the plural, or in another form."""
    own, word = person.name.surname, name.surname
    if not word or name.given:
        return False
    if similar(own, word) or (word.startswith(own) and word[len(own) :] in _PLURALS):
        return True
    return same_stem(own, word) and not own.rstrip("а").endswith(_RUSSIAN)


def _marks_of_given_and_patronymic(name: FullName) -> Iterator[Mark]:
    if name.patronymic:
        yield "patronymic", name.given, name.patronymic


def _has_given_and_patronymic(person: _Person, name: FullName) -> bool:
    return bool(name.patronymic) and person.name[:2] == name[:2]


def _marks_of_given(name: FullName) -> Iterator[Mark]:
    yield "given", _full_given(name)


def _has_given(person: _Person, name: FullName) -> bool:
    return person.name.given == _full_given(name)


def _full_given(name: FullName) -> str:
    given = name.given or name.surname
    return word_map("diminutives").get(given, given)


def _marks_of_like_given(name: FullName) -> Iterator[Mark]:
    word = name.surname
    if word and not name.given:
        yield "given stem", stem(word)
        yield "given initial", word[:1]


def _has_like_given(person: _Person, name: FullName) -> bool:
    """Whether a single word is the person's given name misspelt, cut short, or in another form."""
    own, word = person.name.given, name.surname
    if not own or not word or name.given or "." in own:
        return False
    cut = min(len(own), len(word)) > _SHORTEST and own.startswith(word) != word.startswith(own)
    return (
        similar(own, word)
        or same_stem(own, word)
        or (cut and abs(len(own) - len(word)) < _SHORTEST)
    )


def _last_before(person: _Person, named: Named) -> int:
    place = bisect_right(person.starts, named.mention.start)
    return person.starts[place - 1] if place else -person.starts[0]
