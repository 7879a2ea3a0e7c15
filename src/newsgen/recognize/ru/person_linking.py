"""Entity linking for the persons of one article: Путин = Владимир Путин.

A surname, a given name, a patronymic or initials stand for a full name of the same article. Stops
at the article.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from newsgen.recognize.ru.full_names import FullName, are_compatible_given_names, split_full_name
from newsgen.recognize.ru.morphology import parse_word
from newsgen.recognize.ru.orthography import (
    are_similar,
    have_same_stem,
    is_transcription,
    normalize_letters,
    sound_alike,
    stem,
)
from newsgen.recognize.ru.person_index import People, Person, list_initials, phonetic_index_keys
from newsgen.recognize.ru.word_lists import load_word_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.name_groups import NamedMention
    from newsgen.recognize.ru.person_index import IndexKey

_PLURAL_ENDINGS = frozenset(["ы", "и", "ых", "ым", "ыми", "ов", "ам", "ами", "ах"])
# In letters. Shorter names share their beginnings by chance.
_MIN_GIVEN_LENGTH = 4
# Upper bound of comparisons per name and rule, which keeps hostile texts linear. No real article
# has so many similar names.
MAX_COMPARED = 100
# Surnames of these suffixes decline by gender: Иванов and Иванова are two persons.
_RUSSIAN_SURNAME_SUFFIXES = ("ов", "ев", "ин", "ын")


def link_people(names: Sequence[NamedMention]) -> list[list[NamedMention]]:
    """Group the mentions of persons by person.

    Full names come first, the longest before the others, so that partial names find their bearers.
    """
    people = People()
    split_names = [(split_full_name(named.name), named) for named in names]
    full = [(name, named) for name, named in split_names if name.given and name.surname]
    for name, named in sorted(full, key=lambda pair: -len(pair[1].name.split())):
        people.join(_find_full_name(people, name, named.name), named)
    partial = [(name, named) for name, named in split_names if not (name.given and name.surname)]
    for name, named in sorted(partial, key=lambda pair: not pair[0].given):
        people.join(_find_partial_name(people, name, named), named)
    return [person.members for person in people.all]


def _find_full_name(people: People, name: FullName, written: str) -> Person:
    """Return the person of a full name, a new one if nobody has it."""
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


def _full_name_lookup_keys(people: People, name: FullName, written: str) -> Iterator[IndexKey]:
    """Yield keys of which every person that can have this full name has at least one."""
    given, _, surname = name
    yield "surname", given
    yield "surname", surname
    yield "stem", stem(surname)
    for initial in list_initials(given):
        for length in (len(surname) - 1, len(surname), len(surname) + 1):
            yield "both", initial, surname[:1], str(length)
    yield people.rarest_word_key(normalize_letters(written).split())
    yield from phonetic_index_keys(written)


def _is_same_full_name(one: FullName, other: FullName) -> bool:
    """Return True if two full names are one: turned round, with an initial, or with a typo."""
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
    """Return True if two full names differ only in vowels, and not in gender.

    Диас and Диаз are one, Олег and Ольга are not.
    """
    if not sound_alike(one, other):
        return False
    genders = [
        {r.gender for r in parse_word(name.split()[0]) if "Name" in r.grammemes and r.in_dictionary}
        for name in (one, other)
    ]
    return not (all(genders) and genders[0].isdisjoint(genders[1]))


def _is_word_subsequence(written: str, longer: str) -> bool:
    """Return True if a longer name contains the words of a name, in the same order."""
    rest = iter(normalize_letters(longer).split())
    return all(word in rest for word in normalize_letters(written).split())


def _find_partial_name(people: People, name: FullName, named: NamedMention) -> Person:
    """Return the person that a partial name means, a new one if nobody fits.

    If several persons fit, the one mentioned last before is meant.
    """
    # Strictest rule first: a looser one is tried only if nobody fits.
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
    """Yield the key of an equal surname."""
    if name.surname:
        yield "own", name.surname


def _has_surname(person: Person, name: FullName) -> bool:
    return any(name.surname in (own, *own.split("-")) for own in person.surnames)


def _similar_surname_keys(name: FullName) -> Iterator[IndexKey]:
    """Yield the keys of surnames with a typo, in the plural (Клинтоны) or in another form."""
    word = name.surname
    if not word or name.given:
        return
    yield "stem", stem(word)
    for length in (len(word) - 1, len(word), len(word) + 1):
        yield "initial", word[:1], str(length)
    for ending in _PLURAL_ENDINGS:
        if word.endswith(ending):
            yield "surname", word.removesuffix(ending)


def _has_similar_surname(person: Person, name: FullName) -> bool:
    """Return True if a word is the person's surname with a typo, in the plural or another form."""
    own, word = person.name.surname, name.surname
    if not word or name.given:
        return False
    if are_similar(own, word) or (word.startswith(own) and word[len(own) :] in _PLURAL_ENDINGS):
        return True
    return have_same_stem(own, word) and not own.rstrip("а").endswith(_RUSSIAN_SURNAME_SUFFIXES)


def _patronymic_keys(name: FullName) -> Iterator[IndexKey]:
    """Yield the key of a given name with its patronymic."""
    if name.patronymic:
        yield "patronymic", name.given, name.patronymic


def _has_given_and_patronymic(person: Person, name: FullName) -> bool:
    return bool(name.patronymic) and person.name[:2] == name[:2]


def _given_name_keys(name: FullName) -> Iterator[IndexKey]:
    """Yield the key of an equal given name."""
    yield "given", _full_given(name)


def _has_given(person: Person, name: FullName) -> bool:
    return person.name.given == _full_given(name)


def _full_given(name: FullName) -> str:
    """Return the given name in full: Вова -> владимир."""
    given = name.given or name.surname
    return load_word_map("diminutives").get(given, given)


def _similar_given_name_keys(name: FullName) -> Iterator[IndexKey]:
    """Yield the keys of given names with a typo, shortened or in another form."""
    word = name.surname
    if word and not name.given:
        yield "given stem", stem(word)
        yield "given initial", word[:1]


def _has_similar_given_name(person: Person, name: FullName) -> bool:
    """Return True if a word is the person's given name with a typo, shortened or inflected."""
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


def _last_start_before(person: Person, named: NamedMention) -> int:
    """Return the person's last start before a mention, negative if all mentions come later."""
    place = bisect_right(person.starts, named.mention.start)
    return person.starts[place - 1] if place else -person.starts[0]
