"""The home page: the newest articles, the days before them, and links to years and top terms."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from newsgen import urls
from newsgen.core.digest import combine_digests, digest
from newsgen.model import TAG_KINDS, Group, Member, Page, TagKind, Unit
from newsgen.plan import listing
from newsgen.plan.article_list import ArticleList
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import days_by_date, known_periods
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

# One wide article and two or four rows of three below it: the grid of the front has no gaps.
_MIN_FRONT_ARTICLES: Final = 7
_MAX_FRONT_ARTICLES: Final = 13

_MAX_EARLIER_YEARS: Final = 5
_MAX_ARTICLES_PER_YEAR: Final = 2
_MAX_TOP_TERMS: Final = 16

_Days = tuple[tuple[str, tuple[Member, ...]], ...]
"""Keys of days, each with the articles shown of that day."""


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit."""
    members = archive.newest(site_context.site.latest)
    newest = archive.summary(members[0].id).published.known if members else ""
    front, days = _split_front(archive, members)
    on_this_day = _plan_on_this_day(archive, newest[5:]) if _is_day(newest) else ()
    terms = (repr((kind, [*map(listing.term_key, top)])) for kind, top in _top_terms(archive))
    digests = (
        digest(repr(([member.summary_digest for member in front], _digests(days)))),
        digest(*(f"{year.key} {year.count}" for year in known_periods(archive.groups("year")))),
        digest(repr(_digests(on_this_day))),
        digest(*terms),
    )
    data = (digests, newest, tuple(members), len(front), days, on_this_day)
    yield Unit("home", "", combine_digests(digests), data)


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan one page."""
    digests, *data = unit.data
    yield Page("home", urls.output_path(urls.HOME), "home.html", digests, tuple(data))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return the newest `articles`, split into the `front` and the `days` before, and links.

    The links are `on_this_day`, `years` and `top_terms`. `newest` is the newest day's key, or that
    of a month or a year, or "", if the newest article names no day. Then `newest_is_day` is False.
    """
    newest, members, front, days, on_this_day = page.data
    articles = ArticleList(archive, members)
    return {
        "newest": newest,
        "newest_is_day": _is_day(newest),
        "articles": articles,
        "front": articles[:front],
        "days": _day_views(archive, days),
        "on_this_day": _day_views(archive, on_this_day),
        "years": known_periods(archive.groups("year"))[::-1],
        "top_terms": [*_top_terms(archive)],
    }


def _split_front(archive: Archive, members: Sequence[Member]) -> tuple[Sequence[Member], _Days]:
    """Split the newest articles into the front and the days below it.

    The front shows the whole newest day if it can.
    """
    dated = [(archive.summary(member.id).published.known, member) for member in members]
    # The list is sorted, so the articles of the newest day are at its start.
    newest = sum(day == dated[0][0] for day, _ in dated)
    size = min(max(newest, _MIN_FRONT_ARTICLES), _MAX_FRONT_ARTICLES)
    days = tuple(
        (day, tuple(member for _, member in of_day))
        for day, of_day in groupby(dated[size:], key=lambda pair: pair[0])
    )
    return members[:size], days


def _plan_on_this_day(archive: Archive, date: str) -> _Days:
    """Return the newest articles of a date, `08-30`, in the years before its newest one."""
    days = days_by_date(known_periods(archive.groups("day")))[date][:-1][-_MAX_EARLIER_YEARS:]
    return tuple(
        (day.key, tuple(archive.members("day", day.key)[::-1][:_MAX_ARTICLES_PER_YEAR]))
        for day in reversed(days)
    )


def _is_day(key: str) -> bool:
    return len(key) == len("2025-08-30")


def _top_terms(archive: Archive) -> Iterator[tuple[TagKind, Sequence[Group]]]:
    """Yield each kind of tag that has pages, with its largest terms."""
    for kind in TAG_KINDS:
        terms = archive.largest_terms(kind, _MAX_TOP_TERMS)
        if terms:
            yield kind, terms


def _digests(days: _Days) -> list[tuple[str, list[bytes]]]:
    # Row ids stay out of digests: they differ between an incremental and a clean build.
    return [(day, [member.summary_digest for member in members]) for day, members in days]


def _day_views(archive: Archive, days: _Days) -> list[Mapping[str, object]]:
    return [{"key": key, "articles": ArticleList(archive, members)} for key, members in days]


KIND = PageKind(
    "home",
    "html",
    ("home.html", *TEASER_TEMPLATES),
    ("articles", "years", "on this day", "top terms"),
    units,
    pages,
    view,
)
