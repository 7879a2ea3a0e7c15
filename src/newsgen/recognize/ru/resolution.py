"""The names of one article resolved into entities: each once, under one name.

Knows the order: one kind for a name, names in brackets, the nominative by the vote of an article's
mentions, then groups. Stops at the article: joining over an archive is ``join``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Entity, Mention
from newsgen.recognize.ru.abbreviations import abbreviates, is_abbreviation
from newsgen.recognize.ru.aliases import canonicalize, is_territory
from newsgen.recognize.ru.demonyms import find_place_adjectives
from newsgen.recognize.ru.gazetteer import add_given_names, add_known_names
from newsgen.recognize.ru.institutions import add_institutions
from newsgen.recognize.ru.lemma_vote import lemma_candidates, vote_lemmas, vote_person_lemmas
from newsgen.recognize.ru.name_groups import NamedMention
from newsgen.recognize.ru.name_linking import capitalize_name, link_names, make_entity
from newsgen.recognize.ru.orthography import is_cyrillic, normalize_letters, normalize_name
from newsgen.recognize.ru.person_linking import link_people
from newsgen.recognize.ru.places import find_genitive_places, join_double_names
from newsgen.recognize.ru.word_lists import load_word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsgen.model import TagKind
    from newsgen.recognize.ru.spans import Span
    from newsgen.recognize.ru.tokenizer import Line

#: By how much the network must prefer an entity's surest mention to anything else.
MIN_MARGIN = {"person": 0.3, "place": 0.3, "organization": 0.5}
#: What is done to the spans of an article before they get names, in this order.
STEPS = (add_given_names, add_known_names, join_double_names, add_institutions)
#: The same for somebody whom the article names once, by one word.
MIN_MARGIN_SINGLE = 1.0
_CERTAIN = 9.0
_MAX_MARGIN = 5.0
_MAX_ALIAS_GAP = 5


def resolve_entities(found: Sequence[Span], lines: Sequence[Line]) -> tuple[Entity, ...]:
    """The entities that *found* names, in the order of their first mentions."""
    for step in STEPS:
        found = step(found, lines)
    found = _unify_kinds(found)
    aliases = _find_bracketed_aliases(found, lines)
    named = _name_places_and_organizations(found, aliases)
    people = _merge_aliases(link_people(_name_people(found)), aliases)
    result = [group for group in people if _is_confident(group)]
    for kind in ("place", "organization"):
        names = [named[span] for span in found if span in named and named[span].kind == kind]
        if kind == "place":
            names += _find_indirect_places(found, lines)
        same = {
            normalize_name(named[a].name): normalize_name(named[b].name)
            for a, b in aliases.items()
            if a in named and b in named
        }
        result += [group for group in link_names(names, same) if _is_confident(group)]
    return tuple(
        sorted(map(make_entity, result), key=lambda entity: (entity.mentions[0].start, entity.name))
    )


def _is_confident(group: Sequence[NamedMention]) -> bool:
    kind = group[0].kind
    once = kind == "person" and len(group) == 1 and " " not in group[0].name
    return max(named.margin for named in group) >= (MIN_MARGIN_SINGLE if once else MIN_MARGIN[kind])


def _unify_kinds(found: Sequence[Span]) -> list[Span]:
    """*found* with every name of one kind, the one that the network was surest of."""
    names = vote_lemmas([lemma_candidates(span) for span in found])
    keys = [normalize_name(name) for name in names]
    weights: defaultdict[str, defaultdict[TagKind, float]] = defaultdict(lambda: defaultdict(float))
    for name, span in zip(names, found, strict=True):
        weights[normalize_name(name)][span.kind] += min(span.margin, _MAX_MARGIN)
        surname = name.rpartition(" ")[2]
        if span.kind == "person" and surname != name and not is_territory(surname):
            weights[normalize_name(surname)][span.kind] += min(span.margin, _MAX_MARGIN)
    result = []
    for name, span in zip(keys, found, strict=True):
        kind = max(weights[name], key=lambda kind: (weights[name][kind], kind))
        result.append(span if kind == span.kind else replace(span, kind=kind))
    return result


def _find_bracketed_aliases(found: Sequence[Span], lines: Sequence[Line]) -> dict[Span, Span]:
    """Names in brackets right after another that they abbreviate or spell in a foreign script."""
    aliases: dict[Span, Span] = {}
    by_end = {(span.line, span.last): span for span in sorted(found, key=lambda span: -span.first)}
    for other in found:
        words = lines[other.line].tokens
        for gap in range(1, min(_MAX_ALIAS_GAP, other.first + 1)):
            one = by_end.get((other.line, other.first - gap))
            if one is None or one in aliases:
                continue
            if "(" in words[one.last : other.first]:
                foreign = is_cyrillic(one.text) and not is_cyrillic(other.text)
                short = is_abbreviation(other.text) and normalize_letters(
                    other.text[0]
                ) == normalize_letters(one.text[0])
                if foreign or short or _is_byname(one, other, words):
                    aliases[other] = one
                elif abbreviates(one.text, other.text):
                    aliases[one] = other
            break
    return aliases


def _is_byname(one: Span, other: Span, words: Sequence[str]) -> bool:
    """Whether brackets give the full name of whom a single word names: Галактион (Табаков)."""
    people = one.kind == other.kind == "person"
    enclosed = words[one.last : other.first] == ("(",) and words[other.last : other.last + 1] == (
        ")",
    )
    return people and enclosed and len(one.words) == 1


def _name_places_and_organizations(
    found: Sequence[Span], aliases: Mapping[Span, Span]
) -> dict[Span, NamedMention]:
    """The places and organisations by name; an alias is of the kind of what it stands for."""
    kinds = {span: aliases[span].kind if span in aliases else span.kind for span in found}
    mine = [span for span in found if kinds[span] != "person"]
    result = {}
    for span, lemma in zip(
        mine, vote_lemmas([lemma_candidates(span) for span in mine]), strict=True
    ):
        kind, name = canonicalize(kinds[span], capitalize_name(lemma))
        result[span] = NamedMention(
            kind, name, capitalize_name(lemma), _to_mention(span), span.margin
        )
    never = {normalize_name(name) for name in load_word_set("never")}
    return {
        span: named for span, named in result.items() if normalize_name(named.name) not in never
    }


def _name_people(found: Sequence[Span]) -> list[NamedMention]:
    people = [span for span in found if span.kind == "person"]
    return [
        NamedMention(*canonicalize("person", name), name, _to_mention(span), span.margin)
        for span, name in zip(people, vote_person_lemmas(people), strict=True)
    ]


def _merge_aliases(
    people: list[list[NamedMention]], aliases: Mapping[Span, Span]
) -> list[list[NamedMention]]:
    """*people* with those made one of whom one is an alias of the other."""
    groups = {named.mention: group for group in people for named in group}
    for alias, span in aliases.items():
        one, other = groups.get(_to_mention(span)), groups.get(_to_mention(alias))
        if one is not None and other is not None and one is not other:
            one.extend(other)
            groups.update((named.mention, one) for named in other)
    return [group for group in people if groups[group[0].mention] is group]


def _find_indirect_places(found: Sequence[Span], lines: Sequence[Line]) -> Iterator[NamedMention]:
    """The places that other names end with, and those that adjectives speak of."""
    spoken = [owner for span in found for owner in find_genitive_places(span, lines[span.line])]
    for place, start, end in (*spoken, *find_place_adjectives(lines, found)):
        mention = Mention(start, end, indirect=True)
        yield NamedMention(*canonicalize("place", place), place, mention, _CERTAIN)


def _to_mention(span: Span) -> Mention:
    return Mention(span.start, span.end)
