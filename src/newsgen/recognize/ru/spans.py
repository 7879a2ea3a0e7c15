"""Span of a name in the text, with the context that later steps need.

Stops at the surface form: edges are trimmed by ``span_cleaning``, spans that are no names are
rejected by ``filters``, and lemmas come from ``person_lemmas`` and ``phrases``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsgen.model import TagKind
    from newsgen.recognize.ru.tokenizer import Line

OPENING_MARKS = frozenset('«"„“([{‹')
CLOSING_MARKS = frozenset('»"“”)]}›')
_SENTENCE_ENDS = frozenset(".!?…")
# Enough for a preposition, an opening quote and a two-word job title.
_MAX_WORDS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A name as it stands in the text: words *first* up to *last* of line number *line*.

    ``words`` are those of the name, initials and ampersands put together again (А. Б., S&P);
    ``before`` the words that lead to it; ``opens``: it opens a sentence.
    """

    kind: TagKind
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


def cut_span(line: Line, number: int, first: int, last: int, kind: TagKind, margin: float) -> Span:
    """Words *first* up to *last* of *line*, the line of this *number*, as a span."""
    before = line.tokens[max(0, first - _MAX_WORDS_BEFORE) : first]
    return Span(
        kind=kind,
        words=tuple(_join_tokens(line, first, last)),
        line=number,
        first=first,
        last=last,
        start=line.starts[first],
        end=line.ends[last if _has_open_quotes(line, first, last) else last - 1],
        before=before,
        quoted=bool(before) and before[-1] in OPENING_MARKS,
        opens=first == 0 or line.tokens[first - 1] in _SENTENCE_ENDS,
        margin=margin,
    )


def _has_open_quotes(line: Line, first: int, last: int) -> bool:
    """Whether quotes that open inside the name are closed right after it: РИА «Новости»."""
    inside = line.tokens[first:last]
    closes = line.tokens[last : last + 1]
    return (
        bool(closes)
        and closes[0] in CLOSING_MARKS
        and not OPENING_MARKS.isdisjoint(inside)
        and CLOSING_MARKS.isdisjoint(inside)
    )


def _join_tokens(line: Line, first: int, last: int) -> list[str]:
    """The words, joined where no space parts them; a capital after a full stop begins a new one."""
    words: list[str] = []
    apart = True
    for index in range(first, last):
        word = line.tokens[index]
        if index > first and word in OPENING_MARKS:
            apart = True
            continue
        if apart or (words[-1].endswith(".") and word[0].isupper()):
            words.append(word)
        else:
            words[-1] += word
        apart = index + 1 < last and line.starts[index + 1] > line.ends[index]
    return words
