"""Protocol of the recognizers and the records that they return.

Stops before any language: each language is a package beside this module, listed in ``registry``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsgen.model import TagKind


@dataclass(frozen=True, slots=True)
class Mention:
    """Place in a text that refers to an entity.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last character.
        indirect: True if the text refers to the entity without using its name: by an adjective
            (китайские -> Китай) or inside another name (Университет Рочестера -> Рочестер).
            Indirect mentions are counted, but make poor links.
    """

    start: int
    end: int
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """Person, place or organization that one article mentions.

    Attributes:
        kind: `person`, `place` or `organization`.
        name: The best name that the article itself gives, in the nominative.
        variants: Other names in the same article, in the nominative: a surname, an abbreviation,
            a long form.
        mentions: Where the text refers to the entity, in the order of the text.
    """

    kind: TagKind
    name: str
    variants: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """Entities of one text, in the order of their first mention."""

    entities: tuple[Entity, ...]


class Recognizer(Protocol):
    """Recognizer of named entities in one language.

    The result for a text must depend on that text and on ``version`` alone. Callers cache it under
    a digest of the two, so neither the other texts of a call nor their order may influence it.
    """

    @property
    def version(self) -> str:
        """Identifier that changes whenever any result may change."""

    def recognize(self, texts: Sequence[str]) -> list[Recognition]:
        """Recognize the entities of several texts.

        Args:
            texts: Plain texts, each a headline and a body.

        Returns:
            One result per text, in the same order.
        """
