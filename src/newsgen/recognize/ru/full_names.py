"""Parts of a person's name: given name, patronymic, surname, initials.

Knows the order and the endings of the parts. Stops at one name: ``person_linking`` finds whom it
means.
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
    """Parts of a person's name after `normalize_letters`, "" for a missing part."""

    given: str
    patronymic: str
    surname: str


def split_full_name(name: str) -> FullName:
    """Split a name into its parts. A single word counts as a surname.

    Владимир Владимирович Путин -> владимир, владимирович, путин.

    Args:
        name: The name, with the given name first (see `put_given_name_first`).
    """
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
    """Move the given name to the front.

    Путин Владимир Владимирович -> Владимир Владимирович Путин; Жириновский В. В -> В. В.
    Жириновский.
    """
    # A sentence's full stop was tokenized apart from the last initial: Жириновский В. В.
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
    """Shorten a Russian name as newspapers do: Владимир Владимирович Путин -> Владимир Путин."""
    words = name.split()
    if len(words) == 3 and _PATRONYMIC.search(words[1]) and not is_initial(words[0]):
        return f"{words[0]} {words[2]}"
    return name


def rank_person_name(name: str) -> tuple[bool, ...]:
    """Return a sort key of how suitable a name is for display, highest best.

    Cyrillic beats Latin, a full name beats a part, and initials and patronymics count against a
    name.
    """
    words = name.split()
    return (
        is_cyrillic(name),
        len(words) > 1 and not (len(words) == 2 and is_patronymic(words[1])),
        not any(map(is_initial, words)),
        drop_patronymic(name) == name,
    )


def is_initial(word: str) -> bool:
    """Return True if the word is an initial: В., Дж., Ж.-К."""
    return bool(_INITIAL.match(word))


def is_patronymic(word: str) -> bool:
    """Return True if the word is a patronymic and cannot be a surname, as Янукович can."""
    if not _PATRONYMIC.search(word):
        return False
    grammemes = {
        grammeme
        for parse in parse_word(word)
        if parse.in_dictionary
        for grammeme in parse.grammemes
    }
    return "Patr" in grammemes and "Surn" not in grammemes


def are_compatible_given_names(one: str, other: str) -> bool:
    """Return True if two normalized given names can belong to one person.

    They are equal, or one is a diminutive or an initial of the other: Вова and Владимир, В. and
    Владимир.
    """
    full = load_word_map("diminutives")
    return _is_same_or_prefix(one, other) or _is_same_or_prefix(
        full.get(one, one), full.get(other, other)
    )


def _is_same_or_prefix(one: str, other: str) -> bool:
    """Return True if one name equals the other or begins it: В., Ж.-К., Джо."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if "." in short:
        return [part[:1] for part in short.split("-")] == [part[:1] for part in long.split("-")]
    # A prefix that is one letter short is another name, not a short form: Юли, Юлия.
    return long.startswith(short) and (
        long == short or len(short) <= 2 or len(long) - len(short) > 1
    )
