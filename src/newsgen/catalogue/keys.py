"""Under which keys things are filed: names as articles spell them, days as numbers."""

from typing import Final, NamedTuple

from newsgen.model import GroupKind

DAY: Final = 1_000_000
"""A sort key is `YYYYMMDDhhmmss`; divided by this it is a day, `YYYYMMDD`."""

END_OF_TIME: Final = 9999_12_31_23_59_59
"""The last sort key that there can be."""


class Name(NamedTuple):
    """A tag or an author as an article spells it.

    `mentions` counts how often the article names what was recognised in it; 0 stands for a name
    that the article brings along.
    """

    kind: GroupKind
    name: str
    mentions: int = 0


def iso_of(day: int) -> str:
    """A day as ISO 8601: `2025-08-30` of 20250830."""
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
