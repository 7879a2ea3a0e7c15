"""Names joined over an archive: what one article calls an entity, and what the archive calls it.

Knows that an article may learn from older ones and from nothing else, so that a new article renames
nothing old, and that it asks only about its own names, so that it costs what it has and not what
the archive has. Stops at names: how they were recognised is a language's, what editors wish
(``tags.yaml``) comes in as a function.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from newsgen.enrich.recognize.protocol import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from newsgen.enrich.recognize.protocol import Entity, Mention

    #: Names that older articles gave under a key, the oldest first, with the number of articles.
    Older = Callable[[str], Sequence[tuple[str, int]]]
    Edit = Callable[["Tag"], "Tag | None"]

#: In how many older articles a full name must stand before a surname alone is taken for it, and how
#: many times as many as any other bearer of that surname must have.
_LEAST_BEARER = 2
_LEAST_LEAD = 3


class Tag(NamedTuple):
    """A tag of an article: what it names, and where in the text."""

    kind: Kind
    name: str
    mentions: tuple[Mention, ...]


class Clue(NamedTuple):
    """What an article teaches newer ones: that it has *name* under *key*."""

    key: str
    name: str


def clues(entities: Iterable[Entity]) -> list[Clue]:
    """What an article teaches: a function of its entities alone, to be kept with its date."""
    found: list[Clue] = []
    for entity in entities:
        if entity.kind is Kind.PERSON:
            found += _clues_of_person(entity.name)
            continue
        found.append(Clue(_key("spelling", entity.name), entity.name))
        found.append(Clue(_key("kind", entity.name), entity.kind))
        found += [Clue(_key("short", short), entity.name) for short in entity.short_names]
    return list(dict.fromkeys(found))


def joined(entities: Iterable[Entity], older: Older, edit: Edit = lambda tag: tag) -> list[Tag]:
    """The tags of an article, each once, in the order of its entities.

    *older* tells what the articles before this one have taught; *edit* is the editors' last word
    on a tag (None: never to be shown).
    """
    tags: dict[tuple[Kind, str], Tag] = {}
    for entity in entities:
        tag = edit(Tag(*_joined(entity, older), entity.mentions))
        if tag is None:
            continue
        known = tags.get((tag.kind, tag.name))
        mentions = (
            tag.mentions
            if known is None
            else tuple(sorted({*known.mentions, *tag.mentions}, key=_place))
        )
        tags[tag.kind, tag.name] = tag._replace(mentions=mentions)
    return list(tags.values())


class Ledger:
    """What articles have taught, in memory: for small archives, tests and measurements.

    A large archive keeps clues in a table (key, name, date, article) with an index on the key and
    the date, and asks that for what is older than an article.
    """

    def __init__(self) -> None:
        self._names: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, learned: Iterable[Clue]) -> None:
        """Takes in the clues of one article; articles must come in the order of their dates."""
        for clue in learned:
            self._names[clue.key][clue.name] += 1

    def older(self, key: str) -> Sequence[tuple[str, int]]:
        """The names under *key*, the oldest first."""
        return list(self._names[key].items()) if key in self._names else []


def _joined(entity: Entity, older: Older) -> tuple[Kind, str]:
    if entity.kind is Kind.PERSON:
        return Kind.PERSON, _whom(entity.name, older)
    name = entity.name
    for rule in ("short", "spelling"):
        name = next((known for known, _ in older(_key(rule, name))), name)
    kind = next((Kind(known) for known, _ in older(_key("kind", name))), entity.kind)
    return kind, name


def _whom(name: str, older: Older) -> str:
    """The full name of whom a surname, or initials and a surname, mean, if that is clear."""
    *given, surname = name.split()
    if given and not given[0].endswith("."):
        return name
    bearers = sorted(older(_key("surname", surname)), key=lambda bearer: -bearer[1])
    if given:
        bearers = [bearer for bearer in bearers if bearer[0].startswith(given[0].rstrip("."))]
        return bearers[0][0] if len(bearers) == 1 else name
    if not bearers or bearers[0][1] < _LEAST_BEARER:
        return name
    clear = len(bearers) == 1 or bearers[0][1] >= _LEAST_LEAD * bearers[1][1]
    return bearers[0][0] if clear else name


def _clues_of_person(name: str) -> Iterator[Clue]:
    words = name.split()
    if len(words) == 2 and not words[0].endswith("."):
        yield Clue(_key("surname", words[1]), name)


def _key(rule: str, name: str) -> str:
    """The key of *name* under *rule*: capitals, hyphens and ё make no difference."""
    return f"{rule}:{' '.join(name.casefold().replace('ё', 'е').replace('-', ' ').split())}"


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end
