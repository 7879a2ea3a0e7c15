"""Abbreviations of long names: ШОС, Генштаб, Минобороны.

Handles initialisms and compounds of syllables. Stops at comparing two names.
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
# Shorter compounds (two words, two letters each) match by chance too often.
_MIN_COMPOUND_LENGTH = 6
_NAMED_AFTER = re.compile(" (?:им|имени)[. ]")
# An abbreviation has a letter of each word, and `_ABBREVIATION` allows at most 8 letters; 20 words
# leave room for function words and keep hostile input linear.
_MAX_WORDS = 20


def is_abbreviation(name: str) -> bool:
    """Return True if the name is written like an abbreviation: МВД, МИСиС."""
    return bool(_ABBREVIATION.match(name))


def abbreviates(short: str, long: str) -> bool:
    """Return True if `short` is made of the beginnings of the words of `long`.

    ШОС abbreviates Шанхайская организация сотрудничества.

    Args:
        short: The name that may be an abbreviation. Words after its first must end `long` or be
            missing from it: Совбез ООН for Совет Безопасности ООН.
        long: The full name. A country at its end may have no letter in `short`: ПНС for Переходный
            национальный совет Ливии.
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
    # ПНС: the last word names the country and has no letter in the abbreviation.
    if len(big) > 2 and letters == initials[:-1]:
        return True
    return len(letters) >= _MIN_COMPOUND_LENGTH and _is_compound_abbreviation(letters, big)


@lru_cache(maxsize=20_000)
def _abbreviable_words(long: str) -> tuple[str, ...]:
    """Return the normalized words of a name, without the person that it is named after."""
    return tuple(re.findall(r"\w+", _NAMED_AFTER.split(normalize_name(long))[0]))


def short_form_keys(short: str) -> set[tuple[str, str]]:
    """Return the index keys under which the long forms of an abbreviation can be found.

    Each key is a pair of letter groups, to be looked up among `long_form_keys`.
    """
    letters = normalize_name(short).partition(" ")[0]
    found = {(letters, "")}
    if len(letters) >= _MIN_COMPOUND_LENGTH:
        found |= {(letters[:2], ""), *((letters[:2], two) for two in _letter_pairs(letters[2:]))}
    return found


def long_form_keys(long: str) -> set[tuple[str, str]]:
    """Return the index keys of a long name: its initials, and how its first two words begin.

    Every abbreviation of the name shares a key with it. Not every name that shares a key is one, so
    `abbreviates` must still confirm the pair.
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
    """Return all pairs of neighboring letters."""
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


def _is_compound_abbreviation(letters: str, words: Sequence[str]) -> bool:
    """Return True if the letters are beginnings of all the words, at least two letters of each.

    Генштаб: ген(еральный) + штаб.
    """
    # All ways to cut the letters are followed at once, as positions after the words so far. Trying
    # them one by one would take exponential time.
    places = {0}
    for word in words:
        reached: set[int] = set()
        for place in places:
            for size in range(1, min(len(letters) - place, len(word)) + 1):
                if letters[place + size - 1] != word[size - 1]:
                    break
                if size > 1:
                    reached.add(place + size)
        # A linking "о" may stand between the parts: Роспотребнадзор, Минобрнауки.
        places = reached | {place + 1 for place in reached if letters[place : place + 1] == "о"}
    return len(letters) in places
