"""Recognizer for Russian news: runs the steps on each text.

Splits huge texts into sections, so that time grows with the length and not with the square of the
number of names. Reads only the beginning of input that is too large to be an article. Stops at the
``Recognizer`` protocol.
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

# In characters. Longer than nearly all articles, so that a person's full name and surname stay in
# one section.
MAX_SECTION_LENGTH = 30_000
# Limits of what is read of one text: characters, distinct words, and distinct names. Far above any
# article, they bound the time that lists and hostile input take.
MAX_TEXT_LENGTH = 500_000
MAX_DISTINCT_WORDS = 20_000
MAX_DISTINCT_NAMES = 1_500
_WORD = re.compile(r"[\w-]+")
# A word and a space. Shorter texts cannot have too many words, so most need no count.
_MIN_WORD_LENGTH = 2


class RussianRecognizer:
    """Recognizer of people, places and organizations in Russian texts."""

    @property
    def version(self) -> str:
        """Version of the rules and of the packages that influence results.

        Raises:
            ModelMissingError: A package is not installed.
        """
        return recognizer_version()

    def recognize(self, texts: Sequence[str]) -> list[Recognition]:
        """Recognize the entities of several texts.

        Args:
            texts: Plain texts, each a headline and a body.

        Returns:
            One result per text, in the same order.

        Raises:
            ModelMissingError: A package is not installed.
        """
        prepared = [tokenize_lines(_truncate(text)) for text in texts]
        found = tag_texts([[line.tokens for line in text] for text in prepared])
        return [
            Recognition(_recognize_text(text, tagged))
            for text, tagged in zip(prepared, found, strict=True)
        ]


def _truncate(text: str) -> str:
    """Cut a text after the limits of length and distinct words."""
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
    """Resolve the entities of one text, section by section, up to the limit of distinct names."""
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
    """Return the line that brings the names in `seen` over the limit, None if they stay below it.

    Adds the names of the spans to `seen`.
    """
    for span in found:
        seen.add(span.text)
        if len(seen) > MAX_DISTINCT_NAMES:
            return span.line
    return None


def _split_sections(text: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the first line and the end of each section, at least one section."""
    first, begins = 0, 0
    for number, line in enumerate(text):
        if line.ends[-1] - begins > MAX_SECTION_LENGTH and number > first:
            yield first, number
            first, begins = number, line.starts[0]
    yield first, len(text)


def _merge_sections(parts: Sequence[Sequence[Entity]]) -> tuple[Entity, ...]:
    """Merge the entities of all sections by kind and name."""
    found: dict[tuple[str, str], Entity] = {}
    for entity in (entity for part in parts for entity in part):
        known = found.get((entity.kind, entity.name))
        found[entity.kind, entity.name] = _merge_entities(known, entity) if known else entity
    return tuple(found.values())


def _merge_entities(known: Entity, entity: Entity) -> Entity:
    """Merge two entities of one kind and name."""
    return Entity(
        kind=known.kind,
        name=known.name,
        variants=tuple(sorted({*known.variants, *entity.variants})),
        mentions=(*known.mentions, *entity.mentions),
    )
