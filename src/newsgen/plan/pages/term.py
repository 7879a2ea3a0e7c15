"""Pages of tags and authors: `/tags/kitai/`, `/people/si-tszinpin/`, `/authors/denis-telmanov/`.

Any new article may change the years in which a tag was in the news and the tags related to it, so
only the newest page of the list shows them.
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
from newsgen.plan.paging import count_numbered_pages
from newsgen.plan.periods import UNKNOWN_YEAR
from newsgen.plan.protocol import Archive
from newsgen.plan.timeline import make_timeline
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

_MAX_RELATED_TERMS: Final = 12


class YearInNews(NamedTuple):
    """A year in which a tag was in the news: its key and its number of articles.

    `url` is that of the list's page with the last article of the year.
    """

    key: str
    articles: int
    url: str


def units(kind: GroupKind, site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each term."""
    profiles = _load_profiles(site_context) if kind == "author" else {}
    for term in archive.groups(kind):
        profile = profiles.get(term.label)
        extras = (profile.bio, profile.url) if profile else ("", "")
        heading = listing.heading_digest(term, *extras)
        yield Unit(kind, term.key, digest(term.digest, heading), (term, *extras))


def pages(
    kind: GroupKind, site_context: SiteContext, archive: Archive, unit: Unit
) -> Iterator[Page]:
    """Plan the pages of the term's list."""
    term, *extras = unit.data
    members = archive.members(kind, term.key)
    extras.append(tuple(archive.month_counts(kind, term.key)))
    # The view looks up related terms, which follow from the tags of the term's articles. The
    # articles' digest covers those, so it stands in for them.
    articles = term.digest if kind in TAG_KINDS else b""
    per_page = site_context.site.per_page
    return listing.plan_list(kind, "term.html", term, members, per_page, *extras, articles)


def view(
    kind: GroupKind, site_context: SiteContext, archive: Archive, page: Page
) -> Mapping[str, object]:
    """Return `pager`, `articles`, `kind`, an author's `bio` and `link`, and the `timeline`.

    A tag's newest page has `years` and `related_terms` too; on other pages both are empty.
    """
    if listing.is_redirect(page):
        return listing.redirect_view(page)
    bio, link, months, _ = listing.list_extras(page, "", "", (), b"")
    pager: listing.Pager = page.data[0]
    # Only the newest page has a group, and only tags have years and related terms.
    tag = pager.group if kind in TAG_KINDS else None
    per_page = site_context.site.per_page
    return {
        **listing.list_view(archive, page),
        "kind": kind,
        "bio": bio,
        "link": link,
        "timeline": make_timeline(months),
        "years": _years_in_news(tag, months, per_page) if tag else [],
        "related_terms": archive.related_terms(kind, tag.key, _MAX_RELATED_TERMS) if tag else (),
    }


def _years_in_news(
    tag: Group, months: Iterable[tuple[str, int]], per_page: int
) -> list[YearInNews]:
    """Return the years in which a tag was in the news, the newest first."""
    url, numbered = urls.url_for(tag), count_numbered_pages(tag.count, per_page)
    years: list[YearInNews] = []
    articles = 0
    for key, months_of_year in groupby(months, key=lambda month: month[0][:4]):
        number = sum(count for _, count in months_of_year)
        articles += number
        # Pages count from the oldest article, so a running total gives the page of a year's last
        # one.
        page = (articles - 1) // per_page + 1
        # Articles without a date are in no year, but they take their places on the first pages.
        if key == UNKNOWN_YEAR:
            continue
        years.append(YearInNews(key, number, urls.page_url(url, page) if page <= numbered else url))
    return years[::-1]


def _load_profiles(site_context: SiteContext) -> Mapping[str, Author]:
    return {author.name: author for author in site_context.site.authors}


def term_page_kind(kind: GroupKind) -> PageKind:
    """Return the kind of page for terms of a kind."""
    return PageKind(
        kind,
        "html",
        ("term.html", *TEASER_TEMPLATES, listing.REDIRECT),
        listing.DIGEST_NAMES,
        partial(units, kind),
        partial(pages, kind),
        partial(view, kind),
    )
