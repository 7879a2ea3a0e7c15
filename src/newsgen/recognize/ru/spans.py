"""Stretches of words cleaned into names: trimmed, split where two names met, titles taken off.

Knows what may stand at the edges of a name. Stops at the form met in the text: whether it is a name
at all is ``sieve``, and its nominative is ``persons`` and ``phrases``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Kind
from newsgen.recognize.ru.filters import is_name
from newsgen.recognize.ru.morph import is_known, lemma, part_of_speech, readings
from newsgen.recognize.ru.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.tagger import Stretch
    from newsgen.recognize.ru.text import Line

_KINDS = {"PER": Kind.PERSON, "LOC": Kind.PLACE, "ORG": Kind.ORGANISATION}
_OPENING = frozenset('«"„“([{‹')
_CLOSING = frozenset('»"“”)]}›')
_BREAKS = _OPENING | _CLOSING | frozenset(",;:|/\\!?…—–=*•·<>")
_ENDS = frozenset(".!?…")
_LETTER = re.compile(r"[^\W\d_]")
_AGE = re.compile(r"^\d+-?(?:лет|год|й|я|го|му|ти|е|х)", re.IGNORECASE)
_AGED = re.compile(r"летн(?:ий|яя|его|ей|ему|им|юю|ем)$")
_TRIMMED_PARTS = frozenset({"PREP", "CONJ", "PRCL"})
_NAMED = frozenset({"Name", "Surn", "Patr"})
_WORDS_BEFORE = 4
_TWO_NAMES = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A name as it stands in the text: words *first* up to *last* of line number *line*.

    ``words`` are those of the name, initials and ampersands put together again (А. Б., S&P);
    ``before`` the words that lead to it; ``opens``: it opens a sentence.
    """

    kind: Kind
    words: tuple[str, ...]
    line: int
    first: int
    last: int
    start: int
    end: int
    before: tuple[str, ...]
    quoted: bool
    opens: bool
    margin: float

    @property
    def text(self) -> str:
        """The name as it is written, with single spaces."""
        return " ".join(self.words)


def spans(lines: Sequence[Line], found: Sequence[Sequence[Stretch]]) -> list[Span]:
    """The names in *lines*, cleaned, in the order of the text."""
    clean: list[Span] = []
    for number, (line, stretches) in enumerate(zip(lines, found, strict=True)):
        for stretch in stretches:
            kind = _KINDS[stretch.type]
            for first, last in _pieces(line, stretch.first, stretch.last):
                span = _shortened(cut(line, number, first, last, kind, stretch.margin), line)
                clean += filter(is_name, _apart(span, line))
    return clean


def cut(line: Line, number: int, first: int, last: int, kind: Kind, margin: float) -> Span:
    """Words *first* up to *last* of *line*, the line of this *number*, as a span."""
    before = line.words[max(0, first - _WORDS_BEFORE) : first]
    return Span(
        kind=kind,
        words=tuple(_joined(line, first, last)),
        line=number,
        first=first,
        last=last,
        start=line.starts[first],
        end=line.ends[last if _is_open(line, first, last) else last - 1],
        before=before,
        quoted=bool(before) and before[-1] in _OPENING,
        opens=first == 0 or line.words[first - 1] in _ENDS,
        margin=margin,
    )


def _is_open(line: Line, first: int, last: int) -> bool:
    """Whether quotes that open inside the name are closed right after it: РИА «Новости»."""
    inside = line.words[first:last]
    closes = line.words[last : last + 1]
    return (
        bool(closes)
        and closes[0] in _CLOSING
        and not _OPENING.isdisjoint(inside)
        and _CLOSING.isdisjoint(inside)
    )


def _joined(line: Line, first: int, last: int) -> list[str]:
    """The words, joined where no space parts them; a capital after a full stop begins a new one."""
    words: list[str] = []
    apart = True
    for index in range(first, last):
        word = line.words[index]
        if index > first and word in _OPENING:
            apart = True
            continue
        if apart or (words[-1].endswith(".") and word[0].isupper()):
            words.append(word)
        else:
            words[-1] += word
        apart = index + 1 < last and line.starts[index + 1] > line.ends[index]
    return words


def _pieces(line: Line, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch between brackets, quotes and commas, trimmed."""
    start = first
    for index in range(first, last + 1):
        if index < last and not _breaks(line, start, index, last):
            continue
        end = index
        while start < end and _is_edge(line.words[start]):
            start += 1
        while start < end and _is_edge(line.words[end - 1]):
            end -= 1
        if start < end:
            yield start, end
        start = index + 1


def _breaks(line: Line, start: int, index: int, last: int) -> bool:
    """Whether a name ends at word *index*; quotes may be inside one: РИА «Новости», МГТУ «МАМИ»."""
    word = line.words[index]
    if word not in _BREAKS or word == "(":
        return word in _BREAKS
    if word in _CLOSING and index == last - 1:
        return _OPENING.isdisjoint(line.words[start:index])
    if word not in _OPENING or index != start + 1 or index == last - 1:
        return True
    before = line.words[index - 1]
    short = len(before) > 1 and before.isupper()
    return not short or before in word_set("legal") or lemma(before) in word_set("generic")


def _is_edge(word: str) -> bool:
    """Whether a name cannot begin or end with *word*."""
    if not _LETTER.search(word):
        return not word.isdigit()
    if _AGE.match(word):
        return True
    return word.islower() and part_of_speech(word) in _TRIMMED_PARTS


def _shortened(span: Span, line: Line) -> Span:
    """*span* without titles before a person (Сэр Фергюсон) or a legal form (ЗАО «Заря»)."""
    first, last = span.first, span.last
    while first < last - 1 and _leads(span, line.words[first], first):
        first += 1
    if span.kind is Kind.ORGANISATION:
        while last > first + 1 and line.words[last - 1] in word_set("legal"):
            last -= 1
    if (first, last) == (span.first, span.last):
        return span
    return replace(cut(line, span.line, first, last, span.kind, span.margin), opens=span.opens)


def _leads(span: Span, word: str, index: int) -> bool:
    """Whether *word*, word *index* of its line, stands before the name rather than in it."""
    if span.kind is Kind.ORGANISATION:
        return word in word_set("legal")
    if span.kind is Kind.PLACE or len(word) == 1:
        return False
    parts = word.split("-")
    if {lemma(word), lemma(parts[-1])} & word_set("titles") or _AGED.search(word):
        return True
    opens = span.opens and index == span.first
    return (
        opens
        and all(map(is_known, parts))
        and not any(r.marks & _NAMED for part in parts for r in readings(part))
    )


def _apart(span: Span, line: Line) -> Iterator[Span]:
    """The two people of a caption in which nothing parts them (Рафаэль Корреа Эдвард Сноуден)."""
    middle = span.first + 2
    if span.kind is not Kind.PERSON or not len(span.words) == span.last - span.first == _TWO_NAMES:
        yield span
        return
    one, two, three, _ = map(_is_given, line.words[span.first : span.last])
    if one and three and not two:
        yield cut(line, span.line, span.first, middle, span.kind, span.margin)
        yield cut(line, span.line, middle, span.last, span.kind, span.margin)
    else:
        yield span


def _is_given(word: str) -> bool:
    return any("Name" in reading.marks and reading.known for reading in readings(word))
