"""Names that the model missed, found by lists: territories, abbreviations, given names.

Uses the names of ``aliases`` and the full names found elsewhere in the article. Stops at spans.
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

# The margin of spans that come from a list. As high as the cap of `resolution`, so that a list
# counts as much as the model's surest span.
_ADDED_MARGIN = 5.0
# In letters. Two-letter abbreviations are too ambiguous to be added without the model's consent.
_MIN_NAME_LENGTH = 3
_QUOTES = frozenset('«»"“”„')


def add_given_names(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """Extend surnames by the given names that stand before them.

    Applies only where the article has both words together elsewhere: [Си] Цзиньпин.
    """
    people = [span for span in found if span.kind == "person"]
    full = {(span.words[0], stem(span.words[-1])) for span in people if len(span.words) == 2}
    return [
        _add_given_name(span, lines[span.line]) if _lacks_given(span, full) else span
        for span in found
    ]


def _lacks_given(span: Span, full: set[tuple[str, str]]) -> bool:
    """Return True if the word before a lone surname is a given name that goes with it elsewhere."""
    if span.kind != "person" or len(span.words) != 1 or not span.before:
        return False
    word = span.words[0]
    # Compared with itself, the word only has to have a stem that is long enough.
    return have_same_stem(word, word) and (span.before[-1], stem(word)) in full


def _add_given_name(span: Span, line: Line) -> Span:
    """Extend a span by the word before it."""
    return cut_span(line, span.line, span.first - 1, span.last, span.kind, span.margin)


def add_known_names(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """Add the territories and known abbreviations that lie outside all spans."""
    taken = {(span.line, index) for span in found for index in range(span.first, span.last)}
    added = [span for number, line in enumerate(lines) for span in _find_known(line, number, taken)]
    return sorted([*found, *added], key=lambda span: (span.start, span.end))


def _find_known(line: Line, number: int, taken: set[tuple[int, int]]) -> Iterator[Span]:
    """Find the known names of one line that no span covers."""
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
    """Return the kind of the known name that begins `words`, and its length (0, 1 or 2 words)."""
    if words[0].isupper():
        kind = look_up_kind(words[0])
        return kind or "place", int(kind is not None)
    if _is_two_word_territory(words):
        return "place", 2
    found = parse_word(words[0])
    known = any(
        "Geox" in r.grammemes and r.in_dictionary and is_territory(r.nominative) for r in found
    )
    return "place", int(known)


def _is_two_word_territory(words: tuple[str, ...]) -> bool:
    """Return True if an adjective and a noun form a territory's name: Центральная Азия."""
    if len(words) < 2 or not words[1][0].isupper():
        return False
    if not any(parse.pos == "ADJF" for parse in parse_word(words[0])):
        return False
    return any(
        is_territory(c.name) for c in phrase_candidates(words, CaseExpectation(), place=True)
    )


def _is_quoted(line: Line, first: int, last: int) -> bool:
    """Return True if quotes enclose the name, which then belongs to a hotel, a film or a ship."""
    around = (*line.tokens[max(0, first - 1) : first], *line.tokens[last : last + 1])
    return len(around) == 2 and all(word in _QUOTES for word in around)
