"""Tags of an article: its own, and the recognized entities after the editors' rules.

A tag that the article brings along always wins and is never changed. Stops before recognition:
entities come from a recognizer or from the cache.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from newsgen.config import TagRules
from newsgen.model import Tag, TagKind
from newsgen.recognize.article_text import ArticleText
from newsgen.recognize.protocol import Entity
from newsgen.text.folding import fold


def entities_to_tags(entities: Iterable[Entity], text: ArticleText) -> list[Tag]:
    """Convert the entities of an article to tags.

    Args:
        entities: The entities of headline and body together.
        text: The text in which they were recognized.
    """
    return [
        Tag(
            entity.kind,
            entity.name,
            # `Tag.mentions` is 0 for an article's own tags, so a recognized tag has at least 1.
            max(1, len(entity.mentions)),
            _find_linkable_span(entity, text),
            entity.variants,
        )
        for entity in entities
    ]


def merge_tags(
    own: Iterable[Tag], recognized: Iterable[Tag], rules: TagRules, source: str
) -> tuple[Tag, ...]:
    """Combine the tags of an article, each once, its own tags first.

    Args:
        own: The tags that the article brings along.
        recognized: The tags of the recognized entities.
        rules: The editors' rules of `tags.yaml`.
        source: Path of the article inside the source folder, which splits are matched against.
    """
    tags: dict[tuple[TagKind, str], Tag] = {}
    own_keys: dict[str, tuple[TagKind, str]] = {}
    for tag in own:
        key = (tag.kind, fold(tag.name))
        tags.setdefault(key, tag)
        own_keys.setdefault(key[1], key)
    for tag in recognized:
        edited = _apply_rules(tag, rules, source)
        if edited is None:
            continue
        name = fold(edited.name)
        # Own tags are matched by name alone: an author who filed «Китай» as a topic means the
        # country, and a second tag of the same name would look like a mistake.
        key = own_keys.get(name, (edited.kind, name))
        known = tags.get(key)
        tags[key] = _merge_two_tags(known, edited) if known else edited
    return tuple(tags.values())


def _find_linkable_span(entity: Entity, text: ArticleText) -> tuple[int, int] | None:
    """Return the place in the body of the first mention that can be a link, None without one."""
    for mention in entity.mentions:
        # Mentions in the headline get a negative offset here.
        span = mention.start - text.body_start, mention.end - text.body_start
        if not mention.indirect and span[0] >= 0 and text.body.can_link(*span):
            return span
    return None


def _apply_rules(tag: Tag, rules: TagRules, source: str) -> Tag | None:
    """Apply the editors' rules to a recognized tag, and return None if they reject it."""
    key = fold(tag.name)
    name = _find_split_name(rules, key, source) or rules.names.get(key, tag.name)
    if key in rules.never or fold(name) in rules.never:
        return None
    kind = rules.kinds.get(fold(name)) or rules.kinds.get(key) or tag.kind
    variants = tag.variants if name == tag.name else (*tag.variants, tag.name)
    return tag._replace(kind=kind, name=name, variants=variants)


def _find_split_name(rules: TagRules, key: str, source: str) -> str:
    """Return the name that an ambiguous name gets in this article, "" if no split matches."""
    for name, globs in rules.splits.get(key, ()):
        if any(fnmatchcase(source, glob) for glob in globs):
            return name
    return ""


def _merge_two_tags(known: Tag, other: Tag) -> Tag:
    """Merge two tags of one kind and name."""
    spans = [tag.span for tag in (known, other) if tag.span]
    return known._replace(
        # 0 marks a tag that the article brings along, and must survive the merge.
        mentions=known.mentions + other.mentions if known.mentions else 0,
        span=min(spans) if spans else None,
        variants=tuple(dict.fromkeys((*known.variants, *other.variants))),
    )
