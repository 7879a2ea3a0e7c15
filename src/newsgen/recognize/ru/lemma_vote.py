"""The nominative of each mention, chosen by all mentions of an article together.

Knows that mentions of one name, each in its own case, have the right nominative in common. Stops
at names.
"""

from __future__ import annotations

from collections import defaultdict
from math import exp
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Kind
from newsgen.recognize.ru.context import asked
from newsgen.recognize.ru.fullnames import in_order
from newsgen.recognize.ru.person_lemmas import person_candidates
from newsgen.recognize.ru.phrases import phrase_candidates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsgen.recognize.ru.morph import Candidate
    from newsgen.recognize.ru.spans import Span

    Ballot = tuple[Candidate, ...]

#: How much dearer than the best candidate of a mention one may be: any, and one that others prefer.
_SLACK = 1.6
_MOST_SLACK = 4.0
_KNOWN = 3.0


def candidates(span: Span) -> Ballot:
    """The possible nominatives of *span*, the best first."""
    if span.kind is Kind.PERSON:
        return person_candidates(in_order(span.words), asked(span))
    return phrase_candidates(span.words, asked(span), place=span.kind is Kind.PLACE)


def vote(ballots: Sequence[Ballot], bonus: Mapping[str, float] | None = None) -> list[str]:
    """For each mention the candidate that the mentions together support most."""
    support = defaultdict(float, bonus or {})
    for ballot in ballots:
        for candidate in ballot:
            support[candidate.name] += _weight(candidate, ballot)
    best = {ballot[0].name for ballot in ballots}
    best |= {name for name, count in support.items() if count >= _KNOWN}
    return [
        max(
            (
                c
                for c in ballot
                if c.cost - ballot[0].cost < (_MOST_SLACK if c.name in best else _SLACK)
            ),
            key=lambda candidate: (support[candidate.name], -candidate.cost, candidate.name),
        ).name
        for ballot in ballots
    ]


def vote_people(people: Sequence[Span]) -> list[str]:
    """The same for people: full names are settled first, and surnames alone follow them."""
    ballots = {span: candidates(span) for span in people}
    surnames = _support_of_surnames(ballots.values())
    full = [span for span in people if len(span.words) > 1]
    single = [span for span in people if len(span.words) == 1]
    bonus = {c.name: surnames[_surname(c.name)] for span in full for c in ballots[span]}
    names = dict(zip(full, vote([ballots[span] for span in full], bonus), strict=True))
    known = {word: _KNOWN for name in names.values() for word in name.split()}
    names.update(zip(single, vote([ballots[span] for span in single], known), strict=True))
    return [names[span] for span in people]


def _support_of_surnames(ballots: Iterable[Ballot]) -> Mapping[str, float]:
    support: defaultdict[str, float] = defaultdict(float)
    for ballot in ballots:
        for candidate in ballot:
            support[_surname(candidate.name)] += _weight(candidate, ballot)
    return support


def _weight(candidate: Candidate, ballot: Ballot) -> float:
    return exp(ballot[0].cost - candidate.cost)


def _surname(name: str) -> str:
    return name.rpartition(" ")[2]
