"""URLs and output paths of a site: the only module that builds either.

A URL is relative to the site's root and has no leading slash: `2025/08/30/slug/`. The file behind
it is the same path with `index.html` appended. The module computes names and touches no disk.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from newsgen.core.digest import digest
from newsgen.model import (
    ArticleDetail,
    ArticleSummary,
    Group,
    GroupKind,
    LeadPicture,
    Moment,
    Term,
)

SECTIONS: Final[Mapping[GroupKind, str]] = {
    "topic": "tags",
    "person": "people",
    "place": "places",
    "organization": "organizations",
    "author": "authors",
}
"""Top-level folder of each kind of term."""

MARK: Final = ".newsgen-output"
"""File that marks a folder as newsgen's output, so that publishing never deletes foreign files."""

FILE_LISTS: Final = ".newsgen-files"
"""Folder with lists of all files of the site, for builds that have lost their own records."""

HOME: Final = ""
ARCHIVE: Final = "archive/"
ABOUT: Final = "about/"
SEARCH: Final = "search/"
ON_THIS_DAY: Final = "on-this-day/"
INDEX_PARTS: Final = "search/index/parts.json"
NOT_FOUND: Final = "404.html"
UNDATED: Final = "undated"
"""Folder for articles whose date, or month, is unknown: `undated/`, `1937/undated/`."""

SITE_URLS: Final[Mapping[str, str]] = {
    "home": HOME,
    "archive": ARCHIVE,
    "about": ABOUT,
    "search": SEARCH,
    "on_this_day": ON_THIS_DAY,
}
"""Pages that a site has once, by the names that templates use: `urls.archive`."""

# A Unicode noncharacter: text that passed the reader cannot contain it, so replacing it is safe.
ROOT: Final = "\ufdd0"
"""Placeholder for the path to the site's root in HTML that is joined into pages at any depth."""

REFERENCE: Final = "\ufdd2"
"""Mark around the number of a reference in HTML, where its target will stand."""

_FILE_FOLDERS: Final = ("static/", "content/", "source/", "public/")
"""Folders of other generators that lie at the root of their sites."""

_SAFE: Final = "/#=&;,:@+$!~*'()"
"""Characters that a URL may hold as they are, in its path and its fragment."""

_SIGNS: Final = re.compile(r"([-_.])[-_.]+")
_PERIOD_WIDTHS: Final = (4, 2, 2)
"""Digits of a year, a month and a day in a URL."""

_NO_TOKENS: Final[Mapping[str, str]] = {}
_SLASHES: Final = re.compile(r"/{2,}")

# Names of sections that are planned but not written yet are reserved too: a permalink published
# today must not have to move when they arrive.
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
"""Returns the link to an article, a term, a group or a URL, from the page where it is called."""


class _Tokens(dict[str, str]):
    """Values of placeholders. The slug takes the place of one that is missing."""

    def __missing__(self, _: str) -> str:
        return self["slug"]


def permalink(
    pattern: str, iso: str, slug: str, name: str, tokens: Mapping[str, str] = _NO_TOKENS
) -> str:
    """Return the URL that an article requests.

    Args:
        pattern: The configuration's `permalink`.
        iso: The article's date, as in `model.Moment`. What it leaves unknown falls out of the
            pattern: `/1937/slug/`, `/undated/slug/`.
        slug: The article's slug.
        name: A name that no other article has; it makes the suffix of a reserved URL.
        tokens: Values of further placeholders. An empty one falls out, with the slash after it.
    """
    # The date is cut as text: converting it would let the machine's time zone move the day.
    year, month, day = Moment(iso).day_key.split("-")
    date = {"year": year, "month": month, "day": day}
    if not int(day):
        pattern = _drop_unknown(pattern, date)
    values = _Tokens({"section": "", **tokens, **date, "slug": slug})
    url = pattern.lstrip("/").format_map(values)
    if "//" in url or url.startswith("/"):
        url = _SLASHES.sub("/", url).lstrip("/")
    return _add_suffix(url, name) if is_reserved(url) else url


def _drop_unknown(pattern: str, date: Mapping[str, str]) -> str:
    """Return a pattern without the parts of a date that are zero."""
    unknown = {f"{{{name}}}" for name, digits in date.items() if not int(digits)}
    segments = []
    for segment in pattern.split("/"):
        kept = segment.replace("{year}", UNDATED) if "{year}" in unknown else segment
        for name in unknown:
            kept = kept.replace(name, "")
        # In `{year}-{month}-{day}-{slug}`, the signs between the parts go too.
        segments.append(kept if kept == segment else _SIGNS.sub(r"\1", kept).strip("-_."))
    return "/".join(
        segment for at, segment in enumerate(segments) if segment or at in {0, len(segments) - 1}
    )


def is_reserved(url: str) -> bool:
    """Return True if a page of another kind than an article's may need this URL."""
    first, *rest = url.strip("/").split("/")
    # Only the first part counts: everything below a section's folder belongs to that section.
    if first in _RESERVED or url in {NOT_FOUND, "index.html"}:
        return True
    return _is_period([first, *rest])


def is_period(url: str) -> bool:
    """Return True for the URL of a year, a month or a day."""
    return _is_period(url.strip("/").split("/"))


def is_internal(path: str) -> bool:
    """Return True if a path of the output is for newsgen's own records, and for no page."""
    return path.partition("/")[0] in {MARK, FILE_LISTS}


def is_inside_site(path: str) -> bool:
    """Return True for an output path that cannot lead out of the output folder, on any system."""
    parts = path.replace("\\", "/").split("/")
    return ":" not in path and not {"", ".", ".."}.intersection(parts)


def is_folder(path: str) -> bool:
    """Return True if any archive has a folder at the path of this file."""
    return path in _RESERVED or _is_period(path.split("/"))


def _is_period(parts: Sequence[str]) -> bool:
    """Return True if the parts of a path are those of a year, a month, a day, or `undated`."""
    # Months are undated, and years. A day is not.
    dated = parts[:-1] if parts[-1] == UNDATED and len(parts) < len(_PERIOD_WIDTHS) else parts
    return len(dated) <= len(_PERIOD_WIDTHS) and all(
        part.isdigit() and len(part) == width
        for part, width in zip(dated, _PERIOD_WIDTHS, strict=False)
    )


def resolve_conflicts(requested: Sequence[str], names: Sequence[str]) -> list[str]:
    """Give each of several articles that request one URL, but for its case, a URL of its own.

    The first article gets the requested URL. Every other one gets a suffix that depends on its own
    name alone, so neither the order of the others nor later articles change it.

    Args:
        requested: The URL that each of them requests.
        names: A unique name for each article, the oldest article first.
    """
    # A counter would renumber the later articles when an earlier one is deleted, and break links.
    pairs = enumerate(zip(requested, names, strict=True))
    return [_add_suffix(url, name) if at else url for at, (url, name) in pairs]


def resolve_slug_conflicts(requested: str, names: Sequence[str]) -> list[str]:
    """Give each of several terms that request one slug a slug of its own."""
    return [url.rstrip("/") for url in resolve_conflicts([requested + "/"] * len(names), names)]


def url_for(thing: Linked) -> str:
    """Return the URL of an article, a term or a group.

    A string is taken for a URL already.
    """
    if isinstance(thing, str):
        return thing.lstrip("/")
    if isinstance(thing, ArticleSummary | ArticleDetail):
        return thing.url
    if thing.kind in SECTIONS:
        return f"{SECTIONS[thing.kind]}/{thing.slug}/"
    return period_url(thing.slug)


def period_url(period: str | Moment) -> str:
    """Return the URL of a year, a month or a day: `2025`, `2025-08`, `2025-08-30`.

    The URL of a point in time is that of its day, or of what is known of it. A month `1937-00`
    stands for the articles of a year without a month, and a year `0000` for those without a date.
    """
    key = period[:10] if isinstance(period, str) else period.known
    # A day that is unknown has no page.
    known = key.removesuffix("-00") if len(key) == len("2025-08-00") else key
    if known[:4] in {"", "0000"}:
        return UNDATED + "/"
    return known.replace("-00", f"/{UNDATED}").replace("-", "/") + "/"


def index_url(kind: GroupKind) -> str:
    """Return the URL of the page that lists all terms of a kind."""
    return SECTIONS[kind] + "/"


def letter_url(kind: GroupKind, initial: str) -> str:
    """Return the URL of the page that lists the terms of a kind under one letter.

    The letter appears as its Unicode code point in hexadecimal. The path is one level deeper than
    that of any term, so the two cannot collide.
    """
    return f"{index_url(kind)}letters/{ord(initial.lower()[:1]):04x}/"


def on_this_day_url(date: str) -> str:
    """Return the URL of a day in all years, given as `08-30`."""
    return f"{ON_THIS_DAY}{date}/"


def index_part_url(name: str) -> str:
    """Return the URL of a search index part's folder, "" being the engine's own files."""
    return f"search/index/{name}/" if name else "search/index/"


def page_url(url: str, number: int) -> str:
    """Return the URL of a list's numbered page, 1 being the oldest."""
    return f"{url}page/{number}/"


def alias_url(path: str) -> str:
    """Return the URL of the redirect for an article's old path."""
    return path if path.endswith(("/", ".html", ".htm")) else path + "/"


def output_path(url: str) -> str:
    """Return the path of the file behind a URL, relative to the output folder."""
    return url + "index.html" if not url or url.endswith("/") else url


def path_to_root(path: str) -> str:
    """Return the relative path from a file to the site's root: `../../`, `./` at the root."""
    return "../" * path.count("/") or "./"


def make_linker(root: str, style: str) -> Href:
    """Return the function that links a page to other things of the site.

    Args:
        root: The relative path from the page to the site's root.
        style: `folder` links to folders, `file` to the `index.html` inside, for a site read from
            a disk.
    """

    def href(thing: Linked) -> str:
        url = url_for(thing)
        # Only a URL with a scheme contains a colon: slugs and paths cannot.
        if ":" in url:
            return url
        # A path is not percent-encoded, and a browser decodes every link.
        if "%" in url or " " in url:
            url = url.replace("%", "%25").replace(" ", "%20")
        # A browser that reads a site from a disk does not look for `index.html` in a folder.
        return root + (output_path(url) if style == "file" else url)

    return href


def reference_placeholder(number: int) -> str:
    """Return the placeholder of a reference, by its index in its article."""
    return f"{REFERENCE}{number}{REFERENCE}"


def file_url(path: str) -> str:
    """Return the URL of a published file that lies in the source folder at a path."""
    for folder in _FILE_FOLDERS:
        if path.startswith(folder):
            return path.removeprefix(folder)
    return path


def picture_url(url: str, width: int) -> str:
    """Return the URL of a smaller version of a picture, by the picture's URL and the width."""
    return f"{url}.{width}.webp"


def thumbnail_url(lead: LeadPicture) -> str:
    """Return the URL of the smallest version of a lead picture."""
    widths = lead.picture.widths if lead.picture else ()
    return picture_url(lead.url, min(widths)) if widths else lead.url


def quote_url(url: str) -> str:
    """Return a URL with the characters encoded that have a meaning in one.

    Letters of all scripts stay, as browsers show and accept them (RFC 3987).
    """
    return "".join(one if one.isalnum() or not one.isascii() else quote(one, _SAFE) for one in url)


def absolute_url(base_url: str, url: str) -> str:
    """Return a percent-encoded absolute URL, "" for a site without a base URL."""
    if "://" in url:
        return url
    return base_url + quote(url, safe="/~-._") if base_url else ""


def _add_suffix(url: str, name: str) -> str:
    """Return a URL with a suffix that depends on a name alone."""
    # In front of the ending, a folder stays a folder and a file keeps its type.
    stem, ending = (url[:-1], "/") if url.endswith("/") else (url.removesuffix(".html"), ".html")
    return f"{stem}-{digest(name).hex()[:8]}{ending}"
