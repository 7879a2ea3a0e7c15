"""Short forms of names in one article: Сенат, Сенат США.

Knows the ways to shorten a name, and finds long forms by index keys, so that no name is compared
with all others. Stops at pairs: ``name_linking`` chooses among several long forms.
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

# Upper bound of long forms tried per name and rule, which keeps hostile texts linear. No real
# article has so many similar names.
MAX_TRIED = 200


class ShortForms:
    """Names of an article, indexed to find the long forms of a name."""

    def __init__(self, groups: Sequence[NameGroup]) -> None:
        """Index the names.

        Args:
            groups: The names of the article, by their numbers.
        """
        self._groups = groups
        self._index: defaultdict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
        # Each rule is a cheap search by key and a precise test. Strictest rule first: a looser one
        # is tried only if nothing was found.
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
        """Return the names of which `short` is another form, by the first rule that finds any."""
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
        """Return the names that have any of the keys, in the order of the article."""
        # Sorted, because sets have no fixed order and results must not change between runs.
        numbers = {number for key in keys for number in self._index.get(key, ())}
        return (self._groups[number] for number in sorted(numbers))

    def _starting_with(self, short: NameGroup) -> Iterator[NameGroup]:
        """Find names that begin with `short`: Сенат -> Сенат США."""
        return self._find(("prefix", short.key))

    def _containing_words(self, short: NameGroup) -> Iterable[NameGroup]:
        """Find names with its words: Русский музей -> Государственный Русский музей."""
        if short.kind != "organization":
            return ()
        keys = [("word", word) for word in short.key.split()]
        if not keys:
            return ()
        # The rarest word leaves the fewest names to test.
        return self._find(min(keys, key=lambda key: len(self._index.get(key, ()))))

    def _abbreviated_by(self, short: NameGroup) -> Iterator[NameGroup]:
        """Find names that it may abbreviate: ШОС -> Шанхайская организация сотрудничества."""
        return self._find(*(("abbreviation", *key) for key in short_form_keys(short.name)))

    def _sounding_like(self, short: NameGroup) -> Iterable[NameGroup]:
        """Find names that sound like a Latin one: Wellington -> Веллингтон."""
        if is_cyrillic(short.name):
            return ()
        return self._find(*(("sound", sound) for sound in phonetic_keys(short.name)))

    def _of_place(self, short: NameGroup) -> Iterable[NameGroup]:
        """Find names with its noun: Датское правительство -> правительство Дании."""
        words = short.name.split()
        if len(words) != 2 or adjective_to_place(words[0]) is None:
            return ()
        return self._find(("noun", lemmatize(words[1])))

    def _with_same_stem(self, short: NameGroup) -> Iterator[NameGroup]:
        """Find names with the same stem: Сараев -> Сараево."""
        return self._find(("stem", stem(short.name)))


def _index_keys(group: NameGroup) -> Iterator[tuple[str, ...]]:
    """Yield the keys under which a name can be found as the long form."""
    for name_key in group.keys:
        yield from (("prefix", prefix) for prefix in list_prefixes(name_key))
        words = name_key.split()
        if len(words) > 1:
            yield from (("word", word) for word in words)
    for lemma in group.lemmas:
        yield from (("abbreviation", *key) for key in long_form_keys(lemma))
    if is_cyrillic(group.name):
        yield "sound", phonetic_key(group.name)
    noun, _, owner = group.name.partition(" ")
    if owner:
        yield "noun", lemmatize(noun)
    yield "stem", stem(group.name)


def _omits_words(short: NameGroup, long: NameGroup) -> bool:
    """Return True if `short` leaves words out: Русский музей, Государственный Русский музей.

    The head noun must stay, unless only generic words are left out.
    """
    return any(_omits_words_from(short.key, lemma) for lemma in long.lemmas)


def _omits_words_from(short: str, long: str) -> bool:
    """Return True if a short key is a long name with words left out."""
    words, every = short.split(), normalize_name(long).split()
    if len(words) >= len(every) or not _is_subsequence(words, every):
        return False
    return normalize_name(_head_noun(long)) in words or all(
        word in _omittable_words() for word in every if word not in words
    )


def _is_subsequence(words: Sequence[str], every: Sequence[str]) -> bool:
    """Return True if the words occur in `every` in the same order."""
    rest = iter(every)
    return all(word in rest for word in words)


def _head_noun(name: str) -> str:
    """Return the first noun that is not a place in apposition: Гэлакси of Лос-Анджелес Гэлакси."""
    words = name.split()
    if len(words) == 2 and any(
        "Geox" in r.grammemes and r.case == "nomn" and r.in_dictionary for r in parse_word(words[0])
    ):
        return words[1]
    nouns = (word for word in words if part_of_speech(word) == "NOUN" or not is_cyrillic(word))
    return next(nouns, words[-1])


@lru_cache(maxsize=1)
def _omittable_words() -> frozenset[str]:
    """Return the keys of words that any name may leave out: ЗАО, партия."""
    return frozenset(map(normalize_name, load_word_set("legal") | load_word_set("generic")))


def _is_abbreviated(short: NameGroup, long: NameGroup) -> bool:
    """Return True if `short` abbreviates a lemma of `long`."""
    return any(abbreviates(short.name, lemma) for lemma in long.lemmas)


def _is_transcribed(short: NameGroup, long: NameGroup) -> bool:
    """Return True if `short` is `long` in Latin letters."""
    return is_transcription(short.name, long.name)


def _is_national_body(short: NameGroup, long: NameGroup) -> bool:
    """Return True for Датское правительство and правительство Дании."""
    return long.owner == adjective_to_place(short.name.split()[0])


def _is_other_form(short: NameGroup, long: NameGroup) -> bool:
    """Return True if two lemmas belong to one name and `long` is more frequent.

    Сараев and Сараево are two guesses at one name.
    """
    if not have_same_stem(short.name, long.name):
        return False
    return (len(long.members), long.name) > (len(short.members), short.name)
