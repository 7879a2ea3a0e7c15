"""The nominative of each mention, chosen by all mentions of an article together.

Knows that mentions of one name, each in its own case, have the right nominative in common. Stops
at names.
"""

from __future__ import annotations

from collections import defaultdict
from math import exp
from typing import TYPE_CHECKING

from newsgen.recognize.ru.context import expected_cases
from newsgen.recognize.ru.full_names import put_given_name_first
from newsgen.recognize.ru.person_lemmas import person_candidates
from newsgen.recognize.ru.phrases import phrase_candidates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsgen.recognize.ru.morphology import LemmaCandidate
    from newsgen.recognize.ru.spans import Span

    Candidates = tuple[LemmaCandidate, ...]

#: How much dearer than the best candidate of a mention one may be: any, and one that others prefer.
_MAX_SLACK = 1.6
_MAX_SLACK_SUPPORTED = 4.0
_KNOWN = 3.0


def lemma_candidates(span: Span) -> Candidates:
    """The possible nominatives of *span*, the best first."""
    if span.kind == "person":
        return person_candidates(put_given_name_first(span.words), expected_cases(span))
    return phrase_candidates(span.words, expected_cases(span), place=span.kind == "place")


def vote_lemmas(
    candidate_lists: Sequence[Candidates], bonus: Mapping[str, float] | None = None
) -> list[str]:
    """For each mention the candidate that the mentions together support most."""
    support = defaultdict(float, bonus or {})
    for candidates in candidate_lists:
        for candidate in candidates:
            support[candidate.name] += _weight(candidate, candidates)
    best = {candidates[0].name for candidates in candidate_lists}
    best |= {name for name, count in support.items() if count >= _KNOWN}
    return [
        max(
            (
                c
                for c in candidates
                if c.cost - candidates[0].cost
                < (_MAX_SLACK_SUPPORTED if c.name in best else _MAX_SLACK)
            ),
            key=lambda candidate: (support[candidate.name], -candidate.cost, candidate.name),
        ).name
        for candidates in candidate_lists
    ]


def vote_person_lemmas(people: Sequence[Span]) -> list[str]:
    """The same for people: full names are settled first, and surnames alone follow them."""
    candidate_lists = {span: lemma_candidates(span) for span in people}
    surnames = _support_of_surnames(candidate_lists.values())
    full = [span for span in people if len(span.words) > 1]
    single = [span for span in people if len(span.words) == 1]
    bonus = {c.name: surnames[_surname(c.name)] for span in full for c in candidate_lists[span]}
    names = dict(
        zip(full, vote_lemmas([candidate_lists[span] for span in full], bonus), strict=True)
    )
    known = {word: _KNOWN for name in names.values() for word in name.split()}
    names.update(
        zip(single, vote_lemmas([candidate_lists[span] for span in single], known), strict=True)
    )
    return [names[span] for span in people]


def _support_of_surnames(candidate_lists: Iterable[Candidates]) -> Mapping[str, float]:
    support: defaultdict[str, float] = defaultdict(float)
    for candidates in candidate_lists:
        for candidate in candidates:
            support[_surname(candidate.name)] += _weight(candidate, candidates)
    return support


def _weight(candidate: LemmaCandidate, candidates: Candidates) -> float:
    return exp(candidates[0].cost - candidate.cost)


def _surname(name: str) -> str:
    return name.rpartition(" ")[2]
