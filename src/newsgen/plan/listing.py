"""Paged lists of articles: shared by the pages of days, months, tags and authors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from newsgen import urls
from newsgen.core.digest import combine_digests, digest
from newsgen.model import Group, Member, Page
from newsgen.plan.article_list import ArticleList
from newsgen.plan.paging import PageSlice, count_numbered_pages, paginate
from newsgen.plan.protocol import Archive

REDIRECT: Final = "redirect.html"
DIGEST_NAMES: Final = ("articles", "heading", "pages")


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list and the URLs of its neighbors, "" where there is none.

    `number` is 0 on the page of the newest articles. Only that page has the `group`, because the
    group's counts change with every new article.
    """

    label: str
    url: str
    number: int
    older: str
    newer: str
    newest: str
    group: Group | None


def plan_list(
    kind: str,
    template: str,
    group: Group,
    members: Sequence[Member],
    per_page: int,
    *extras: Any,
) -> Iterator[Page]:
    """Plan the pages of a group's list, and the redirect that its newest numbered page leads to.

    Args:
        kind: The name of the kind of page.
        template: The template of every page of the list.
        group: The group whose articles are listed.
        members: The group's articles, the oldest first.
        per_page: The number of articles on a full page.
        extras: Plain values that only the newest page shows. They take part in its digest by their
            `repr`.
    """
    url = urls.url_for(group)
    for page_slice in paginate(len(members), per_page):
        # Pages are numbered from the oldest article, so full pages stay as they are. Each page
        # shows its newest article first.
        listed = tuple(members[page_slice.start : page_slice.stop][::-1])
        pager = _make_pager(group, url, page_slice)
        is_numbered = bool(page_slice.number)
        digests = (
            combine_digests(member.summary_digest for member in listed),
            # A numbered page shows no count. Digesting it would make every page stale with each new
            # article.
            digest(group.label) if is_numbered else heading_digest(group, *extras),
            digest(pager.older, pager.newer, pager.newest),
        )
        path = urls.output_path(urls.page_url(url, page_slice.number) if is_numbered else url)
        # A full page must not depend on extras, such as neighboring days, that may still change.
        data = (pager, listed) if is_numbered else (pager, listed, *extras)
        yield Page(kind, path, template, digests, data)
    numbered = count_numbered_pages(len(members), per_page)
    # Pages link to the number above theirs, once and for all. The redirect keeps the newest such
    # link working until the list is long enough for that page to exist.
    if numbered:
        yield plan_redirect(kind, urls.output_path(urls.page_url(url, numbered + 1)), url)


def list_view(archive: Archive, page: Page) -> dict[str, object]:
    """Return what every list's template sees: its `pager` and its `articles`."""
    return {"pager": page.data[0], "articles": ArticleList(archive, page.data[1])}


def list_extras(page: Page, *defaults: Any) -> tuple[Any, ...]:
    """Return the extras of a list's newest page, the defaults on a numbered one."""
    return page.data[2:] or defaults


def plan_redirect(kind: str, path: str, target: str) -> Page:
    """Plan a page that redirects to a URL of the site."""
    return Page(kind, path, REDIRECT, (digest(target),), (target,))


def is_redirect(page: Page) -> bool:
    """Return True if a page is a redirect."""
    return page.template == REDIRECT


def redirect_view(page: Page) -> Mapping[str, object]:
    """Return what a redirect's template sees: its `target`, a URL of the site."""
    return {"target": page.data[0]}


def term_key(term: Group) -> str:
    """Return all that a list of terms shows of one term, for digests."""
    return f"{term.label}\0{term.slug}\0{term.count}"


def heading_digest(group: Group, *extras: Any) -> bytes:
    """Return the digest of what a list's newest page shows apart from its articles."""
    numbers = (group.label, group.slug, group.count, group.first, group.last)
    return digest(repr((*numbers, *extras)))


def _make_pager(group: Group, url: str, page_slice: PageSlice) -> Pager:
    return Pager(
        label=group.label,
        url=url,
        number=page_slice.number,
        older=urls.page_url(url, page_slice.older) if page_slice.older else "",
        newer=urls.page_url(url, page_slice.newer) if page_slice.newer else "",
        newest=url if page_slice.number else "",
        group=None if page_slice.number else group,
    )
