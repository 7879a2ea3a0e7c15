"""The places and organisations of one article: which names mean the same, and what to call them.

Knows which of several longer names a short one stands for (``short_forms`` knows the ways to
shorten a name). Stops at the article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Entity, Kind, Mention
from newsgen.recognize.ru.abbreviations import is_abbreviation
from newsgen.recognize.ru.fullnames import quality
from newsgen.recognize.ru.morph import is_known
from newsgen.recognize.ru.short_forms import Group, ShortForms
from newsgen.recognize.ru.spelling import is_cyrillic, key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from newsgen.recognize.ru.short_forms import Named

#: From how many letters on an abbreviation is clear enough to be shown.
_CLEAR = 3


def group_names(names: Iterable[Named], same: Mapping[str, str]) -> Iterator[list[Named]]:
    """*names* of one kind by entity; *same* leads from an alias's key to the key it stands for."""
    groups: dict[str, Group] = {}
    for named in names:
        name_key = key(named.name)
        groups.setdefault(
            name_key, Group(len(groups), named.kind, name_key, named.name)
        ).members.append(named)
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


def _leaders(groups: Mapping[str, Group], same: Mapping[str, str]) -> dict[str, str]:
    """For every key the key of the group that it joins."""
    leaders = {name: name for name in groups}
    for alias, name in same.items():
        if alias in leaders and name in leaders:
            leaders[alias] = leaders[name]
    forms = ShortForms(tuple(groups.values()))
    for group in groups.values():
        longer = _longer(group, forms)
        if longer is not None and leaders[group.key] == group.key:
            leaders[group.key] = longer.key
    return {name: _last(name, leaders) for name in leaders}


def _last(name: str, leaders: Mapping[str, str]) -> str:
    seen = set()
    while leaders[name] != name and name not in seen:
        seen.add(name)
        name = leaders[name]
    return name


def _longer(short: Group, forms: ShortForms) -> Group | None:
    """The group of whose name *short* is another form: of several the one named last before it."""
    found = forms.longer(short)
    if not found:
        return None
    longest = max(found, key=lambda group: len(group.key))
    if all(group is longest or group.is_beginning_of(longest) for group in found):
        return longest
    first = short.starts[0]
    return max(found, key=lambda group: _last_before(group, first))


def _last_before(group: Group, first: int) -> int:
    place = bisect_left(group.starts, first)
    return group.starts[place - 1] if place else -group.starts[0]
