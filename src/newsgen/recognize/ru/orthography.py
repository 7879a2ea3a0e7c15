"""Comparison of spellings: normalized, misspelled, or written in another script.

Covers letters that news spells inconsistently, and the Cyrillic consonants that stand for Latin
ones. Stops at words. Unlike ``newsgen.text.folding``, which decides when two tags are one, these
forms are rough and never leave the recognizer.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
# й becomes и because news spells many foreign names both ways: Аль-Кайда, Аль-Каида.
_FOLDED = str.maketrans("ёэй", "ееи", "«»\"“”„'’`ʼ")
_DOUBLE = re.compile(r"([бвгджзклмнпрстфхцчшщ])\1")
# In normalized letters: й is и, and doubled consonants are single.
_RUSSIA = re.compile(" (?:рф|росиискои федерации)$")
OF_RUSSIA = " росии"
_VOWELS = "аеиоуыюя"
_ENDINGS = _VOWELS + "йь"
# In letters. Shorter stems and phonetic keys agree by chance.
_MIN_CONSONANTS = 3
# Longest first, because they are replaced one after another.
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
    """Return the form of a name that all its spellings share.

    Ignores case, ё, quotes, kinds of dashes and doubled consonants: Аль-Кайда, Аль Каида -> аль
    каида.
    """
    name = name.removeprefix("The ")
    folded = _DOUBLE.sub(r"\1", re.sub(r"[\s—–-]+", " ", name.lower().translate(_FOLDED)).strip())
    return _RUSSIA.sub(OF_RUSSIA, folded)


@lru_cache(maxsize=50_000)
def normalize_letters(word: str) -> str:
    """Return a word in small letters, with ё and э as е."""
    return word.lower().replace("ё", "е").replace("э", "е")


def is_cyrillic(text: str) -> bool:
    """Return True if the text contains a Cyrillic letter."""
    return bool(_CYRILLIC.search(text))


def are_similar(one: str, other: str) -> bool:
    """Return True if two normalized words differ by a letter or two inside: петреус, петреуз."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    # Сараева and Сараево are two inflections, not a misspelling.
    if one.rstrip(_VOWELS) == other.rstrip(_VOWELS):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.8


def have_same_stem(one: str, other: str) -> bool:
    """Return True if two names differ only in the ending of their last words: Сараева, Сараево."""
    a = stem(one)
    return a == stem(other) and len(a.rpartition(" ")[2]) >= _MIN_CONSONANTS


@lru_cache(maxsize=20_000)
def stem(name: str) -> str:
    """Return a name with normalized letters, without the ending of its last word."""
    return normalize_letters(name).rstrip(_ENDINGS)


def is_transcription(latin: str, cyrillic: str) -> bool:
    """Return True if a Latin name sounds like a Cyrillic one: Wellington, Веллингтон."""
    if is_cyrillic(latin) or not is_cyrillic(cyrillic) or latin.count(" ") != cyrillic.count(" "):
        return False
    wanted = phonetic_key(cyrillic)
    return len(wanted) >= _MIN_CONSONANTS and wanted in phonetic_keys(latin)


def phonetic_keys(latin: str) -> tuple[str, str]:
    """Return the phonetic keys of a Latin name, whose w may be в (Walter) or silent (Crowe)."""
    return phonetic_key(latin.lower().replace("w", "в")), phonetic_key(
        latin.lower().replace("w", "")
    )


def sound_alike(one: str, other: str) -> bool:
    """Return True if two Cyrillic names share the first letter and all consonants: Диас, Диаз."""
    consonants = phonetic_key(one)
    return (
        len(consonants) > _MIN_CONSONANTS
        and normalize_letters(one)[0] == normalize_letters(other)[0]
        and consonants == phonetic_key(other)
    )


@lru_cache(maxsize=20_000)
def phonetic_key(name: str) -> str:
    """Return the consonants of a name, with easily confused ones as one letter.

    Similar to Soundex: Диаз -> дс, Diaz -> дс.
    """
    text = name.lower()
    for letters, sound in _DIGRAPHS:
        text = text.replace(letters, sound)
    return re.sub(r"(\w)\1", r"\1", re.sub(r"[^а-я ]", "", text.translate(_CONSONANTS)))
