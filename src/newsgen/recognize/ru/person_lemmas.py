"""Names of people in the nominative.

Knows how the words of a Russian or a foreign name agree in case and gender, and how surnames that
no dictionary holds decline. Stops at one mention: the mentions of an article vote in ``vote``.

A reading of a name has a cost, the sum of what its words cost: 0 for a form that the dictionary
has as a name and the news has often, more for what is rarer. Only differences of costs matter.
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
_MAX_HYPHENS = 2
_MAX_EASTERN_WORD_LENGTH = 5
#: What readings cost: women are rarer in the news than men; a given name as a surname; a common
#: word; a word that only its ending explains; a double name whose first half does not decline;
#: a word of an eastern name that does not decline, and if the last does not either; no reading.
_FEMALE = 0.4
_GIVEN_LAST = 0.2
_COMMON = 1.2
_BY_ENDING = 1.0
_HALF = 0.7
_EASTERN = 0.5
_EASTERN_FIXED = 9.0
_UNREAD = 9.0


class FormAnalysis(NamedTuple):
    """A word's nominative, if its gender and case are these ("": any), and what that costs."""

    nominative: str
    gender: str
    case: str
    cost: float


@lru_cache(maxsize=20_000)
def person_candidates(
    words: tuple[str, ...], expected: CaseExpectation
) -> tuple[LemmaCandidate, ...]:
    """The possible nominatives of a name, the best first.

    *asked* is what the words before the name ask of it.
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
    """Whether the name looks Korean, so that only its last word declines (Ким Чен Ына)."""
    return len(words) == 3 and all(len(word) <= _MAX_EASTERN_WORD_LENGTH for word in words)


def _combine_forms(
    words: tuple[str, ...], gender: str, case: str, cost: float
) -> Iterator[LemmaCandidate]:
    """The name in the nominative, if all its words may have this gender and case."""
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
    """How *word* may be read in a person's name; *last*: it stands where surnames stand."""
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
    """A double name: each half declines, or only the last does."""
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
    return one == other or not one or not other


def _analyze_by_dictionary(word: str, *, last: bool) -> Iterator[FormAnalysis]:
    for parse in parse_word(word):
        if not parse.known or parse.number == "plur" or not parse.nominative:
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
    """What the ending of an unknown name allows."""
    for ending in guess_nominatives(word.lower()):
        nominative = copy_spelling(word, ending.nominative)
        yield FormAnalysis(nominative, ending.gender, ending.case, _BY_ENDING + ending.penalty)
