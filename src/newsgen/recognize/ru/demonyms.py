"""Adjectives of places: российский -> Россия.

Knows the list ``data/adjectives.txt``, and that an adjective before a person, a people or a
language names no place. Stops at words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.morphology import adjective_lemmas, lemmatize, parse_word
from newsgen.recognize.ru.word_lists import load_word_map, load_word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.spans import Span
    from newsgen.recognize.ru.tokenizer import Line

_ADJECTIVE = re.compile(
    r"(?:[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)|(?:сточн|ковн)(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми))$"
)


@lru_cache(maxsize=20_000)
def adjective_to_place(word: str) -> str | None:
    """The place whose adjective *word* is a form of, None if it is none."""
    if not _ADJECTIVE.search(word.lower()):
        return None
    places = load_word_map("adjectives")
    return next((places[base] for base in adjective_lemmas(word) if base in places), None)


def find_place_adjectives(
    lines: Sequence[Line], found: Sequence[Span]
) -> Iterator[tuple[str, int, int]]:
    """The places that adjectives speak of: (place, start, end)."""
    named = {(span.line, index): span for span in found for index in range(span.first, span.last)}
    for number, line in enumerate(lines):
        for index, word in enumerate(line.tokens):
            place = adjective_to_place(word)
            if not place:
                continue
            span = named.get((number, index))
            if _locates_organization(span, index) if span else _describes_thing(line, index + 1):
                yield place, line.starts[index], line.ends[index]


def _locates_organization(span: Span, index: int) -> bool:
    """Whether the adjective that opens *span* says where the organisation is (Венская опера)."""
    if span.kind != "organization" or index != span.first:
        return False
    return any(lemmatize(word) in load_word_set("located") for word in span.words[1:4])


def _describes_thing(line: Line, index: int) -> bool:
    """Whether the adjective's noun is a thing of the place, not a person or a language."""
    for word in line.tokens[index : index + 3]:
        if word in _QUOTES or (word.isascii() and word[0].isupper()):
            return True
        found = parse_word(word)
        if not word[0].isalpha() or not found:
            return False
        if found[0].pos == "NOUN":
            return (
                not found[0].animate
                and not lemmatize(word).endswith("изм")
                and lemmatize(word) not in _CULTURE
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
