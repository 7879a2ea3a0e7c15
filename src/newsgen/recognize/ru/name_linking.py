"""The places and organisations of one article: which names mean the same, and what to call them.

Knows which of several longer names a short one stands for (``short_forms`` knows the ways to
shorten a name). Stops at the article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Entity, Mention
from newsgen.recognize.ru.abbreviations import is_abbreviation
from newsgen.recognize.ru.full_names import rank_person_name
from newsgen.recognize.ru.morphology import is_dictionary_word
from newsgen.recognize.ru.name_groups import NameGroup
from newsgen.recognize.ru.orthography import is_cyrillic, normalize_name
from newsgen.recognize.ru.short_forms import ShortForms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from newsgen.recognize.ru.name_groups import NamedMention

#: From how many letters on an abbreviation is clear enough to be shown.
_MIN_SHOWN_ABBREVIATION = 3


def link_names(
    names: Iterable[NamedMention], same: Mapping[str, str]
) -> Iterator[list[NamedMention]]:
    """*names* of one kind by entity; *same* leads from an alias's key to the key it stands for."""
    groups: dict[str, NameGroup] = {}
    for named in names:
        name_key = normalize_name(named.name)
        groups.setdefault(
            name_key, NameGroup(len(groups), named.kind, name_key, named.name)
        ).members.append(named)
    merged: dict[str, list[NamedMention]] = defaultdict(list)
    leaders = _find_leaders(groups, same)
    for name_key, group in groups.items():
        merged[leaders[name_key]].extend(group.members)
    yield from merged.values()


def make_entity(members: Sequence[NamedMention]) -> Entity:
    """The entity of which *members* are the mentions."""
    names = Counter(named.name for named in members)
    rank = rank_person_name if members[0].kind == "person" else _rank_name
    best = max(names, key=lambda name: (rank(name), names[name], name))
    variants = {named.lemma for named in members} | names.keys()
    mentions = _deduplicate_mentions(members)
    return Entity(
        kind=members[0].kind,
        name=best,
        variants=tuple(sorted(variants - {best})),
        mentions=tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end))),
    )


def _deduplicate_mentions(members: Iterable[NamedMention]) -> Collection[Mention]:
    """The mentions, each place in the text once, as a name if it is both name and spoken of."""
    found: dict[tuple[int, int], Mention] = {}
    for named in members:
        place = named.mention.start, named.mention.end
        if place not in found or found[place].indirect:
            found[place] = named.mention
    return found.values()


def _rank_name(name: str) -> tuple[bool, ...]:
    """How good a name is to show, to compare.

    Cyrillic before Latin, an abbreviation before a long name, and that before a mere noun
    (Комиссия) or an abbreviation of two letters, which may mean much else.
    """
    short = is_abbreviation(name)
    if short and len(name) < _MIN_SHOWN_ABBREVIATION:
        return is_cyrillic(name), False, False
    return is_cyrillic(name), short, short or " " in name or not is_dictionary_word(name)


def capitalize_name(name: str) -> str:
    """*name* with a capital first letter, but for names such as iPhone and eBay."""
    if len(name) > 1 and name[0].islower() and not name[1].isupper():
        return name[0].upper() + name[1:]
    return name


def _find_leaders(groups: Mapping[str, NameGroup], same: Mapping[str, str]) -> dict[str, str]:
    """For every key the key of the group that it joins."""
    leaders = {name: name for name in groups}
    for alias, name in same.items():
        if alias in leaders and name in leaders:
            leaders[alias] = leaders[name]
    forms = ShortForms(tuple(groups.values()))
    for group in groups.values():
        longer = _find_long_form(group, forms)
        if longer is not None and leaders[group.key] == group.key:
            leaders[group.key] = longer.key
    return {name: _follow_leaders(name, leaders) for name in leaders}


def _follow_leaders(name: str, leaders: Mapping[str, str]) -> str:
    seen = set()
    while leaders[name] != name and name not in seen:
        seen.add(name)
        name = leaders[name]
    return name


def _find_long_form(short: NameGroup, forms: ShortForms) -> NameGroup | None:
    """The group of whose name *short* is another form: of several the one named last before it."""
    found = forms.longer(short)
    if not found:
        return None
    longest = max(found, key=lambda group: len(group.key))
    if all(group is longest or group.is_prefix(longest) for group in found):
        return longest
    first = short.starts[0]
    return max(found, key=lambda group: _last_start_before(group, first))


def _last_start_before(group: NameGroup, first: int) -> int:
    place = bisect_left(group.starts, first)
    return group.starts[place - 1] if place else -group.starts[0]
