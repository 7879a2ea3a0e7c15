"""The recogniser of names in Russian news: cleaned lines, tagged, made into entities.

Knows the order of the steps, and that a huge text is resolved in sections so that time grows with
its length and not with the square of its names. What is no article, by its length or by how many
different words or names it has, is read up to there. Stops at the Protocol.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Entity, Recognition
from newsgen.recognize.ru.ner_model import recognizer_version
from newsgen.recognize.ru.resolution import resolve_entities
from newsgen.recognize.ru.span_cleaning import clean_spans
from newsgen.recognize.ru.tagger import tag_texts
from newsgen.recognize.ru.tokenizer import tokenize_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.spans import Span
    from newsgen.recognize.ru.tagger import TaggedSpan
    from newsgen.recognize.ru.tokenizer import Line

#: In characters: longer texts are resolved in sections of about this length.
MAX_SECTION_LENGTH = 30_000
#: How much of a text is read: characters, different words, and lines up to so many different names.
MAX_TEXT_LENGTH = 500_000
MAX_DISTINCT_WORDS = 20_000
MAX_DISTINCT_NAMES = 1_500
_WORD = re.compile(r"[\w-]+")
_MIN_WORD_LENGTH = 2


class RussianRecognizer:
    """Recognises the people, places and organisations in Russian texts."""

    @property
    def version(self) -> str:
        """What the model's module says.

        Raises:
            ModelMissingError: a package is not installed.
        """
        return recognizer_version()

    def recognize(self, texts: Sequence[str]) -> list[Recognition]:
        """One answer for each text, in the same order.

        Raises:
            ModelMissingError: a package or a file of the model is not installed.
        """
        prepared = [tokenize_lines(_truncate(text)) for text in texts]
        found = tag_texts([[line.tokens for line in text] for text in prepared])
        return [
            Recognition(_recognize_text(text, tagged))
            for text, tagged in zip(prepared, found, strict=True)
        ]


def _truncate(text: str) -> str:
    """As much of *text* as is read."""
    text = text[:MAX_TEXT_LENGTH]
    seen: set[str] = set()
    if len(text) < MAX_DISTINCT_WORDS * _MIN_WORD_LENGTH:
        return text
    for word in _WORD.finditer(text):
        seen.add(word.group())
        if len(seen) > MAX_DISTINCT_WORDS:
            return text[: word.start()]
    return text


def _recognize_text(
    text: Sequence[Line], tagged: Sequence[Sequence[TaggedSpan]]
) -> tuple[Entity, ...]:
    parts: list[tuple[Entity, ...]] = []
    seen: set[str] = set()
    for first, last in _split_sections(text):
        found = clean_spans(text[first:last], tagged[first:last])
        stop = _find_line_over_limit(found, seen)
        if stop is None:
            parts.append(resolve_entities(found, text[first:last]))
        else:
            kept = [span for span in found if span.line < stop]
            parts.append(resolve_entities(kept, text[first : first + stop]))
            break
    return parts[0] if len(parts) == 1 else _merge_sections(parts)


def _find_line_over_limit(found: Sequence[Span], seen: set[str]) -> int | None:
    """The line with which the names *seen* become too many, None if they do not."""
    for span in found:
        seen.add(span.text)
        if len(seen) > MAX_DISTINCT_NAMES:
            return span.line
    return None


def _split_sections(text: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where sections begin and end, in numbers of lines; there is always one."""
    first, begins = 0, 0
    for number, line in enumerate(text):
        if line.ends[-1] - begins > MAX_SECTION_LENGTH and number > first:
            yield first, number
            first, begins = number, line.starts[0]
    yield first, len(text)


def _merge_sections(parts: Sequence[Sequence[Entity]]) -> tuple[Entity, ...]:
    """The entities of all sections, those of one kind and name made one."""
    found: dict[tuple[str, str], Entity] = {}
    for entity in (entity for part in parts for entity in part):
        known = found.get((entity.kind, entity.name))
        found[entity.kind, entity.name] = _merge_entities(known, entity) if known else entity
    return tuple(found.values())


def _merge_entities(known: Entity, entity: Entity) -> Entity:
    return Entity(
        kind=known.kind,
        name=known.name,
        variants=tuple(sorted({*known.variants, *entity.variants})),
        mentions=(*known.mentions, *entity.mentions),
    )
