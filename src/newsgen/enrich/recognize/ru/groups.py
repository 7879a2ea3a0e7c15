"""The places and organisations of one article: which names mean the same, and what to call them.

Knows the ways to shorten a name (``SHORT_FORMS``, in the order in which they are tried). Stops at
the article.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from newsgen.enrich.recognize.protocol import Entity, Kind, Mention
from newsgen.enrich.recognize.ru.abbreviations import abbreviates, is_abbreviation
from newsgen.enrich.recognize.ru.aliases import canonical
from newsgen.enrich.recognize.ru.context import Asked
from newsgen.enrich.recognize.ru.demonyms import place_of
from newsgen.enrich.recognize.ru.fullnames import quality
from newsgen.enrich.recognize.ru.morph import is_known, lemma, part_of_speech, readings
from newsgen.enrich.recognize.ru.phrases import phrase_candidates
from newsgen.enrich.recognize.ru.spelling import is_cyrillic, key, same_stem, transcribes
from newsgen.enrich.recognize.ru.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence


#: From how many letters on an abbreviation is clear enough to be shown.
_CLEAR = 3


class Named(NamedTuple):
    """A mention: *raw* is the nominative of what is written, *name* what that is called."""

    kind: Kind
    name: str
    raw: str
    mention: Mention
    margin: float


class _Group(NamedTuple):
    """The mentions of one name; the group's key is that of the name."""

    kind: Kind
    key: str
    name: str
    members: list[Named]


def group_names(names: Iterable[Named], same: Mapping[str, str]) -> Iterator[list[Named]]:
    """*names* of one kind by entity; *same* leads from an alias's key to the key it stands for."""
    groups: dict[str, _Group] = {}
    for named in names:
        name_key = key(named.name)
        groups.setdefault(name_key, _Group(named.kind, name_key, named.name, [])).members.append(
            named
        )
    merged: dict[str, list[Named]] = defaultdict(list)
    leaders = _leaders(groups, same)
    for name_key, group in groups.items():
        merged[leaders[name_key]].extend(group.members)
    yield from merged.values()


def entity(members: Sequence[Named]) -> Entity:
    """The entity of which *members* are the mentions."""
    names = Counter(named.name for named in members)
    rank = quality if members[0].kind is Kind.PERSON else _rank
    best = max(names, key=lambda name: (rank(name), names[name], name))
    variants = {named.raw for named in members} | names.keys()
    mentions = _without_doubles(members)
    return Entity(
        kind=members[0].kind,
        name=best,
        variants=tuple(sorted(variants - {best})),
        mentions=tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end))),
    )


def _without_doubles(members: Iterable[Named]) -> Collection[Mention]:
    """The mentions, each place in the text once, as a name if it is both name and spoken of."""
    found: dict[tuple[int, int], Mention] = {}
    for named in members:
        place = named.mention.start, named.mention.end
        if place not in found or found[place].indirect:
            found[place] = named.mention
    return found.values()


def _rank(name: str) -> tuple[bool, ...]:
    """How good a name is to show, to compare.

    Cyrillic before Latin, an abbreviation before a long name, and that before a mere noun
    (Комиссия) or an abbreviation of two letters, which may mean much else.
    """
    short = is_abbreviation(name)
    if short and len(name) < _CLEAR:
        return is_cyrillic(name), False, False
    return is_cyrillic(name), short, short or " " in name or not is_known(name)


def capitalised(name: str) -> str:
    """*name* with a capital first letter, but for names such as iPhone and eBay."""
    if len(name) > 1 and name[0].islower() and not name[1].isupper():
        return name[0].upper() + name[1:]
    return name


def _leaders(groups: Mapping[str, _Group], same: Mapping[str, str]) -> dict[str, str]:
    """For every key the key of the group that it joins."""
    leaders = {name: name for name in groups}
    for alias, name in same.items():
        if alias in leaders and name in leaders:
            leaders[alias] = leaders[name]
    for group in groups.values():
        longer = _longer(group, groups.values())
        if longer is not None and leaders[group.key] == group.key:
            leaders[group.key] = longer.key
    return {name: _last(name, leaders) for name in leaders}


def _last(name: str, leaders: Mapping[str, str]) -> str:
    seen = set()
    while leaders[name] != name and name not in seen:
        seen.add(name)
        name = leaders[name]
    return name


def _longer(short: _Group, groups: Iterable[_Group]) -> _Group | None:
    """The group of whose name *short* is another form: of several the one named last before it."""
    for rule in SHORT_FORMS:
        found = [group for group in groups if group is not short and rule(short, group)]
        if found:
            longest = max(found, key=lambda group: len(group.key))
            if all(group is longest or _without_end(group, longest) for group in found):
                return longest
            return max(found, key=lambda group: _last_before(group, short))
    return None


def _last_before(group: _Group, short: _Group) -> int:
    starts = [named.mention.start for named in group.members]
    first = min(named.mention.start for named in short.members)
    return max((start for start in starts if start < first), default=-min(starts))


def _without_end(short: _Group, long: _Group) -> bool:
    """Сенат: Сенат США. A place's name may lack only small words (Западный берег реки Иордан)."""
    if not any(every.startswith(f"{short.key} ") for every in _keys(long)):
        return False
    return short.kind is Kind.ORGANISATION or any(map(str.islower, re.split("[ -]", long.name)))


def _without_middle(short: _Group, long: _Group) -> bool:
    """Русский музей: Государственный Русский музей. The head of the name must stay."""
    return short.kind is Kind.ORGANISATION and any(
        _is_middle(short.key, raw) for raw in _raws(long)
    )


def _is_middle(short: str, long: str) -> bool:
    words, every = short.split(), key(long).split()
    if len(words) >= len(every) or not _in_order(words, every):
        return False
    return key(_head(long)) in words or all(
        word in _idle_words() for word in every if word not in words
    )


def _raws(group: _Group) -> set[str]:
    return {group.name, *(named.raw for named in group.members)}


def _keys(group: _Group) -> set[str]:
    return set(map(key, _raws(group)))


def _in_order(words: Sequence[str], every: Sequence[str]) -> bool:
    rest = iter(every)
    return all(word in rest for word in words)


def _head(name: str) -> str:
    """The first noun of *name* that is not a place in an apposition (Лос-Анджелес Гэлакси)."""
    words = name.split()
    if len(words) == 2 and any(
        "Geox" in r.marks and r.case == "nomn" and r.known for r in readings(words[0])
    ):
        return words[1]
    nouns = (word for word in words if part_of_speech(word) == "NOUN" or not is_cyrillic(word))
    return next(nouns, words[-1])


def _idle_words() -> frozenset[str]:
    """Keys of the words that may be left out of any name: ЗАО, партия."""
    return frozenset(map(key, word_set("legal") | word_set("generic")))


def _abbreviated(short: _Group, long: _Group) -> bool:
    return any(abbreviates(short.name, raw) for raw in _raws(long))


def _transcribed(short: _Group, long: _Group) -> bool:
    return transcribes(short.name, long.name)


def _national(short: _Group, long: _Group) -> bool:
    """Датское правительство: правительство Дании."""
    words, (noun, _, owner) = short.name.split(), long.name.partition(" ")
    if len(words) != 2 or not owner or lemma(words[1]) != lemma(noun):
        return False
    place = place_of(words[0])
    if place is None:
        return False
    bare = phrase_candidates(tuple(owner.split()), Asked(frozenset({"gent"}), 3.0), place=True)[
        0
    ].name
    return canonical(Kind.PLACE, bare)[1] == place


def _declined(short: _Group, long: _Group) -> bool:
    """Two nominatives of one name (Сараев, Сараево); the commoner is the longer's."""
    if not same_stem(short.name, long.name):
        return False
    return (len(long.members), long.name) > (len(short.members), short.name)


SHORT_FORMS: tuple[Callable[[_Group, _Group], bool], ...] = (
    _without_end,
    _without_middle,
    _abbreviated,
    _transcribed,
    _national,
    _declined,
)
