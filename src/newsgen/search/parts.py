"""Which articles are indexed together: periods, short ones at the newest end, long ones behind.

Pagefind indexes all that it is given at once, so the archive is cut. A period with few articles is
one part; one with more is cut into the shorter periods that it is made of, and neighbours of these
are joined as far as they are few together, for each part is asked by itself. Where the newest
article is, few means fewer, so that the part which grows is small and the others stay as they are.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from newsgen.model import Group

CLOSED: Final = 3_000
"""How many articles a part that no longer grows may have: Pagefind takes some 160 kB for each."""
OPEN: Final = 500

_PERIODS: Final[tuple[Callable[[str], str], ...]] = (
    lambda day: day[:2],
    lambda day: day[:3],
    lambda day: day[:4],
    lambda day: f"{day[:4]}-h{(int(day[5:7]) + 5) // 6}",
    lambda day: f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}",
    lambda day: day[:7],
    lambda day: day,
)
"""The names of the periods that a day lies in: century, decade, year, half, quarter, month, day."""
_YEAR: Final = 2


class Part(NamedTuple):
    """Days whose articles are indexed together, the oldest first."""

    name: str
    days: tuple[Group, ...]

    @property
    def articles(self) -> int:
        """The number of its articles."""
        return sum(day.count for day in self.days)


def split_into_parts(
    days: Sequence[Group], closed: int = CLOSED, growing: int = OPEN
) -> list[Part]:
    """Cut an archive into parts, the oldest first.

    Args:
        days: that have articles, the oldest first.
        closed: how many articles a part may have.
        growing: how many one may have that the newest day lies in.
    """
    return list(_cut(days, days[-1].key, closed, growing, 0)) if days else []


def _cut(
    days: Sequence[Group], newest: str, closed: int, growing: int, depth: int
) -> Iterator[Part]:
    """The parts of a period; in the newest year neighbours are joined while they are few."""
    most = growing if depth > _YEAR and days[-1].key == newest else closed
    waiting: Part | None = None
    for name, found in groupby(days, key=lambda day: _PERIODS[depth](day.key)):
        part = Part(name, tuple(found))
        grows = part.days[-1].key == newest
        fits = part.articles <= (growing if grows else closed) or depth == len(_PERIODS) - 1
        if waiting and fits and not grows and waiting.articles + part.articles <= most:
            joined = f"{waiting.name.partition('_')[0]}_{part.name}"
            waiting = Part(joined, waiting.days + part.days)
            continue
        if waiting:
            yield waiting
        waiting = part if fits else None
        if not fits:
            yield from _cut(part.days, newest, closed, growing, depth + 1)
    if waiting:
        yield waiting
