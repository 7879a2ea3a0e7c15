"""Fold names, so that different spellings of one name compare equal."""

import unicodedata
from functools import lru_cache
from typing import Final

_QUOTES: Final = str.maketrans(dict.fromkeys("«»„“”\"'’‘`", " "))


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Return the key of a name, which ignores case, spaces, quotes, and `ё` versus `е`."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(folded.translate(_QUOTES).split()) or name
