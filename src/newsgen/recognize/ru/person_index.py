"""Persons of one article, indexed by what their names have in common.

Without the index every name would be compared with all others, and time would grow with the square
of the number of names. Stops at finding candidates: ``person_linking`` compares the names.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from newsgen.recognize.ru.orthography import normalize_letters, phonetic_key, phonetic_keys, stem
from newsgen.recognize.ru.word_lists import load_word_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsgen.recognize.ru.full_names import FullName
    from newsgen.recognize.ru.name_groups import NamedMention

# Name of the index and the value in it: ("surname", "путин").
IndexKey = tuple[str, ...]


@dataclass(eq=False, slots=True)
class Person:
    """Person of an article while its names are linked.

    Attributes:
        number: Position among the persons, which keeps results in a fixed order.
        name: The parts of the longest name so far.
        members: The mentions.
        written: The names in use, as an ordered set.
        surnames: The surnames in use, as an ordered set.
        starts: Start offsets of the mentions, in order.
    """

    number: int
    name: FullName
    members: list[NamedMention] = field(default_factory=list)
    written: dict[str, None] = field(default_factory=dict)
    surnames: dict[str, None] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)


class People:
    """Persons found so far, with an index of the keys that their names can be found by."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self._index: defaultdict[IndexKey, dict[int, None]] = defaultdict(dict)

    def add(self, name: FullName) -> Person:
        """Add a new person."""
        person = Person(len(self.all), name)
        self.all.append(person)
        self.rename(person, name)
        return person

    def rename(self, person: Person, name: FullName) -> None:
        """Set the parts of a person's full name."""
        person.name = name
        self._add_surname(person, name.surname)
        self._add_keys(person, _full_name_keys(name))

    def join(self, person: Person, named: NamedMention) -> None:
        """Add a mention to a person."""
        person.members.append(named)
        insort(person.starts, named.mention.start)
        if named.name not in person.written:
            person.written[named.name] = None
            self._add_surname(person, normalize_letters(named.name.split()[-1]))
            self._add_keys(person, _written_name_keys(named.name))

    def find(self, keys: Iterable[IndexKey], most: int | None = None) -> Iterator[Person]:
        """Return the first `most` persons with any of the keys, in the order of the article."""
        numbers = {number for key in keys for number in self._index.get(key, ())}
        return (self.all[number] for number in islice(sorted(numbers), most))

    def rarest_word_key(self, words: Iterable[str]) -> IndexKey:
        """Return the key of the word that the fewest persons have in their names."""
        return min((("word", word) for word in words), key=lambda m: len(self._index.get(m, ())))

    def _add_surname(self, person: Person, surname: str) -> None:
        if surname not in person.surnames:
            person.surnames[surname] = None
            self._add_keys(person, (("own", part) for part in (surname, *surname.split("-"))))

    def _add_keys(self, person: Person, keys: Iterable[IndexKey]) -> None:
        for key in keys:
            self._index[key][person.number] = None


def _full_name_keys(name: FullName) -> Iterator[IndexKey]:
    """Yield the keys under which a full name can be found."""
    given, patronymic, surname = name
    yield "surname", surname
    yield "stem", stem(surname)
    yield "initial", surname[:1], str(len(surname))
    yield "given", given
    yield "given stem", stem(given)
    yield "given initial", given[:1]
    yield "patronymic", given, patronymic
    for initial in list_initials(given):
        yield "both", initial, surname[:1], str(len(surname))


@lru_cache(maxsize=5_000)
def _written_name_keys(name: str) -> tuple[IndexKey, ...]:
    """Return the keys under which the name as written can be found."""
    return (
        *(("word", word) for word in normalize_letters(name).split()),
        *phonetic_index_keys(name),
    )


def phonetic_index_keys(name: str) -> set[IndexKey]:
    """Return the keys of how a name sounds, in either script."""
    return {("sound", heard) for heard in (phonetic_key(name), *phonetic_keys(name))}


def list_initials(given: str) -> set[str]:
    """Return the first letters of a given name and of its full form: Вова -> в."""
    return {given[:1], load_word_map("diminutives").get(given, given)[:1]}
