"""Paging from the oldest article: page 1 never changes again once it is full.

The newest articles stand on a page without a number. It grows until it holds twice the size of a
full page, and then its older half becomes a numbered page. So it is never thin, and a new article
changes only this page.
"""

from collections.abc import Iterator
from typing import NamedTuple


class PageSlice(NamedTuple):
    """One page of a list: articles `start` to `stop`, counted from the oldest.

    `number` is 0 for the newest page. `older` and `newer` are the numbers of the neighboring pages
    or None, `newer` being 0 for the newest page.
    """

    number: int
    start: int
    stop: int
    older: int | None
    newer: int | None


def count_numbered_pages(count: int, per_page: int) -> int:
    """Return the number of numbered pages in a list of `count` articles."""
    # The newest page of a long list holds at least a full page, and less than two. Its oldest
    # articles then move to a numbered page together.
    return max(0, count // per_page - 1)


def paginate(count: int, per_page: int) -> Iterator[PageSlice]:
    """Yield the pages of a list: the newest, then the numbered ones from page 1 on."""
    numbered = count_numbered_pages(count, per_page)
    yield PageSlice(0, numbered * per_page, count, numbered or None, None)
    for number in range(1, numbered + 1):
        start = (number - 1) * per_page
        # The newest numbered page names a page that does not exist yet, so that it need not change
        # when that page appears.
        yield PageSlice(number, start, start + per_page, number - 1 or None, number + 1)
