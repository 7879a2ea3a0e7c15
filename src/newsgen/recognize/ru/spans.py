"""Span of a name in the text, with the context that later steps need.

Stops at the surface form: edges are trimmed by ``span_cleaning``, non-names are rejected by
``span_filters``, and lemmas come from ``person_lemmas`` and ``phrases``.
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
# In tokens. Only the last word before a name is used, but quotes and brackets may follow it.
_MAX_WORDS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Name as it stands in the text.

    Attributes:
        kind: Kind of the entity, as the model or a list says.
        words: Its words. Initials and ampersands are joined again: А. Б., S&P.
        line: Number of its line.
        first: Index of its first token in the line.
        last: Index after its last token.
        start: Offset of its first character in the text.
        end: Offset after its last character.
        before: The tokens before it, up to four.
        quoted: True if a quote or a bracket opens right before it.
        opens: True if it opens a sentence.
        margin: By how much the model preferred it, see `TaggedSpan`.
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
        """The name as written, with single spaces."""
        return " ".join(self.words)


def cut_span(line: Line, number: int, first: int, last: int, kind: TagKind, margin: float) -> Span:
    """Create the span of tokens `first` up to `last` of a line.

    Args:
        line: The line.
        number: Number of the line.
        first: Index of the first token.
        last: Index after the last token.
        kind: Kind of the entity.
        margin: By how much the model preferred it.
    """
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
    """Return True if quotes that open inside the name close right after it: РИА «Новости»."""
    inside = line.tokens[first:last]
    closes = line.tokens[last : last + 1]
    return (
        bool(closes)
        and closes[0] in CLOSING_MARKS
        and not OPENING_MARKS.isdisjoint(inside)
        and CLOSING_MARKS.isdisjoint(inside)
    )


def _join_tokens(line: Line, first: int, last: int) -> list[str]:
    """Join tokens without a space between them to words.

    After a full stop a capital begins a new word: А.Вебер -> А. Вебер.
    """
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
