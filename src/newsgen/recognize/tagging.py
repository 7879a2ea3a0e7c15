"""An article's tags: its own, and beside them what was recognised in it, as editors want it.

A tag that the article brings along wins and is never altered. What recognises names in a language
is a row of `recognize/table.py`.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Final

from newsgen.config import TagRules
from newsgen.model import Tag, TagKind
from newsgen.recognize.protocol import Entity, Kind
from newsgen.text.folding import fold
from newsgen.text.html_words import Words

_KINDS: Final[dict[Kind, TagKind]] = {
    Kind.PERSON: "person",
    Kind.PLACE: "place",
    Kind.ORGANISATION: "organization",
}


def recognised_tags(entities: Iterable[Entity], body: Words, start: int) -> list[Tag]:
    """What was recognised in an article, as tags.

    Args:
        entities: what was recognised in the headline and the body together.
        body: the body's words.
        start: where the body begins in the text that was read.
    """
    return [
        Tag(
            _KINDS[entity.kind],
            entity.name,
            max(1, len(entity.mentions)),
            _first_link(entity, body, start),
            entity.variants,
        )
        for entity in entities
    ]


def tags_of(
    own: Iterable[Tag], found: Iterable[Tag], rules: TagRules, source: str
) -> tuple[Tag, ...]:
    """All tags of an article, each once: its own first.

    Args:
        own: what it brings along.
        found: what was recognised.
        rules: the editors'.
        source: the article's path inside the source folder.
    """
    tags: dict[tuple[TagKind, str], Tag] = {}
    own_keys: dict[str, tuple[TagKind, str]] = {}
    for tag in own:
        key = (tag.kind, fold(tag.name))
        tags.setdefault(key, tag)
        own_keys.setdefault(key[1], key)
    for tag in found:
        edited = _edited(tag, rules, source)
        if edited is None:
            continue
        name = fold(edited.name)
        key = own_keys.get(name, (edited.kind, name))
        known = tags.get(key)
        tags[key] = _together(known, edited) if known else edited
    return tuple(tags.values())


def _first_link(entity: Entity, body: Words, start: int) -> tuple[int, int] | None:
    for mention in entity.mentions:
        place = mention.start - start, mention.end - start
        if not mention.indirect and place[0] >= 0 and body.can_link(*place):
            return place
    return None


def _edited(tag: Tag, rules: TagRules, source: str) -> Tag | None:
    """A recognised tag as editors want it; None if they do not want it."""
    key = fold(tag.name)
    name = _split(rules, key, source) or rules.names.get(key, tag.name)
    if key in rules.never or fold(name) in rules.never:
        return None
    kind = rules.kinds.get(fold(name)) or rules.kinds.get(key) or tag.kind
    variants = tag.variants if name == tag.name else (*tag.variants, tag.name)
    return tag._replace(kind=kind, name=name, variants=variants)


def _split(rules: TagRules, key: str, source: str) -> str:
    """The name that one that means several gets in an article; "" if it is left alone."""
    for name, globs in rules.splits.get(key, ()):
        if any(fnmatchcase(source, glob) for glob in globs):
            return name
    return ""


def _together(known: Tag, other: Tag) -> Tag:
    """Two tags of one kind and name made one; a tag of the article's own stays its own."""
    spans = [tag.span for tag in (known, other) if tag.span]
    return known._replace(
        mentions=known.mentions + other.mentions if known.mentions else 0,
        span=min(spans) if spans else None,
        variants=tuple(dict.fromkeys((*known.variants, *other.variants))),
    )
