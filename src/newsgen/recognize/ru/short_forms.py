"""The names of one article of which another is a short form: Сенат, Сенат США.

Knows the ways to shorten a name, in the order in which they are tried, and finds the longer names
by what they must have in common with the short one, so that no name is tried with every other.
Stops at pairs: which of several longer names is meant is for ``groups`` to say.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from newsgen.recognize.ru.abbreviations import abbreviates, long_form_keys, short_form_keys
from newsgen.recognize.ru.demonyms import adjective_to_place
from newsgen.recognize.ru.morphology import lemmatize, parse_word, part_of_speech
from newsgen.recognize.ru.name_groups import NameGroup, list_prefixes
from newsgen.recognize.ru.orthography import (
    have_same_stem,
    is_cyrillic,
    is_transcription,
    normalize_name,
    phonetic_key,
    phonetic_keys,
    stem,
)
from newsgen.recognize.ru.word_lists import load_word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: How many longer names a short one is tried with in one way; no article in earnest has so many.
MAX_TRIED = 200


class ShortForms:
    """The names of an article, ready to be asked which of them are longer than one."""

    def __init__(self, groups: Sequence[NameGroup]) -> None:
        """Note what every name may be found by."""
        self._groups = groups
        self._index: defaultdict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
        self._rules = (
            (self._starting_with, NameGroup.is_prefix),
            (self._containing_words, _omits_words),
            (self._abbreviated_by, _is_abbreviated),
            (self._sounding_like, _is_transcribed),
            (self._of_place, _is_national_body),
            (self._with_same_stem, _is_other_form),
        )
        for group in groups:
            for key in _index_keys(group):
                self._index[key][group.number] = None

    def longer(self, short: NameGroup) -> list[NameGroup]:
        """The groups of whose names *short* is another form, in the first way that fits any."""
        for find_candidates, fits in self._rules:
            found = [
                group
                for group in islice(find_candidates(short), MAX_TRIED)
                if group is not short and fits(short, group)
            ]
            if found:
                return found
        return []

    def _find(self, *keys: tuple[str, ...]) -> Iterator[NameGroup]:
        numbers = {number for key in keys for number in self._index.get(key, ())}
        return (self._groups[number] for number in sorted(numbers))

    def _starting_with(self, short: NameGroup) -> Iterator[NameGroup]:
        return self._find(("opening", short.key))

    def _containing_words(self, short: NameGroup) -> Iterable[NameGroup]:
        if short.kind != "organization":
            return ()
        words = [("word", word) for word in short.key.split()]
        return (
            self._find(min(words, key=lambda word: len(self._index.get(word, ())))) if words else ()
        )

    def _abbreviated_by(self, short: NameGroup) -> Iterator[NameGroup]:
        return self._find(*(("traced", *trace) for trace in short_form_keys(short.name)))

    def _sounding_like(self, short: NameGroup) -> Iterable[NameGroup]:
        if is_cyrillic(short.name):
            return ()
        return self._find(*(("sound", sound) for sound in phonetic_keys(short.name)))

    def _of_place(self, short: NameGroup) -> Iterable[NameGroup]:
        words = short.name.split()
        if len(words) != 2 or adjective_to_place(words[0]) is None:
            return ()
        return self._find(("noun", lemmatize(words[1])))

    def _with_same_stem(self, short: NameGroup) -> Iterator[NameGroup]:
        return self._find(("stem", stem(short.name)))


def _index_keys(group: NameGroup) -> Iterator[tuple[str, ...]]:
    """What *group* may be found by as the longer one."""
    for every in group.keys:
        yield from (("opening", opening) for opening in list_prefixes(every))
        words = every.split()
        if len(words) > 1:
            yield from (("word", word) for word in words)
    for lemma in group.lemmas:
        yield from (("traced", *beginning) for beginning in long_form_keys(lemma))
    if is_cyrillic(group.name):
        yield "sound", phonetic_key(group.name)
    noun, _, owner = group.name.partition(" ")
    if owner:
        yield "noun", lemmatize(noun)
    yield "stem", stem(group.name)


def _omits_words(short: NameGroup, long: NameGroup) -> bool:
    """Русский музей: Государственный Русский музей. The head of the name must stay."""
    return any(_omits_words_from(short.key, lemma) for lemma in long.lemmas)


def _omits_words_from(short: str, long: str) -> bool:
    words, every = short.split(), normalize_name(long).split()
    if len(words) >= len(every) or not _is_subsequence(words, every):
        return False
    return normalize_name(_head_noun(long)) in words or all(
        word in _omittable_words() for word in every if word not in words
    )


def _is_subsequence(words: Sequence[str], every: Sequence[str]) -> bool:
    rest = iter(every)
    return all(word in rest for word in words)


def _head_noun(name: str) -> str:
    """The first noun of *name* that is not a place in an apposition (Лос-Анджелес Гэлакси)."""
    words = name.split()
    if len(words) == 2 and any(
        "Geox" in r.grammemes and r.case == "nomn" and r.known for r in parse_word(words[0])
    ):
        return words[1]
    nouns = (word for word in words if part_of_speech(word) == "NOUN" or not is_cyrillic(word))
    return next(nouns, words[-1])


@lru_cache(maxsize=1)
def _omittable_words() -> frozenset[str]:
    """Keys of the words that may be left out of any name: ЗАО, партия."""
    return frozenset(map(normalize_name, load_word_set("legal") | load_word_set("generic")))


def _is_abbreviated(short: NameGroup, long: NameGroup) -> bool:
    return any(abbreviates(short.name, lemma) for lemma in long.lemmas)


def _is_transcribed(short: NameGroup, long: NameGroup) -> bool:
    return is_transcription(short.name, long.name)


def _is_national_body(short: NameGroup, long: NameGroup) -> bool:
    """Датское правительство: правительство Дании."""
    return long.owner == adjective_to_place(short.name.split()[0])


def _is_other_form(short: NameGroup, long: NameGroup) -> bool:
    """Two nominatives of one name (Сараев, Сараево); the commoner is the longer's."""
    if not have_same_stem(short.name, long.name):
        return False
    return (len(long.members), long.name) > (len(short.members), short.name)
