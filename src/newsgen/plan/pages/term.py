"""Pages of tags and authors: `/tags/kitai/`, `/people/si-tszinpin/`, `/authors/denis-telmanov/`.

The years in which a tag was in the news and the tags that stand beside it are on its newest page
alone, for every new article may change them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Final, NamedTuple

from newsgen import urls
from newsgen.config import Author
from newsgen.core.digest import digest
from newsgen.model import TAG_KINDS, Group, GroupKind, Page, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.paging import full_pages
from newsgen.plan.protocol import Archive
from newsgen.plan.timeline import timeline_of
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

_MOST_COMPANIONS: Final = 12


class YearInNews(NamedTuple):
    """A year in which a tag was in the news; `url` is the page of the list with its last article.

    It has a `key`, and a `number` of articles.
    """

    key: str
    number: int
    url: str


def units(kind: GroupKind, site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """A unit a term."""
    profiles = _profiles(site_context) if kind == "author" else {}
    for term in archive.groups(kind):
        profile = profiles.get(term.label)
        shown = (profile.bio, profile.url) if profile else ("", "")
        heading = listing.digest_of_heading(term, *shown)
        yield Unit(kind, term.key, digest(term.digest, heading), (term, *shown))


def pages(
    kind: GroupKind, site_context: SiteContext, archive: Archive, unit: Unit
) -> Iterator[Page]:
    """The pages of the term's list."""
    term, *shown = unit.data
    members = archive.members(kind, term.key)
    shown.append(tuple(archive.month_counts(kind, term.key)))
    # The articles' digest names their dates and tags: the years, and the tags beside this one.
    articles = term.digest if kind in TAG_KINDS else b""
    return listing.pages_of_list(
        kind, "term.html", term, members, site_context.site.per_page, *shown, articles
    )


def view(
    kind: GroupKind,
    site_context: SiteContext,
    archive: Archive,
    page: Page,
) -> Mapping[str, object]:
    """`list`, the term's `kind`, of an author's profile `bio` and `link`, and the `timeline`.

    On a tag's newest page `years` and `related_terms`, on others both empty.
    """
    if listing.is_redirect(page):
        return listing.redirect_view(page)
    head, bio, link, months = (*page.data, "", "", ())[:4]
    tag = head.group if kind in TAG_KINDS else None
    per_page = site_context.site.per_page
    return {
        "list": head,
        "kind": kind,
        "bio": bio,
        "link": link,
        "timeline": timeline_of(months),
        "years": _years(tag, months, per_page) if tag else [],
        "companions": archive.related_terms(kind, tag.key, _MOST_COMPANIONS) if tag else (),
    }


def _years(tag: Group, months: Iterable[tuple[str, int]], per_page: int) -> list[YearInNews]:
    """The years in which a tag was in the news, the newest first."""
    url, full = urls.url_of(tag), full_pages(tag.count, per_page)
    years: list[YearInNews] = []
    articles = 0
    for key, found in groupby(months, key=lambda month: month[0][:4]):
        number = sum(count for _, count in found)
        articles += number
        page_slice = (articles - 1) // per_page + 1
        years.append(
            YearInNews(key, number, urls.numbered(url, page_slice) if page_slice <= full else url)
        )
    return years[::-1]


def _profiles(site_context: SiteContext) -> Mapping[str, Author]:
    return {author.name: author for author in site_context.site.authors}


def kind_of(kind: GroupKind) -> PageKind:
    """The kind of page of one kind of term."""
    templates = ("term.html", *TEASER_TEMPLATES, listing.REDIRECT)
    return PageKind(
        kind,
        "html",
        templates,
        listing.PARTS,
        partial(units, kind),
        partial(pages, kind),
        partial(view, kind),
    )
