"""Organisations named by a common noun: правительство Италии, израильская армия, полиция.

Knows the nouns (``data/institutions.txt``, ``data/common.txt``) and what may stand before and after
them. Stops at spans.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Kind
from newsgen.recognize.ru.abbreviations import is_abbreviation
from newsgen.recognize.ru.demonyms import place_of
from newsgen.recognize.ru.morph import lemma, part_of_speech, readings
from newsgen.recognize.ru.spans import Span, cut
from newsgen.recognize.ru.words import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsgen.recognize.ru.text import Line

_MOST_ADJECTIVES = 3
_MOST_WORDS = 3
_SURE = 5.0
#: Nouns that name an institution only with an adjective before them (вооружённые силы Украины).
_WITH_ADJECTIVE = frozenset({"сила", "войско", "флот", "гвардия"})
#: Nouns that name an institution with what it is for in the genitive (министерство обороны).
_OFFICES = frozenset({"министерство", "департамент"})
_ALONE = frozenset({"министерство"})
#: Nouns that name an institution with the adjective of a place (израильская армия).
_NATIONAL = frozenset(
    [
        "правительство",
        "парламент",
        "армия",
        "сборная",
        "полиция",
        "прокуратура",
        "посольство",
        "ввс",
        "вмс",
        "флот",
    ]
)
#: Organisations that say with "по" what they are for, and what else "по" may lead to.
_PURPOSEFUL = frozenset(
    [
        "комитет",
        "комиссия",
        "управление",
        "департамент",
        "центр",
        "агентство",
        "служба",
        "совет",
        "сборная",
        "федерация",
        "фонд",
    ]
)
_CAUSES = frozenset(
    [
        "факт",
        "дело",
        "подозрение",
        "итог",
        "обвинение",
        "результат",
        "мнение",
        "слово",
        "решение",
        "просьба",
        "приглашение",
    ]
)
_LOOSE = frozenset(
    [
        "этот",
        "тот",
        "весь",
        "свой",
        "наш",
        "другой",
        "самый",
        "новый",
        "который",
        "один",
        "первый",
        "бывший",
        "нынешний",
        "такой",
        "каждый",
        "сам",
    ]
)


def with_institutions(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """*found* with organisations lengthened by what follows, and those a common noun names."""
    longer = _lengthened(found, lines)
    result = [longer.get(span, span) for span in found]
    taken = {
        (s.line, i) for s in result if s.kind is Kind.ORGANISATION for i in range(s.first, s.last)
    }
    owners = {(span.line, span.first): span for span in found if _is_owner(span)}
    for number, line in enumerate(lines):
        for index, word in enumerate(line.words):
            if not _beginnings().fullmatch(word) or (number, index) in taken:
                continue
            span = _institution(line, number, index, owners) or _common(line, number, index, owners)
            if span is not None:
                result.append(span)
                taken.update((number, i) for i in range(span.first, span.last))
    return sorted(result, key=lambda span: (span.start, span.end))


def _lengthened(found: Sequence[Span], lines: Sequence[Line]) -> dict[Span, Span]:
    """Organisations with what follows: a place or a body in the genitive, or "по" and a purpose."""
    longer: dict[Span, Span] = {}
    starts = {(span.line, span.first): span for span in found}
    for one in found:
        if one.kind is not Kind.ORGANISATION or one.quoted:
            continue
        line, last = lines[one.line], one.last
        while (other := starts.get((one.line, last))) and (
            _is_owner(other) or _is_body(other, one)
        ):
            last = other.last
        last = _after_object(line, one, last)
        if last > one.last:
            longer[one] = cut(line, one.line, one.first, last, one.kind, one.margin)
    return longer


def _after_object(line: Line, one: Span, last: int) -> int:
    """Where "по" and the small words after it end: комитет Сената по международным отношениям."""
    if (
        line.words[last : last + 1] != ("по",)
        or lemma(one.words[0]) not in _PURPOSEFUL | {_first_noun(one)} & _PURPOSEFUL
    ):
        return last
    end = last + 1
    while end < len(line.words) and end - last <= _MOST_WORDS and line.words[end].islower():
        found = [r for r in readings(line.words[end]) if r.case in {"datv", "loct"}]
        if not found or lemma(line.words[end]) in _CAUSES:
            break
        end += 1
        if found[0].part == "NOUN":
            return end
    return last


def _first_noun(span: Span) -> str:
    return next((lemma(word) for word in span.words if part_of_speech(word) == "NOUN"), "")


def _is_owner(span: Span) -> bool:
    """Whether *span* is a place that, as far as its form goes, stands in the genitive."""
    found = readings(span.words[0])
    return (
        span.kind is Kind.PLACE
        and not span.quoted
        and (not found or any(r.case == "gent" for r in found))
    )


def _is_body(span: Span, owned: Span) -> bool:
    """Whether *span* is an organisation that *owned* may be a part of (Школа-студия МХАТ)."""
    if span.kind is not Kind.ORGANISATION or span.quoted or is_abbreviation(owned.text):
        return False
    return is_abbreviation(span.text) or any(
        reading.case == "gent" for reading in readings(span.words[0])[:2]
    )


@lru_cache(maxsize=1)
def _beginnings() -> re.Pattern[str]:
    """Matches the words that an institution's name may begin with or have as its noun."""
    nouns = word_set("institutions") | _OFFICES
    stems = {
        f"{word.rstrip('аеиоуыюяьй') if len(word) > 3 else word}[а-я]{{0,3}}" for word in nouns
    }
    return re.compile(
        "|".join(sorted(stems | {words[0].pattern for words in _phrases()})), re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The common names, a pattern for each word; the longest first."""
    found = [
        tuple(
            re.compile(word.replace("*", "[а-яё]{0,3}").replace("?", "[её]"), re.IGNORECASE)
            for word in line.split()
        )
        for line in word_set("common")
    ]
    return tuple(sorted(found, key=lambda words: (-len(words), [word.pattern for word in words])))


def _institution(
    line: Line, number: int, head: int, owners: Mapping[tuple[int, int], Span]
) -> Span | None:
    """The institution that the noun *head* names with a place, a purpose or a place's adjective."""
    noun = lemma(line.words[head])
    if not (noun in word_set("institutions") or noun in _OFFICES):
        return None
    last = _after_purpose(line, head) if noun in _OFFICES else head + 1
    first = _with_adjectives(line, head)
    owner = owners.get((number, last))
    if owner is not None:
        named = first < head if noun in _WITH_ADJECTIVE else not _is_plural(line.words[head])
        return cut(line, number, first, owner.last, Kind.ORGANISATION, _SURE) if named else None
    if noun in _ALONE and last > head + 1:
        return cut(line, number, head, last, Kind.ORGANISATION, _SURE)
    if noun in _NATIONAL and first == head - 1 and place_of(line.words[first]):
        return cut(line, number, first, last, Kind.ORGANISATION, _SURE)
    return None


def _common(
    line: Line, number: int, first: int, owners: Mapping[tuple[int, int], Span]
) -> Span | None:
    """The institution that a common name means with nobody's name beside it (полиция)."""
    for words in _phrases():
        last = first + len(words)
        if not all(
            word.fullmatch(found)
            for word, found in zip(words, line.words[first:last], strict=False)
        ):
            continue
        if last > len(line.words):
            continue
        owner = owners.get((number, last))
        if owner is not None:
            return cut(line, number, first, owner.last, Kind.ORGANISATION, _SURE)
        if _stands_alone(line, first, last):
            return cut(line, number, first, last, Kind.ORGANISATION, _SURE)
    return None


def _after_purpose(line: Line, head: int) -> int:
    """Where the small words in the genitive after an office end: министерство иностранных дел."""
    last = head + 1
    while last < len(line.words) and last - head <= _MOST_ADJECTIVES and line.words[last].islower():
        found = readings(line.words[last]) if len(line.words[last]) > 2 else ()
        if not found or not any(r.case == "gent" and r.part in {"NOUN", "ADJF"} for r in found):
            break
        last += 1
        if any(r.part == "NOUN" and r.case == "gent" for r in found[:2]):
            break
    return last


def _with_adjectives(line: Line, head: int) -> int:
    """The number of the first of the adjectives that belong to word *head*."""
    cases = {(r.case, r.number) for r in readings(line.words[head]) if r.part == "NOUN"}
    first = head
    while first > 0 and head - first < _MOST_ADJECTIVES and _agrees(line.words[first - 1], cases):
        first -= 1
    return first


def _agrees(word: str, cases: set[tuple[str, str]]) -> bool:
    if not word[0].isalpha() or lemma(word) in _LOOSE:
        return False
    return any(r.part == "ADJF" and (r.case, r.number) in cases for r in readings(word))


def _stands_alone(line: Line, first: int, last: int) -> bool:
    """Whether the words are not in the plural, and neither adjective nor owner goes with them."""
    if last - first == 1 and (
        _is_plural(line.words[first]) or _with_adjectives(line, first) < first
    ):
        return False
    after = line.words[last : last + 1]
    return (
        not after
        or not after[0][0].isalpha()
        or not any(r.case == "gent" and r.part == "NOUN" for r in readings(after[0])[:1])
    )


def _is_plural(word: str) -> bool:
    return any(reading.number == "plur" for reading in readings(word)[:1])
