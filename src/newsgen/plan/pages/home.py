"""The home page: the newest day with its lead, the days before it, and doors to all the others."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from newsgen import urls
from newsgen.core.digest import combine_digests, digest
from newsgen.model import TAG_KINDS, Group, Member, Page, TagKind, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.periods import days_of_years
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

_FEWEST_ON_FRONT = 7
_MOST_ON_FRONT = 13
_YEARS_OF_DAY = 5
_SHOWN_OF_DAY = 2
_DOORS = 16

_Days = tuple[tuple[str, tuple[bytes, ...]], ...]
"""Days, each with the cards of the articles that are shown of it."""


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    members = archive.newest(site_context.site.latest)
    newest = archive.summary(members[0].id).published.iso[:10] if members else ""
    past = _past(archive, newest[5:]) if newest else ()
    years = digest(*(f"{year.key} {year.count}" for year in archive.groups("year")))
    doors = digest(
        *(repr((kind, [*map(listing.term_shown, terms)])) for kind, terms in _doors(archive))
    )
    front, before = _laid_out(archive, members)
    listed = (*front, *(card for _, cards in (*before, *past) for card in cards))
    articles = digest(repr((front, before)))
    digests = (articles, years, digest(repr(past)), doors)
    yield Unit("home", "", combine_digests(digests), (digests, newest, front, before, past, listed))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    digests, *shown, listed = unit.data
    yield Page("home", urls.file_of(urls.HOME), "home.html", digests, tuple(shown), listed)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """The `newest` day, `front`, `days` and `past` with cards, all `years`, `doors` to terms."""
    newest, front, before, past = page.data
    return {
        "newest": newest,
        "front": front,
        "days": [{"key": key, "listed": cards} for key, cards in before],
        "past": [{"key": key, "listed": cards} for key, cards in past],
        "years": archive.groups("year")[::-1],
        "doors": [*_doors(archive)],
    }


def _laid_out(archive: Archive, members: Sequence[Member]) -> tuple[tuple[bytes, ...], _Days]:
    """The cards of the front, those of the newest day before all, and the days behind them."""
    dated = [
        (archive.summary(member.id).published.iso[:10], member.summary_digest) for member in members
    ]
    newest = sum(day == dated[0][0] for day, _ in dated)
    size = min(max(newest, _FEWEST_ON_FRONT), _MOST_ON_FRONT)
    front = tuple(card for _, card in dated[:size])
    behind = groupby(dated[size:], key=lambda pair: pair[0])
    return front, tuple((day, tuple(card for _, card in cards)) for day, cards in behind)


def _past(archive: Archive, date: str) -> _Days:
    """A day in the last years before its newest one, with some of their articles."""
    days = days_of_years(archive.groups("day"))[date][:-1][-_YEARS_OF_DAY:]
    return tuple(
        (
            day.key,
            tuple(m.summary_digest for m in archive.members("day", day.key)[::-1][:_SHOWN_OF_DAY]),
        )
        for day in reversed(days)
    )


def _doors(archive: Archive) -> Iterator[tuple[TagKind, Sequence[Group]]]:
    """The kinds of tags that there are, each with its largest terms."""
    for kind in TAG_KINDS:
        terms = archive.largest_terms(kind, _DOORS)
        if terms:
            yield kind, terms


KIND = PageKind(
    "home",
    "html",
    ("home.html", *TEASER_TEMPLATES),
    ("articles", "years", "on this day", "doors"),
    units,
    pages,
    view,
)
