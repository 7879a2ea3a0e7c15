"""What the network overlooked: well-known names, and given names before surnames.

Knows the names in ``aliases`` and the full names that an article has elsewhere. Stops at spans.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.aliases import is_territory, look_up_kind
from newsgen.recognize.ru.context import CaseExpectation
from newsgen.recognize.ru.morphology import parse_word
from newsgen.recognize.ru.orthography import have_same_stem, stem
from newsgen.recognize.ru.phrases import phrase_candidates
from newsgen.recognize.ru.spans import Span, cut_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.model import TagKind
    from newsgen.recognize.ru.tokenizer import Line

_ADDED_MARGIN = 5.0
_MIN_NAME_LENGTH = 3
_QUOTES = frozenset('«»"“”„')


def add_given_names(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """*found* with surnames widened by the given names that stand before them.

    Only names that the article elsewhere has together are widened: Си [Цзиньпин].
    """
    people = [span for span in found if span.kind == "person"]
    full = {(span.words[0], stem(span.words[-1])) for span in people if len(span.words) == 2}
    return [
        _add_given_name(span, lines[span.line]) if _lacks_given(span, full) else span
        for span in found
    ]


def _lacks_given(span: Span, full: set[tuple[str, str]]) -> bool:
    if span.kind != "person" or len(span.words) != 1 or not span.before:
        return False
    word = span.words[0]
    return have_same_stem(word, word) and (span.before[-1], stem(word)) in full


def _add_given_name(span: Span, line: Line) -> Span:
    return cut_span(line, span.line, span.first - 1, span.last, span.kind, span.margin)


def add_known_names(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """*found* with the territories and well-known abbreviations that lie outside all of *found*."""
    taken = {(span.line, index) for span in found for index in range(span.first, span.last)}
    added = [span for number, line in enumerate(lines) for span in _find_known(line, number, taken)]
    return sorted([*found, *added], key=lambda span: (span.start, span.end))


def _find_known(line: Line, number: int, taken: set[tuple[int, int]]) -> Iterator[Span]:
    end = 0
    for first, word in enumerate(line.tokens):
        if first < end or not word[0].isupper() or len(word) < _MIN_NAME_LENGTH:
            continue
        if (number, first) in taken:
            continue
        kind, length = _match_known(line.tokens[first : first + 2])
        end = first + length
        if length and (number, end - 1) not in taken and not _is_quoted(line, first, end):
            yield cut_span(line, number, first, end, kind, _ADDED_MARGIN)


@lru_cache(maxsize=20_000)
def _match_known(words: tuple[str, ...]) -> tuple[TagKind, int]:
    """What kind of known name begins *words*, and how many of them it has (2, 1 or 0)."""
    if words[0].isupper():
        kind = look_up_kind(words[0])
        return kind or "place", int(kind is not None)
    if _is_two_word_territory(words):
        return "place", 2
    found = parse_word(words[0])
    known = any("Geox" in r.grammemes and r.known and is_territory(r.nominative) for r in found)
    return "place", int(known)


def _is_two_word_territory(words: tuple[str, ...]) -> bool:
    """Whether an adjective and a noun are a territory's name: Центральная Азия."""
    if len(words) < 2 or not words[1][0].isupper():
        return False
    if not any(parse.pos == "ADJF" for parse in parse_word(words[0])):
        return False
    return any(
        is_territory(c.name) for c in phrase_candidates(words, CaseExpectation(), place=True)
    )


def _is_quoted(line: Line, first: int, last: int) -> bool:
    """Whether quotes stand on both sides: a hotel, a film, a ship."""
    around = (*line.tokens[max(0, first - 1) : first], *line.tokens[last : last + 1])
    return len(around) == 2 and all(word in _QUOTES for word in around)
