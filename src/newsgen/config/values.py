"""Parsers of single configuration values: one small function for each type.

A parser takes a YAML node and returns the typed value, or raises `InvalidValueError`. Its message
continues the key's name: "`per_page` must be a whole number, not `many`". Lists and mappings are
for `config.sections`.
"""

import codecs
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newsgen.config.site_url import is_site_url
from newsgen.config.yaml_file import unknown_key_message
from newsgen.text.characters import remove_unsafe_characters
from newsgen.text.filenames import is_portable_filename
from newsgen.text.yaml import Node

ParseValue = Callable[[Node], object]

# Carriage returns and the like are allowed in articles, where they are line ends.
_CONTROL: Final = re.compile(r"[\x0c\r\x85]")
_SCHEMES: Final = frozenset({"", "http", "https", "mailto", "tel"})
# The YAML parser returns text only, so its booleans are listed here.
_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_FIELD_NAME: Final = re.compile(r"[^\W\d][\w-]*")
# Labels of a domain name have at most 63 characters (RFC 1035, 2.3.4).
_DOMAIN: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE
)


class InvalidValueError(Exception):
    """Value that its key does not accept.

    Attributes:
        message: Predicate of a sentence about the key.
        line: Line in the file, counted from 1. 0 is a value from the command line.
        code: Code of the problem.
    """

    def __init__(self, message: str, line: int, code: str = "bad-value") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.code = code


def unknown_key_error(key: str, known: Mapping[str, object], line: int) -> InvalidValueError:
    """Return the error for an unknown key, which suggests the most similar known one."""
    return InvalidValueError(unknown_key_message(key, known), line, "unknown-key")


def parse_text(node: Node) -> str:
    """Parse text without control characters. Tab and line feed are allowed."""
    if not isinstance(node.value, str):
        raise InvalidValueError("must be text", node.line)
    if _CONTROL.search(node.value) or remove_unsafe_characters(node.value) != node.value:
        raise InvalidValueError("must not have control characters", node.line)
    return node.value


def parse_texts(node: Node) -> tuple[str, ...]:
    """Parse one text, or a list of texts."""
    if isinstance(node.value, str):
        return (node.value,) if node.value else ()
    if not isinstance(node.value, tuple):
        raise InvalidValueError("must be a list", node.line)
    return tuple(parse_text(item) for item in node.value)


def make_choice_parser(*choices: str) -> ParseValue:
    """Return a parser that accepts only these words."""

    def parse_choice(node: Node) -> str:
        if parse_text(node) not in choices:
            listed = ", ".join(f"`{choice}`" for choice in choices)
            raise InvalidValueError(f"must be one of {listed}, not `{node.value}`", node.line)
        return parse_text(node)

    return parse_choice


def parse_flag(node: Node) -> bool:
    """Parse `true` or `false`, or their other spellings in YAML 1.1."""
    word = parse_text(node).lower()
    if word not in _TRUE | _FALSE:
        raise InvalidValueError(f"must be `true` or `false`, not `{node.value}`", node.line)
    return word in _TRUE


def make_integer_parser(low: int, high: int) -> ParseValue:
    """Return a parser of whole numbers from `low` to `high`, both included."""

    def parse_integer(node: Node) -> int:
        digits = parse_text(node).replace("_", "")
        # `isdigit` alone accepts digits of other scripts, such as `٣`.
        if not (digits.isascii() and digits.isdigit()):
            raise InvalidValueError(f"must be a whole number, not `{node.value}`", node.line)
        # `int` refuses more than 4,300 digits with a ValueError. 20 are out of range already.
        if not low <= int(digits[:20]) <= high:
            raise InvalidValueError(
                f"must be from {low:,} to {high:,}, not {node.value}", node.line
            )
        return int(digits)

    return parse_integer


def parse_path(node: Node) -> str:
    """Parse a path with `/` between its parts, and take off a slash at its end."""
    written = parse_text(node).rstrip("/")
    if not written or "\0" in written:
        raise InvalidValueError("must be a path", node.line)
    return written


def parse_language(node: Node) -> str:
    """Parse a BCP 47 language tag, such as `ru` or `pt-BR`."""
    tag = parse_text(node)
    if not _LANGUAGE.fullmatch(tag):
        raise InvalidValueError(
            f"must be a language tag such as `ru` or `pt-BR`, not `{tag}`", node.line
        )
    return tag


def parse_base_url(node: Node) -> str:
    """Parse an absolute URL of a folder, and make it end with a slash. It may be empty."""
    url = parse_text(node)
    if not url:
        return ""
    if not is_site_url(url):
        message = f"must be a URL such as https://example.org/news/, not `{url}`"
        raise InvalidValueError(message, node.line)
    return url.removesuffix("/") + "/"


def parse_link(node: Node) -> str:
    """Parse an absolute URL, or a path inside the site."""
    url = parse_text(node)
    try:
        scheme = urlsplit(url).scheme
    except ValueError as error:
        raise InvalidValueError(f"must be a URL, not `{url}`", node.line) from error
    # `javascript:` and `data:` would run in the reader's browser.
    if scheme not in _SCHEMES or ".." in url.split("/"):
        raise InvalidValueError(f"must be a URL or a path inside the site, not `{url}`", node.line)
    return url


def parse_domain(node: Node) -> str:
    """Parse a domain name. It may be empty."""
    name = parse_text(node)
    if name and not _DOMAIN.fullmatch(name):
        raise InvalidValueError(
            f"must be a domain such as `news.example.org`, not `{name}`", node.line
        )
    return name


def parse_timezone(node: Node) -> str:
    """Parse a name of the IANA time zone database, such as `Europe/Moscow`. It may be empty."""
    name = parse_text(node)
    try:
        _ = name and ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # which one depends on the odd name
        message = f"must be a time zone such as `Europe/Moscow`, not `{name}`"
        raise InvalidValueError(message, node.line) from error
    return name


_SHARED_TOKENS: Final = frozenset({"year", "month", "day", "folder", "section"})
"""Placeholders that say where an article belongs, and not which one it is."""

_TOKENS: Final = sorted({*_SHARED_TOKENS, "slug", "filename"})


def parse_permalink(node: Node) -> str:
    """Parse a pattern of articles' URLs, with placeholders such as `{year}` and `{slug}`.

    Any field of an article may be one: `{id}`.
    Every URL made from the pattern is a path inside the site that all file systems accept.
    """
    pattern = parse_text(node)
    names = _PLACEHOLDER.findall(pattern)
    for name in names:
        similar = [] if name in _TOKENS else get_close_matches(name, _TOKENS, 1, cutoff=0.7)
        if not _FIELD_NAME.fullmatch(name) or similar:
            hint = f": did you mean `{{{similar[0]}}}`?" if similar else ""
            raise InvalidValueError(f"has an unknown placeholder `{{{name}}}`{hint}", node.line)
    if not set(names) - _SHARED_TOKENS:
        raise InvalidValueError("must contain `{slug}`, `{filename}` or a field", node.line)
    if not pattern.startswith("/") or not pattern.endswith(("/", ".html")):
        raise InvalidValueError("must begin with `/` and end with `/` or `.html`", node.line)
    # With placeholders filled in, as in a real URL: braces themselves are not allowed.
    fixed = _PLACEHOLDER.sub("x", pattern)
    if re.search(r"[^\w/.-]|//|/\.{1,2}/", fixed):
        raise InvalidValueError(
            "may contain only placeholders, letters, digits, `-`, `_`, `.` and `/`", node.line
        )
    for part in pattern.strip("/").split("/"):
        if not is_portable_filename(part):
            raise InvalidValueError(
                f"contains `{part}`, which some systems do not allow in a path", node.line
            )
    return pattern


def parse_transliteration(node: Node) -> str:
    """Parse the name of a standard known to iuliia, such as `wikipedia` or `gost_52535`."""
    import iuliia  # noqa: PLC0415 - reads thirty files, and most sites never name a standard

    name = parse_text(node).lower()
    if name.upper() not in iuliia.__all__:
        message = f"must be a standard such as `wikipedia` or `gost_52535`, not `{name}`"
        raise InvalidValueError(message, node.line)
    return name


def parse_encoding(node: Node) -> tuple[tuple[str, str], ...]:
    """Parse one encoding for all files, or a mapping of globs to encodings.

    Returns:
        Pairs of a glob and an encoding, in their order: the first match counts.
    """
    if isinstance(node.value, str):
        return (("*", _parse_codec(node)),) if node.value else ()
    if isinstance(node.value, tuple):
        raise InvalidValueError(
            "must be an encoding, or a mapping of globs to encodings", node.line
        )
    return tuple((glob, _parse_codec(value)) for glob, value in node.value.items())


def _parse_codec(node: Node) -> str:
    name = parse_text(node)
    try:
        info = codecs.lookup(name)
        # Python also has codecs that do not decode text, such as `hex`. Trying shows them.
        b"a\xe0".decode(name, "replace")
    except (LookupError, ValueError, TypeError) as error:
        message = f"must be an encoding such as `windows-1251`, not `{name}`"
        raise InvalidValueError(message, node.line) from error
    return info.name
