"""Words compared: folded, misspelt, or written in another script.

Knows which letters news spells now so, now so, and roughly which Cyrillic consonants stand for
which Latin ones. Stops at words.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_FOLDED = str.maketrans("ёэй", "ееи", "«»\"“”„'’`ʼ")
_DOUBLE = re.compile(r"([бвгджзклмнпрстфхцчшщ])\1")
_RUSSIA = re.compile(" (?:рф|росиискои федерации)$")
OF_RUSSIA = " росии"
_VOWELS = "аеиоуыюя"
_ENDINGS = _VOWELS + "йь"
_MIN_CONSONANTS = 3
_DIGRAPHS = tuple(
    pair.split("=")
    for pair in (
        [
            "sch=ш",
            "tch=ч",
            "sh=ш",
            "ch=ч",
            "th=т",
            "ph=ф",
            "ck=к",
            "qu=кв",
            "x=кс",
            "ce=с",
            "ci=с",
            "cy=с",
            "дж=ж",
            "зж=ж",
        ]
    )
)
_CONSONANTS = str.maketrans(
    dict(zip("bcdfgjklmnpqrstvz", "бкдфгжклмнпкрствс", strict=True))
    | {"з": "с"}
    | dict.fromkeys("aeiouyhаеёиоуыэюяйьъх")
)


@lru_cache(maxsize=50_000)
def normalize_name(name: str) -> str:
    """What two spellings of a name have in common."""
    name = name.removeprefix("The ")
    folded = _DOUBLE.sub(r"\1", re.sub(r"[\s—–-]+", " ", name.lower().translate(_FOLDED)).strip())
    return _RUSSIA.sub(OF_RUSSIA, folded)


@lru_cache(maxsize=50_000)
def normalize_letters(word: str) -> str:
    """*word* as it is compared: small letters, ё and э as е."""
    return word.lower().replace("ё", "е").replace("э", "е")


def is_cyrillic(text: str) -> bool:
    """Whether *text* has Cyrillic letters."""
    return bool(_CYRILLIC.search(text))


def are_similar(one: str, other: str) -> bool:
    """Whether two folded words are one but for a letter or two inside them."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    if one.rstrip(_VOWELS) == other.rstrip(_VOWELS):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.8


def have_same_stem(one: str, other: str) -> bool:
    """Whether two names differ in nothing but the ending of their last words (Сараева, Сараево)."""
    a = stem(one)
    return a == stem(other) and len(a.rpartition(" ")[2]) >= _MIN_CONSONANTS


@lru_cache(maxsize=20_000)
def stem(name: str) -> str:
    """*name* folded, without the ending of its last word."""
    return normalize_letters(name).rstrip(_ENDINGS)


def is_transcription(latin: str, cyrillic: str) -> bool:
    """Whether a name in Latin letters sounds, by its consonants, like one in Cyrillic letters."""
    if is_cyrillic(latin) or not is_cyrillic(cyrillic) or latin.count(" ") != cyrillic.count(" "):
        return False
    wanted = phonetic_key(cyrillic)
    return len(wanted) >= _MIN_CONSONANTS and wanted in phonetic_keys(latin)


def phonetic_keys(latin: str) -> tuple[str, str]:
    """What a name in Latin letters may sound like, by its consonants: w is в, or silent."""
    return phonetic_key(latin.lower().replace("w", "в")), phonetic_key(
        latin.lower().replace("w", "")
    )


def sound_alike(one: str, other: str) -> bool:
    """Whether two Cyrillic names share first letter and consonants (Диас, Диаз)."""
    consonants = phonetic_key(one)
    return (
        len(consonants) > _MIN_CONSONANTS
        and normalize_letters(one)[0] == normalize_letters(other)[0]
        and consonants == phonetic_key(other)
    )


@lru_cache(maxsize=20_000)
def phonetic_key(name: str) -> str:
    """What *name* sounds like: its consonants, those that are taken for each other as one."""
    text = name.lower()
    for letters, sound in _DIGRAPHS:
        text = text.replace(letters, sound)
    return re.sub(r"(\w)\1", r"\1", re.sub(r"[^а-я ]", "", text.translate(_CONSONANTS)))
