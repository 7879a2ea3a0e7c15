"""Cleaning of tagged spans: edges trimmed, two names split, titles and legal forms removed.

Stops at the surface form: lemmas come from ``person_lemmas`` and ``phrases``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsgen.recognize.ru.morphology import (
    is_dictionary_word,
    lemmatize,
    parse_word,
    part_of_speech,
)
from newsgen.recognize.ru.span_filters import is_name
from newsgen.recognize.ru.spans import CLOSING_MARKS, OPENING_MARKS, Span, cut_span
from newsgen.recognize.ru.word_lists import load_word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsgen.model import TagKind
    from newsgen.recognize.ru.tagger import TaggedSpan
    from newsgen.recognize.ru.tokenizer import Line

# The model's labels follow CoNLL-2003.
_KINDS: Final[Mapping[str, TagKind]] = {"PER": "person", "LOC": "place", "ORG": "organization"}
_BREAKS = OPENING_MARKS | CLOSING_MARKS | frozenset(",;:|/\\!?…—–=*•·<>")
_LETTER = re.compile(r"[^\W\d_]")
_AGE = re.compile(r"^\d+-?(?:лет|год|й|я|го|му|ти|е|х)", re.IGNORECASE)
_AGE_ADJECTIVE = re.compile(r"летн(?:ий|яя|его|ей|ему|им|юю|ем)$")
_TRIMMED_POS = frozenset({"PREP", "CONJ", "PRCL"})
_PERSON_GRAMMEMES = frozenset({"Name", "Surn", "Patr"})
# In words: given name and surname, twice.
_TWO_FULL_NAMES = 4


def clean_spans(lines: Sequence[Line], found: Sequence[Sequence[TaggedSpan]]) -> list[Span]:
    """Clean the tagged spans of a text and drop non-names.

    Args:
        lines: The tokenized lines.
        found: The tagged spans of each line.

    Returns:
        The spans, in the order of the text.
    """
    clean: list[Span] = []
    for number, (line, tagged_spans) in enumerate(zip(lines, found, strict=True)):
        for tagged in tagged_spans:
            kind = _KINDS[tagged.type]
            for first, last in _split_pieces(line, tagged.first, tagged.last):
                span = _strip_titles(cut_span(line, number, first, last, kind, tagged.margin), line)
                clean += filter(is_name, _split_two_people(span, line))
    return clean


def _split_pieces(line: Line, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span between brackets, quotes and commas, with their edges trimmed."""
    start = first
    for index in range(first, last + 1):
        if index < last and not _ends_name(line, start, index, last):
            continue
        end = index
        while start < end and _is_trimmed(line.tokens[start]):
            start += 1
        while start < end and _is_trimmed(line.tokens[end - 1]):
            end -= 1
        if start < end:
            yield start, end
        start = index + 1


def _ends_name(line: Line, start: int, index: int, last: int) -> bool:
    """Return True if a name ends at token `index`.

    Quotes can be inside a name: РИА «Новости», МГТУ «МАМИ».
    """
    word = line.tokens[index]
    if word not in _BREAKS or word == "(":
        return word in _BREAKS
    if word in CLOSING_MARKS and index == last - 1:
        return OPENING_MARKS.isdisjoint(line.tokens[start:index])
    if word not in OPENING_MARKS or index != start + 1 or index == last - 1:
        return True
    before = line.tokens[index - 1]
    # Only after an abbreviation do quotes belong to the name; after a generic noun or a legal form
    # they enclose it: партия «Яблоко», ЗАО «Заря».
    short = len(before) > 1 and before.isupper()
    return (
        not short
        or before in load_word_set("legal")
        or lemmatize(before) in load_word_set("generic")
    )


def _is_trimmed(word: str) -> bool:
    """Return True if no name can begin or end with the word."""
    # A number can begin or end a name: 7 канал, Фукусима 1.
    if not _LETTER.search(word):
        return not word.isdigit()
    if _AGE.match(word):
        return True
    return word.islower() and part_of_speech(word) in _TRIMMED_POS


def _strip_titles(span: Span, line: Line) -> Span:
    """Remove titles before a person (Сэр Фергюсон) and legal forms of companies (ЗАО «Заря»)."""
    first, last = span.first, span.last
    while first < last - 1 and _precedes_name(span, line.tokens[first], first):
        first += 1
    if span.kind == "organization":
        while last > first + 1 and line.tokens[last - 1] in load_word_set("legal"):
            last -= 1
    if (first, last) == (span.first, span.last):
        return span
    return replace(cut_span(line, span.line, first, last, span.kind, span.margin), opens=span.opens)


def _precedes_name(span: Span, word: str, index: int) -> bool:
    """Return True if the word before a name is not part of it.

    Args:
        span: The span so far.
        word: Its first word.
        index: Index of the word in its line.
    """
    if span.kind == "organization":
        return word in load_word_set("legal")
    if span.kind == "place" or len(word) == 1:
        return False
    parts = word.split("-")
    if {lemmatize(word), lemmatize(parts[-1])} & load_word_set("titles") or _AGE_ADJECTIVE.search(
        word
    ):
        return True
    # At the beginning of a sentence every word has a capital, so a common word there is not part of
    # the name: Вчера Путин.
    opens = span.opens and index == span.first
    return (
        opens
        and all(map(is_dictionary_word, parts))
        and not any(r.grammemes & _PERSON_GRAMMEMES for part in parts for r in parse_word(part))
    )


def _split_two_people(span: Span, line: Line) -> Iterator[Span]:
    """Split two persons that a caption lists without a comma: Рафаэль Корреа Эдвард Сноуден."""
    middle = span.first + 2
    if span.kind != "person" or not len(span.words) == span.last - span.first == _TWO_FULL_NAMES:
        yield span
        return
    one, two, three, _ = map(_is_given_name, line.tokens[span.first : span.last])
    if one and three and not two:
        yield cut_span(line, span.line, span.first, middle, span.kind, span.margin)
        yield cut_span(line, span.line, middle, span.last, span.kind, span.margin)
    else:
        yield span


def _is_given_name(word: str) -> bool:
    """Return True if the dictionary has the word as a given name."""
    return any("Name" in parse.grammemes and parse.in_dictionary for parse in parse_word(word))
