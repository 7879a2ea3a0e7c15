"""Morphological analysis of single words: cases, numbers, genders and nominatives.

A cached front of pymorphy3, whose grammemes are used throughout (`nomn` nominative, `gent`
genitive, `Geox` place name and so on, see https://opencorpora.org/dict.php?act=gram). Stops at one
word: agreement within a name is for ``phrases`` and ``person_lemmas``, names outside the dictionary
are for ``endings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

# In letters. pymorphy tries every prefix of an unknown word, so hostile "words" would take long.
MAX_WORD_LENGTH = 40
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# The second genitive, the locative and the like count as the main case: names do not have them.
_MAIN_CASES = {
    "gen1": "gent",
    "gen2": "gent",
    "acc2": "accs",
    "loc1": "loct",
    "loc2": "loct",
    "voct": "nomn",
}
# Grammemes of words of either gender: Саша, судья.
_COMMON_GENDER = frozenset({"ms-f", "GNdr"})
_NAME_GRAMMEMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr"})


@dataclass(frozen=True, slots=True)
class MorphParse:
    """One morphological parse of a word form.

    Attributes:
        word: The word form as written.
        pos: Part of speech in pymorphy's terms.
        case: One of `CASES`.
        number: `sing` or `plur`.
        gender: `masc`, `femn`, `neut`, or "" if several are possible.
        grammemes: Those that mark a name: given name, surname, place, ...
        animate: True for a person or an animal.
        in_dictionary: True if the dictionary contains the word.
        index: Position among pymorphy's parses of the word, likeliest first; -1 without a
            dictionary.
        precomputed_nominative: The nominative, if it needs no dictionary.
        penalty: How unusual the parse is, see ``endings``.
    """

    word: str
    pos: str
    case: str
    number: str
    gender: str
    grammemes: frozenset[str]
    animate: bool
    in_dictionary: bool
    index: int = -1
    precomputed_nominative: str = ""
    penalty: float = 0.0

    @property
    def nominative(self) -> str:
        """Nominative of the same number, spelled like the word form, or "" if there is none."""
        return self.precomputed_nominative or _nominative(self.word, self.index)


class LemmaCandidate(NamedTuple):
    """Possible lemma of a name.

    Attributes:
        name: The name in the nominative.
        gender: Gender that this lemma assumes.
        case: Case in which the name then stands in the text.
        cost: The lower, the likelier. Only differences between costs matter.
    """

    name: str
    gender: str
    case: str
    cost: float


@lru_cache(maxsize=50_000)
def parse_word(word: str) -> tuple[MorphParse, ...]:
    """Return all parses of a word that have a case: nouns, adjectives, participles, numerals."""
    parses = _analyze(word.lower())
    in_dictionary = bool(parses) and is_dictionary_word(word)
    return tuple(
        _to_morph_parse(word, index, p, in_dictionary=in_dictionary)
        for index, p in enumerate(parses)
        if p.tag.case is not None
    )


def part_of_speech(word: str) -> str:
    """Return the likeliest part of speech in pymorphy's terms, "" if there is none."""
    parses = _analyze(word.lower())
    return str(parses[0].tag.POS or "") if parses else ""


@lru_cache(maxsize=50_000)
def lemmatize(word: str) -> str:
    """Return the likeliest dictionary form of a word, in small letters and without ё."""
    parses = _analyze(word.lower())
    return str(parses[0].normal_form).replace("ё", "е") if parses else word.lower()


@lru_cache(maxsize=20_000)
def adjective_lemmas(word: str) -> tuple[str, ...]:
    """Return the lemmas of the adjectives that a word may be, in small letters without ё."""
    found = [
        p.normal_form.replace("ё", "е") for p in _analyze(word.lower()) if str(p.tag.POS) == "ADJF"
    ]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def is_dictionary_word(word: str) -> bool:
    """Return True if the dictionary contains the word form."""
    return 0 < len(word) <= MAX_WORD_LENGTH and bool(_analyzer().word_is_known(word.lower()))


def copy_spelling(word: str, form: str) -> str:
    """Spell `form` like `word`: with its capitals, and with its choice between е and ё.

    ("ПУТИНА", "путин") -> "ПУТИН"; ("Нью-Йорке", "нью-йорк") -> "Нью-Йорк".
    """
    if "ё" not in word.lower():
        form = form.replace("ё", "е")
    if len(word) > 1 and word.isupper():
        return form.upper()
    if "-" in word and word.count("-") == form.count("-"):
        return "-".join(map(copy_spelling, word.split("-"), form.split("-")))
    if word[1:].islower():
        return form.capitalize() if word[0].isupper() else form
    letters = []
    for index, letter in enumerate(form):
        model = word[index] if index < len(word) else "x"
        letters.append(letter.upper() if model.isupper() else letter)
    return "".join(letters)


@lru_cache(maxsize=1)
def _analyzer() -> MorphAnalyzer:
    """Load pymorphy3 once per process."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def _analyze(low: str) -> tuple[Parse, ...]:
    """Return pymorphy's parses of a word in small letters, none for overlong words."""
    if not 0 < len(low) <= MAX_WORD_LENGTH:
        return ()
    return tuple(_analyzer().parse(low))


def _to_morph_parse(word: str, index: int, parse: Parse, *, in_dictionary: bool) -> MorphParse:
    """Convert one parse of pymorphy."""
    tag = parse.tag
    case = str(tag.case)
    grammemes = tag.grammemes
    return MorphParse(
        word=word,
        pos=str(tag.POS),
        case=_MAIN_CASES.get(case, case),
        number=str(tag.number or "sing"),
        gender="" if _COMMON_GENDER & grammemes else str(tag.gender or ""),
        grammemes=frozenset(map(str, grammemes & _NAME_GRAMMEMES)),
        animate="anim" in grammemes,
        in_dictionary=in_dictionary,
        index=index,
    )


@lru_cache(maxsize=50_000)
def _nominative(word: str, index: int) -> str:
    """Inflect a word to the nominative of its own number, by one of its parses."""
    parse = _analyze(word.lower())[index]
    if parse.tag.case == "nomn":
        return word
    inflected = parse.inflect({"nomn", parse.tag.number} if parse.tag.number else {"nomn"})
    return copy_spelling(word, inflected.word) if inflected else ""
