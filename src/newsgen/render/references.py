"""Put what the references of a body lead to in the place of their placeholders.

Pictures get their sizes, their smaller versions and a link to the full size.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from newsgen import urls
from newsgen.model import Picture, Target
from newsgen.urls import REFERENCE, ROOT

_PLACEHOLDER: Final = re.compile(f"{REFERENCE}(\\d+){REFERENCE}")
_PICTURE_OR_LINK: Final = re.compile(r"<(?:a(?=[\s>])|/a|img) ?([^<>]*)>")
_SOURCE: Final = re.compile(f'src="{REFERENCE}(\\d+){REFERENCE}"')
_ALTERNATIVE: Final = re.compile(r'\balt="\s*[^"\s]')
_OWN_SIZE: Final = re.compile(r' ?\b(?:width|height)="[^"]*"')
SIZES: Final = "(min-width: 46rem) 44rem, 100vw"
"""Width of a picture in the text column, for browsers to choose a version (HTML, 4.8.4.2)."""

MakeHref = Callable[[str], str]


def fill_references(html: str, targets: Sequence[Target], href: MakeHref, label: str) -> str:
    """Return a body with links to what its references lead to.

    Args:
        html: The body, with a placeholder for each reference.
        targets: What the references lead to, in their order.
        href: Returns the link to a URL relative to the site's root.
        label: Name of the link to a picture that has no alternative text.
    """
    if "<img" in html:
        html = _fill_pictures(html, targets, href, label)
    if not targets:
        return html
    return _PLACEHOLDER.sub(lambda match: escape(_make_link(targets[int(match[1])], href)), html)


def make_srcset(url: str, picture: Picture, href: MakeHref) -> str:
    """Return the versions of a picture in the syntax of `srcset`, the original last.

    Args:
        url: The percent-encoded URL of the picture, relative to the site's root.
        picture: Its size.
        href: Returns the link to a URL relative to the site's root.
    """
    versions = [(urls.picture_url(url, width), width) for width in reversed(picture.widths)]
    return ", ".join(
        f"{href(version)} {width}w" for version, width in (*versions, (url, picture.width))
    )


def _fill_pictures(html: str, targets: Sequence[Target], href: MakeHref, label: str) -> str:
    """Return a body whose pictures are complete. Placeholders of links stay."""
    is_in_link = False
    is_first = True

    def fill(match: re.Match[str]) -> str:
        nonlocal is_in_link, is_first
        if not match[0].startswith("<img"):
            is_in_link = match[0] != "</a>"
            return match[0]
        # The first picture is often in view, so waiting for it would show.
        loading = "" if is_first or "loading=" in match[1] else ' loading="lazy"'
        is_first = False
        source = _SOURCE.search(match[1])
        target = targets[int(source[1])] if source else None
        if source is None or target is None or target.picture is None:
            return f"<img {match[1]}{loading}>"
        link = escape(_make_link(target, href))
        attributes = _OWN_SIZE.sub("", match[1]).replace(source[0], f'src="{link}"')
        element = f"<img {attributes}{_size_picture(target, match[1], href)}{loading}>"
        if is_in_link:
            return element
        name = "" if _ALTERNATIVE.search(attributes) else f' aria-label="{escape(label)}"'
        return f'<a class="picture" href="{link}"{name}>{element}</a>'

    return _PICTURE_OR_LINK.sub(fill, html)


def _size_picture(target: Target, attributes: str, href: MakeHref) -> str:
    """Return the attributes for a picture's size and its versions."""
    picture = target.picture
    if picture is None:
        return ""
    width, height = _choose_size(picture, attributes)
    size = f' width="{width}" height="{height}"'
    if not picture.widths:
        return size
    versions = escape(make_srcset(urls.quote_url(target.url), picture, href))
    return f'{size} srcset="{versions}" sizes="{SIZES}"'


def _choose_size(picture: Picture, attributes: str) -> tuple[int, int]:
    """Return the size that an article asks for, in the proportions of the picture."""
    written = re.search(r'\bwidth="(\d{1,4})"', attributes)
    width = int(written[1]) if written else 0
    if not 0 < width < picture.width:
        return picture.width, picture.height
    return width, max(1, round(width * picture.height / picture.width))


def _make_link(target: Target, href: MakeHref) -> str:
    if not target.is_found:
        # As written. A URL of the old site begins at the root of this one.
        written = target.url
        return ROOT + written[1:] if written[:1] == "/" and written[1:2] != "/" else written
    path, mark, fragment = target.url.partition("#")
    return urls.quote_url(href(path)) + mark + fragment
