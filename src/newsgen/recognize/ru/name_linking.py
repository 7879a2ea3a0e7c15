"""Entity linking for the places and organizations of one article: Сенат = Сенат США.

Chooses among the long forms that ``short_forms`` finds for a name, and the name to display. Stops
at the article.
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

# In letters. Abbreviations of two letters are ambiguous (ВС, СК), so the long name is shown.
_MIN_SHOWN_ABBREVIATION = 3


def link_names(
    names: Iterable[NamedMention], same: Mapping[str, str]
) -> Iterator[list[NamedMention]]:
    """Group the mentions of one kind by entity.

    Args:
        names: The mentions.
        same: Normalized alias -> normalized name that it stands for, as the article itself
            explains.

    Yields:
        The mentions of one entity.
    """
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
    """Create the entity of which `members` are all mentions."""
    names = Counter(named.name for named in members)
    rank = rank_person_name if members[0].kind == "person" else _rank_name
    # Ties go to the more frequent name, then to the alphabet, so that results never depend on
    # order.
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
    """Return the mentions, each place once. A direct mention replaces an indirect one."""
    found: dict[tuple[int, int], Mention] = {}
    for named in members:
        place = named.mention.start, named.mention.end
        if place not in found or found[place].indirect:
            found[place] = named.mention
    return found.values()


def _rank_name(name: str) -> tuple[bool, ...]:
    """Return a sort key of how suitable a name is for display, highest best.

    Cyrillic beats Latin, and an abbreviation beats a long name. Last come single common nouns
    (Комиссия) and abbreviations of two letters, which are ambiguous.
    """
    short = is_abbreviation(name)
    if short and len(name) < _MIN_SHOWN_ABBREVIATION:
        return is_cyrillic(name), False, False
    return is_cyrillic(name), short, short or " " in name or not is_dictionary_word(name)


def capitalize_name(name: str) -> str:
    """Capitalize the first letter, except in names such as iPhone and eBay."""
    if len(name) > 1 and name[0].islower() and not name[1].isupper():
        return name[0].upper() + name[1:]
    return name


def _find_leaders(groups: Mapping[str, NameGroup], same: Mapping[str, str]) -> dict[str, str]:
    """Map each name's key to the key of the group that it joins."""
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
    """Follow the links of a name to the last one, or around a cycle of mutual aliases once."""
    seen = set()
    while leaders[name] != name and name not in seen:
        seen.add(name)
        name = leaders[name]
    return name


def _find_long_form(short: NameGroup, forms: ShortForms) -> NameGroup | None:
    """Return the group of which `short` is another form, None if there is none.

    If several fit, the one mentioned last before `short` is meant, as a reader would understand it.
    """
    found = forms.longer(short)
    if not found:
        return None
    longest = max(found, key=lambda group: len(group.key))
    if all(group is longest or group.is_prefix(longest) for group in found):
        return longest
    first = short.starts[0]
    return max(found, key=lambda group: _last_start_before(group, first))


def _last_start_before(group: NameGroup, first: int) -> int:
    """Return the last start of a mention before an offset, negative if the first comes later."""
    place = bisect_left(group.starts, first)
    return group.starts[place - 1] if place else -group.starts[0]
