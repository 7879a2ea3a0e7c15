"""Paging from the oldest: page 1 holds the oldest articles and, once full, never changes again.

The newest articles stand on the page without a number. It takes in new ones until it holds twice as
many as a full page; then the older half moves out to a numbered page of its own. So it is never
thin, and a new article changes this one page. The newest numbered page leads on to a number that is
not there yet: under it lies a redirect to the newest articles, until a page takes its place.
"""

from collections.abc import Iterator
from typing import NamedTuple


class PageSlice(NamedTuple):
    """A page of a list: articles `start` to `stop`, counted from the oldest.

    `number` is 0 for the newest; `older` and `newer` are the numbers of the pages beside it,
    `newer` 0 for the page without a number, either of them None where there is none.
    """

    number: int
    start: int
    stop: int
    older: int | None
    newer: int | None


def full_pages(count: int, per_page: int) -> int:
    """How many numbered pages a list of `count` articles has."""
    return max(0, count // per_page - 1)


def paginate(count: int, per_page: int) -> Iterator[PageSlice]:
    """The pages of a list, the newest first, then the numbered ones from page 1 on."""
    full = full_pages(count, per_page)
    yield PageSlice(0, full * per_page, count, full or None, None)
    for number in range(1, full + 1):
        start = (number - 1) * per_page
        yield PageSlice(number, start, start + per_page, number - 1 or None, number + 1)
