"""Lemmas of places' and organizations' names: Московской области -> Московская область.

Adjectives before the head noun agree with it, and what follows the head stays unchanged. Stops at
one mention: ``lemma_vote`` decides among all mentions of an article. Costs are as in
``person_lemmas``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.endings import guess_nominatives
from newsgen.recognize.ru.morphology import (
    CASES,
    LemmaCandidate,
    MorphParse,
    copy_spelling,
    lemmatize,
    parse_word,
)
from newsgen.recognize.ru.word_frequency import rarity_cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsgen.recognize.ru.context import CaseExpectation

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LOWER = re.compile("[а-яё]")
_NUMBERED = re.compile(r"(.*[а-яё])(-\d+)$")
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_PERSON_GRAMMEMES = frozenset({"Name", "Surn", "Patr"})
_MAX_ADJECTIVES = 4
# An adjective by its form that heads names like a noun: сборная России.
_NOUNLIKE_ADJECTIVE = "сборная"
# Costs. An adjective as the head.
_ADJECTIVE = 1.5
# A plural: rare in names, but Канны and Центры are such.
_PLURAL = 0.6
# A dictionary word that is no name of this sort.
_UNMARKED = 0.5
# Added if the dictionary has it as a person's name.
_OF_PERSON = 0.3
# A word outside the dictionary.
_BY_ENDING = 1.0
# Such a word, assumed not to decline.
_INDECLINABLE = 0.5
# A head that could be an adjective of a later word.
_DOUBTFUL_HEAD = 1.0
# A second half or an adjective after the head that does not agree.
_DISAGREEING = 0.5
# A name without any parse.
_UNREAD = 3.0
# Negative: each adjective that agrees confirms the reading.
_AGREEMENT = -0.2
# Weight of the rarity of the head's nominative: for a known name, for a name of several words, and
# for a single word, where there is no other evidence.
_RARITY_MARKED, _RARITY_OF_SEVERAL, _RARITY_ALONE = 0.2, 0.4, 1.0


@lru_cache(maxsize=20_000)
def phrase_candidates(
    words: tuple[str, ...], expected: CaseExpectation, *, place: bool
) -> tuple[LemmaCandidate, ...]:
    """Return the possible lemmas of a place's or an organization's name, cheapest first.

    Args:
        words: The words of the name.
        expected: The cases that the context requires.
        place: True for a place, False for an organization.
    """
    if _is_fixed(words[0]):
        return (LemmaCandidate(" ".join(words), "", "", 0.0),)
    best: dict[str, LemmaCandidate] = {}
    for candidate in _generate_candidates(words, expected, place=place):
        known = best.get(candidate.name)
        if known is None or candidate.cost < known.cost:
            best[candidate.name] = candidate
    if not best:
        return (LemmaCandidate(" ".join(words), "", "", _UNREAD),)
    return tuple(sorted(best.values(), key=lambda c: (c.cost, c.name)))


def _is_fixed(word: str) -> bool:
    """Return True if the word does not decline visibly: an abbreviation, a number, a Latin word."""
    return not _CYRILLIC.search(word) or not _LOWER.search(word)


def _generate_candidates(
    words: tuple[str, ...], expected: CaseExpectation, *, place: bool
) -> Iterator[LemmaCandidate]:
    """Yield the name read with each of its first words as the head noun."""
    for lead, head in enumerate(words[: _MAX_ADJECTIVES + 1]):
        if lead and not _may_precede_head(words[lead - 1]):
            return
        last = lead == len(words) - 1
        doubtful = not last and lemmatize(head) != _NOUNLIKE_ADJECTIVE and _may_be_adjective(head)
        for parse in _parse_head(head, last=last):
            adjectives = [_lemmatize_agreeing(word, parse) for word in words[:lead]]
            if not all(adjectives) or not parse.nominative:
                continue
            tail, cost = _lemmatize_tail(words[lead + 1 :], parse, place=place)
            cost += _head_cost(parse, place=place, alone=len(words) == 1)
            cost += expected.cost(parse.case)
            cost += _AGREEMENT * lead + _DOUBTFUL_HEAD * doubtful
            name = " ".join([*adjectives, parse.nominative, *tail])
            yield LemmaCandidate(name, parse.gender, parse.case, cost)


def _may_precede_head(word: str) -> bool:
    """Return True if the word may stand before a head: Сергиев Посад is two nouns that agree."""
    if lemmatize(word) == _NOUNLIKE_ADJECTIVE:
        return False
    return any(parse.pos in _ADJECTIVES or "Surn" in parse.grammemes for parse in parse_word(word))


def _may_be_adjective(word: str) -> bool:
    """Return True if the dictionary has the word as an adjective or a participle."""
    return any(parse.pos in _ADJECTIVES and parse.in_dictionary for parse in parse_word(word))


def _parse_head(word: str, *, last: bool) -> list[MorphParse]:
    """Return the parses in which a word may be the head.

    Args:
        word: The word as written.
        last: True if nothing follows the word; only then may an adjective be the head.
    """
    if _is_fixed(word):
        return [_make_unknown_parse(word, case, "", 0.0) for case in CASES]
    numbered = _NUMBERED.match(word)
    if numbered:
        bare = _parse_head(numbered[1], last=last)
        return [
            replace(r, precomputed_nominative=r.nominative + numbered[2])
            for r in bare
            if r.nominative
        ]
    every = parse_word(word)
    found = [r for r in every if r.pos == "NOUN" or (last and r.pos in _ADJECTIVES)]
    if any(r.in_dictionary for r in every):
        return found
    for ending in guess_nominatives(word.lower()):
        nominative = copy_spelling(word, ending.nominative)
        penalty = ending.penalty + (0.0 if ending.case else _INDECLINABLE)
        cases = (ending.case,) if ending.case else CASES
        found += [_make_unknown_parse(nominative, case, ending.gender, penalty) for case in cases]
    return found


def _make_unknown_parse(nominative: str, case: str, gender: str, penalty: float) -> MorphParse:
    """Create the parse of a noun outside the dictionary."""
    return MorphParse(
        word=nominative,
        pos="NOUN",
        case=case,
        number="sing",
        gender=gender,
        grammemes=frozenset(),
        animate=False,
        in_dictionary=False,
        precomputed_nominative=nominative,
        penalty=penalty,
    )


def _lemmatize_agreeing(word: str, head: MorphParse) -> str:
    """Return the nominative of a word as an adjective of the head, "" if they do not agree."""
    for parse in parse_word(word):
        if parse.pos not in _ADJECTIVES | {"NUMR"} and "Surn" not in parse.grammemes:
            continue
        if (parse.case, parse.number) != (head.case, head.number):
            continue
        genders = {parse.gender, head.gender} - {""}
        if parse.number == "plur" or len(genders) < 2:
            return parse.nominative
    return ""


def _head_cost(parse: MorphParse, *, place: bool, alone: bool) -> float:
    """Return the cost of a parse as the head of a name."""
    if parse.pos in _ADJECTIVES:
        return _ADJECTIVE
    rare = rarity_cost(parse.nominative)
    if parse.in_dictionary and parse.grammemes & {"Geox" if place else "Orgn", "Abbr"}:
        return _RARITY_MARKED * rare
    cost = _PLURAL * (parse.number == "plur")
    if parse.in_dictionary:
        cost += _UNMARKED + _OF_PERSON * (alone and bool(parse.grammemes & _PERSON_GRAMMEMES))
    else:
        cost += _BY_ENDING + parse.penalty
    return cost + rare * (_RARITY_ALONE if alone else _RARITY_OF_SEVERAL)


def _lemmatize_tail(
    words: tuple[str, ...], head: MorphParse, *, place: bool
) -> tuple[list[str], float]:
    """Return the words after the head, and their cost.

    They stay unchanged, except for the second half of a double name (Босния и Герцеговина) and a
    single adjective after the head (Республика Сербская).
    """
    double = len(words) == 2 and words[0] == "и" and place
    if not (double or len(words) == 1) or not words[-1][0].isupper():
        return list(words), 0.0
    part = "NOUN" if double else "ADJF"
    every = parse_word(words[-1])
    if not every or any(r.in_dictionary and r.pos != part for r in every):
        return list(words), 0.0
    for r in every:
        if r.case == head.case and (double or r.gender == head.gender):
            return [*words[:-1], r.nominative], 0.0
    return list(words), _DISAGREEING
