"""The seam: what a recogniser of names is asked and what it answers.

Knows the records and the Protocol that every language keeps to. Stops before any language: those
are the packages beside it, listed in ``table``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Kind(StrEnum):
    """What a name is the name of."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "org"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text, from *start* up to *end* (characters), that names an entity.

    *indirect*: it speaks of the entity without being its name, as an adjective (китайские) or as a
    part of another name (Университет Рочестера); better not made a link.
    """

    start: int
    end: int
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place or organisation of one article.

    ``name`` is what the article alone allows to call it, in the nominative; ``variants`` are its
    other names there (a surname, an abbreviation, a long form), in the nominative too.
    """

    kind: Kind
    name: str
    variants: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was recognised in one text: entities in the order of their first mention."""

    entities: tuple[Entity, ...]


class Recognizer(Protocol):
    """Recognises the names in texts of one language.

    The answer for a text is a function of that text and of ``version`` alone, so that it can be
    kept under a digest of the two: neither the other texts of the call nor their order show in it.
    """

    @property
    def version(self) -> str:
        """Changes whenever an answer might."""

    def recognize(self, texts: Sequence[str]) -> list[Recognition]:
        """One answer for each text, in the same order."""
