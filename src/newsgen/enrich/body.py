"""Records of this stage: how bodies are rendered, and what a rendered body consists of."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from newsgen.config import Media, MediaCopies
from newsgen.model import Reference

READ_MORE: Final = "\ufdd1"
"""Noncharacter that marks the end of the excerpt while a body is rendered.

The decoder removes it from every file, so no article can write it."""


@dataclass(frozen=True, slots=True)
class BodySettings:
    """Settings that decide how bodies become HTML. Every cached body depends on all of them.

    Attributes:
        raw_html: How to treat HTML in Markdown: `sanitize`, `escape` or `refuse`.
        language: Language of bodies that have none of their own, a BCP 47 tag.
        shortcodes: Pairs of a name and a Jinja template, the site's own shortcodes.
        hosts: Pairs of a host that the archive was published at, without `www.`, and a path there.
        media: What happens to media of other hosts.
        copies: Files of the archive that stand for such media.
    """

    raw_html: str = "sanitize"
    language: str = ""
    shortcodes: tuple[tuple[str, str], ...] = ()
    hosts: tuple[tuple[str, str], ...] = ()
    media: Media = Media()
    copies: MediaCopies = MediaCopies()


class BodyWarning(NamedTuple):
    """Something in a body that newsgen cannot show. The rest of the body is rendered.

    Attributes:
        code: The problem code.
        message: The reason.
        line: Line number within the body, counted from 1.
    """

    code: str
    message: str
    line: int


class Body(NamedTuple):
    """Rendered body.

    Attributes:
        html: Safe HTML, with placeholders for its references and `urls.ROOT` for the site's root.
        title: Text of a first heading that was left out because the page has the same headline, or
            because the article has none. Empty if there is no such heading.
        excerpt: HTML in front of a separator such as `<!--more-->`, empty without one.
        warnings: What could not be shown.
        references: Its references in the order of the placeholders, then its media of other hosts.
    """

    html: str
    title: str = ""
    excerpt: str = ""
    warnings: tuple[BodyWarning, ...] = ()
    references: tuple[Reference, ...] = ()
