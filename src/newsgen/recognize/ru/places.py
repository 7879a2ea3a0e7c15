"""Places inside organizations' names, and places named by two words with "и".

Университет Рочестера mentions Рочестер; Босния и Герцеговина is one place. Stops at spans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsgen.recognize.ru.aliases import is_territory
from newsgen.recognize.ru.context import GENITIVE, CaseExpectation
from newsgen.recognize.ru.morphology import parse_word
from newsgen.recognize.ru.phrases import phrase_candidates
from newsgen.recognize.ru.spans import Span, cut_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.tokenizer import Line


def join_double_names(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """Join two places that "и" connects to the name of one territory: Босния и Герцеговина."""
    result: list[Span] = []
    for span in found:
        last = result[-1] if result else None
        if last is not None and _is_double_territory(last, span, lines):
            result[-1] = cut_span(
                lines[span.line], span.line, last.first, span.last, "place", last.margin
            )
        else:
            result.append(span)
    return result


def _is_double_territory(one: Span, other: Span, lines: Sequence[Line]) -> bool:
    """Return True if two adjacent places form one territory's name, according to CLDR."""
    if one.line != other.line or {one.kind, other.kind} != {"place"} or other.first != one.last + 1:
        return False
    words = (*one.words, "и", *other.words)
    if lines[one.line].tokens[one.last] != "и":
        return False
    return any(
        is_territory(candidate.name)
        for candidate in phrase_candidates(words, CaseExpectation(), place=True)
    )


def find_genitive_places(span: Span, line: Line) -> Iterator[tuple[str, int, int]]:
    """Find the place in the genitive at the end of an organization's name.

    Yields:
        The place's name, and its start and end offsets.
    """
    if span.kind != "organization" or len(span.words) < 2:
        return
    first = len(span.words) - 1
    if not any(
        "Geox" in r.grammemes and r.in_dictionary and r.case == "gent"
        for r in parse_word(span.words[first])
    ):
        return
    while first > 1 and span.words[first - 1][0].isupper() and _is_adjective(span.words[first - 1]):
        first -= 1
    words = span.words[first:]
    if words[0][0].isupper():
        name = phrase_candidates(words, GENITIVE, place=True)[0].name
        yield name, line.starts[span.last - len(words)], span.end


def _is_adjective(word: str) -> bool:
    """Return True if the word may be an adjective in the genitive."""
    return any(r.pos == "ADJF" and r.case == "gent" for r in parse_word(word))
