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

from newsgen.recognize.ru.full_names import FullName, are_compatible_given_names, split_full_name
from newsgen.recognize.ru.morphology import parse_word
from newsgen.recognize.ru.orthography import (
    are_similar,
    have_same_stem,
    is_transcription,
    normalize_letters,
    phonetic_key,
    phonetic_keys,
    sound_alike,
    stem,
)
from newsgen.recognize.ru.word_lists import load_word_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsgen.recognize.ru.name_groups import NamedMention

_PLURAL_ENDINGS = frozenset(["ы", "и", "ых", "ым", "ыми", "ов", "ам", "ами", "ах"])
_MIN_GIVEN_LENGTH = 4
#: With how many people a name is compared in one way; no article in earnest has so many alike.
MAX_COMPARED = 100
_RUSSIAN_SURNAME_SUFFIXES = ("ов", "ев", "ин", "ын")


IndexKey = tuple[str, ...]


@dataclass(eq=False, slots=True)
class _Person:
    """A person, the *number*-th of an article, while its names are gone through."""

    number: int
    name: FullName
    members: list[NamedMention] = field(default_factory=list)
    written: dict[str, None] = field(default_factory=dict)
    surnames: dict[str, None] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)


class _People:
    """The people found so far, by marks that their names are found by."""

    def __init__(self) -> None:
        self.all: list[_Person] = []
        self._index: defaultdict[IndexKey, dict[int, None]] = defaultdict(dict)

    def add(self, name: FullName) -> _Person:
        """Somebody new."""
        person = _Person(len(self.all), name)
        self.all.append(person)
        self.rename(person, name)
        return person

    def rename(self, person: _Person, name: FullName) -> None:
        """Have a person's name in full be *name*."""
        person.name = name
        self._add_surname(person, name.surname)
        self._add_keys(person, _full_name_keys(name))

    def join(self, person: _Person, named: NamedMention) -> None:
        """Have *named* be of a person."""
        person.members.append(named)
        insort(person.starts, named.mention.start)
        if named.name not in person.written:
            person.written[named.name] = None
            self._add_surname(person, normalize_letters(named.name.split()[-1]))
            self._add_keys(person, _written_name_keys(named.name))

    def find(self, keys: Iterable[IndexKey], most: int | None = None) -> Iterator[_Person]:
        """Those who may be found by any of *marks*, the first *most* of them, in their order."""
        numbers = {number for key in keys for number in self._index.get(key, ())}
        return (self.all[number] for number in islice(sorted(numbers), most))

    def rarest_word_key(self, words: Iterable[str]) -> IndexKey:
        """The mark of the rarest of *words*."""
        return min((("word", word) for word in words), key=lambda m: len(self._index.get(m, ())))

    def _add_surname(self, person: _Person, surname: str) -> None:
        if surname not in person.surnames:
            person.surnames[surname] = None
            self._add_keys(person, (("own", part) for part in (surname, *surname.split("-"))))

    def _add_keys(self, person: _Person, keys: Iterable[IndexKey]) -> None:
        for key in keys:
            self._index[key][person.number] = None


def _full_name_keys(name: FullName) -> Iterator[IndexKey]:
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
def _written_name_keys(name: str) -> tuple[IndexKey, ...]:
    return (
        *(("word", word) for word in normalize_letters(name).split()),
        *_phonetic_index_keys(name),
    )


def _phonetic_index_keys(name: str) -> set[IndexKey]:
    return {("sound", heard) for heard in (phonetic_key(name), *phonetic_keys(name))}


def _initials(given: str) -> set[str]:
    """With what letter a given name begins, and what it is short for."""
    return {given[:1], load_word_map("diminutives").get(given, given)[:1]}


def link_people(names: Sequence[NamedMention]) -> list[list[NamedMention]]:
    """*names* by person: first the full ones, the longest before others, then those of one part."""
    people = _People()
    parted = [(split_full_name(named.name), named) for named in names]
    full = [(name, named) for name, named in parted if name.given and name.surname]
    for name, named in sorted(full, key=lambda pair: -len(pair[1].name.split())):
        people.join(_find_full_name(people, name, named.name), named)
    partial = [(name, named) for name, named in parted if not (name.given and name.surname)]
    for name, named in sorted(partial, key=lambda pair: not pair[0].given):
        people.join(_find_partial_name(people, name, named), named)
    return [person.members for person in people.all]


def _find_full_name(people: _People, name: FullName, written: str) -> _Person:
    """The person of this full name, a new one if nobody has it."""
    for person in people.find(_full_name_lookup_keys(people, name, written), MAX_COMPARED):
        known = person.written
        if (
            written in known
            or _is_same_full_name(person.name, name)
            or any(_is_word_subsequence(written, other) for other in known)
        ):
            given = max(person.name.given, name.given, key=len)
            patronymic = person.name.patronymic or name.patronymic
            whole = FullName(given, patronymic, person.name.surname)
            if whole != person.name:
                people.rename(person, whole)
            return person
        if any(
            is_transcription(written, o) or is_transcription(o, written) or _sounds_like(written, o)
            for o in known
        ):
            return person
    return people.add(name)


def _full_name_lookup_keys(people: _People, name: FullName, written: str) -> Iterator[IndexKey]:
    """What everybody has one of who may be of this full name."""
    given, _, surname = name
    yield "surname", given
    yield "surname", surname
    yield "stem", stem(surname)
    for initial in _initials(given):
        for length in (len(surname) - 1, len(surname), len(surname) + 1):
            yield "both", initial, surname[:1], str(length)
    yield people.rarest_word_key(normalize_letters(written).split())
    yield from _phonetic_index_keys(written)


def _is_same_full_name(one: FullName, other: FullName) -> bool:
    """Whether two full names are one: turned round, with an initial, or with one word misspelt."""
    if (one.surname, one.given) == (other.given, other.surname):
        return True
    if one.surname == other.surname:
        return are_compatible_given_names(one.given, other.given) or are_similar(
            one.given, other.given
        )
    if have_same_stem(one.surname, other.surname) and have_same_stem(one.given, other.given):
        return True
    return are_compatible_given_names(one.given, other.given) and are_similar(
        one.surname, other.surname
    )


def _sounds_like(one: str, other: str) -> bool:
    """Whether two full names differ in vowels only, but not as Олег and Ольга do."""
    if not sound_alike(one, other):
        return False
    genders = [
        {r.gender for r in parse_word(name.split()[0]) if "Name" in r.grammemes and r.known}
        for name in (one, other)
    ]
    return not (all(genders) and genders[0].isdisjoint(genders[1]))


def _is_word_subsequence(written: str, longer: str) -> bool:
    """Whether the words of a name stand in a longer one in the same order."""
    rest = iter(normalize_letters(longer).split())
    return all(word in rest for word in normalize_letters(written).split())


def _find_partial_name(people: _People, name: FullName, named: NamedMention) -> _Person:
    """Whom a part of a name means: of those it fits, the one named last before it."""
    for keys, fits in (
        (_surname_keys, _has_surname),
        (_similar_surname_keys, _has_similar_surname),
        (_patronymic_keys, _has_given_and_patronymic),
        (_given_name_keys, _has_given),
        (_similar_given_name_keys, _has_similar_given_name),
    ):
        bearers = [p for p in people.find(keys(name), MAX_COMPARED) if fits(p, name)]
        if bearers:
            return max(bearers, key=lambda person: _last_start_before(person, named))
    return people.add(FullName(name.given, "", name.surname or name.patronymic))


def _surname_keys(name: FullName) -> Iterator[IndexKey]:
    if name.surname:
        yield "own", name.surname


def _has_surname(person: _Person, name: FullName) -> bool:
    return any(name.surname in (own, *own.split("-")) for own in person.surnames)


def _similar_surname_keys(name: FullName) -> Iterator[IndexKey]:
    word = name.surname
    if not word or name.given:
        return
    yield "stem", stem(word)
    for length in (len(word) - 1, len(word), len(word) + 1):
        yield "initial", word[:1], str(length)
    for ending in _PLURAL_ENDINGS:
        if word.endswith(ending):
            yield "surname", word.removesuffix(ending)


def _has_similar_surname(person: _Person, name: FullName) -> bool:
    """Whether a single word is the person's surname misspelt, in the plural, or in another form."""
    own, word = person.name.surname, name.surname
    if not word or name.given:
        return False
    if are_similar(own, word) or (word.startswith(own) and word[len(own) :] in _PLURAL_ENDINGS):
        return True
    return have_same_stem(own, word) and not own.rstrip("а").endswith(_RUSSIAN_SURNAME_SUFFIXES)


def _patronymic_keys(name: FullName) -> Iterator[IndexKey]:
    if name.patronymic:
        yield "patronymic", name.given, name.patronymic


def _has_given_and_patronymic(person: _Person, name: FullName) -> bool:
    return bool(name.patronymic) and person.name[:2] == name[:2]


def _given_name_keys(name: FullName) -> Iterator[IndexKey]:
    yield "given", _full_given(name)


def _has_given(person: _Person, name: FullName) -> bool:
    return person.name.given == _full_given(name)


def _full_given(name: FullName) -> str:
    given = name.given or name.surname
    return load_word_map("diminutives").get(given, given)


def _similar_given_name_keys(name: FullName) -> Iterator[IndexKey]:
    word = name.surname
    if word and not name.given:
        yield "given stem", stem(word)
        yield "given initial", word[:1]


def _has_similar_given_name(person: _Person, name: FullName) -> bool:
    """Whether a single word is the person's given name misspelt, cut short, or in another form."""
    own, word = person.name.given, name.surname
    if not own or not word or name.given or "." in own:
        return False
    cut = min(len(own), len(word)) > _MIN_GIVEN_LENGTH and own.startswith(word) != word.startswith(
        own
    )
    return (
        are_similar(own, word)
        or have_same_stem(own, word)
        or (cut and abs(len(own) - len(word)) < _MIN_GIVEN_LENGTH)
    )


def _last_start_before(person: _Person, named: NamedMention) -> int:
    place = bisect_right(person.starts, named.mention.start)
    return person.starts[place - 1] if place else -person.starts[0]
