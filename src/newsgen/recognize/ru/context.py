"""What the words before a name say about its case.

Knows prepositions and the nouns that a name stands beside (президента Токаева, партия «Лига
Севера»). Stops at a set of cases and how much it weighs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.protocol import Kind
from newsgen.recognize.ru.morph import lemma, readings
from newsgen.recognize.ru.words import word_set

if TYPE_CHECKING:
    from newsgen.recognize.ru.spans import Span

_PREPOSITIONS = {
    preposition: frozenset(cases.split())
    for prepositions, cases in (
        ("без для до из из-за из-под от у против после вместо вокруг около", "gent"),
        ("возле среди ради кроме внутри", "gent"),
        ("к ко благодаря согласно вопреки навстречу", "datv"),
        ("про через сквозь", "accs"),
        ("над надо перед передо между", "ablt"),
        ("о об обо при", "loct"),
        ("в во на", "accs loct"),
        ("за под", "accs ablt"),
        ("с со", "gent ablt"),
        ("по", "datv"),
    )
    for preposition in prepositions.split()
}  # fmt: skip
_QUOTES = frozenset('«"„“')


class Asked(NamedTuple):
    """The cases that the words before a name ask for, and the cost of being in another."""

    cases: frozenset[str] = frozenset()
    weight: float = 0.0

    def cost(self, case: str) -> float:
        """The cost of *case*; where nothing is asked, names stand in the nominative more often."""
        if case in self.cases:
            return 0.0
        return self.weight + (0.4 if self.weight < 1 and case != "nomn" else 0.0)


def asked(span: Span) -> Asked:
    """What the words before *span* ask of it."""
    before = [word for word in span.before if word not in _QUOTES]
    if not before:
        return Asked(frozenset({"nomn"}), 1.5) if span.first == 0 else Asked()
    word = before[-1].lower()
    if word in _PREPOSITIONS:
        return Asked(_PREPOSITIONS[word], 1.5)
    nouns = [
        reading for reading in readings(before[-1]) if reading.part == "NOUN" and reading.known
    ]
    if not nouns or before[-1][0].isupper():
        return Asked()
    if span.quoted:
        sort = lemma(word) in word_set("generic") | word_set("works") | word_set("facilities")
        return Asked(frozenset({"nomn"}), 1.5) if sort else Asked(frozenset({"gent"}), 0.4)
    if span.kind is Kind.PERSON and any(reading.animate for reading in nouns):
        cases = {reading.case for reading in nouns if reading.animate and reading.number == "sing"}
        return Asked(frozenset(cases), 1.5 if cases else 0.0)
    return Asked(frozenset({"gent"}), 0.4)
