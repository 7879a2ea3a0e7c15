"""Find links and embedded files of a body that may lead to other parts of the archive.

A placeholder takes the place of each target in the HTML, for only the whole archive knows where it
leads. The catalogue looks for the keys that are made here. Links to other hosts stay as they are.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from newsgen.enrich.errors import TooMuchMarkupError
from newsgen.model import Reference
from newsgen.text.filenames import article_name, article_stem
from newsgen.text.web_urls import is_web_url, normalize_url
from newsgen.urls import REFERENCE, ROOT, reference_placeholder

Hosts = Sequence[tuple[str, str]]
"""Pairs of a host without `www.` and the path of the archive there, with a slash at its end."""

MAX_REFERENCES: Final = 20_000
"""References of one article. Each is looked for under several keys."""

_MAX_MISSES: Final = 100
"""References without a known line. Each costs a search through the whole text."""

# The HTML is as nh3 writes it, with `<` escaped in texts and `"` in attributes.
_TAG: Final = re.compile(r"<(?:a|audio|img|source|video)((?:\s+[a-z-]+(?:=\"[^\"]*\")?)+)\s*/?>")
_ATTRIBUTE: Final = re.compile(r"(?<= )(href|src|poster)=\"([^\"]*)\"")
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PELICAN: Final = re.compile(r"[{|](?:filename|static|attach)[}|]/?")
_PARENTS: Final = re.compile(r"(?:\.\.(?:/|$))+")
_TREE_FOLDERS: Final = re.compile(r"(?:content|source|docs|pages)/")
"""Folders of other generators that URLs in their sources leave out."""


def extract_references(
    html: str,
    body: str,
    source: str,
    line: int,
    hosts: Hosts,
    copies: Mapping[str, str] = MappingProxyType({}),
) -> tuple[str, tuple[Reference, ...]]:
    """Replace the targets of a body's references by placeholders.

    Args:
        html: The body as sanitized HTML.
        body: The body as written.
        source: Path of the article's file, relative to the source folder.
        line: Line number of the body's first line.
        hosts: Hosts that the archive was published at. URLs there count as its own.
        copies: Paths of copies of media on other hosts, by their normalized URLs.

    Returns:
        The HTML with placeholders, and the references in their order. A placeholder holds the
        index of its reference.

    Raises:
        TooMuchMarkupError: If there are more than `MAX_REFERENCES`.
    """
    if "href=" not in html and "src=" not in html:
        return html, ()
    references: list[Reference] = []
    lines = LineFinder(body, line)

    def replace_target(match: re.Match[str]) -> str:
        name, value = match[1], unescape(match[2])
        copy = _find_copy(value, copies)
        target = copy or find_own_path(value, hosts)
        if not target:
            return match[0]
        if len(references) == MAX_REFERENCES:
            message = f"it has more than {MAX_REFERENCES:,} links within the archive"
            raise TooMuchMarkupError(message)
        path, _, fragment = target.partition("#")
        is_media = name != "href"
        shown = value.replace(ROOT, "/")
        keys = (f"file {copy}",) if copy else _make_keys(path, source, is_media=is_media)
        references.append(
            Reference(
                is_media,
                shown,
                lines.find(shown),
                f"#{fragment}" if fragment else "",
                tuple(dict.fromkeys(keys)),
            )
        )
        return f'{name}="{reference_placeholder(len(references) - 1)}"'

    def replace_in_tag(match: re.Match[str]) -> str:
        return _ATTRIBUTE.sub(replace_target, match[0])

    return _TAG.sub(replace_in_tag, html), tuple(references)


def make_picture_reference(
    target: str, source: str, line: int, hosts: Hosts, copies: Mapping[str, str]
) -> Reference | None:
    """Return the reference to a lead picture, None for one on another host without a copy.

    Args:
        target: The picture as the article's fields name it.
        source: Path of the article's file, relative to the source folder.
        line: Line number of the field.
        hosts: Hosts that the archive was published at.
        copies: Paths of copies of media on other hosts, by their normalized URLs.
    """
    copy = _find_copy(target, copies)
    path = copy or find_own_path(target, hosts)
    if not path:
        return None
    made = [f"file {copy}"] if copy else _make_keys(path.partition("#")[0], source, is_media=True)
    keys = tuple(dict.fromkeys(made))
    return Reference(is_media=True, target=target, line=line, fragment="", keys=keys)


def has_own_url(text: str, hosts: Hosts) -> bool:
    """Return True if a text may hold a URL at one of the hosts."""
    return any(host in text for host, _ in hosts)


def _find_copy(value: str, copies: Mapping[str, str]) -> str:
    """Return the path of the copy of a medium on another host, empty without one."""
    if not copies or not is_web_url(value):
        return ""
    return copies.get(normalize_url(value), "")


def find_own_path(value: str, hosts: Hosts) -> str:
    """Return the target without scheme and host, empty if it is not a part of the archive."""
    if value.startswith(ROOT):
        return "/" + value.removeprefix(ROOT)
    if value.startswith(("#", REFERENCE)) or not value.strip():
        return ""
    if value.startswith("ref:"):
        return value
    if value.startswith("//") or _SCHEME.match(value):
        return _strip_host(value, hosts) if hosts else ""
    return value


def _strip_host(value: str, hosts: Hosts) -> str:
    """Return the path of a URL if it is on one of the hosts, or an empty text."""
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path or "/"
    for known, folder in hosts:
        if host == known and path.startswith(folder) and parts.scheme in {"", "http", "https"}:
            query = f"?{parts.query}" if parts.query else ""
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            return "/" + path.removeprefix(folder) + query + fragment
    return ""


def _make_keys(target: str, source: str, *, is_media: bool) -> Iterator[str]:
    """Yield the keys of everything that a target may mean, best first.

    A key is a kind and a value: `file` and a path, `article` and a path without its suffix, `url`
    and a URL on the site, `name` and the last part of a path without its suffix.
    """
    written = unquote(target)
    folder = posixpath.dirname(source)
    stem = article_stem(source)
    path, _, query = written.partition("?")
    if written.startswith("ref:"):
        yield from _make_name_keys(path.removeprefix("ref:"), folder)
        return
    marked = _PELICAN.match(written) or re.match("@/", written)
    if marked:
        rest = path[marked.end() :]
        # Pelican's paths are relative unless they begin with a slash, Zola's never are.
        is_absolute = marked[0].endswith("/")
        joined = rest if is_absolute else posixpath.join(folder, rest)
        yield from _make_path_keys(joined, is_media=is_media)
        if not is_absolute:
            yield from _make_path_keys(rest, is_media=is_media)
        return
    if path.startswith("/"):
        yield from _make_url_keys(path.lstrip("/"), query, is_media=is_media)
        return
    # Relative to the file, and to the page of a generator that gives each article a folder.
    for base in (folder, stem):
        # Too many `..` lead out of the source folder. In a URL they stop at its root.
        joined = _PARENTS.sub("", posixpath.normpath(posixpath.join(base, path)))
        yield from _make_path_keys(joined, is_media=is_media)
        if not is_media:
            yield from _make_url_keys(joined + ("/" if path.endswith("/") else ""), query)


def _make_path_keys(path: str, *, is_media: bool) -> Iterator[str]:
    path = posixpath.normpath(path).lstrip("/")
    yield f"file {path}"
    if is_media:
        return
    stem = article_stem(path)
    yield f"article {stem}"
    short = _TREE_FOLDERS.sub("", stem, count=1)
    if short != stem:
        yield f"article {short}"


def _make_url_keys(path: str, query: str, *, is_media: bool = False) -> Iterator[str]:
    if query and not is_media:
        yield f"url {path}?{query}"
    clean = posixpath.normpath(path).lstrip("/") if path else ""
    clean = "" if clean == "." else clean
    yield f"file {clean}"
    if is_media:
        return
    stem = article_stem(clean)
    # A URL is stored as the site's pages have it: a folder, or a file with its suffix.
    for url in (clean, f"{clean}/", f"{stem}/" if stem else ""):
        yield f"url {url}"
    yield f"article {stem}"


def _make_name_keys(target: str, folder: str) -> Iterator[str]:
    """Yield the keys of Hugo's `ref` and Jekyll's `post_url`: a path or only a name."""
    stem = article_stem(target.strip())
    if target.startswith("/"):
        yield f"article {stem.lstrip('/')}"
    else:
        yield f"article {posixpath.normpath(posixpath.join(folder, stem))}"
        yield f"article {stem}"
    yield f"name {article_name(stem)}"


class LineFinder:
    """Lines of a body at which targets stand. Targets are asked for in their order."""

    def __init__(self, body: str, line: int) -> None:
        self._body = body
        self._line = self._first = line
        self._position = 0
        self._misses = 0

    def find(self, target: str) -> int:
        """Return the line of a target, or the body's first one if it is written in another way."""
        if self._misses > _MAX_MISSES:
            return self._first
        for written in (target, unquote(target)):
            found = self._body.find(written, self._position)
            if found >= 0:
                self._line += self._body.count("\n", self._position, found)
                # Not behind it: a picture and its link may have one target.
                self._position = found
                return self._line
        self._misses += 1
        found = self._body.find(target)
        return self._first + self._body.count("\n", 0, found) if found >= 0 else self._first
