"""Names of places and organisations in the nominative.

Knows that the adjectives before the head agree with it and that what follows the head stays.
Stops at one mention: the mentions of an article vote in ``vote``. Costs are as in ``persons``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.endings import possible
from newsgen.recognize.ru.evidence import rarity
from newsgen.recognize.ru.morph import CASES, Candidate, Reading, lemma, like, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsgen.recognize.ru.context import Asked

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LOWER = re.compile("[а-яё]")
_NUMBERED = re.compile(r"(.*[а-яё])(-\d+)$")
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_NAMES = frozenset({"Name", "Surn", "Patr"})
_MOST_ADJECTIVES = 4
#: An adjective by its form that heads names as a noun does: сборная России.
_TEAM = "сборная"
#: What readings cost: an adjective as the head; a plural; a word of the dictionary that it does not
#: mark as a name of this sort, and one that it marks as a person's; a word not in the dictionary,
#: and one that does not decline; a head that could be an adjective; the second half of a double
#: name that does not agree; no reading. An adjective that agrees speaks for a reading.
_ADJECTIVE = 1.5
_PLURAL = 0.6
_UNMARKED = 0.5
_OF_PERSON = 0.3
_BY_ENDING = 1.0
_INDECLINABLE = 0.5
_DOUBTFUL_HEAD = 1.0
_DISAGREEING = 0.5
_UNREAD = 3.0
_AGREEMENT = -0.2
#: How much the rarity of a head's nominative weighs: a marked name, one of several words, a word.
_RARITY_MARKED, _RARITY_OF_SEVERAL, _RARITY_ALONE = 0.2, 0.4, 1.0


@lru_cache(maxsize=20_000)
def phrase_candidates(
    words: tuple[str, ...], asked: Asked, *, place: bool
) -> tuple[Candidate, ...]:
    """The possible nominatives of a name, the best first.

    *asked* is what the words before the name ask of it; *place*: it names a place.
    """
    if _is_fixed(words[0]):
        return (Candidate(" ".join(words), "", "", 0.0),)
    best: dict[str, Candidate] = {}
    for candidate in _candidates(words, asked, place=place):
        known = best.get(candidate.name)
        if known is None or candidate.cost < known.cost:
            best[candidate.name] = candidate
    if not best:
        return (Candidate(" ".join(words), "", "", _UNREAD),)
    return tuple(sorted(best.values(), key=lambda c: (c.cost, c.name)))


def _is_fixed(word: str) -> bool:
    """Whether *word* does not decline to the eye: an abbreviation, a number, a foreign script."""
    return not _CYRILLIC.search(word) or not _LOWER.search(word)


def _candidates(words: tuple[str, ...], asked: Asked, *, place: bool) -> Iterator[Candidate]:
    """The name read with each of its words as the head before which all agree."""
    for lead, head in enumerate(words[: _MOST_ADJECTIVES + 1]):
        if lead and not _may_lead(words[lead - 1]):
            return
        last = lead == len(words) - 1
        doubtful = not last and lemma(head) != _TEAM and _may_be_adjective(head)
        for reading in _head_readings(head, last=last):
            adjectives = [_agreeing(word, reading) for word in words[:lead]]
            if not all(adjectives) or not reading.nominative:
                continue
            tail, cost = _tail(words[lead + 1 :], reading, place=place)
            cost += _head_cost(reading, place=place, alone=len(words) == 1)
            cost += asked.cost(reading.case)
            cost += _AGREEMENT * lead + _DOUBTFUL_HEAD * doubtful
            name = " ".join([*adjectives, reading.nominative, *tail])
            yield Candidate(name, reading.gender, reading.case, cost)


def _may_lead(word: str) -> bool:
    """Whether *word* may stand before a head; Сергиев Посад is made of two nouns that agree."""
    if lemma(word) == _TEAM:
        return False
    return any(reading.part in _ADJECTIVES or "Surn" in reading.marks for reading in readings(word))


def _may_be_adjective(word: str) -> bool:
    return any(reading.part in _ADJECTIVES and reading.known for reading in readings(word))


def _head_readings(word: str, *, last: bool) -> list[Reading]:
    """The readings in which *word* may be a head; an adjective only where nothing follows."""
    if _is_fixed(word):
        return [_unknown(word, case, "", 0.0) for case in CASES]
    numbered = _NUMBERED.match(word)
    if numbered:
        bare = _head_readings(numbered[1], last=last)
        return [replace(r, base=r.nominative + numbered[2]) for r in bare if r.nominative]
    every = readings(word)
    found = [r for r in every if r.part == "NOUN" or (last and r.part in _ADJECTIVES)]
    if any(r.known for r in every):
        return found
    for ending in possible(word.lower()):
        nominative = like(word, ending.nominative)
        doubt = ending.doubt + (0.0 if ending.case else _INDECLINABLE)
        cases = (ending.case,) if ending.case else CASES
        found += [_unknown(nominative, case, ending.gender, doubt) for case in cases]
    return found


def _unknown(nominative: str, case: str, gender: str, doubt: float) -> Reading:
    return Reading(
        word=nominative,
        part="NOUN",
        case=case,
        number="sing",
        gender=gender,
        marks=frozenset(),
        animate=False,
        known=False,
        base=nominative,
        doubt=doubt,
    )


def _agreeing(word: str, head: Reading) -> str:
    """The nominative of *word* as an adjective of *head*; "" if they do not agree."""
    for reading in readings(word):
        if reading.part not in _ADJECTIVES | {"NUMR"} and "Surn" not in reading.marks:
            continue
        if (reading.case, reading.number) != (head.case, head.number):
            continue
        genders = {reading.gender, head.gender} - {""}
        if reading.number == "plur" or len(genders) < 2:
            return reading.nominative
    return ""


def _head_cost(reading: Reading, *, place: bool, alone: bool) -> float:
    if reading.part in _ADJECTIVES:
        return _ADJECTIVE
    rare = rarity(reading.nominative)
    if reading.known and reading.marks & {"Geox" if place else "Orgn", "Abbr"}:
        return _RARITY_MARKED * rare
    cost = _PLURAL * (reading.number == "plur")
    if reading.known:
        cost += _UNMARKED + _OF_PERSON * (alone and bool(reading.marks & _NAMES))
    else:
        cost += _BY_ENDING + reading.doubt
    return cost + rare * (_RARITY_ALONE if alone else _RARITY_OF_SEVERAL)


def _tail(words: tuple[str, ...], head: Reading, *, place: bool) -> tuple[list[str], float]:
    """What follows the head, and a cost.

    It stays, save the second half of a double name and an adjective after the head: Босния и
    Герцеговина, Республика Сербская.
    """
    double = len(words) == 2 and words[0] == "и" and place
    if not (double or len(words) == 1) or not words[-1][0].isupper():
        return list(words), 0.0
    part = "NOUN" if double else "ADJF"
    every = readings(words[-1])
    if not every or any(r.known and r.part != part for r in every):
        return list(words), 0.0
    for r in every:
        if r.case == head.case and (double or r.gender == head.gender):
            return [*words[:-1], r.nominative], 0.0
    return list(words), _DISAGREEING
