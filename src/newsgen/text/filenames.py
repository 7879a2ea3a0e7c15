"""Check file names for portability across Windows, macOS, Linux and web servers."""

import re
import unicodedata
from typing import Final

MAX_NAME_BYTES: Final = 200
"""Bytes of a name in UTF-8. File systems allow 255, which leaves room for suffixes."""

RESERVED_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul"}
    | {port + digit for port in ("com", "lpt") for digit in "0123456789"}
)
"""Names that Windows reserves for devices (Naming Files, Paths, and Namespaces)."""

_MAX_SUFFIX_LENGTH: Final = 12
"""Characters of a suffix, such as those of `.webmanifest`."""

_FORBIDDEN: Final = re.compile(r"[\x00-\x1f\x7f\\?#:*\"<>|/]")


_ARTICLE_SUFFIX: Final = re.compile(
    r"\.(?:md|markdown|mdown|mdx|txt|text|rst|html?)$", re.IGNORECASE
)
_INDEX_NAME: Final = re.compile(r"(?:^|/)_?index$")


def article_stem(path: str) -> str:
    """Return a path without the suffix of an article or a page, that of its folder for an index.

    `flood.md` and `flood/index.md` have the stem `flood`.
    """
    return _INDEX_NAME.sub("", _ARTICLE_SUFFIX.sub("", path)).rstrip("/")


def article_name(path: str) -> str:
    """Return the last part of an article's stem, folded."""
    return fold_path(article_stem(path).rpartition("/")[2])


def get_suffix(path: str) -> str:
    """Return the suffix of a file's name, in lower case without the dot, or "" without one."""
    _, dot, suffix = path.rpartition("/")[2].rpartition(".")
    # `Letter to Mr. Smith` has none.
    is_suffix = dot and suffix.isalnum() and len(suffix) <= _MAX_SUFFIX_LENGTH
    return suffix.lower() if is_suffix else ""


def fold_path(path: str) -> str:
    """Return the key of a path: two paths with one key are one file on Windows and macOS."""
    if path.isascii():
        return path.lower()
    # Folding may leave a text that is not normalized (Unicode, 3.13, D145).
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def is_portable_filename(name: str) -> bool:
    """Return True if a path component is valid on every system and hidden on none."""
    return (
        bool(name)
        and len(name.encode()) <= MAX_NAME_BYTES
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and name.partition(".")[0].lower() not in RESERVED_NAMES
        and not _FORBIDDEN.search(name)
    )
