"""Resolution of an article's spans into entities, each with one name.

Holds the order of the steps: missed spans added, one kind per name, aliases in brackets, lemmas by
vote, linking. Stops at the article: entities of different articles meet by their names alone.
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

# Minimum margin of an entity's surest mention (see `TaggedSpan.margin`), by kind.
MIN_MARGIN = {"person": 0.3, "place": 0.3, "organization": 0.5}
# Order matters: institutions can end with the places that the steps before have found.
STEPS = (add_given_names, add_known_names, join_double_names, add_institutions)
# For a person mentioned once, by one word, where there is the least evidence.
MIN_MARGIN_SINGLE = 1.0
# Margin of mentions that rules found. Above every minimum.
_CERTAIN = 9.0
# Caps the weight of one mention, so that two doubtful spans can outweigh a sure one.
_MAX_MARGIN = 5.0
# In tokens, between a name and the alias in brackets: the bracket, and a word or two like "англ.".
_MAX_ALIAS_GAP = 5


def resolve_entities(found: Sequence[Span], lines: Sequence[Line]) -> tuple[Entity, ...]:
    """Return the entities that the spans mention, in the order of their first mentions.

    Args:
        found: The spans of the article, in the order of the text.
        lines: Its tokenized lines.
    """
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
    """Return True if the model was sure enough of at least one mention."""
    kind = group[0].kind
    once = kind == "person" and len(group) == 1 and " " not in group[0].name
    return max(named.margin for named in group) >= (MIN_MARGIN_SINGLE if once else MIN_MARGIN[kind])


def _unify_kinds(found: Sequence[Span]) -> list[Span]:
    """Give all spans of one name the same kind, the one with the highest total margin."""
    names = vote_lemmas([lemma_candidates(span) for span in found])
    keys = [normalize_name(name) for name in names]
    weights: defaultdict[str, defaultdict[TagKind, float]] = defaultdict(lambda: defaultdict(float))
    for name, span in zip(names, found, strict=True):
        weights[normalize_name(name)][span.kind] += min(span.margin, _MAX_MARGIN)
        # A full name also votes for its lone surname, unless that is a place: Джордж Вашингтон must
        # not make Вашингтон a person.
        surname = name.rpartition(" ")[2]
        if span.kind == "person" and surname != name and not is_territory(surname):
            weights[normalize_name(surname)][span.kind] += min(span.margin, _MAX_MARGIN)
    result = []
    for name, span in zip(keys, found, strict=True):
        # The kind itself breaks ties, so that results never depend on the order of a dictionary.
        kind = max(weights[name], key=lambda kind: (weights[name][kind], kind))
        result.append(span if kind == span.kind else replace(span, kind=kind))
    return result


def _find_bracketed_aliases(found: Sequence[Span], lines: Sequence[Line]) -> dict[Span, Span]:
    """Map names in brackets to the name before them: ... комитет (НАК), Веллингтон (Wellington).

    An abbreviation before its long form is mapped the other way round.
    """
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
                if foreign or short or _is_bracketed_full_name(one, other, words):
                    aliases[other] = one
                elif abbreviates(one.text, other.text):
                    aliases[one] = other
            break
    return aliases


def _is_bracketed_full_name(one: Span, other: Span, words: Sequence[str]) -> bool:
    """Return True if brackets give the full name of a single-word name: Галактион (Табаков)."""
    people = one.kind == other.kind == "person"
    enclosed = words[one.last : other.first] == ("(",) and words[other.last : other.last + 1] == (
        ")",
    )
    return people and enclosed and len(one.words) == 1


def _name_places_and_organizations(
    found: Sequence[Span], aliases: Mapping[Span, Span]
) -> dict[Span, NamedMention]:
    """Name the places and organizations. An alias takes the kind of what it stands for."""
    kinds = {span: aliases[span].kind if span in aliases else span.kind for span in found}
    non_persons = [span for span in found if kinds[span] != "person"]
    result = {}
    for span, lemma in zip(
        non_persons, vote_lemmas([lemma_candidates(span) for span in non_persons]), strict=True
    ):
        kind, name = canonicalize(kinds[span], capitalize_name(lemma))
        result[span] = NamedMention(
            kind, name, capitalize_name(lemma), _to_mention(span), span.margin
        )
    # Words such as СМИ or Интернет look like names, and the model takes them for organizations.
    never = {normalize_name(name) for name in load_word_set("never")}
    return {
        span: named for span, named in result.items() if normalize_name(named.name) not in never
    }


def _name_people(found: Sequence[Span]) -> list[NamedMention]:
    """Name the persons."""
    people = [span for span in found if span.kind == "person"]
    return [
        NamedMention(*canonicalize("person", name), name, _to_mention(span), span.margin)
        for span, name in zip(people, vote_person_lemmas(people), strict=True)
    ]


def _merge_aliases(
    people: list[list[NamedMention]], aliases: Mapping[Span, Span]
) -> list[list[NamedMention]]:
    """Merge persons of whom one is the alias of the other."""
    groups = {named.mention: group for group in people for named in group}
    for alias, span in aliases.items():
        one, other = groups.get(_to_mention(span)), groups.get(_to_mention(alias))
        if one is not None and other is not None and one is not other:
            one.extend(other)
            groups.update((named.mention, one) for named in other)
    return [group for group in people if groups[group[0].mention] is group]


def _find_indirect_places(found: Sequence[Span], lines: Sequence[Line]) -> Iterator[NamedMention]:
    """Yield the places inside organizations' names and in adjectives, as indirect mentions."""
    nested = [place for span in found for place in find_genitive_places(span, lines[span.line])]
    for place, start, end in (*nested, *find_place_adjectives(lines, found)):
        mention = Mention(start, end, indirect=True)
        yield NamedMention(*canonicalize("place", place), place, mention, _CERTAIN)


def _to_mention(span: Span) -> Mention:
    """Return the place of a span in the text."""
    return Mention(span.start, span.end)
