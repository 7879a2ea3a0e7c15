"""How abbreviations come from long names: ШОС, Генштаб, Минобороны.

Knows initials and compound words. Stops at two names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.orthography import normalize_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABBREVIATION = re.compile(r"^[А-ЯЁ]{2,8}$|^[А-ЯЁ][А-ЯЁа-яё]{0,6}[А-ЯЁ]$")
_FUNCTION_WORDS = frozenset(
    ["и", "в", "во", "на", "по", "с", "со", "к", "о", "об", "от", "для", "из", "за", "при"]
)
_MIN_COMPOUND_LENGTH = 6
_NAMED_AFTER = re.compile(" (?:им|имени)[. ]")
#: How many words of a name are looked at: an abbreviation has a letter of each.
_MAX_WORDS = 20


def is_abbreviation(name: str) -> bool:
    """Whether *name* is written as abbreviations are: МВД, МИСиС."""
    return bool(_ABBREVIATION.match(name))


def abbreviates(short: str, long: str) -> bool:
    """Whether *short* is made of the beginnings of the words of *long*.

    What follows the first word of *short* (Совбез ООН) must end *long* or be left out of it; the
    country at the end of *long* may have no letter in *short* (ПНС: Переходный совет Ливии).
    """
    words = list(_abbreviable_words(long))
    letters, _, tail = normalize_name(short).partition(" ")
    if tail and words[-len(tail.split()) :] == tail.split():
        words = words[: -len(tail.split())]
    if len(letters) < 2 or len(words) < 2:
        return False
    big = [word for word in words if word not in _FUNCTION_WORDS]
    initials = "".join(word[0] for word in big)
    if letters in {initials, "".join(word[0] for word in words)}:
        return True
    if len(big) > 2 and letters == initials[:-1]:
        return True
    return len(letters) >= _MIN_COMPOUND_LENGTH and _is_compound_abbreviation(letters, big)


@lru_cache(maxsize=20_000)
def _abbreviable_words(long: str) -> tuple[str, ...]:
    """The words of *long* that may be abbreviated: not whose name it bears."""
    return tuple(re.findall(r"\w+", _NAMED_AFTER.split(normalize_name(long))[0]))


def short_form_keys(short: str) -> set[tuple[str, str]]:
    """What *short* may be found by among the `beginnings` of the names that it abbreviates."""
    letters = normalize_name(short).partition(" ")[0]
    found = {(letters, "")}
    if len(letters) >= _MIN_COMPOUND_LENGTH:
        found |= {(letters[:2], ""), *((letters[:2], two) for two in _letter_pairs(letters[2:]))}
    return found


def long_form_keys(long: str) -> set[tuple[str, str]]:
    """What *long* may be found by: its initials, and how its first two words begin.

    Every name that abbreviates it has one of these among its `traces`; but not only such a name.
    """
    words = _abbreviable_words(long)[:_MAX_WORDS]
    found: set[tuple[str, str]] = set()
    for count in range(2, len(words) + 1):
        big = [word for word in words[:count] if word not in _FUNCTION_WORDS]
        initials = "".join(word[0] for word in big)
        found |= {(initials, ""), ("".join(word[0] for word in words[:count]), "")}
        if len(big) > 2:
            found.add((initials[:-1], ""))
        if big:
            found.add((big[0][:2], big[1][:2] if len(big) > 1 else ""))
    return found


def _letter_pairs(letters: str) -> set[str]:
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


def _is_compound_abbreviation(letters: str, words: Sequence[str]) -> bool:
    """Whether *letters* are the beginnings of all of *words*, two letters of each at the least."""
    places = {0}
    for word in words:
        reached: set[int] = set()
        for place in places:
            for size in range(1, min(len(letters) - place, len(word)) + 1):
                if letters[place + size - 1] != word[size - 1]:
                    break
                if size > 1:
                    reached.add(place + size)
        places = reached | {place + 1 for place in reached if letters[place : place + 1] == "о"}
    return len(letters) in places
