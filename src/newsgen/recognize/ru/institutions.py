"""Organizations named by a common noun: правительство Италии, израильская армия, полиция.

The model was trained on proper names and misses most of these. Uses ``data/institutions.txt`` and
``data/common.txt``, and rules for the words before and after the noun. Stops at spans.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.abbreviations import is_abbreviation
from newsgen.recognize.ru.demonyms import adjective_to_place
from newsgen.recognize.ru.institution_nouns import (
    IGNORED_ADJECTIVES,
    NOT_PURPOSES,
    NOUNS_NEEDING_ADJECTIVE,
    NOUNS_WITH_PLACE_ADJECTIVE,
    NOUNS_WITH_PURPOSE,
    NOUNS_WITHOUT_PLACE,
    OFFICES,
)
from newsgen.recognize.ru.morphology import lemmatize, parse_word, part_of_speech
from newsgen.recognize.ru.spans import Span, cut_span
from newsgen.recognize.ru.word_lists import load_word_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsgen.recognize.ru.tokenizer import Line

# In words: adjectives before a noun, and words of a purpose after it. Longer phrases are sentences,
# not names.
_MAX_ADJECTIVES = 3
_MAX_PURPOSE_WORDS = 3
# Like the margin of ``gazetteer``: as sure as the model's surest span.
_ADDED_MARGIN = 5.0


def add_institutions(found: Sequence[Span], lines: Sequence[Line]) -> list[Span]:
    """Extend organizations by what follows them, and add those named by a common noun."""
    longer = _extend_organizations(found, lines)
    result = [longer.get(span, span) for span in found]
    taken = {
        (s.line, i) for s in result if s.kind == "organization" for i in range(s.first, s.last)
    }
    owners = {(span.line, span.first): span for span in found if _may_be_genitive_place(span)}
    for number, line in enumerate(lines):
        for index, word in enumerate(line.tokens):
            # A regular expression first, so that few tokens need a morphological analysis.
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
    """Map organizations to longer spans that include an owner or a purpose.

    Посольство + США, комитет + по международным отношениям.
    """
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
    """Return the end of the phrase "по" + words: комитет Сената по международным отношениям.

    Returns `last` unchanged if no such phrase follows.
    """
    if (
        line.tokens[last : last + 1] != ("по",)
        or lemmatize(one.words[0])
        not in NOUNS_WITH_PURPOSE | {_first_noun(one)} & NOUNS_WITH_PURPOSE
    ):
        return last
    end = last + 1
    while (
        end < len(line.tokens) and end - last <= _MAX_PURPOSE_WORDS and line.tokens[end].islower()
    ):
        found = [r for r in parse_word(line.tokens[end]) if r.case in {"datv", "loct"}]
        if not found or lemmatize(line.tokens[end]) in NOT_PURPOSES:
            break
        end += 1
        if found[0].pos == "NOUN":
            return end
    return last


def _first_noun(span: Span) -> str:
    """Return the lemma of the first noun in a span, "" without one."""
    return next((lemmatize(word) for word in span.words if part_of_speech(word) == "NOUN"), "")


def _may_be_genitive_place(span: Span) -> bool:
    """Return True if the span is a place whose form can be the genitive."""
    found = parse_word(span.words[0])
    return (
        span.kind == "place"
        and not span.quoted
        and (not found or any(r.case == "gent" for r in found))
    )


def _is_parent_organization(span: Span, owned: Span) -> bool:
    """Return True if `owned` may be a part of the organization `span`: Школа-студия МХАТ."""
    if span.kind != "organization" or span.quoted or is_abbreviation(owned.text):
        return False
    return is_abbreviation(span.text) or any(
        parse.case == "gent" for parse in parse_word(span.words[0])[:2]
    )


@lru_cache(maxsize=1)
def _first_word_pattern() -> re.Pattern[str]:
    """Return a pattern of the words that can open an institution's name or be its noun."""
    nouns = load_word_set("institutions") | OFFICES
    # Endings are cut off, so that the pattern matches all cases: правительств[а-я]{0,3}.
    stems = {
        f"{word.rstrip('аеиоуыюяьй') if len(word) > 3 else word}[а-я]{{0,3}}" for word in nouns
    }
    return re.compile(
        "|".join(sorted(stems | {words[0].pattern for words in _common_name_patterns()})),
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _common_name_patterns() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Return the common names, one pattern per word, longest names first."""
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
    """Match the institution whose noun is token `head`, with its place, field or adjective."""
    noun = lemmatize(line.tokens[head])
    if not (noun in load_word_set("institutions") or noun in OFFICES):
        return None
    # Минобороны's long form needs the field first: министерство [обороны] Италии.
    last = _end_of_genitive_phrase(line, head) if noun in OFFICES else head + 1
    first = _start_of_adjectives(line, head)
    owner = owners.get((number, last))
    if owner is not None:
        named = (
            first < head if noun in NOUNS_NEEDING_ADJECTIVE else not _is_plural(line.tokens[head])
        )
        return (
            cut_span(line, number, first, owner.last, "organization", _ADDED_MARGIN)
            if named
            else None
        )
    if noun in NOUNS_WITHOUT_PLACE and last > head + 1:
        return cut_span(line, number, head, last, "organization", _ADDED_MARGIN)
    if (
        noun in NOUNS_WITH_PLACE_ADJECTIVE
        # Exactly one adjective: "новая израильская армия" is a description.
        and first == head - 1
        and adjective_to_place(line.tokens[first])
    ):
        return cut_span(line, number, first, last, "organization", _ADDED_MARGIN)
    return None


def _match_common_name(
    line: Line, number: int, first: int, owners: Mapping[tuple[int, int], Span]
) -> Span | None:
    """Match a common name that means one institution without an owner: полиция."""
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
    """Return the end of the genitive words after an office: министерство иностранных дел."""
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
    """Return the index of the first adjective that agrees with token `head`."""
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
    """Return True if the word is an adjective in one of the (case, number) pairs."""
    if not word[0].isalpha() or lemmatize(word) in IGNORED_ADJECTIVES:
        return False
    return any(r.pos == "ADJF" and (r.case, r.number) in cases for r in parse_word(word))


def _stands_alone(line: Line, first: int, last: int) -> bool:
    """Return True if the words are singular and have neither an adjective nor an owner."""
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
    """Return True if the likeliest parse of the word is plural."""
    return any(parse.number == "plur" for parse in parse_word(word)[:1])
