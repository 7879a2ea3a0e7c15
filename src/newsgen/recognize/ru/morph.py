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

LONGEST_WORD = 40
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_CASE_OF = {
    "gen1": "gent",
    "gen2": "gent",
    "acc2": "accs",
    "loc1": "loct",
    "loc2": "loct",
    "voct": "nomn",
}
_EITHER = frozenset({"ms-f", "GNdr"})
_NAME_MARKS = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word form; ``number_in_list`` is its place among the parses of the word.

    ``base`` is the nominative if it is known without asking the dictionary.
    """

    word: str
    part: str
    case: str
    number: str
    gender: str
    marks: frozenset[str]
    animate: bool
    known: bool
    rank: int = -1
    base: str = ""
    doubt: float = 0.0

    @property
    def nominative(self) -> str:
        """The nominative of the same number, spelt as the form read; "" if there is none."""
        return self.base or _nominative(self.word, self.rank)


class Candidate(NamedTuple):
    """A possible nominative of a name, and what was met then is; the cheaper, the likelier."""

    name: str
    gender: str
    case: str
    cost: float


@lru_cache(maxsize=50_000)
def readings(word: str) -> tuple[Reading, ...]:
    """All readings of *word* that have a case (nouns, adjectives, participles, numerals)."""
    parses = _parses(word.lower())
    known = bool(parses) and is_known(word)
    return tuple(
        _reading(word, rank, p, known=known)
        for rank, p in enumerate(parses)
        if p.tag.case is not None
    )


def part_of_speech(word: str) -> str:
    """The likeliest part of speech of *word* in pymorphy's terms, "" where there is none."""
    parses = _parses(word.lower())
    return str(parses[0].tag.POS or "") if parses else ""


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The likeliest dictionary form of *word*, in small letters and without ё."""
    parses = _parses(word.lower())
    return str(parses[0].normal_form).replace("ё", "е") if parses else word.lower()


@lru_cache(maxsize=20_000)
def adjective_lemmas(word: str) -> tuple[str, ...]:
    """The dictionary forms of which *word* may be an adjective, in small letters and without ё."""
    found = [
        p.normal_form.replace("ё", "е") for p in _parses(word.lower()) if str(p.tag.POS) == "ADJF"
    ]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Whether the dictionary holds *word*."""
    return 0 < len(word) <= LONGEST_WORD and bool(_analyzer().word_is_known(word.lower()))


def like(word: str, form: str) -> str:
    """*form* written as *word* is: its capitals, and its choice between е and ё."""
    if "ё" not in word.lower():
        form = form.replace("ё", "е")
    if len(word) > 1 and word.isupper():
        return form.upper()
    if "-" in word and word.count("-") == form.count("-"):
        return "-".join(map(like, word.split("-"), form.split("-")))
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
def _parses(low: str) -> tuple[Parse, ...]:
    if not 0 < len(low) <= LONGEST_WORD:
        return ()
    return tuple(_analyzer().parse(low))


def _reading(word: str, rank: int, parse: Parse, *, known: bool) -> Reading:
    tag = parse.tag
    case = str(tag.case)
    grammemes = tag.grammemes
    return Reading(
        word=word,
        part=str(tag.POS),
        case=_CASE_OF.get(case, case),
        number=str(tag.number or "sing"),
        gender="" if _EITHER & grammemes else str(tag.gender or ""),
        marks=frozenset(map(str, grammemes & _NAME_MARKS)),
        animate="anim" in grammemes,
        known=known,
        rank=rank,
    )


@lru_cache(maxsize=50_000)
def _nominative(word: str, rank: int) -> str:
    parse = _parses(word.lower())[rank]
    if parse.tag.case == "nomn":
        return word
    inflected = parse.inflect({"nomn", parse.tag.number} if parse.tag.number else {"nomn"})
    return like(word, inflected.word) if inflected else ""
