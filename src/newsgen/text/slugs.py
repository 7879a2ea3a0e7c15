"""Make slugs: the readable part of a URL.

Cyrillic is transliterated by a named standard (iuliia), other scripts by anyascii, unless letters
are kept. A slug is lower case, is safe in file names and URLs, and fits into a path component.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from newsgen.core.digest import digest
from newsgen.text.filenames import RESERVED_NAMES, is_portable_filename

MAX_SLUG_LENGTH: Final = 80
"""Characters of a slug. Longer ones are cut at a word."""

MAX_SLUG_BYTES: Final = 150
"""Bytes of a slug in UTF-8. A path component has at most 200, including a collision suffix."""

_MAX_TEXT_LENGTH: Final = 2_000
"""Characters of a text that are looked at: far more than a slug can have."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_IS_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SAFE_SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.~-]*")
_SAFE_UNICODE_SLUG: Final = re.compile(r"\w[\w.~-]*")
_NOT_ASCII_SLUG: Final = re.compile(r"[^a-z0-9]+")


def slugify(text: str, style: str, standard: str, fallback: str) -> str:
    """Make a slug from a headline or a name.

    Args:
        text: Any text.
        style: `ascii` transliterates, `unicode` keeps letters.
        standard: The name of an iuliia schema, for Cyrillic.
        fallback: Hashed to make the slug if the text has no letter or digit.
    """
    # A text that is a slug already, as from front matter, stays byte for byte the same.
    if len(text) <= MAX_SLUG_LENGTH and text not in RESERVED_NAMES and _IS_SLUG.fullmatch(text):
        return text
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_MAX_TEXT_LENGTH]))
    if style == "unicode":
        slug = "-".join(filter(None, map(_fold_word, words)))
    else:
        slug = "-".join(filter(None, (_transliterate(word, standard) for word in words)))
    slug = _truncate(slug) or hash_suffix(fallback)
    return slug + "_" if slug in RESERVED_NAMES else slug


def keep_slug(text: str, style: str) -> str:
    """Return a text as it is if it can be a slug, with its capitals, dots and signs, or "".

    Args:
        text: A slug that someone has chosen.
        style: `ascii` or `unicode`.
    """
    pattern = _SAFE_SLUG if style == "ascii" else _SAFE_UNICODE_SLUG
    is_short = len(text.encode()) <= MAX_SLUG_BYTES
    is_kept = is_short and pattern.fullmatch(text) and is_portable_filename(text)
    return unicodedata.normalize("NFC", text) if is_kept else ""


def hash_suffix(name: str) -> str:
    """Return eight hexadecimal digits that depend only on a name."""
    return digest(name).hex()[:8]


def _fold_word(word: str) -> str:
    # Folding `İ` gives an `i` and a combining dot, which is no letter.
    return _NO_LETTERS.sub("", unicodedata.normalize("NFC", word.casefold()))


@lru_cache(maxsize=20_000)
def _transliterate(word: str, standard: str) -> str:
    from anyascii import anyascii  # noqa: PLC0415 - needed only where slugs are made

    latin = anyascii(_load_schema(standard).translate(word)) if not word.isascii() else word
    return _NOT_ASCII_SLUG.sub("-", re.sub(r"['’ʼ`]", "", latin.lower())).strip("-")


@lru_cache(maxsize=4)
def _load_schema(standard: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    import iuliia  # noqa: PLC0415 - it reads thirty files

    return getattr(iuliia, standard.upper())


def _truncate(slug: str) -> str:
    if len(slug) > MAX_SLUG_LENGTH:
        # One character more than the limit shows whether the last word ends right there.
        whole_words = slug[: MAX_SLUG_LENGTH + 1].rpartition("-")[0]
        slug = whole_words if len(whole_words) > MAX_SLUG_LENGTH // 2 else slug[:MAX_SLUG_LENGTH]
    # File systems limit bytes, and a letter may take up to four. Cutting characters keeps each
    # whole.
    while len(slug.encode()) > MAX_SLUG_BYTES:
        slug = slug[:-1]
    return slug.strip("-")
