"""Order in which a build's files are moved and removed, while readers follow the site's links.

A page is moved after everything that it newly links to. Outdated files are removed last of all, by
`output.publish`, and a page before everything that it links to.
"""

from collections.abc import Container, Mapping
from typing import Final

from newsgen.plan import PAGE_KINDS
from newsgen.plan.pages import article, home

_CONTENT_KINDS: Final = frozenset(
    {article.KIND.name, *(kind.name for kind in PAGE_KINDS if kind.renderer in {"copy", "picture"})}
)
"""Kinds of articles, static files and the search index: lists link to them."""


def order_moves(kinds: Mapping[str, str], new: Container[str]) -> dict[str, str]:
    """Return the kinds of pages by their paths, in the order in which they are to be moved.

    Args:
        kinds: The kind of each page by its path, in the order of rendering.
        new: The paths that the output does not have yet.
    """
    # Within a step, the order of rendering stays.
    return dict(sorted(kinds.items(), key=lambda page: _find_step(page[1], is_new=page[0] in new)))


def order_removals(kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the kinds of removed pages by their paths, in the order in which they are to go.

    Lists are removed earlier than the articles that they list, and pages earlier than the files
    that they show.

    Args:
        kinds: The kind of each page by its path. One that is not known is empty.
    """

    def find_place(page: tuple[str, str]) -> tuple[int, int, str]:
        path, kind = page
        if kind == article.KIND.name:
            step = 2
        elif kind in _CONTENT_KINDS:
            step = 3
        else:
            step = 0 if kind == home.KIND.name else 1
        # A year lies above its months, which lie above their days.
        return step, path.count("/"), path

    return dict(sorted(kinds.items(), key=find_place))


def _find_step(kind: str, *, is_new: bool) -> int:
    if kind == home.KIND.name:
        # Most readers come in here, so it shows nothing new before everything is there.
        return 4
    is_content = kind in _CONTENT_KINDS
    # No published page links to a new one, so new pages may wait for each other.
    if is_new:
        return 0 if is_content else 1
    return 2 if is_content else 3
