"""Lemmas of persons' names: Владимиру Путину -> Владимир Путин.

The words of a name agree in case and gender, and surnames outside the dictionary decline by rules.
Stops at one mention: ``lemma_vote`` decides among all mentions of an article.

A candidate costs the sum of what its words cost: 0 for a form that the dictionary has as a name and
that is frequent in the news, more for anything rarer. Only differences between costs matter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.ru.endings import guess_nominatives
from newsgen.recognize.ru.full_names import is_initial
from newsgen.recognize.ru.morphology import (
    CASES,
    MAX_WORD_LENGTH,
    LemmaCandidate,
    copy_spelling,
    parse_word,
)
from newsgen.recognize.ru.word_frequency import rarity_cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsgen.recognize.ru.context import CaseExpectation

_PARTICLES = frozenset(
    [
        "фон",
        "ван",
        "де",
        "да",
        "ди",
        "дель",
        "дер",
        "ден",
        "ду",
        "дос",
        "ла",
        "ле",
        "эль",
        "аль",
        "ан",
        "ас",
        "ат",
        "ад",
        "ибн",
        "бин",
        "бен",
        "оглы",
        "кызы",
        "заде",
        "тер",
        "и",
    ]
)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_PERSON_GRAMMEMES = frozenset({"Name", "Surn", "Patr"})
_GENDERS = ("masc", "femn")
# Readings multiply with each hyphen.
_MAX_HYPHENS = 2
# In letters.
_MAX_EASTERN_WORD_LENGTH = 5
# Costs. Women are rarer in the news than men.
_FEMALE = 0.4
# A given name in the place of the surname.
_GIVEN_LAST = 0.2
# A common word as a name: Волк, Заяц.
_COMMON = 1.2
# A word that only its ending explains.
_BY_ENDING = 1.0
# A double name of which only the second half declines.
_HALF = 0.7
# For each word of a Korean name that does not decline; the second is for a name in the nominative,
# where the ordinary reading says the same.
_EASTERN = 0.5
_EASTERN_FIXED = 9.0
# A name without any reading.
_UNREAD = 9.0


class FormAnalysis(NamedTuple):
    """Reading of one word of a name.

    Attributes:
        nominative: Its nominative.
        gender: The gender that this reading assumes, "" for any.
        case: The case that this reading assumes, "" for any.
        cost: How unlikely the reading is.
    """

    nominative: str
    gender: str
    case: str
    cost: float


@lru_cache(maxsize=20_000)
def person_candidates(
    words: tuple[str, ...], expected: CaseExpectation
) -> tuple[LemmaCandidate, ...]:
    """Return the possible lemmas of a person's name, cheapest first.

    Args:
        words: The words of the name, with the given name first.
        expected: The cases that the context requires.
    """
    best: dict[str, LemmaCandidate] = {}
    for candidate in _generate_candidates(words, expected):
        known = best.get(candidate.name)
        if known is None or candidate.cost < known.cost:
            best[candidate.name] = candidate
    if not best:
        return (LemmaCandidate(" ".join(words), "", "", _UNREAD),)
    return tuple(sorted(best.values(), key=lambda c: (c.cost, c.name)))


def _generate_candidates(
    words: tuple[str, ...], expected: CaseExpectation
) -> Iterator[LemmaCandidate]:
    """Yield a candidate for each gender and case in which all words can agree."""
    for gender in _GENDERS:
        for case in CASES:
            cost = expected.cost(case) + _FEMALE * (gender == "femn")
            yield from _combine_forms(words, gender, case, cost)
            if _looks_korean(words):
                fixed = " ".join(words[:-1])
                cost += (_EASTERN if case != "nomn" else _EASTERN_FIXED) * (len(words) - 1)
                for last in _combine_forms(words[-1:], gender, case, cost):
                    yield last._replace(name=f"{fixed} {last.name}")


def _looks_korean(words: tuple[str, ...]) -> bool:
    """Return True if the name looks Korean, so that only its last word declines: Ким Чен Ына."""
    return len(words) == 3 and all(len(word) <= _MAX_EASTERN_WORD_LENGTH for word in words)


def _combine_forms(
    words: tuple[str, ...], gender: str, case: str, cost: float
) -> Iterator[LemmaCandidate]:
    """Yield the name in the nominative, if all its words can have this gender and case."""
    parts = []
    for number, word in enumerate(words):
        forms = _analyze_word(word, last=number == len(words) - 1)
        fitting = [f for f in forms if f.gender in {gender, ""} and f.case in {case, ""}]
        if not fitting:
            return
        form = min(fitting, key=lambda form: (form.cost, form.nominative))
        parts.append(form.nominative)
        cost += form.cost
    yield LemmaCandidate(" ".join(parts), gender, case, cost)


@lru_cache(maxsize=20_000)
def _analyze_word(word: str, *, last: bool) -> tuple[FormAnalysis, ...]:
    """Return the readings of a word in a person's name.

    Args:
        word: The word as written.
        last: True if the word stands where surnames stand.
    """
    fixed = (FormAnalysis(word, "", "", 0.0),)
    if is_initial(word) or word.lower() in _PARTICLES or not 1 < len(word) <= MAX_WORD_LENGTH:
        return fixed
    if not _CYRILLIC.search(word) or not word.replace("-", "").isalpha():
        return fixed
    if "-" in word:
        return _analyze_hyphenated(word, last=last) if word.count("-") <= _MAX_HYPHENS else fixed
    forms = (*_analyze_by_dictionary(word, last=last), *_analyze_by_ending(word))
    return (
        tuple(form._replace(cost=form.cost + rarity_cost(form.nominative)) for form in forms)
        or fixed
    )


def _analyze_hyphenated(word: str, *, last: bool) -> tuple[FormAnalysis, ...]:
    """Analyze a double name, of which both halves decline or only the last one.

    Римского-Корсакова -> Римский-Корсаков, Бонч-Бруевича -> Бонч-Бруевич.
    """
    left, _, right = word.rpartition("-")
    rights = _analyze_word(right, last=last)
    both = [
        FormAnalysis(
            nominative=f"{a.nominative}-{b.nominative}",
            gender=a.gender or b.gender,
            case=a.case or b.case,
            cost=(a.cost + b.cost) / 2,
        )
        for a in _analyze_word(left, last=last)
        for b in rights
        if _are_compatible(a.case, b.case) and _are_compatible(a.gender, b.gender)
    ]
    half = [f._replace(nominative=f"{left}-{f.nominative}", cost=f.cost + _HALF) for f in rights]
    return (*both, *half)


def _are_compatible(one: str, other: str) -> bool:
    """Return True if two cases or genders are equal or one of them is open."""
    return one == other or not one or not other


def _analyze_by_dictionary(word: str, *, last: bool) -> Iterator[FormAnalysis]:
    """Yield the readings that the dictionary has for a word, in the singular."""
    for parse in parse_word(word):
        if not parse.in_dictionary or parse.number == "plur" or not parse.nominative:
            continue
        named = parse.grammemes & _PERSON_GRAMMEMES
        if named:
            gender = parse.gender if parse.gender in _GENDERS else ""
            odd = last and len(named) == 1 and "Surn" not in named
            yield FormAnalysis(parse.nominative, gender, parse.case, _GIVEN_LAST * odd)
        elif parse.pos in {"NOUN", "ADJF"}:
            gender = parse.gender if parse.pos == "ADJF" else ""
            yield FormAnalysis(parse.nominative, gender, parse.case, _COMMON)


def _analyze_by_ending(word: str) -> Iterator[FormAnalysis]:
    """Yield the readings that the ending of an unknown name allows."""
    for ending in guess_nominatives(word.lower()):
        nominative = copy_spelling(word, ending.nominative)
        yield FormAnalysis(nominative, ending.gender, ending.case, _BY_ENDING + ending.penalty)
