"""The seam for tags that an article does not bring along: one function a row in `TAGGERS`.

A tagger looks at one article's text, never at the archive, and returns tags with a kind.
"""

from collections.abc import Callable, Iterable
from typing import Final

from newsgen.model import Article, Tag

Tagger = Callable[[Article, str], Iterable[Tag]]

TAGGERS: Final[tuple[Tagger, ...]] = ()


def tags_of(article: Article, body: str) -> tuple[Tag, ...]:
    """The article's own tags, then those that the taggers find, each once."""
    found = [tag for tagger in TAGGERS for tag in tagger(article, body)]
    return tuple(dict.fromkeys((*article.tags, *found)))
