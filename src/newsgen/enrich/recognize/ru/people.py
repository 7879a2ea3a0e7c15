"""The people of one article: which names mean the same person.

Knows that a surname, a given name or initials stand for a full name of the article. Stops at the
article.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsgen.enrich.recognize.ru.fullnames import FullName, compatible, parts
from newsgen.enrich.recognize.ru.morph import readings
from newsgen.enrich.recognize.ru.spelling import fold, same_stem, similar, sound_alike, transcribes
from newsgen.enrich.recognize.ru.words import word_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsgen.enrich.recognize.ru.groups import Named

_PLURALS = frozenset(["ы", "и", "ых", "ым", "ыми", "ов", "ам", "ами", "ах"])
_SHORTEST = 4
_RUSSIAN = ("ов", "ев", "ин", "ын")


@dataclass(slots=True)
class _Person:
    """A person while the names of an article are gone through."""

    name: FullName
    members: list[Named] = field(default_factory=list)

    @property
    def surnames(self) -> set[str]:
        """The last words of the person's names."""
        return {self.name.surname, *(fold(named.name.split()[-1]) for named in self.members)}


def group_people(names: Sequence[Named]) -> list[list[Named]]:
    """*names* by person: first the full ones, the longest before others, then those of one part."""
    people: list[_Person] = []
    parted = [(parts(named.name), named) for named in names]
    full = [(name, named) for name, named in parted if name.given and name.surname]
    for name, named in sorted(full, key=lambda pair: -len(pair[1].name.split())):
        _bearer(people, name, named.name).members.append(named)
    partial = [(name, named) for name, named in parted if not (name.given and name.surname)]
    for name, named in sorted(partial, key=lambda pair: not pair[0].given):
        _owner(people, name, named).members.append(named)
    return [person.members for person in people]


def _bearer(people: list[_Person], name: FullName, written: str) -> _Person:
    """The person of this full name, a new one if nobody has it."""
    for person in people:
        known = dict.fromkeys(member.name for member in person.members)
        if _is_same(person.name, name) or any(_is_part(written, other) for other in known):
            given = max(person.name.given, name.given, key=len)
            person.name = FullName(
                given, person.name.patronymic or name.patronymic, person.name.surname
            )
            return person
        if any(
            transcribes(written, o) or transcribes(o, written) or _sounds_like(written, o)
            for o in known
        ):
            return person
    people.append(_Person(name))
    return people[-1]


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
    genders = [
        {r.gender for r in readings(name.split()[0]) if "Name" in r.marks and r.known}
        for name in (one, other)
    ]
    return sound_alike(one, other) and not (all(genders) and genders[0].isdisjoint(genders[1]))


def _is_part(written: str, longer: str) -> bool:
    """Whether the words of a name stand in a longer one in the same order."""
    rest = iter(fold(longer).split())
    return all(word in rest for word in fold(written).split())


def _owner(people: list[_Person], name: FullName, named: Named) -> _Person:
    """Whom a part of a name means: of those it fits, the one named last before it."""
    for fits in (
        _has_surname,
        _has_like_surname,
        _has_given_and_patronymic,
        _has_given,
        _has_like_given,
    ):
        bearers = [person for person in people if fits(person, name)]
        if bearers:
            return max(bearers, key=lambda person: _last_before(person, named))
    people.append(_Person(FullName(name.given, "", name.surname or name.patronymic)))
    return people[-1]


def _has_surname(person: _Person, name: FullName) -> bool:
    return bool(name.surname) and any(
        name.surname in (own, *own.split("-")) for own in person.surnames
    )


def _has_like_surname(person: _Person, name: FullName) -> bool:
    """Whether a single word is the person's surname misspelt, in the plural, or in another form."""
    own, word = person.name.surname, name.surname
    if not word or name.given:
        return False
    if similar(own, word) or (word.startswith(own) and word[len(own) :] in _PLURALS):
        return True
    return same_stem(own, word) and not own.rstrip("а").endswith(_RUSSIAN)


def _has_given_and_patronymic(person: _Person, name: FullName) -> bool:
    return bool(name.patronymic) and person.name[:2] == name[:2]


def _has_given(person: _Person, name: FullName) -> bool:
    given = name.given or name.surname
    return person.name.given == word_map("diminutives").get(given, given)


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
    starts = [other.mention.start for other in person.members]
    before = [start for start in starts if start <= named.mention.start]
    return max(before) if before else -min(starts)
