"""Everything that a site shows apart from its articles, as one frozen value.

Configuration, the about page, static files and the search index are gathered here before planning,
so that planning and rendering read none of them from a disk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from newsgen.config import Site
from newsgen.model import TermKind

# The page kinds name both for their fingerprints, and rendering stores teasers in this order.
TEASER_TEMPLATES: Final = ("teaser.html", "teaser-compact.html")
"""Templates of an article in lists: with its summary, and in one line."""


class StaticFile(NamedTuple):
    """A file to copy: its path in the site, its path on disk, and a digest of its `stat`."""

    path: str
    file: str
    stat: bytes


class IndexPart(NamedTuple):
    """A part of the search index, ready to be copied.

    `name` is "" for the search engine's own files. `key` is the digest of everything that went into
    the part. `files` are sorted paths with `/`, relative to `folder`. `first` and `last` are the
    days of its oldest and newest article.
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
    """A site about to be planned and rendered.

    `about` is the about page's text as HTML. `term_kinds` are the kinds of terms that have pages.
    Every page's navigation shows them, so they count towards the fingerprint of every template.
    """

    site: Site
    about: str
    static: tuple[StaticFile, ...]
    index: tuple[IndexPart, ...] = ()
    term_kinds: tuple[TermKind, ...] = ()


def template_site(site: Site) -> Mapping[str, object]:
    """Return the part of the configuration that templates see as `site`."""
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
