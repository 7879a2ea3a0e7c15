"""Under which keys things are filed: names folded to one spelling, days as numbers."""

import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from newsgen.model import GroupKind

DAY: Final = 1_000_000
"""A sort key is `YYYYMMDDhhmmss`; divided by this it is a day, `YYYYMMDD`."""

_QUOTES: Final = str.maketrans(dict.fromkeys("«»„“”\"'’‘`", " "))


class Name(NamedTuple):
    """A tag or an author as an article spells it."""

    kind: GroupKind
    name: str


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """The key of a name: letters' case, `ё` for `е`, spaces and quotes make no difference."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(folded.translate(_QUOTES).split()) or name


def iso_of(day: int) -> str:
    """A day as ISO 8601: `2025-08-30` of 20250830."""
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
