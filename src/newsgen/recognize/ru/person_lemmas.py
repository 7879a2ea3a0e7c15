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

from newsgen.recognize.ru.endings import possible
from newsgen.recognize.ru.evidence import rarity
from newsgen.recognize.ru.fullnames import is_initial
from newsgen.recognize.ru.morph import CASES, LONGEST_WORD, Candidate, like, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsgen.recognize.ru.context import Asked

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
_NAMES = frozenset({"Name", "Surn", "Patr"})
_GENDERS = ("masc", "femn")
_MOST_HYPHENS = 2
_LONGEST_EASTERN = 5
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


class Form(NamedTuple):
    """A word's nominative, if its gender and case are these ("": any), and what that costs."""

    nominative: str
    gender: str
    case: str
    cost: float


@lru_cache(maxsize=20_000)
def person_candidates(words: tuple[str, ...], asked: Asked) -> tuple[Candidate, ...]:
    """The possible nominatives of a name, the best first.

    *asked* is what the words before the name ask of it.
    """
    best: dict[str, Candidate] = {}
    for candidate in _candidates(words, asked):
        known = best.get(candidate.name)
        if known is None or candidate.cost < known.cost:
            best[candidate.name] = candidate
    if not best:
        return (Candidate(" ".join(words), "", "", _UNREAD),)
    return tuple(sorted(best.values(), key=lambda c: (c.cost, c.name)))


def _candidates(words: tuple[str, ...], asked: Asked) -> Iterator[Candidate]:
    for gender in _GENDERS:
        for case in CASES:
            cost = asked.cost(case) + _FEMALE * (gender == "femn")
            yield from _agreeing(words, gender, case, cost)
            if _is_eastern(words):
                fixed = " ".join(words[:-1])
                cost += (_EASTERN if case != "nomn" else _EASTERN_FIXED) * (len(words) - 1)
                for last in _agreeing(words[-1:], gender, case, cost):
                    yield last._replace(name=f"{fixed} {last.name}")


def _is_eastern(words: tuple[str, ...]) -> bool:
    """Whether the name looks Korean, so that only its last word declines (Ким Чен Ына)."""
    return len(words) == 3 and all(len(word) <= _LONGEST_EASTERN for word in words)


def _agreeing(words: tuple[str, ...], gender: str, case: str, cost: float) -> Iterator[Candidate]:
    """The name in the nominative, if all its words may have this gender and case."""
    parts = []
    for number, word in enumerate(words):
        forms = _forms(word, last=number == len(words) - 1)
        fitting = [f for f in forms if f.gender in {gender, ""} and f.case in {case, ""}]
        if not fitting:
            return
        form = min(fitting, key=lambda form: (form.cost, form.nominative))
        parts.append(form.nominative)
        cost += form.cost
    yield Candidate(" ".join(parts), gender, case, cost)


@lru_cache(maxsize=20_000)
def _forms(word: str, *, last: bool) -> tuple[Form, ...]:
    """How *word* may be read in a person's name; *last*: it stands where surnames stand."""
    fixed = (Form(word, "", "", 0.0),)
    if is_initial(word) or word.lower() in _PARTICLES or not 1 < len(word) <= LONGEST_WORD:
        return fixed
    if not _CYRILLIC.search(word) or not word.replace("-", "").isalpha():
        return fixed
    if "-" in word:
        return _hyphened(word, last=last) if word.count("-") <= _MOST_HYPHENS else fixed
    forms = (*_from_dictionary(word, last=last), *_from_endings(word))
    return tuple(form._replace(cost=form.cost + rarity(form.nominative)) for form in forms) or fixed


def _hyphened(word: str, *, last: bool) -> tuple[Form, ...]:
    """A double name: each half declines, or only the last does."""
    left, _, right = word.rpartition("-")
    rights = _forms(right, last=last)
    both = [
        Form(
            nominative=f"{a.nominative}-{b.nominative}",
            gender=a.gender or b.gender,
            case=a.case or b.case,
            cost=(a.cost + b.cost) / 2,
        )
        for a in _forms(left, last=last)
        for b in rights
        if _agree(a.case, b.case) and _agree(a.gender, b.gender)
    ]
    half = [f._replace(nominative=f"{left}-{f.nominative}", cost=f.cost + _HALF) for f in rights]
    return (*both, *half)


def _agree(one: str, other: str) -> bool:
    return one == other or not one or not other


def _from_dictionary(word: str, *, last: bool) -> Iterator[Form]:
    for reading in readings(word):
        if not reading.known or reading.number == "plur" or not reading.nominative:
            continue
        named = reading.marks & _NAMES
        if named:
            gender = reading.gender if reading.gender in _GENDERS else ""
            odd = last and len(named) == 1 and "Surn" not in named
            yield Form(reading.nominative, gender, reading.case, _GIVEN_LAST * odd)
        elif reading.part in {"NOUN", "ADJF"}:
            gender = reading.gender if reading.part == "ADJF" else ""
            yield Form(reading.nominative, gender, reading.case, _COMMON)


def _from_endings(word: str) -> Iterator[Form]:
    """What the ending of an unknown name allows."""
    for ending in possible(word.lower()):
        nominative = like(word, ending.nominative)
        yield Form(nominative, ending.gender, ending.case, _BY_ENDING + ending.doubt)
