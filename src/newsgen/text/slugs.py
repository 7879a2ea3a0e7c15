"""Slugs: the part of a URL that says what the page is about.

Cyrillic is transliterated by a named standard (iuliia), other scripts by anyascii; or letters are
kept as they are. A slug is lower case, has no character that a file system or a URL minds, and is
never longer than a path component may be.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from newsgen.core.digest import digest
from newsgen.text.filenames import RESERVED

LONGEST: Final = 80
"""Characters of a slug, cut at a word."""

MAX_BYTES: Final = 150
"""Bytes of a slug in UTF-8: a path component has at most 200, a collision's suffix included."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_IS_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_ASCII_SLUG: Final = re.compile(r"[^a-z0-9]+")


def slugify(text: str, style: str, standard: str, fallback: str) -> str:
    """Make a slug of a headline or a name.

    Args:
        text: any text.
        style: `ascii` transliterates, `unicode` keeps letters.
        standard: the name of an iuliia schema, for Cyrillic.
        fallback: names the thing where the text has no letter or digit; a digest of it is taken.
    """
    if len(text) <= LONGEST and text not in RESERVED and _IS_SLUG.fullmatch(text):
        return text
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if style == "unicode":
        slug = "-".join(unicodedata.normalize("NFC", word.casefold()) for word in words)
        slug = re.sub(r"['’ʼ]", "", slug)
    else:
        slug = "-".join(filter(None, (_transliterate(word, standard) for word in words)))
    slug = _cut(slug) or suffix_of(fallback)
    return slug + "_" if slug in RESERVED else slug


def suffix_of(name: str) -> str:
    """Eight hexadecimal digits that depend on a name alone."""
    return digest(name).hex()[:8]


@lru_cache(maxsize=20_000)
def _transliterate(word: str, standard: str) -> str:
    from anyascii import anyascii  # noqa: PLC0415 - needed only where slugs are made

    latin = anyascii(_schema(standard).translate(word)) if not word.isascii() else word
    return _NOT_ASCII_SLUG.sub("-", re.sub(r"['’ʼ`]", "", latin.lower())).strip("-")


@lru_cache(maxsize=4)
def _schema(standard: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    import iuliia  # noqa: PLC0415 - it reads thirty files

    return getattr(iuliia, standard.upper())


def _cut(slug: str) -> str:
    if len(slug) > LONGEST:
        whole_words = slug[: LONGEST + 1].rpartition("-")[0]
        slug = whole_words if len(whole_words) > LONGEST // 2 else slug[:LONGEST]
    while len(slug.encode()) > MAX_BYTES:
        slug = slug[:-1]
    return slug.strip("-")
