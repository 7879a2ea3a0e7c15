"""When two spellings are one name. It knows no other module of newsgen."""

import unicodedata
from functools import lru_cache
from typing import Final

_QUOTES: Final = str.maketrans(dict.fromkeys("«»„“”\"'’‘`", " "))


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """The key of a name: letters' case, `ё` for `е`, spaces and quotes make no difference."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(folded.translate(_QUOTES).split()) or name
