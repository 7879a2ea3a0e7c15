"""Article pages: `/2025/08/30/slug/`, with the article before and the one after."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.digest import digest
from newsgen.edition import Edition
from newsgen.model import Member, Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind


def units(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """A unit a day; the days beside it count, for their articles are linked."""
    days = archive.groups("day")
    digests = [b"", *(day.digest for day in days), b""]
    around = zip(digests, digests[1:], digests[2:], strict=False)
    for day, inputs in zip(days, around, strict=True):
        yield Unit("article", day.key, digest(*inputs))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """A page an article."""
    older, newer = archive.neighbours(unit.key)
    members = archive.members("day", unit.key)
    at = archive.urls(unit.key)
    around = zip([older, *members], members, [*members[1:], newer], strict=False)
    for before, member, after in around:
        inputs = (member.card, member.entry, _card(before), _card(after))
        data = (member.id, before.id if before else 0, after.id if after else 0)
        yield Page("article", urls.file_of(at[member.id]), "article.html", inputs, data)


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`article`, `entry`, and the cards `older` and `newer`, each None where there is none."""
    number, older, newer = page.data
    entry = archive.entry(number)
    return {
        "article": entry.card,
        "entry": entry,
        "older": archive.card(older) if older else None,
        "newer": archive.card(newer) if newer else None,
    }


def _card(member: Member | None) -> bytes:
    return member.card if member else b""


KIND = PageKind(
    "article",
    "html",
    ("article.html",),
    ("card", "article", "older", "newer"),
    units,
    pages,
    view,
)
