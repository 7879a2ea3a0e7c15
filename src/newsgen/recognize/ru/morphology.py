"""Russian word forms: what case, number and gender a word may stand in, and its nominative.

Knows pymorphy3. Stops at one word: how the words of a name agree is ``phrases`` and ``persons``,
and names that no dictionary holds are ``endings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

MAX_WORD_LENGTH = 40
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_MAIN_CASES = {
    "gen1": "gent",
    "gen2": "gent",
    "acc2": "accs",
    "loc1": "loct",
    "loc2": "loct",
    "voct": "nomn",
}
_COMMON_GENDER = frozenset({"ms-f", "GNdr"})
_NAME_GRAMMEMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr"})


@dataclass(frozen=True, slots=True)
class MorphParse:
    """One way to read a word form; ``number_in_list`` is its place among the parses of the word.

    ``base`` is the nominative if it is known without asking the dictionary.
    """

    word: str
    pos: str
    case: str
    number: str
    gender: str
    grammemes: frozenset[str]
    animate: bool
    known: bool
    index: int = -1
    known_nominative: str = ""
    penalty: float = 0.0

    @property
    def nominative(self) -> str:
        """The nominative of the same number, spelt as the form read; "" if there is none."""
        return self.known_nominative or _nominative(self.word, self.index)


class LemmaCandidate(NamedTuple):
    """A possible nominative of a name, and what was met then is; the cheaper, the likelier."""

    name: str
    gender: str
    case: str
    cost: float


@lru_cache(maxsize=50_000)
def parse_word(word: str) -> tuple[MorphParse, ...]:
    """All readings of *word* that have a case (nouns, adjectives, participles, numerals)."""
    parses = _analyze(word.lower())
    known = bool(parses) and is_dictionary_word(word)
    return tuple(
        _to_morph_parse(word, index, p, known=known)
        for index, p in enumerate(parses)
        if p.tag.case is not None
    )


def part_of_speech(word: str) -> str:
    """The likeliest part of speech of *word* in pymorphy's terms, "" where there is none."""
    parses = _analyze(word.lower())
    return str(parses[0].tag.POS or "") if parses else ""


@lru_cache(maxsize=50_000)
def lemmatize(word: str) -> str:
    """The likeliest dictionary form of *word*, in small letters and without ё."""
    parses = _analyze(word.lower())
    return str(parses[0].normal_form).replace("ё", "е") if parses else word.lower()


@lru_cache(maxsize=20_000)
def adjective_lemmas(word: str) -> tuple[str, ...]:
    """The dictionary forms of which *word* may be an adjective, in small letters and without ё."""
    found = [
        p.normal_form.replace("ё", "е") for p in _analyze(word.lower()) if str(p.tag.POS) == "ADJF"
    ]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def is_dictionary_word(word: str) -> bool:
    """Whether the dictionary holds *word*."""
    return 0 < len(word) <= MAX_WORD_LENGTH and bool(_analyzer().word_is_known(word.lower()))


def copy_spelling(word: str, form: str) -> str:
    """*form* written as *word* is: its capitals, and its choice between е and ё."""
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
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def _analyze(low: str) -> tuple[Parse, ...]:
    if not 0 < len(low) <= MAX_WORD_LENGTH:
        return ()
    return tuple(_analyzer().parse(low))


def _to_morph_parse(word: str, index: int, parse: Parse, *, known: bool) -> MorphParse:
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
        known=known,
        index=index,
    )


@lru_cache(maxsize=50_000)
def _nominative(word: str, index: int) -> str:
    parse = _analyze(word.lower())[index]
    if parse.tag.case == "nomn":
        return word
    inflected = parse.inflect({"nomn", parse.tag.number} if parse.tag.number else {"nomn"})
    return copy_spelling(word, inflected.word) if inflected else ""
