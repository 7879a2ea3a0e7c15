"""The recogniser of names in Russian news: cleaned lines, tagged, made into entities.

Knows the order of the steps, and that a huge text is resolved in sections so that time grows with
its length and not with the square of its names. What is no article, by its length or by how many
different words or names it has, is read up to there. Stops at the Protocol.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Entity, Recognition
from newsgen.recognize.ru.model import version
from newsgen.recognize.ru.resolve import entities
from newsgen.recognize.ru.spans import spans
from newsgen.recognize.ru.tagger import stretches
from newsgen.recognize.ru.text import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.spans import Span
    from newsgen.recognize.ru.tagger import Stretch
    from newsgen.recognize.ru.text import Line

#: In characters: longer texts are resolved in sections of about this length.
LONGEST_SECTION = 30_000
#: How much of a text is read: characters, different words, and lines up to so many different names.
LONGEST_TEXT = 500_000
MOST_WORDS = 20_000
MOST_NAMES = 1_500
_WORD = re.compile(r"[\w-]+")
_SHORTEST_WORD = 2


class RussianRecognizer:
    """Recognises the people, places and organisations in Russian texts."""

    @property
    def version(self) -> str:
        """What the model's module says.

        Raises:
            ModelMissingError: a package is not installed.
        """
        return version()

    def recognize(self, texts: Sequence[str]) -> list[Recognition]:
        """One answer for each text, in the same order.

        Raises:
            ModelMissingError: a package or a file of the model is not installed.
        """
        prepared = [lines(_start(text)) for text in texts]
        found = stretches([[line.words for line in text] for text in prepared])
        return [
            Recognition(_entities(text, tagged))
            for text, tagged in zip(prepared, found, strict=True)
        ]


def _start(text: str) -> str:
    """As much of *text* as is read."""
    text = text[:LONGEST_TEXT]
    seen: set[str] = set()
    if len(text) < MOST_WORDS * _SHORTEST_WORD:
        return text
    for word in _WORD.finditer(text):
        seen.add(word.group())
        if len(seen) > MOST_WORDS:
            return text[: word.start()]
    return text


def _entities(text: Sequence[Line], tagged: Sequence[Sequence[Stretch]]) -> tuple[Entity, ...]:
    parts: list[tuple[Entity, ...]] = []
    seen: set[str] = set()
    for first, last in _sections(text):
        found = spans(text[first:last], tagged[first:last])
        stop = _first_beyond(found, seen)
        if stop is None:
            parts.append(entities(found, text[first:last]))
        else:
            kept = [span for span in found if span.line < stop]
            parts.append(entities(kept, text[first : first + stop]))
            break
    return parts[0] if len(parts) == 1 else _together(parts)


def _first_beyond(found: Sequence[Span], seen: set[str]) -> int | None:
    """The line with which the names *seen* become too many, None if they do not."""
    for span in found:
        seen.add(span.text)
        if len(seen) > MOST_NAMES:
            return span.line
    return None


def _sections(text: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where sections begin and end, in numbers of lines; there is always one."""
    first, begins = 0, 0
    for number, line in enumerate(text):
        if line.ends[-1] - begins > LONGEST_SECTION and number > first:
            yield first, number
            first, begins = number, line.starts[0]
    yield first, len(text)


def _together(parts: Sequence[Sequence[Entity]]) -> tuple[Entity, ...]:
    """The entities of all sections, those of one kind and name made one."""
    found: dict[tuple[str, str], Entity] = {}
    for entity in (entity for part in parts for entity in part):
        known = found.get((entity.kind, entity.name))
        found[entity.kind, entity.name] = _one(known, entity) if known else entity
    return tuple(found.values())


def _one(known: Entity, entity: Entity) -> Entity:
    return Entity(
        kind=known.kind,
        name=known.name,
        variants=tuple(sorted({*known.variants, *entity.variants})),
        mentions=(*known.mentions, *entity.mentions),
    )
