"""Rules that reject spans that are not names: works, streets, job titles, sentence openers.

``REJECT_RULES`` lists the rules, each sufficient alone. Stops at one span and the words around it.
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

# In words and in letters. Longer spans are lists or sentences that the model took for one name.
MAX_NAME_WORDS = 14
MAX_NAME_LETTERS = 120
_LETTER = re.compile(r"[^\W\d_]")
_STREET = re.compile("-(?:стрит|авеню|роуд|сквер|парк)[а-я]{0,2}$", re.IGNORECASE)
# Quotes and brackets do not come between a noun and its name: фильм «Бригада».
_NOT_WORDS = frozenset('«"„“([{‹.!?…')


def is_name(span: Span) -> bool:
    """Return True if no rule rejects the span."""
    return not any(rejects(span) for rejects in REJECT_RULES)


def _is_shapeless(span: Span) -> bool:
    """Reject overlong spans, single letters, and spans without any letter."""
    letters = sum(map(len, span.words))
    fits = len(span.words) <= MAX_NAME_WORDS and 1 < letters < MAX_NAME_LETTERS
    return not fits or not any(map(_LETTER.search, span.words))


def _is_work(span: Span) -> bool:
    """Reject films, prizes and the like: фильм «Бригада»."""
    # A person's name after such a noun is the author's, unless it is quoted: картина Репина.
    may_be = span.quoted or span.kind != "person"
    return (
        may_be and noun_before(span) in load_word_set("works") and not _may_be_genitive_place(span)
    )


def _is_platform(span: Span) -> bool:
    """Reject services on which things are published, unless their company is meant: в Facebook."""
    first = span.words[0].partition("-")[0]
    if not {span.text, first, lemmatize(first).capitalize()} & load_word_set("platforms"):
        return False
    return noun_before(span) not in load_word_set("business")


def _is_not_noun(span: Span) -> bool:
    """Reject single verbs, adverbs and the like: Родилась, Впоследствии."""
    word = span.words[0]
    return (
        len(span.words) == 1
        and not word.isupper()
        and is_dictionary_word(word)
        and not parse_word(word)
    )


def _is_not_person(span: Span) -> bool:
    """Reject persons without a capital, lone titles, and common words that open a sentence."""
    if span.kind != "person":
        return False
    if not any(word[0].isupper() for word in span.words):
        return True
    word = span.words[0]
    return len(span.words) == 1 and (
        lemmatize(word) in load_word_set("titles") or (span.opens and _is_common_word(word))
    )


def _is_facility(span: Span) -> bool:
    """Reject streets, buildings and ships: улица Крещатик, Марсово поле, стадион «Лужники»."""
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
    """Reject names that end with an adjective without its noun: Центр химической."""
    words = span.words
    if span.kind == "person" or len(words) == 1 or part_of_speech(words[0]) != "NOUN":
        return False
    return words[-1].islower() and _is_adjective(words[-1])


def _is_job_title(span: Span) -> bool:
    """Reject organizations that are somebody's job title: Глава департамента культуры."""
    if span.kind != "organization" or span.quoted or len(span.words) == 1:
        return False
    head = parse_word(span.words[_head_index(span)])
    if not head or any(parse.grammemes or parse.pos != "NOUN" for parse in head):
        return False
    return all(r.animate and r.in_dictionary and r.number == "sing" for r in head)


def _is_lone_adjective(span: Span) -> bool:
    """Reject single adjectives outside quotes: Австралийское."""
    alone = span.kind != "person" and len(span.words) == 1 and not span.quoted
    return alone and _is_adjective(span.words[0])


def _is_lone_generic_noun(span: Span) -> bool:
    """Reject generic nouns without a name: ЗАО, партия."""
    word = span.words[0]
    if span.kind != "organization" or len(span.words) > 1:
        return False
    sorts = load_word_set("generic")
    return (
        word in load_word_set("legal")
        or word.lower() in sorts
        or (not word.isupper() and lemmatize(word) in sorts)
    )


# Each rule is sufficient alone, so their order changes nothing but the speed.
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
    """Return the lemma of the lowercase word right before a span, "" if there is none."""
    before = [word for word in span.before if word not in _NOT_WORDS]
    return lemmatize(before[-1]) if before and before[-1].islower() else ""


def _is_common_word(word: str) -> bool:
    """Return True if the dictionary contains the word, and not as a name."""
    return is_dictionary_word(word) and not any(parse.grammemes for parse in parse_word(word))


def _is_adjective(word: str) -> bool:
    """Return True if the word can only be an adjective, not a noun made of one (Грозный)."""
    found = parse_word(word)
    return bool(found) and all(parse.pos == "ADJF" for parse in found)


def _head_index(span: Span) -> int:
    """Return the index of the first noun in the span, or of its last word without a noun."""
    nouns = (n for n, word in enumerate(span.words) if part_of_speech(word) == "NOUN")
    return next(nouns, len(span.words) - 1)


def _may_be_genitive_place(span: Span) -> bool:
    """Return True if the span may be a place in the genitive: улицы Москвы."""
    found = parse_word(span.words[0])
    return not span.quoted and any(
        "Geox" in r.grammemes and r.case == "gent" and r.in_dictionary for r in found
    )
