"""Names in one article: the text that is read for them, and what was recognised, in a few bytes.

What was recognised in a text depends on it and on the recogniser's version alone, so it is kept
under a digest of the two and never worked out again.
"""

import json
from typing import Final, NamedTuple

from newsgen.core.digest import digest
from newsgen.recognize.protocol import Entity, Kind, Mention
from newsgen.text.html_words import Words, extract_words

_BETWEEN: Final = "\n\n"
_FORMAT: Final = "names 2"
"""Names the bytes that `dump` makes; to be changed with them."""


class Reading(NamedTuple):
    """An article's headline and body as one text; the body's words begin at `start`."""

    text: str
    body: Words
    start: int


def reading_of(headline: str, html: str) -> Reading:
    """The text of an article that is read for names."""
    body = extract_words(html)
    return Reading(headline + _BETWEEN + body.text, body, len(headline) + len(_BETWEEN))


def key_of_names(version: str, text: str) -> bytes:
    """The name under which is kept what a recogniser made of a text."""
    return digest(_FORMAT, version, text)


def dump(entities: tuple[Entity, ...]) -> bytes:
    """What was recognised, in bytes."""
    rows = [
        (
            *(entity.kind.value, entity.name, entity.variants),
            [(mention.start, mention.end, int(mention.indirect)) for mention in entity.mentions],
        )
        for entity in entities
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes) -> tuple[Entity, ...]:
    """What was recognised, from its bytes."""
    return tuple(
        Entity(
            Kind(kind),
            name,
            tuple(variants),
            tuple(Mention(start, end, bool(indirect)) for start, end, indirect in mentions),
        )
        for kind, name, variants, mentions in json.loads(data)
    )
