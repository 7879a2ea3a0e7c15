"""Lemma of each mention, chosen by a vote of all mentions in an article.

One mention is ambiguous: Сараева may come from Сараев, Сараева or Сараево. Mentions of one name
stand in different cases and have only the right lemma in common. Stops at names.
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

# A mention takes no lemma that costs this much more than its cheapest one.
_MAX_SLACK = 1.6
# The same for a lemma that is established, or the cheapest one of some mention.
_MAX_SLACK_SUPPORTED = 4.0
# Support that makes a lemma count as established.
_KNOWN = 3.0


def lemma_candidates(span: Span) -> Candidates:
    """Return the possible lemmas of a span, cheapest first."""
    if span.kind == "person":
        return person_candidates(put_given_name_first(span.words), expected_cases(span))
    return phrase_candidates(span.words, expected_cases(span), place=span.kind == "place")


def vote_lemmas(
    candidate_lists: Sequence[Candidates], bonus: Mapping[str, float] | None = None
) -> list[str]:
    """Choose for each mention the lemma that the mentions together support most.

    Args:
        candidate_lists: The candidates of each mention, cheapest first.
        bonus: Support that lemmas have from elsewhere.

    Returns:
        One lemma per mention, in the same order.
    """
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
    """Choose the lemmas of persons: full names first, then lone surnames with their support.

    Владимира Путина fixes Путин, which decides the lone Путина.
    """
    candidate_lists = {span: lemma_candidates(span) for span in people}
    surnames = _support_of_surnames(candidate_lists.values())
    full = [span for span in people if len(span.words) > 1]
    single = [span for span in people if len(span.words) == 1]
    bonus = {c.name: surnames[_surname(c.name)] for span in full for c in candidate_lists[span]}
    # Lone surnames have few clues of their own, so they wait for the full names.
    names = dict(
        zip(full, vote_lemmas([candidate_lists[span] for span in full], bonus), strict=True)
    )
    known = {word: _KNOWN for name in names.values() for word in name.split()}
    names.update(
        zip(single, vote_lemmas([candidate_lists[span] for span in single], known), strict=True)
    )
    return [names[span] for span in people]


def _support_of_surnames(candidate_lists: Iterable[Candidates]) -> Mapping[str, float]:
    """Sum the support for each surname over all mentions."""
    support: defaultdict[str, float] = defaultdict(float)
    for candidates in candidate_lists:
        for candidate in candidates:
            support[_surname(candidate.name)] += _weight(candidate, candidates)
    return support


def _weight(candidate: LemmaCandidate, candidates: Candidates) -> float:
    """Return a mention's vote for a candidate: 1 for its cheapest one, less for others."""
    return exp(candidates[0].cost - candidate.cost)


def _surname(name: str) -> str:
    """Return the last word of a name."""
    return name.rpartition(" ")[2]
