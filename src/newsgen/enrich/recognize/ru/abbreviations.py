"""How abbreviations come from long names: ШОС, Генштаб, Минобороны.

Knows initials and compound words. Stops at two names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsgen.enrich.recognize.ru.spelling import key

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABBREVIATION = re.compile(r"^[А-ЯЁ]{2,8}$|^[А-ЯЁ][А-ЯЁа-яё]{0,6}[А-ЯЁ]$")
_SMALL = frozenset(
    ["и", "в", "во", "на", "по", "с", "со", "к", "о", "об", "от", "для", "из", "за", "при"]
)
_SHORTEST_COMPOUND = 6


def is_abbreviation(name: str) -> bool:
    """Whether *name* is written as abbreviations are: МВД, МИСиС."""
    return bool(_ABBREVIATION.match(name))


def abbreviates(short: str, long: str) -> bool:
    """Whether *short* is made of the beginnings of the words of *long*.

    What follows the first word of *short* (Совбез ООН) must end *long* or be left out of it; the
    country at the end of *long* may have no letter in *short* (ПНС: Переходный совет Ливии).
    """
    words = re.findall(r"\w+", re.split(" (?:им|имени)[. ]", key(long))[0])
    letters, _, tail = key(short).partition(" ")
    if tail and words[-len(tail.split()) :] == tail.split():
        words = words[: -len(tail.split())]
    if len(letters) < 2 or len(words) < 2:
        return False
    big = [word for word in words if word not in _SMALL]
    initials = "".join(word[0] for word in big)
    if letters in {initials, "".join(word[0] for word in words)}:
        return True
    if len(big) > 2 and letters == initials[:-1]:
        return True
    return len(letters) >= _SHORTEST_COMPOUND and _is_made_of(letters, big)


def _is_made_of(letters: str, words: Sequence[str]) -> bool:
    """Whether *letters* are the beginnings of all of *words*, two letters of each at the least."""
    if not words:
        return not letters
    longest = 0
    while longest < min(len(letters), len(words[0])) and letters[longest] == words[0][longest]:
        longest += 1
    return any(
        _is_made_of(letters[size:].removeprefix(joint), words[1:])
        for size in range(2, longest + 1)
        for joint in ("", "о")
    )
