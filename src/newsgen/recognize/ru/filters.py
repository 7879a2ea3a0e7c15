"""Which spans are no names: works, streets, posts, verbs at the beginning of a sentence.

Knows the reasons to refuse a span (``REFUSALS``, each one alone enough). Stops at one span and the
words around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsgen.recognize.ru.morphology import (
    is_dictionary_word,
    lemmatize,
    parse_word,
    part_of_speech,
)
from newsgen.recognize.ru.word_lists import load_word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsgen.recognize.ru.spans import Span

#: In words, and in letters.
MAX_NAME_WORDS = 14
MAX_NAME_LETTERS = 120
_LETTER = re.compile(r"[^\W\d_]")
_STREET = re.compile("-(?:стрит|авеню|роуд|сквер|парк)[а-я]{0,2}$", re.IGNORECASE)
_NOT_WORDS = frozenset('«"„“([{‹.!?…')


def is_name(span: Span) -> bool:
    """Whether nothing speaks against *span*'s being the name of a person, place or organisation."""
    return not any(refuses(span) for refuses in REJECT_RULES)


def _is_shapeless(span: Span) -> bool:
    letters = sum(map(len, span.words))
    fits = len(span.words) <= MAX_NAME_WORDS and 1 < letters < MAX_NAME_LETTERS
    return not fits or not any(map(_LETTER.search, span.words))


def _is_work(span: Span) -> bool:
    """A film, a prize and the like: фильм «Бригада»."""
    may_be = span.quoted or span.kind != "person"
    return (
        may_be and noun_before(span) in load_word_set("works") and not _may_be_genitive_place(span)
    )


def _is_platform(span: Span) -> bool:
    """A service where things are published, and not its company: в Facebook."""
    first = span.words[0].partition("-")[0]
    if not {span.text, first, lemmatize(first).capitalize()} & load_word_set("platforms"):
        return False
    return noun_before(span) not in load_word_set("business")


def _is_not_noun(span: Span) -> bool:
    """A verb, an adverb and the like, and nothing else: Родилась, Впоследствии."""
    word = span.words[0]
    return (
        len(span.words) == 1
        and not word.isupper()
        and is_dictionary_word(word)
        and not parse_word(word)
    )


def _is_not_person(span: Span) -> bool:
    """A person without a capital, a title alone, a common word that opens a sentence."""
    if span.kind != "person":
        return False
    if not any(word[0].isupper() for word in span.words):
        return True
    word = span.words[0]
    return len(span.words) == 1 and (
        lemmatize(word) in load_word_set("titles") or (span.opens and _is_common_word(word))
    )


def _is_facility(span: Span) -> bool:
    """A street, a building, a ship: улица Крещатик, Марсово поле, стадион «Лужники»."""
    if span.kind == "person":
        return False
    nouns = load_word_set("facilities")
    own = [lemmatize(word) for word in span.words if not word.isupper()]
    if span.kind == "place" and (_STREET.search(span.words[-1]) or not nouns.isdisjoint(own)):
        return True
    leading = own[: _head_index(span) + 1]
    if span.kind == "organization" and not load_word_set("buildings").isdisjoint(leading):
        return True
    return noun_before(span) in nouns and not _may_be_genitive_place(span)


def _is_cut_off(span: Span) -> bool:
    """A name that ends with an adjective without its noun: Центр химической."""
    words = span.words
    if span.kind == "person" or len(words) == 1 or part_of_speech(words[0]) != "NOUN":
        return False
    return words[-1].islower() and _is_adjective(words[-1])


def _is_job_title(span: Span) -> bool:
    """Somebody rather than an organisation: Глава департамента культуры."""
    if span.kind != "organization" or span.quoted or len(span.words) == 1:
        return False
    head = parse_word(span.words[_head_index(span)])
    if not head or any(parse.grammemes or parse.pos != "NOUN" for parse in head):
        return False
    return all(r.animate and r.known and r.number == "sing" for r in head)


def _is_lone_adjective(span: Span) -> bool:
    """Австралийское; in quotes it may name something."""
    alone = span.kind != "person" and len(span.words) == 1 and not span.quoted
    return alone and _is_adjective(span.words[0])


def _is_lone_generic_noun(span: Span) -> bool:
    """The sort of an organisation without its name: ЗАО, партия."""
    word = span.words[0]
    if span.kind != "organization" or len(span.words) > 1:
        return False
    sorts = load_word_set("generic")
    return (
        word in load_word_set("legal")
        or word.lower() in sorts
        or (not word.isupper() and lemmatize(word) in sorts)
    )


REJECT_RULES: tuple[Callable[[Span], bool], ...] = (
    _is_shapeless,
    _is_work,
    _is_platform,
    _is_not_noun,
    _is_not_person,
    _is_facility,
    _is_cut_off,
    _is_job_title,
    _is_lone_adjective,
    _is_lone_generic_noun,
)


def noun_before(span: Span) -> str:
    """The dictionary form of the small word that stands right before the name, "" if none does."""
    before = [word for word in span.before if word not in _NOT_WORDS]
    return lemmatize(before[-1]) if before and before[-1].islower() else ""


def _is_common_word(word: str) -> bool:
    """Whether the dictionary knows *word*, and not as a name."""
    return is_dictionary_word(word) and not any(parse.grammemes for parse in parse_word(word))


def _is_adjective(word: str) -> bool:
    """Whether *word* can only be an adjective, not a noun made of one (Грозный)."""
    found = parse_word(word)
    return bool(found) and all(parse.pos == "ADJF" for parse in found)


def _head_index(span: Span) -> int:
    """The number of the first word that is a noun."""
    nouns = (n for n, word in enumerate(span.words) if part_of_speech(word) == "NOUN")
    return next(nouns, len(span.words) - 1)


def _may_be_genitive_place(span: Span) -> bool:
    """Whether the name may be a place in the genitive (улицы Москвы)."""
    found = parse_word(span.words[0])
    return not span.quoted and any(
        "Geox" in r.grammemes and r.case == "gent" and r.known for r in found
    )
