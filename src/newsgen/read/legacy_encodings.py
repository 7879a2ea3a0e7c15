"""Guess the encoding of bytes that are not UTF-8, from the language and the letters they give.

windows-1251, KOI8-R and their like map nearly every byte to a character, so decoding succeeds in
each of them. Only the right one yields letters and letter pairs that are usual in the language.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

from newsgen.text.characters import CONTROL

ENCODINGS_BY_LANGUAGE: Final[Mapping[str, tuple[str, ...]]] = {
    "be": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "bg": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "cs": ("cp1250", "iso8859-2"),
    "el": ("cp1253", "iso8859-7"),
    "hu": ("cp1250", "iso8859-2"),
    "kk": ("cp1251", "kz1048"),
    "lt": ("cp1257",),
    "lv": ("cp1257",),
    "pl": ("cp1250", "iso8859-2"),
    "ru": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "sr": ("cp1251", "cp1250", "iso8859-5", "mac-cyrillic"),
    "tr": ("cp1254",),
    "uk": ("cp1251", "koi8-u", "cp866", "cp1125", "iso8859-5", "mac-cyrillic"),
}
"""Legacy encodings of a language, most likely first. Other languages use `cp1252`."""

_SHARED_LETTERS: Final = "абвгдежзийклмнопрстуфхцчшщьюя"
_ALPHABETS: Final[Mapping[str, frozenset[str]]] = {
    language: frozenset(letters + letters.upper())
    for language, letters in {
        "be": _SHARED_LETTERS + "ёіўыэ",
        "bg": _SHARED_LETTERS + "ъ",
        "kk": _SHARED_LETTERS + "ёъыэәғқңөұүһі",
        "ru": _SHARED_LETTERS + "ёъыэ",
        # Serbian has two scripts.
        "sr": _SHARED_LETTERS + "ђјљњћџđšžčć",
        "uk": _SHARED_LETTERS + "ґєіїʼ",
    }.items()
}
_PUNCTUATION: Final = frozenset("«»„“”‘’‚…–—№\xa0\xad")
_SYMBOLS: Final = frozenset("§©®°·•€")
"""Symbols that stand apart from words."""

_COMMON_PAIRS: Final = (
    "ст но то на ен ов ни ра во ко пр ро по ре ал ли ор ан не ос го та ет ом ва ер ел ла ол де ка "
    "ть от ат те ам ве ас ис ак од да ил ле он до об за ин ес со ед ие ия ий ый ой ых их ти ки ри "
    "ви ми ны мо му ме ся че бы бо бе ді ів ої ню ят ув ъл ър ът ще ци ту сь ей ок ск пе зн сл ха "
    "хо ше же жи ши чи ща гр др тр"
)
"""Letter pairs. Most Cyrillic words have at least one of them."""

_ALL_BYTES: Final = bytes(range(0x100))

_SAMPLE_SIZE: Final = 500_000
"""Bytes that the encoding of a larger file is guessed from."""

_MIN_CHARACTERS_PER_CONTROL: Final = 20
"""Reject files with more than one control character per 20 characters."""


def guess_encoding(data: bytes, language: str) -> str:
    """Return the legacy encoding that gives the most plausible text, "" if none does.

    Args:
        data: The text.
        language: Its language tag.
    """
    if len(data) > _SAMPLE_SIZE:
        # A large file may begin with any amount of ASCII, which tells nothing.
        start = len(data) - len(data.lstrip(_ALL_BYTES[:0x80]))
        data = data[start : start + _SAMPLE_SIZE]
    best, most = "", -1.5
    # Counted once for all encodings, as each has one byte a character.
    pairs = Counter(pairwise(data + b" "))
    for encoding in ENCODINGS_BY_LANGUAGE.get(get_main_language(language), ("cp1252",)):
        characters = str(_ALL_BYTES, encoding, "replace")
        decoded = [((characters[one], characters[two]), n) for (one, two), n in pairs.items()]
        # Only a higher score replaces the best one, so the likelier encoding wins a tie.
        score = _score_pairs(decoded, _count_odd(str(data, encoding, "replace")), language)
        if score > most:
            best, most = encoding, score
    return best


def get_main_language(tag: str) -> str:
    """Return the language of a BCP 47 tag without its region."""
    return tag.partition("-")[0]


def score_text(text: str, language: str) -> float:
    """Return how plausible a text is, from -1 to 1, or -2 if it is mostly control characters."""
    return _score_pairs(Counter(pairwise(text + " ")).items(), _count_odd(text), language)


def _count_odd(text: str) -> int:
    return len(CONTROL.findall(text)) + text.count("\ufffd")


def _score_pairs(pairs: Collection[tuple[tuple[str, str], int]], odd: int, language: str) -> float:
    """Return the score of a text from the numbers of its pairs of neighboring characters."""
    if odd * _MIN_CHARACTERS_PER_CONTROL > sum(count for _, count in pairs):
        return -2.0
    main = get_main_language(language)
    points = total = 0
    for (first, second), count in pairs:
        if first > "\x7f" or second > "\x7f":
            total += count
            points += _rate_pair(first, second, main) * count
    return (points - odd) / max(1, total)


@lru_cache(maxsize=20_000)
def _rate_pair(first: str, second: str, language: str) -> int:
    """Return 1 for a common pair, -1 for one that no text of the language has, 0 for all others."""
    alphabet = _ALPHABETS.get(language)
    if alphabet is None:
        return 0
    if first in alphabet and second in alphabet:
        # Mac OS Cyrillic has the small letters of windows-1251, but not its capitals.
        if first.islower() and second.isupper():
            return -1
        return int((first + second).lower() in _COMMON_PAIRS)
    for one, other in ((first, second), (second, first)):
        is_letter = other in alphabet
        if one in _SYMBOLS and not is_letter:
            continue
        if one > "\x7f" and one not in alphabet and one not in _PUNCTUATION:
            return -1
        # A Latin letter in a Cyrillic word. `U+0400` is the first Cyrillic one.
        if is_letter and other >= "\u0400" and one.isascii() and one.isalpha():
            return -1
    return 0
