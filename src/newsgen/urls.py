"""Where everything lies: the only module that builds a URL or a path.

A URL here is relative to the site's root and without a leading slash: `2025/08/30/slug/`. The file
behind it is the same with `index.html` at its end.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from newsgen.core.digest import digest
from newsgen.model import ArticleDetail, ArticleSummary, Group, GroupKind, Term

SECTIONS: Final[Mapping[GroupKind, str]] = {
    "topic": "tags",
    "person": "people",
    "place": "places",
    "organization": "organizations",
    "author": "authors",
}
"""The folder of each kind of term."""

MARK: Final = ".newsgen-output"
"""The file in the output folder by which newsgen knows that it wrote it."""

HOME: Final = ""
ARCHIVE: Final = "archive/"
ABOUT: Final = "about/"
SEARCH: Final = "search/"
ON_THIS_DAY: Final = "on-this-day/"
INDEX_PARTS: Final = "search/index/parts.json"
NOT_FOUND: Final = "404.html"

ROOT: Final = "\ufdd0"
"""Stands for the way to the site's root in HTML that is joined into pages at any depth; a Unicode
noncharacter, which no article's text can hold."""

_DIGITS: Final = (4, 2, 2)
_RESERVED: Final = frozenset(
    {
        *SECTIONS.values(),
        "archive",
        "about",
        "search",
        "feed",
        "data",
        "assets",
        "page",
        "on-this-day",
    }
)

Linked = ArticleSummary | ArticleDetail | Term | Group | str
Href = Callable[[Linked], str]
"""Makes the link to a card, a term, a group or a URL, from the page where it is used."""


def permalink(pattern: str, iso: str, slug: str, name: str) -> str:
    """The URL that an article asks for.

    Args:
        pattern: as under `permalink:` in the configuration.
        iso: the article's date.
        slug: its slug.
        name: what tells it from all others.
    """
    url = pattern.lstrip("/").format(year=iso[:4], month=iso[5:7], day=iso[8:10], slug=slug)
    return _beside(url, name) if is_reserved(url) else url


def is_reserved(url: str) -> bool:
    """Whether a URL may belong to a page of another kind than an article's."""
    first, *rest = url.strip("/").split("/")
    if first in _RESERVED or url in {NOT_FOUND, "index.html"}:
        return True
    return _is_period([first, *rest])


def is_folder(path: str) -> bool:
    """Whether a path, which names a file, is that of a folder in any archive."""
    return path in _RESERVED or _is_period(path.split("/"))


def _is_period(parts: Sequence[str]) -> bool:
    """Whether parts of a path are those of a year, a month or a day."""
    return len(parts) <= len(_DIGITS) and all(
        part.isdigit() and len(part) == width for part, width in zip(parts, _DIGITS, strict=False)
    )


def resolve_conflicts(requested: str, names: Sequence[str]) -> list[str]:
    """Return a URL for each of several articles that request the same one.

    The first article gets the requested URL. Each other URL has a suffix made from the article's
    own name, so neither the order of the others nor later articles change it.

    Args:
        requested: the URL that all of them request.
        names: unique names of the articles, oldest first.
    """
    return [_beside(requested, name) if index else requested for index, name in enumerate(names)]


def resolve_slug_conflicts(requested: str, names: Sequence[str]) -> list[str]:
    """Return a slug for each of several terms that request the same one."""
    return [url.rstrip("/") for url in resolve_conflicts(requested + "/", names)]


def url_of(thing: Linked) -> str:
    """The URL of a card, a term or a group; a text is one already."""
    if isinstance(thing, str):
        return thing.lstrip("/")
    if isinstance(thing, ArticleSummary | ArticleDetail):
        return thing.url
    if thing.kind in SECTIONS:
        return f"{SECTIONS[thing.kind]}/{thing.slug}/"
    return thing.slug.replace("-", "/") + "/"


def index_of(kind: GroupKind) -> str:
    """The URL of the page that lists all terms of a kind."""
    return SECTIONS[kind] + "/"


def letter(kind: GroupKind, initial: str) -> str:
    """The URL of the part of an index that is under a letter, by the number that Unicode gives it.

    It is deeper than any term's, and so is nobody else's.
    """
    return f"{index_of(kind)}letters/{ord(initial.lower()[:1]):04x}/"


def on_this_day(date: str) -> str:
    """The URL of the page of a day of all years, `08-30`."""
    return f"{ON_THIS_DAY}{date}/"


def index_part(name: str) -> str:
    """The URL of the folder of a part of the search index; "" names what searches it."""
    return f"search/index/{name}/" if name else "search/index/"


def numbered(url: str, number: int) -> str:
    """The URL of a list's numbered page; page 1 holds its oldest articles."""
    return f"{url}page/{number}/"


def alias(path: str) -> str:
    """The URL of a redirect from an article's old address."""
    return path if path.endswith(("/", ".html", ".htm")) else path + "/"


def file_of(url: str) -> str:
    """The path of the file behind a URL, relative to the output folder."""
    return url + "index.html" if not url or url.endswith("/") else url


def root_of(path: str) -> str:
    """The way from a file to the site's root: `../../`, or `./` from the root itself."""
    return "../" * path.count("/") or "./"


def linker(root: str, style: str) -> Href:
    """A function that makes links from a page to things of the site; a URL of another site stays.

    Args:
        root: the way from the page to the site's root.
        style: `folder` leaves a folder's link as it is, `file` names the `index.html` in it.
    """

    def href(thing: Linked) -> str:
        url = url_of(thing)
        if ":" in url:
            return url
        return root + (file_of(url) if style == "file" else url)

    return href


def absolute(base_url: str, url: str) -> str:
    """A URL as others see it, in percent encoding; "" where the site has no base URL."""
    return base_url + quote(url, safe="/~-._") if base_url else ""


def _beside(url: str, name: str) -> str:
    """A URL with a suffix that depends on a name alone."""
    stem, ending = (url[:-1], "/") if url.endswith("/") else (url.removesuffix(".html"), ".html")
    return f"{stem}-{digest(name).hex()[:8]}{ending}"
