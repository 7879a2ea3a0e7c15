"""The edition: all that a site shows beside its articles, as one frozen value.

Configuration, the about page's text and the static files come together here, so that planning and
rendering need no disk to know them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from newsgen.config import Site
from newsgen.core.digest import digest

TEASER_TEMPLATES: Final = ("teaser.html", "line.html")
"""The forms of an article in lists: with its summary, and in one line."""


class StaticFile(NamedTuple):
    """A file to be copied: its path in the site, where it lies, and a digest of its `stat`."""

    path: str
    file: str
    stat: bytes


class IndexPart(NamedTuple):
    """A part of the search index, ready to be copied; "" names what searches the others.

    `key` is the digest of everything that went into it. `folder` is where its `files` lie, given as
    sorted paths with `/`. `first` and `last` are the days of its oldest and newest article.
    """

    name: str
    key: str
    folder: str
    files: tuple[str, ...]
    first: str
    last: str
    articles: int


@dataclass(frozen=True, slots=True)
class SiteContext:
    """A site about to be built. `about` is the text of the about page as HTML."""

    site: Site
    about: str
    static: tuple[StaticFile, ...]
    index: tuple[IndexPart, ...] = ()


def template_site(site: Site) -> Mapping[str, object]:
    """What templates see of the configuration, as `site`."""
    return {
        "title": site.title,
        "description": site.description,
        "language": site.language,
        "base_url": site.base_url,
        "copyright": site.copyright,
        "navigation": site.navigation,
        "links": site.links,
        "robots": site.robots,
        "theme": dict(site.theme),
    }


def site_digest(site: Site) -> bytes:
    """Names what templates see of the configuration."""
    return digest(repr(template_site(site)))
