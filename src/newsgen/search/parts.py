"""Division of an archive into parts that are indexed separately.

Pagefind cannot add to an index, so a single one would be made again for every article. Parts are
periods: short ones at the newest end, which grows, and long ones before it. A period with too many
articles is divided into shorter ones, and small neighbors are joined, as the browser has to query
each part.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from newsgen.model import Group

MAX_CLOSED_ARTICLES: Final = 3_000
"""Articles in a part that no longer grows. Pagefind needs some 160 kB of memory for each."""

MAX_GROWING_ARTICLES: Final = 500
"""Articles in the part with the newest day, which is indexed again with every new article."""

_PERIODS: Final[tuple[Callable[[str], str], ...]] = (
    lambda day: day[:2],
    lambda day: day[:3],
    lambda day: day[:4],
    lambda day: f"{day[:4]}-h{(int(day[5:7]) + 5) // 6}",
    lambda day: f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}",
    lambda day: day[:7],
    lambda day: day,
)
"""Names of a day's century, decade, year, half-year, quarter, month, and of the day itself."""

_YEAR_DEPTH: Final = 2


class Part(NamedTuple):
    """Days whose articles are indexed together.

    Attributes:
        name: Name of the period, such as `19`, `2025-h1` or `2025-10`. Joined periods have the
            first and the last name, as in `1990_1991`.
        days: Days of the part, oldest first.
    """

    name: str
    days: tuple[Group, ...]

    @property
    def articles(self) -> int:
        """Number of articles."""
        return sum(day.count for day in self.days)


def split_into_parts(
    days: Sequence[Group],
    max_closed: int = MAX_CLOSED_ARTICLES,
    max_growing: int = MAX_GROWING_ARTICLES,
) -> list[Part]:
    """Divide an archive into parts, oldest first.

    A single day is never divided, however many articles it has.

    Args:
        days: Days that have articles, oldest first.
        max_closed: Articles that a part may have.
        max_growing: Articles that the part with the newest day may have.
    """
    return list(_split(days, days[-1].key, max_closed, max_growing, 0)) if days else []


def _split(
    days: Sequence[Group], newest: str, max_closed: int, max_growing: int, depth: int
) -> Iterator[Part]:
    """Yield the parts of a period, oldest first."""
    # In the newest year, parts are joined up to the smaller limit only: a part that the newest day
    # has left is then as large as it was, and need not be indexed again.
    max_joined = max_growing if depth > _YEAR_DEPTH and days[-1].key == newest else max_closed
    pending: Part | None = None
    for name, found in groupby(days, key=lambda day: _PERIODS[depth](day.key)):
        part = Part(name, tuple(found))
        grows = part.days[-1].key == newest
        fits = part.articles <= (max_growing if grows else max_closed) or depth == len(_PERIODS) - 1
        if pending and fits and not grows and pending.articles + part.articles <= max_joined:
            joined = f"{pending.name.partition('_')[0]}_{part.name}"
            pending = Part(joined, pending.days + part.days)
            continue
        if pending:
            yield pending
        pending = part if fits else None
        if not fits:
            yield from _split(part.days, newest, max_closed, max_growing, depth + 1)
    if pending:
        yield pending
