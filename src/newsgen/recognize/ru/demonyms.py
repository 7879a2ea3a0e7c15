"""Adjectives of places: российский -> Россия.

Uses ``data/adjectives.txt``. An adjective before a person, a people or a language does not mention
a place. Stops at words.
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

# A cheap test that spares pymorphy most words of an article.
_ADJECTIVE = re.compile(
    r"(?:[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)|(?:сточн|ковн)(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми))$"
)


@lru_cache(maxsize=20_000)
def adjective_to_place(word: str) -> str | None:
    """Return the place of an adjective, None if the word is no such adjective.

    российского -> Россия.
    """
    if not _ADJECTIVE.search(word.lower()):
        return None
    places = load_word_map("adjectives")
    return next((places[base] for base in adjective_lemmas(word) if base in places), None)


def find_place_adjectives(
    lines: Sequence[Line], found: Sequence[Span]
) -> Iterator[tuple[str, int, int]]:
    """Find the adjectives that mention a place.

    Args:
        lines: The tokenized text.
        found: The spans of the text. Inside an organization an adjective counts only if it says
            where the organization is.

    Yields:
        The place, and the start and end offsets of the adjective.
    """
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
    """Return True if the adjective that opens a span says where it is: Венская опера."""
    if span.kind != "organization" or index != span.first:
        return False
    return any(lemmatize(word) in load_word_set("located") for word in span.words[1:4])


def _describes_thing(line: Line, index: int) -> bool:
    """Return True if the adjective's noun is a thing of the place, not a person or a language.

    французский суд mentions France; французский писатель describes a person, французский язык a
    language.
    """
    for word in line.tokens[index : index + 3]:
        # A quoted or foreign name follows, so the adjective describes a company or a product:
        # японская «Тойота».
        if word in _QUOTES or (word.isascii() and word[0].isupper()):
            return True
        found = parse_word(word)
        if not word[0].isalpha() or not found:
            return False
        if found[0].pos == "NOUN":
            return (
                not found[0].animate
                # Ideologies are not things of a place: японский милитаризм.
                and not lemmatize(word).endswith("изм")
                and lemmatize(word) not in _CULTURE
            )
    return False


_QUOTES = frozenset('«"„“')
# Nouns with which an adjective tells a kind (французская кухня), or forms a name of its own
# (Московская область).
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
