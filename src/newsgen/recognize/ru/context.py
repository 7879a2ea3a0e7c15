"""What the words before a name say about its case.

Knows prepositions and the nouns that a name stands beside (президента Токаева, партия «Лига
Севера»). Stops at a set of cases and how much it weighs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.ru.morphology import lemmatize, parse_word
from newsgen.recognize.ru.word_lists import load_word_set

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


class CaseExpectation(NamedTuple):
    """The cases that the words before a name ask for, and the cost of being in another."""

    cases: frozenset[str] = frozenset()
    weight: float = 0.0

    def cost(self, case: str) -> float:
        """The cost of *case*; where nothing is asked, names stand in the nominative more often."""
        if case in self.cases:
            return 0.0
        return self.weight + (0.4 if self.weight < 1 and case != "nomn" else 0.0)


def expected_cases(span: Span) -> CaseExpectation:
    """What the words before *span* ask of it."""
    before = [word for word in span.before if word not in _QUOTES]
    if not before:
        return CaseExpectation(frozenset({"nomn"}), 1.5) if span.first == 0 else CaseExpectation()
    word = before[-1].lower()
    if word in _PREPOSITIONS:
        return CaseExpectation(_PREPOSITIONS[word], 1.5)
    nouns = [parse for parse in parse_word(before[-1]) if parse.pos == "NOUN" and parse.known]
    if not nouns or before[-1][0].isupper():
        return CaseExpectation()
    if span.quoted:
        sort = lemmatize(word) in load_word_set("generic") | load_word_set("works") | load_word_set(
            "facilities"
        )
        return (
            CaseExpectation(frozenset({"nomn"}), 1.5)
            if sort
            else CaseExpectation(frozenset({"gent"}), 0.4)
        )
    if span.kind == "person" and any(parse.animate for parse in nouns):
        cases = {parse.case for parse in nouns if parse.animate and parse.number == "sing"}
        return CaseExpectation(frozenset(cases), 1.5 if cases else 0.0)
    return CaseExpectation(frozenset({"gent"}), 0.4)
