"""Organisations named by a common noun: правительство Италии, израильская армия, полиция.

Knows the nouns (``data/institutions.txt``, ``data/common.txt``) and what may stand before and after
them. Stops at spans.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.abbreviations import is_abbreviation
from newsgen.recognize.ru.demonyms import adjective_to_place
from newsgen.recognize.ru.morphology import lemmatize, parse_word, part_of_speech
from newsgen.recognize.ru.spans import Span, cut_span
from newsgen.recognize.ru.word_lists import load_word_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsgen.recognize.ru.tokenizer import Line

_MAX_ADJECTIVES = 3
_MAX_PURPOSE_WORDS = 3
_ADDED_MARGIN = 5.0
#: Nouns that name an institution only with an adjective before them (вооружённые силы Украины).
_NOUNS_NEEDING_ADJECTIVE = frozenset({"сила", "войско", "флот", "гвардия"})
#: Nouns that name an institution with what it is for in the genitive (министерство обороны).
_OFFICES = frozenset({"министерство", "департамент"})
_NOUNS_WITHOUT_PLACE = frozenset({"министерство"})
#: Nouns that name an institution with the adjective of a place (израильская армия).
_NOUNS_WITH_PLACE_ADJECTIVE = frozenset(
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
_NOUNS_WITH_PURPOSE = frozenset(
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
_NOT_PURPOSES = frozenset(
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
_IGNORED_ADJECTIVES = frozenset(
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


def add_institutions(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """*found* with organisations lengthened by what follows, and those a common noun names."""
    longer = _extend_organizations(found, lines)
    result = [longer.get(span, span) for span in found]
    taken = {
        (s.line, i) for s in result if s.kind == "organization" for i in range(s.first, s.last)
    }
    owners = {(span.line, span.first): span for span in found if _may_be_genitive_place(span)}
    for number, line in enumerate(lines):
        for index, word in enumerate(line.tokens):
            if not _first_word_pattern().fullmatch(word) or (number, index) in taken:
                continue
            span = _match_institution(line, number, index, owners) or _match_common_name(
                line, number, index, owners
            )
            if span is not None:
                result.append(span)
                taken.update((number, i) for i in range(span.first, span.last))
    return sorted(result, key=lambda span: (span.start, span.end))


def _extend_organizations(found: Sequence[Span], lines: Sequence[Line]) -> dict[Span, Span]:
    """Organisations with what follows: a place or a body in the genitive, or "по" and a purpose."""
    longer: dict[Span, Span] = {}
    starts = {(span.line, span.first): span for span in found}
    for one in found:
        if one.kind != "organization" or one.quoted:
            continue
        line, last = lines[one.line], one.last
        while (other := starts.get((one.line, last))) and (
            _may_be_genitive_place(other) or _is_parent_organization(other, one)
        ):
            last = other.last
        last = _end_of_purpose_phrase(line, one, last)
        if last > one.last:
            longer[one] = cut_span(line, one.line, one.first, last, one.kind, one.margin)
    return longer


def _end_of_purpose_phrase(line: Line, one: Span, last: int) -> int:
    """Where "по" and the small words after it end: комитет Сената по международным отношениям."""
    if (
        line.tokens[last : last + 1] != ("по",)
        or lemmatize(one.words[0])
        not in _NOUNS_WITH_PURPOSE | {_first_noun(one)} & _NOUNS_WITH_PURPOSE
    ):
        return last
    end = last + 1
    while (
        end < len(line.tokens) and end - last <= _MAX_PURPOSE_WORDS and line.tokens[end].islower()
    ):
        found = [r for r in parse_word(line.tokens[end]) if r.case in {"datv", "loct"}]
        if not found or lemmatize(line.tokens[end]) in _NOT_PURPOSES:
            break
        end += 1
        if found[0].pos == "NOUN":
            return end
    return last


def _first_noun(span: Span) -> str:
    return next((lemmatize(word) for word in span.words if part_of_speech(word) == "NOUN"), "")


def _may_be_genitive_place(span: Span) -> bool:
    """Whether *span* is a place that, as far as its form goes, stands in the genitive."""
    found = parse_word(span.words[0])
    return (
        span.kind == "place"
        and not span.quoted
        and (not found or any(r.case == "gent" for r in found))
    )


def _is_parent_organization(span: Span, owned: Span) -> bool:
    """Whether *span* is an organisation that *owned* may be a part of (Школа-студия МХАТ)."""
    if span.kind != "organization" or span.quoted or is_abbreviation(owned.text):
        return False
    return is_abbreviation(span.text) or any(
        parse.case == "gent" for parse in parse_word(span.words[0])[:2]
    )


@lru_cache(maxsize=1)
def _first_word_pattern() -> re.Pattern[str]:
    """Matches the words that an institution's name may begin with or have as its noun."""
    nouns = load_word_set("institutions") | _OFFICES
    stems = {
        f"{word.rstrip('аеиоуыюяьй') if len(word) > 3 else word}[а-я]{{0,3}}" for word in nouns
    }
    return re.compile(
        "|".join(sorted(stems | {words[0].pattern for words in _common_name_patterns()})),
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _common_name_patterns() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The common names, a pattern for each word; the longest first."""
    found = [
        tuple(
            re.compile(word.replace("*", "[а-яё]{0,3}").replace("?", "[её]"), re.IGNORECASE)
            for word in line.split()
        )
        for line in load_word_set("common")
    ]
    return tuple(sorted(found, key=lambda words: (-len(words), [word.pattern for word in words])))


def _match_institution(
    line: Line, number: int, head: int, owners: Mapping[tuple[int, int], Span]
) -> Span | None:
    """The institution that the noun *head* names with a place, a purpose or a place's adjective."""
    noun = lemmatize(line.tokens[head])
    if not (noun in load_word_set("institutions") or noun in _OFFICES):
        return None
    last = _end_of_genitive_phrase(line, head) if noun in _OFFICES else head + 1
    first = _start_of_adjectives(line, head)
    owner = owners.get((number, last))
    if owner is not None:
        named = (
            first < head if noun in _NOUNS_NEEDING_ADJECTIVE else not _is_plural(line.tokens[head])
        )
        return (
            cut_span(line, number, first, owner.last, "organization", _ADDED_MARGIN)
            if named
            else None
        )
    if noun in _NOUNS_WITHOUT_PLACE and last > head + 1:
        return cut_span(line, number, head, last, "organization", _ADDED_MARGIN)
    if (
        noun in _NOUNS_WITH_PLACE_ADJECTIVE
        and first == head - 1
        and adjective_to_place(line.tokens[first])
    ):
        return cut_span(line, number, first, last, "organization", _ADDED_MARGIN)
    return None


def _match_common_name(
    line: Line, number: int, first: int, owners: Mapping[tuple[int, int], Span]
) -> Span | None:
    """The institution that a common name means with nobody's name beside it (полиция)."""
    for words in _common_name_patterns():
        last = first + len(words)
        if not all(
            word.fullmatch(found)
            for word, found in zip(words, line.tokens[first:last], strict=False)
        ):
            continue
        if last > len(line.tokens):
            continue
        owner = owners.get((number, last))
        if owner is not None:
            return cut_span(line, number, first, owner.last, "organization", _ADDED_MARGIN)
        if _stands_alone(line, first, last):
            return cut_span(line, number, first, last, "organization", _ADDED_MARGIN)
    return None


def _end_of_genitive_phrase(line: Line, head: int) -> int:
    """Where the small words in the genitive after an office end: министерство иностранных дел."""
    last = head + 1
    while (
        last < len(line.tokens) and last - head <= _MAX_ADJECTIVES and line.tokens[last].islower()
    ):
        found = parse_word(line.tokens[last]) if len(line.tokens[last]) > 2 else ()
        if not found or not any(r.case == "gent" and r.pos in {"NOUN", "ADJF"} for r in found):
            break
        last += 1
        if any(r.pos == "NOUN" and r.case == "gent" for r in found[:2]):
            break
    return last


def _start_of_adjectives(line: Line, head: int) -> int:
    """The number of the first of the adjectives that belong to word *head*."""
    cases = {(r.case, r.number) for r in parse_word(line.tokens[head]) if r.pos == "NOUN"}
    first = head
    while (
        first > 0
        and head - first < _MAX_ADJECTIVES
        and _adjective_agrees(line.tokens[first - 1], cases)
    ):
        first -= 1
    return first


def _adjective_agrees(word: str, cases: set[tuple[str, str]]) -> bool:
    if not word[0].isalpha() or lemmatize(word) in _IGNORED_ADJECTIVES:
        return False
    return any(r.pos == "ADJF" and (r.case, r.number) in cases for r in parse_word(word))


def _stands_alone(line: Line, first: int, last: int) -> bool:
    """Whether the words are not in the plural, and neither adjective nor owner goes with them."""
    if last - first == 1 and (
        _is_plural(line.tokens[first]) or _start_of_adjectives(line, first) < first
    ):
        return False
    after = line.tokens[last : last + 1]
    return (
        not after
        or not after[0][0].isalpha()
        or not any(r.case == "gent" and r.pos == "NOUN" for r in parse_word(after[0])[:1])
    )


def _is_plural(word: str) -> bool:
    return any(parse.number == "plur" for parse in parse_word(word)[:1])
