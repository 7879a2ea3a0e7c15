"""Cache keys of recognition results, and their serialization.

Recognition is by far the most expensive stage, and its result depends only on the text and the
recognizer's version. Stops before the cache file itself: that is ``newsgen.storage.cache``.
"""

import json
from typing import Final

from newsgen.core.digest import digest
from newsgen.recognize.protocol import Entity, Mention

# Part of every key, so that results in an older format are never read.
# Change it together with `dump_entities`.
_FORMAT: Final = "names 3"


def make_cache_key(version: str, text: str) -> bytes:
    """Return the cache key for the entities of a text.

    Args:
        version: `Recognizer.version`.
        text: The whole text that was recognized.
    """
    return digest(_FORMAT, version, text)


def dump_entities(entities: tuple[Entity, ...]) -> bytes:
    """Serialize entities as compact UTF-8 JSON."""
    rows = [
        (
            *(entity.kind, entity.name, entity.variants),
            [(mention.start, mention.end, int(mention.indirect)) for mention in entity.mentions],
        )
        for entity in entities
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def load_entities(data: bytes) -> tuple[Entity, ...]:
    """Deserialize what `dump_entities` returned."""
    return tuple(
        Entity(
            kind,
            name,
            tuple(variants),
            tuple(Mention(start, end, bool(indirect)) for start, end, indirect in mentions),
        )
        for kind, name, variants, mentions in json.loads(data)
    )
