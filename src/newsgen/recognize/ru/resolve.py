"""The names of one article resolved into entities: each once, under one name.

Knows the order: one kind for a name, names in brackets, the nominative by the vote of an article's
mentions, then groups. Stops at the article: joining over an archive is ``join``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Entity, Kind, Mention
from newsgen.recognize.ru.abbreviations import abbreviates, is_abbreviation
from newsgen.recognize.ru.aliases import canonical, is_territory
from newsgen.recognize.ru.demonyms import place_adjectives
from newsgen.recognize.ru.gazetteer import with_given_names, with_known_names
from newsgen.recognize.ru.groups import capitalised, entity, group_names
from newsgen.recognize.ru.institutions import with_institutions
from newsgen.recognize.ru.lemma_vote import candidates, vote, vote_people
from newsgen.recognize.ru.person_linking import group_people
from newsgen.recognize.ru.places import owners, with_double_names
from newsgen.recognize.ru.short_forms import Named
from newsgen.recognize.ru.spelling import fold, is_cyrillic, key
from newsgen.recognize.ru.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsgen.recognize.ru.spans import Span
    from newsgen.recognize.ru.text import Line

#: By how much the network must prefer an entity's surest mention to anything else.
LEAST_MARGIN = {Kind.PERSON: 0.3, Kind.PLACE: 0.3, Kind.ORGANISATION: 0.5}
#: What is done to the spans of an article before they get names, in this order.
STEPS = (with_given_names, with_known_names, with_double_names, with_institutions)
#: The same for somebody whom the article names once, by one word.
LEAST_MARGIN_ONCE = 1.0
_CERTAIN = 9.0
_MOST_MARGIN = 5.0
_LONGEST_GAP = 5


def entities(found: Sequence[Span], lines: Sequence[Line]) -> tuple[Entity, ...]:
    """The entities that *found* names, in the order of their first mentions."""
    for step in STEPS:
        found = step(found, lines)
    found = _one_kind_each(found)
    aliases = _explained(found, lines)
    named = _named(found, aliases)
    people = _merged(group_people(_people(found)), aliases)
    result = [group for group in people if _is_sure(group)]
    for kind in (Kind.PLACE, Kind.ORGANISATION):
        names = [named[span] for span in found if span in named and named[span].kind is kind]
        if kind is Kind.PLACE:
            names += _places_spoken_of(found, lines)
        same = {
            key(named[a].name): key(named[b].name)
            for a, b in aliases.items()
            if a in named and b in named
        }
        result += [group for group in group_names(names, same) if _is_sure(group)]
    return tuple(
        sorted(map(entity, result), key=lambda entity: (entity.mentions[0].start, entity.name))
    )


def _is_sure(group: Sequence[Named]) -> bool:
    kind = group[0].kind
    once = kind is Kind.PERSON and len(group) == 1 and " " not in group[0].name
    return max(named.margin for named in group) >= (
        LEAST_MARGIN_ONCE if once else LEAST_MARGIN[kind]
    )


def _one_kind_each(found: Sequence[Span]) -> list[Span]:
    """*found* with every name of one kind, the one that the network was surest of."""
    names = vote([candidates(span) for span in found])
    keys = [key(name) for name in names]
    weights: defaultdict[str, defaultdict[Kind, float]] = defaultdict(lambda: defaultdict(float))
    for name, span in zip(names, found, strict=True):
        weights[key(name)][span.kind] += min(span.margin, _MOST_MARGIN)
        surname = name.rpartition(" ")[2]
        if span.kind is Kind.PERSON and surname != name and not is_territory(surname):
            weights[key(surname)][span.kind] += min(span.margin, _MOST_MARGIN)
    result = []
    for name, span in zip(keys, found, strict=True):
        kind = max(weights[name], key=lambda kind: (weights[name][kind], kind))
        result.append(span if kind is span.kind else replace(span, kind=kind))
    return result


def _explained(found: Sequence[Span], lines: Sequence[Line]) -> dict[Span, Span]:
    """Names in brackets right after another that they abbreviate or spell in a foreign script."""
    aliases: dict[Span, Span] = {}
    by_end = {(span.line, span.last): span for span in sorted(found, key=lambda span: -span.first)}
    for other in found:
        words = lines[other.line].words
        for gap in range(1, min(_LONGEST_GAP, other.first + 1)):
            one = by_end.get((other.line, other.first - gap))
            if one is None or one in aliases:
                continue
            if "(" in words[one.last : other.first]:
                foreign = is_cyrillic(one.text) and not is_cyrillic(other.text)
                short = is_abbreviation(other.text) and fold(other.text[0]) == fold(one.text[0])
                if foreign or short or _is_byname(one, other, words):
                    aliases[other] = one
                elif abbreviates(one.text, other.text):
                    aliases[one] = other
            break
    return aliases


def _is_byname(one: Span, other: Span, words: Sequence[str]) -> bool:
    """Whether brackets give the full name of whom a single word names: Галактион (Табаков)."""
    people = one.kind is other.kind is Kind.PERSON
    enclosed = words[one.last : other.first] == ("(",) and words[other.last : other.last + 1] == (
        ")",
    )
    return people and enclosed and len(one.words) == 1


def _named(found: Sequence[Span], aliases: Mapping[Span, Span]) -> dict[Span, Named]:
    """The places and organisations by name; an alias is of the kind of what it stands for."""
    kinds = {span: aliases[span].kind if span in aliases else span.kind for span in found}
    mine = [span for span in found if kinds[span] is not Kind.PERSON]
    result = {}
    for span, raw in zip(mine, vote([candidates(span) for span in mine]), strict=True):
        kind, name = canonical(kinds[span], capitalised(raw))
        result[span] = Named(kind, name, capitalised(raw), _mention(span), span.margin)
    never = {key(name) for name in word_set("never")}
    return {span: named for span, named in result.items() if key(named.name) not in never}


def _people(found: Sequence[Span]) -> list[Named]:
    people = [span for span in found if span.kind is Kind.PERSON]
    return [
        Named(*canonical(Kind.PERSON, name), name, _mention(span), span.margin)
        for span, name in zip(people, vote_people(people), strict=True)
    ]


def _merged(people: list[list[Named]], aliases: Mapping[Span, Span]) -> list[list[Named]]:
    """*people* with those made one of whom one is an alias of the other."""
    groups = {named.mention: group for group in people for named in group}
    for alias, span in aliases.items():
        one, other = groups.get(_mention(span)), groups.get(_mention(alias))
        if one is not None and other is not None and one is not other:
            one.extend(other)
            groups.update((named.mention, one) for named in other)
    return [group for group in people if groups[group[0].mention] is group]


def _places_spoken_of(found: Sequence[Span], lines: Sequence[Line]) -> Iterator[Named]:
    """The places that other names end with, and those that adjectives speak of."""
    spoken = [owner for span in found for owner in owners(span, lines[span.line])]
    for place, start, end in (*spoken, *place_adjectives(lines, found)):
        mention = Mention(start, end, indirect=True)
        yield Named(*canonical(Kind.PLACE, place), place, mention, _CERTAIN)


def _mention(span: Span) -> Mention:
    return Mention(span.start, span.end)
