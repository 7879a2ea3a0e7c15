"""Adjectives of places: российский -> Россия.

Knows the list ``data/adjectives.txt``, and that an adjective before a person, a people or a
language names no place. Stops at words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Kind
from newsgen.recognize.ru.morph import adjective_lemmas, lemma, readings
from newsgen.recognize.ru.words import word_map, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.spans import Span
    from newsgen.recognize.ru.text import Line

_ADJECTIVE = re.compile(
    r"(?:[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)|(?:сточн|ковн)(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми))$"
)


@lru_cache(maxsize=20_000)
def place_of(word: str) -> str | None:
    """The place whose adjective *word* is a form of, None if it is none."""
    if not _ADJECTIVE.search(word.lower()):
        return None
    places = word_map("adjectives")
    return next((places[base] for base in adjective_lemmas(word) if base in places), None)


def place_adjectives(
    lines: Sequence[Line], found: Sequence[Span]
) -> Iterator[tuple[str, int, int]]:
    """The places that adjectives speak of: (place, start, end)."""
    named = {(span.line, index): span for span in found for index in range(span.first, span.last)}
    for number, line in enumerate(lines):
        for index, word in enumerate(line.words):
            place = place_of(word)
            if not place:
                continue
            span = named.get((number, index))
            if _places(span, index) if span else _speaks_of_place(line, index + 1):
                yield place, line.starts[index], line.ends[index]


def _places(span: Span, index: int) -> bool:
    """Whether the adjective that opens *span* says where the organisation is (Венская опера)."""
    if span.kind is not Kind.ORGANISATION or index != span.first:
        return False
    return any(lemma(word) in word_set("located") for word in span.words[1:4])


def _speaks_of_place(line: Line, index: int) -> bool:
    """Whether the adjective's noun is a thing of the place, not a person or a language."""
    for word in line.words[index : index + 3]:
        if word in _QUOTES or (word.isascii() and word[0].isupper()):
            return True
        found = readings(word)
        if not word[0].isalpha() or not found:
            return False
        if found[0].part == "NOUN":
            return (
                not found[0].animate
                and not lemma(word).endswith("изм")
                and lemma(word) not in _CULTURE
            )
    return False


_QUOTES = frozenset('«"„“')
#: Nouns with which an adjective says what kind of thing it is, or stands for the whole country.
_CULTURE = frozenset(
    [
        "язык",
        "происхождение",
        "гражданство",
        "национальность",
        "община",
        "диаспора",
        "кухня",
        "область",
        "край",
        "район",
        "округ",
        "проспект",
        "улица",
        "площадь",
        "столица",
        "время",
        "корень",
        "название",
        "государство",
        "республика",
        "королевство",
    ]
)
