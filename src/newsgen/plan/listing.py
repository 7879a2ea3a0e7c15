"""Lists of articles: what the pages of days, months, tags and authors have in common."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from newsgen import urls
from newsgen.core.digest import combine_digests, digest
from newsgen.model import Group, Member, Page
from newsgen.plan.paging import PageSlice, full_pages, paginate

REDIRECT: Final = "redirect.html"
PARTS: Final = ("articles", "heading", "pages")


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list, and the ways to the others; a URL is "" where there is none.

    `number` is 0 on the page of the newest articles. That one alone has the `group`, whose numbers
    change with every new article.
    """

    label: str
    url: str
    number: int
    older: str
    newer: str
    newest: str
    group: Group | None


def pages_of_list(
    kind: str,
    template: str,
    group: Group,
    members: Sequence[Member],
    per_page: int,
    *beside: Any,
) -> Iterator[Page]:
    """The pages of a group's list, and the redirect that its newest numbered page leads to.

    Args:
        kind: the name of the kind of page.
        template: of every page of the list.
        group: whose articles are listed.
        members: its articles, the oldest first.
        per_page: how many articles a full page has.
        beside: plain values that the newest page shows beside the list; the numbered ones show the
            list alone.
    """
    url = urls.url_of(group)
    for page_slice in paginate(len(members), per_page):
        shown = members[page_slice.start : page_slice.stop][::-1]
        head = _list_page(group, url, page_slice)
        listed = tuple(member.summary_digest for member in shown)
        digests = (
            combine_digests(listed),
            digest(group.label) if page_slice.number else digest_of_heading(group, *beside),
            digest(head.older, head.newer, head.newest),
        )
        path = urls.file_of(urls.numbered(url, page_slice.number) if page_slice.number else url)
        data = (head,) if page_slice.number else (head, *beside)
        yield Page(kind, path, template, digests, data, listed)
    full = full_pages(len(members), per_page)
    if full:
        yield redirect(kind, urls.file_of(urls.numbered(url, full + 1)), url)


def redirect(kind: str, path: str, target: str) -> Page:
    """A page that sends its reader on to a URL of the site."""
    return Page(kind, path, REDIRECT, (digest(target),), (target,))


def is_redirect(page: Page) -> bool:
    """Whether a page is a redirect."""
    return page.template == REDIRECT


def redirect_view(page: Page) -> Mapping[str, object]:
    """What a redirect's template sees: the `target`, a URL of the site."""
    return {"target": page.data[0]}


def term_shown(term: Group) -> str:
    """What a list of terms shows of one."""
    return f"{term.label}\0{term.slug}\0{term.count}"


def digest_of_heading(group: Group, *beside: Any) -> bytes:
    """Names what the newest page of a list shows beside its articles; all of it plain values."""
    numbers = (group.label, group.slug, group.count, group.first, group.last)
    return digest(repr((*numbers, *beside)))


def _list_page(group: Group, url: str, page_slice: PageSlice) -> Pager:
    return Pager(
        label=group.label,
        url=url,
        number=page_slice.number,
        older=urls.numbered(url, page_slice.older) if page_slice.older else "",
        newer=urls.numbered(url, page_slice.newer) if page_slice.newer else "",
        newest=url if page_slice.number else "",
        group=None if page_slice.number else group,
    )
