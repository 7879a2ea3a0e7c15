"""Grammatical case that the words before a name require.

Uses prepositions (в Москве) and the nouns that govern a name (президента Токаева, партия «Лига
Севера»). Stops at a set of cases and its weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.ru.morphology import lemmatize, parse_word
from newsgen.recognize.ru.word_lists import load_word_set

if TYPE_CHECKING:
    from newsgen.recognize.ru.spans import Span

# Preposition -> its cases in pymorphy's terms: gent genitive, datv dative, accs accusative, ablt
# instrumental, loct prepositional.
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
# Weights. After a preposition or in an apposition the case is nearly certain, elsewhere a guess.
_FIRM = 1.5
_WEAK = 0.4
# Cost of an oblique case where the context requires nothing, or not firmly.
_OBLIQUE = 0.4


class CaseExpectation(NamedTuple):
    """Cases that the context of a name requires, and how strongly.

    Attributes:
        cases: Pymorphy's names of the cases. Empty if the context requires none.
        weight: Cost of a lemma that assumes any other case.
    """

    cases: frozenset[str] = frozenset()
    weight: float = 0.0

    def cost(self, case: str) -> float:
        """Return the cost of assuming a case.

        Without a firm expectation the nominative, the most frequent case of names, is preferred.
        """
        if case in self.cases:
            return 0.0
        return self.weight + (_OBLIQUE if self.weight < 1 and case != "nomn" else 0.0)


# For what follows a noun inside a name: правительство Италии.
GENITIVE = CaseExpectation(frozenset({"gent"}), 3.0)


def expected_cases(span: Span) -> CaseExpectation:
    """Return the cases that the words before a span require.

    В Москве: "в" takes the accusative or the prepositional case.
    """
    before = [word for word in span.before if word not in _QUOTES]
    if not before:
        # A name that opens a line is mostly the subject of its sentence.
        return CaseExpectation(frozenset({"nomn"}), _FIRM) if span.first == 0 else CaseExpectation()
    word = before[-1].lower()
    if word in _PREPOSITIONS:
        return CaseExpectation(_PREPOSITIONS[word], _FIRM)
    nouns = [
        parse for parse in parse_word(before[-1]) if parse.pos == "NOUN" and parse.in_dictionary
    ]
    if not nouns or before[-1][0].isupper():
        return CaseExpectation()
    # After a generic noun a quoted name does not decline (в фильме «Бригада»). After any other noun
    # it tends to be a genitive, with little certainty.
    if span.quoted:
        sort = lemmatize(word) in load_word_set("generic") | load_word_set("works") | load_word_set(
            "facilities"
        )
        return (
            CaseExpectation(frozenset({"nomn"}), _FIRM)
            if sort
            else CaseExpectation(frozenset({"gent"}), _WEAK)
        )
    if span.kind == "person" and any(parse.animate for parse in nouns):
        # An apposition agrees with its noun: президента Токаева are both genitive.
        cases = {parse.case for parse in nouns if parse.animate and parse.number == "sing"}
        return CaseExpectation(frozenset(cases), _FIRM if cases else 0.0)
    return CaseExpectation(frozenset({"gent"}), _WEAK)
