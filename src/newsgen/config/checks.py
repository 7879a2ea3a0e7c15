"""What a key of the configuration may hold: one small function for each type of value.

A check takes a YAML node and returns the typed value, or raises `InvalidValueError` with a
sentence that reads on from the key's name: "per_page: must be a whole number, not `many`".
"""

import codecs
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newsgen.config.document import no_such_key
from newsgen.config.site import Author, NavigationLink, Recognize, Tags
from newsgen.text.filenames import is_portable_filename
from newsgen.text.yaml import Node

Check = Callable[[Node], object]

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SCHEMES: Final = frozenset({"", "http", "https", "mailto", "tel"})
_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PLACEHOLDER: Final = re.compile(r"\{(\w*)\}")
_DOMAIN: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE
)


class InvalidValueError(Exception):
    """A value that its key does not take; `line` counts from 1."""

    def __init__(self, message: str, line: int, code: str = "bad-value") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.code = code


def unknown_key(key: str, known: Mapping[str, object], line: int) -> InvalidValueError:
    """The fault of a key that nobody knows, with the nearest one that is known."""
    return InvalidValueError(no_such_key(key, known), line, "unknown-key")


def text(node: Node) -> str:
    """Any text."""
    if not isinstance(node.value, str):
        raise InvalidValueError("must be text", node.line)
    if _CONTROL.search(node.value):
        raise InvalidValueError("holds control characters", node.line)
    return node.value


def one_of(*choices: str) -> Check:
    """One of a few words."""

    def check(node: Node) -> str:
        if text(node) not in choices:
            listed = ", ".join(f"`{choice}`" for choice in choices)
            raise InvalidValueError(f"must be one of {listed}, not `{node.value}`", node.line)
        return text(node)

    return check


def flag(node: Node) -> bool:
    """`true` or `false`, or YAML's other words for them."""
    word = text(node).lower()
    if word not in _TRUE | _FALSE:
        raise InvalidValueError(f"must be `true` or `false`, not `{node.value}`", node.line)
    return word in _TRUE


def number(low: int, high: int) -> Check:
    """A whole number from `low` to `high`, both included."""

    def check(node: Node) -> int:
        digits = text(node).replace("_", "")
        if not (digits.isascii() and digits.isdigit()):
            raise InvalidValueError(f"must be a whole number, not `{node.value}`", node.line)
        if not low <= int(digits[:20]) <= high:
            raise InvalidValueError(
                f"must be from {low:,} to {high:,}, not {node.value}", node.line
            )
        return int(digits)

    return check


def path(node: Node) -> str:
    """A path, with `/`; without the slash at its end."""
    written = text(node).rstrip("/")
    if not written or "\0" in written:
        raise InvalidValueError("must be a path", node.line)
    return written


def language(node: Node) -> str:
    """A language tag of BCP 47, such as `ru` or `pt-BR`."""
    tag = text(node)
    if not _LANGUAGE.fullmatch(tag):
        raise InvalidValueError(
            f"must be a language tag such as `ru` or `pt-BR`, not `{tag}`", node.line
        )
    return tag


def base_url(node: Node) -> str:
    """An absolute URL of a folder, with its slash at the end; or nothing."""
    url = text(node)
    if not url:
        return ""
    parts = urlsplit(url)
    is_folder = parts.netloc and not (parts.query or parts.fragment or re.search(r"\s", url))
    if parts.scheme not in {"http", "https"} or not is_folder:
        raise InvalidValueError(
            f"must be a URL such as https://example.org/news/, not `{url}`", node.line
        )
    return url.rstrip("/") + "/"


def timezone(node: Node) -> str:
    """A name of the IANA time zone database, such as `Europe/Moscow`; or nothing."""
    name = text(node)
    try:
        _ = name and ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        message = f"must be a time zone such as `Europe/Moscow`, not `{name}`"
        raise InvalidValueError(message, node.line) from error
    return name


def permalink(node: Node) -> str:
    """A pattern of an article's URL, with `{slug}` and perhaps `{year}`, `{month}`, `{day}`."""
    pattern = text(node)
    names = _PLACEHOLDER.findall(pattern)
    for name in names:
        if name not in {"year", "month", "day", "slug"}:
            raise InvalidValueError(f"does not know `{{{name}}}`", node.line)
    if "slug" not in names:
        raise InvalidValueError("must hold `{slug}`", node.line)
    if not pattern.startswith("/") or not pattern.endswith(("/", ".html")):
        raise InvalidValueError("must begin with `/` and end with `/` or `.html`", node.line)
    fixed = _PLACEHOLDER.sub("x", pattern)
    if re.search(r"[^\w/.-]|//|/\.{1,2}/", fixed):
        raise InvalidValueError(
            "may hold letters, digits, `-`, `_`, `.` and `/` beside them", node.line
        )
    for part in pattern.strip("/").split("/"):
        if not is_portable_filename(part):
            raise InvalidValueError(
                f"holds `{part}`, which not every system takes in a path", node.line
            )
    return pattern


def transliteration(node: Node) -> str:
    """The name of a standard that iuliia knows, such as `wikipedia` or `gost_52535`."""
    import iuliia  # noqa: PLC0415 - it reads thirty files; most sites never name a standard

    name = text(node).lower()
    if name.upper() not in iuliia.__all__:
        message = f"must be a standard such as `wikipedia` or `gost_52535`, not `{name}`"
        raise InvalidValueError(message, node.line)
    return name


def encoding(node: Node) -> tuple[tuple[str, str], ...]:
    """The name of an encoding for every file, or names by globs; kept as pairs in their order."""
    if isinstance(node.value, str):
        return (("*", codec(node)),) if node.value else ()
    if isinstance(node.value, tuple):
        raise InvalidValueError(
            "must be an encoding, or a mapping of globs to encodings", node.line
        )
    return tuple((glob, codec(value)) for glob, value in node.value.items())


def codec(node: Node) -> str:
    """An encoding of text that Python knows, by its usual name."""
    name = text(node)
    try:
        info = codecs.lookup(name)
        b"a\xe0".decode(name, "replace")
    except (LookupError, ValueError, TypeError) as error:
        message = f"must be an encoding such as `windows-1251`, not `{name}`"
        raise InvalidValueError(message, node.line) from error
    return info.name


def texts(node: Node) -> tuple[str, ...]:
    """One text, or a list of them."""
    if isinstance(node.value, str):
        return (node.value,) if node.value else ()
    if not isinstance(node.value, tuple):
        raise InvalidValueError("must be a list", node.line)
    return tuple(text(item) for item in node.value)


def named_texts(node: Node) -> tuple[tuple[str, str], ...]:
    """Texts by their names; kept as pairs in their order."""
    return tuple((key, text(value)) for key, value in _mapping(node).items())


def domain(node: Node) -> str:
    """A domain name, or nothing."""
    name = text(node)
    if name and not _DOMAIN.fullmatch(name):
        raise InvalidValueError(
            f"must be a domain such as `news.example.org`, not `{name}`", node.line
        )
    return name


def navigation(node: Node) -> tuple[NavigationLink, ...]:
    """A list of links, each a pair `Label: url`."""
    if isinstance(node.value, str) and not node.value:
        return ()
    if not isinstance(node.value, tuple):
        raise InvalidValueError("must be a list of `- Label: url`", node.line)
    links = []
    for row in node.value:
        pairs = _mapping(row)
        if len(pairs) != 1:
            raise InvalidValueError("must be a list of `- Label: url`", row.line)
        links += [NavigationLink(label, link(url)) for label, url in pairs.items()]
    return tuple(links)


def link(node: Node) -> str:
    """An absolute URL, or a path inside the site."""
    url = text(node)
    try:
        scheme = urlsplit(url).scheme
    except ValueError as error:
        raise InvalidValueError(f"must be a URL, not `{url}`", node.line) from error
    if scheme not in _SCHEMES or ".." in url.split("/"):
        raise InvalidValueError(f"must be a URL or a path inside the site, not `{url}`", node.line)
    return url


def authors(node: Node) -> tuple[Author, ...]:
    """Profiles by the authors' names."""
    return tuple(_author(name, profile) for name, profile in _mapping(node).items())


def recognize(node: Node) -> Recognize:
    """`auto` or `off`, or a mapping of what decides which names are recognised and shown."""
    if isinstance(node.value, str):
        return Recognize(mode=_RECOGNIZE["mode"](node))  # type: ignore[arg-type]
    return Recognize(**_values(node, _RECOGNIZE))  # type: ignore[arg-type]


def tags(node: Node) -> Tags:
    """A mapping of how tags are shown."""
    return Tags(**_values(node, {"link_mentions": flag}))  # type: ignore[arg-type]


def languages(node: Node) -> tuple[str, ...]:
    """One language tag, or a list of them."""
    found = node.value if isinstance(node.value, tuple) else (node,)
    return tuple(language(item) for item in found)


_RECOGNIZE: Final[Mapping[str, Check]] = {
    "mode": one_of("auto", "off"),
    "languages": languages,
    "include_tagged": flag,
    "min_articles": number(1, 1_000_000),
    "min_mentions": number(1, 1_000_000),
    "thresholds_after": number(0, 1_000_000_000),
}


def _author(name: str, node: Node) -> Author:
    checks = {"slug": text, "bio": text, "url": link, "aliases": texts}
    return Author(name, **_values(node, checks))  # type: ignore[arg-type]


def _values(node: Node, checks: Mapping[str, Check]) -> dict[str, object]:
    """A mapping whose keys are known, each value checked; a key without a value is left out."""
    values: dict[str, object] = {}
    for key, value in _mapping(node).items():
        if key not in checks:
            raise unknown_key(key, checks, value.line)
        if value.value != "":
            values[key] = checks[key](value)
    return values


def _mapping(node: Node) -> Mapping[str, Node]:
    if isinstance(node.value, str) and not node.value:
        return {}
    if not isinstance(node.value, Mapping):
        raise InvalidValueError("must be a mapping of keys to values", node.line)
    return node.value
