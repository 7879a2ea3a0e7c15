"""Put what the references of a body lead to in the place of their placeholders."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from newsgen.model import Target
from newsgen.urls import REFERENCE, ROOT

_PLACEHOLDER: Final = re.compile(f"{REFERENCE}(\\d+){REFERENCE}")
_PICTURE: Final = re.compile(f'<img ([^<>]*)src="{REFERENCE}(\\d+){REFERENCE}"([^<>]*)>')
_SAFE: Final = "/#=&;,:@+$!~*'()"
"""Characters that an address may hold as they are. Letters of all scripts stay, too."""


def fill_references(html: str, targets: Sequence[Target], href: Callable[[str], str]) -> str:
    """Return a body with links to what its references lead to.

    Args:
        html: The body, with a placeholder for each reference.
        targets: What the references lead to, in their order.
        href: Returns the link to a URL relative to the site's root.
    """
    if not targets:
        return html

    def link(number: str) -> str:
        target = targets[int(number)]
        return escape(_make_link(target, href))

    def fill_picture(match: re.Match[str]) -> str:
        before, number, after = match.groups()
        picture = targets[int(number)].picture
        size = f' width="{picture.width}" height="{picture.height}"' if picture else ""
        if "width=" in before + after:
            size = ""
        return f'<img {before}src="{link(number)}"{size}{after}>'

    return _PLACEHOLDER.sub(lambda match: link(match[1]), _PICTURE.sub(fill_picture, html))


def _make_link(target: Target, href: Callable[[str], str]) -> str:
    if not target.is_found:
        # As written. An address of the old site begins at the root of this one.
        written = target.url
        return ROOT + written[1:] if written[:1] == "/" and written[1:2] != "/" else written
    path, mark, fragment = target.url.partition("#")
    return _quote(href(path)) + mark + fragment


def _quote(url: str) -> str:
    """Return a link with the characters encoded that have a meaning in one."""
    return "".join(one if one.isalnum() or not one.isascii() else quote(one, _SAFE) for one in url)
