"""What the network overlooked: well-known names, and given names before surnames.

Knows the names in ``aliases`` and the full names that an article has elsewhere. Stops at spans.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Kind
from newsgen.recognize.ru.aliases import is_territory, kind_of_known
from newsgen.recognize.ru.context import Asked
from newsgen.recognize.ru.morph import readings
from newsgen.recognize.ru.phrases import phrase_candidates
from newsgen.recognize.ru.spans import Span, cut
from newsgen.recognize.ru.spelling import same_stem, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.text import Line

_SURE = 5.0
_SHORTEST = 3
_QUOTES = frozenset('«»"“”„')


def with_given_names(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """*found* with surnames widened by the given names that stand before them.

    Only names that the article elsewhere has together are widened: Си [Цзиньпин].
    """
    people = [span for span in found if span.kind is Kind.PERSON]
    full = {(span.words[0], stem(span.words[-1])) for span in people if len(span.words) == 2}
    return [
        _widened(span, lines[span.line]) if _lacks_given(span, full) else span for span in found
    ]


def _lacks_given(span: Span, full: set[tuple[str, str]]) -> bool:
    if span.kind is not Kind.PERSON or len(span.words) != 1 or not span.before:
        return False
    word = span.words[0]
    return same_stem(word, word) and (span.before[-1], stem(word)) in full


def _widened(span: Span, line: Line) -> Span:
    return cut(line, span.line, span.first - 1, span.last, span.kind, span.margin)


def with_known_names(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """*found* with the territories and well-known abbreviations that lie outside all of *found*."""
    taken = {(span.line, index) for span in found for index in range(span.first, span.last)}
    added = [span for number, line in enumerate(lines) for span in _known(line, number, taken)]
    return sorted([*found, *added], key=lambda span: (span.start, span.end))


def _known(line: Line, number: int, taken: set[tuple[int, int]]) -> Iterator[Span]:
    end = 0
    for first, word in enumerate(line.words):
        if first < end or not word[0].isupper() or len(word) < _SHORTEST:
            continue
        if (number, first) in taken:
            continue
        kind, length = _known_at(line.words[first : first + 2])
        end = first + length
        if length and (number, end - 1) not in taken and not _is_title(line, first, end):
            yield cut(line, number, first, end, kind, _SURE)


@lru_cache(maxsize=20_000)
def _known_at(words: tuple[str, ...]) -> tuple[Kind, int]:
    """What kind of known name begins *words*, and how many of them it has (2, 1 or 0)."""
    if words[0].isupper():
        kind = kind_of_known(words[0])
        return kind or Kind.PLACE, int(kind is not None)
    if _is_double_territory(words):
        return Kind.PLACE, 2
    found = readings(words[0])
    known = any("Geox" in r.marks and r.known and is_territory(r.nominative) for r in found)
    return Kind.PLACE, int(known)


def _is_double_territory(words: tuple[str, ...]) -> bool:
    """Whether an adjective and a noun are a territory's name: Центральная Азия."""
    if len(words) < 2 or not words[1][0].isupper():
        return False
    if not any(reading.part == "ADJF" for reading in readings(words[0])):
        return False
    return any(is_territory(c.name) for c in phrase_candidates(words, Asked(), place=True))


def _is_title(line: Line, first: int, last: int) -> bool:
    """Whether quotes stand on both sides: a hotel, a film, a ship."""
    around = (*line.words[max(0, first - 1) : first], *line.words[last : last + 1])
    return len(around) == 2 and all(word in _QUOTES for word in around)
