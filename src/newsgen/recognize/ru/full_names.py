"""What a person's name is made of: given name, patronymic, surname, initials.

Knows their order and their endings. Stops at one name; whom it means is ``people``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.ru.morphology import parse_word
from newsgen.recognize.ru.orthography import is_cyrillic, normalize_letters
from newsgen.recognize.ru.word_lists import load_word_map

if TYPE_CHECKING:
    from collections.abc import Sequence

_PATRONYMIC = re.compile(
    r"(?:[оеё]вич|ьич|[оеё]вн|иничн|ичн)(?:а|у|ем|ом|е|ы|ой)?$|^(?:оглы|кызы)$", re.IGNORECASE
)
_INITIAL = re.compile(r"^(?:[A-ZА-ЯЁ]|[А-ЯЁ][жю])\.(?:-[A-ZА-ЯЁ]\.)?$")
_LETTER = re.compile(r"^[А-ЯЁ]$")
_JUNIOR = re.compile("-младш(?:ий|ая)$")
_PARTICLES = frozenset(["де", "да", "ди", "дель", "дю", "ван", "фон", "аль", "эль"])


class FullName(NamedTuple):
    """The parts of a name, folded; "" for what it has not."""

    given: str
    patronymic: str
    surname: str


def split_full_name(name: str) -> FullName:
    """What *name* (given name first) is made of; a single word is a surname."""
    words = name.split()
    folded = [_JUNIOR.sub("", normalize_letters(word)) for word in words]
    if len(words) == 1 or (len(words) == 2 and folded[0] in _PARTICLES):
        return FullName("", "", folded[-1])
    if len(words) == 2 and is_patronymic(words[0]) and not is_patronymic(words[1]):
        return FullName("", folded[0], folded[1])
    if len(words) == 2 and not is_initial(words[0]) and is_patronymic(words[1]):
        return FullName(folded[0], folded[1], "")
    return FullName(folded[0], folded[1] if len(words) > 2 else "", folded[-1])


def put_given_name_first(words: Sequence[str]) -> tuple[str, ...]:
    """A name's words with the given name first (Путин Владимир Владимирович is turned round)."""
    if len(words) > 1 and _LETTER.match(words[-1]) and any(map(is_initial, words[:-1])):
        words = (*words[:-1], f"{words[-1]}.")
    if len(words) > 1 and is_initial(words[-1]):
        return (*filter(is_initial, words), *(word for word in words if not is_initial(word)))
    if (
        len(words) == 3
        and is_patronymic(words[2])
        and not (is_patronymic(words[1]) or any(map(is_initial, words)))
    ):
        return words[1], words[2], words[0]
    return tuple(words)


def drop_patronymic(name: str) -> str:
    """A Russian name as newspapers have it: Владимир Владимирович Путин -> Владимир Путин."""
    words = name.split()
    if len(words) == 3 and _PATRONYMIC.search(words[1]) and not is_initial(words[0]):
        return f"{words[0]} {words[2]}"
    return name


def rank_person_name(name: str) -> tuple[bool, ...]:
    """How good a name is to show: Cyrillic, in full, without initials or a patronymic."""
    words = name.split()
    return (
        is_cyrillic(name),
        len(words) > 1 and not (len(words) == 2 and is_patronymic(words[1])),
        not any(map(is_initial, words)),
        drop_patronymic(name) == name,
    )


def is_initial(word: str) -> bool:
    """Whether *word* is an initial: В., Дж., Ж.-К."""
    return bool(_INITIAL.match(word))


def is_patronymic(word: str) -> bool:
    """Whether *word* is a patronymic and no surname (Янукович)."""
    if not _PATRONYMIC.search(word):
        return False
    grammemes = {
        grammeme for parse in parse_word(word) if parse.known for grammeme in parse.grammemes
    }
    return "Patr" in grammemes and "Surn" not in grammemes


def are_compatible_given_names(one: str, other: str) -> bool:
    """Whether two given names, folded, may be one: the same, a short form, an initial."""
    full = load_word_map("diminutives")
    return _is_same_or_prefix(one, other) or _is_same_or_prefix(
        full.get(one, one), full.get(other, other)
    )


def _is_same_or_prefix(one: str, other: str) -> bool:
    """Whether one is the other or its beginning: В., Ж.-К., Джо."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if "." in short:
        return [part[:1] for part in short.split("-")] == [part[:1] for part in long.split("-")]
    return long.startswith(short) and (
        long == short or len(short) <= 2 or len(long) - len(short) > 1
    )
