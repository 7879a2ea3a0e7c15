"""Article pages: `/2025/08/30/slug/`, with the articles before and after, and related ones.

Whoever renders an article's page renders its teaser too, for lists: the first input of the page is
the digest of its card.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import TAG_KINDS, Member, Page, Term, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

_READ_IN_A_MINUTE: Final = 1_300
"""Characters: some 200 words of six letters."""


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """A unit a day; the days beside it count, for their articles are linked."""
    days = archive.groups("day")
    digests = [b"", *(day.digest for day in days), b""]
    around = zip(digests, digests[1:], digests[2:], strict=False)
    for day, three in zip(days, around, strict=True):
        yield Unit("article", day.key, digest(*three))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """A page an article."""
    older, newer = archive.neighbours(unit.key)
    members = archive.members("day", unit.key)
    at = archive.urls(unit.key)
    kin = archive.related_digests(unit.key)
    around = zip([older, *members], members, [*members[1:], newer], strict=False)
    for before, member, after in around:
        digests = (
            member.summary_digest,
            member.detail_digest,
            _summary_digest(before),
            _summary_digest(after),
            kin[member.id],
        )
        data = (member.id, before.id if before else 0, after.id if after else 0)
        yield Page("article", urls.file_of(at[member.id]), "article.html", digests, data)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`article`, `older` and `newer`, each None where there is none, `related`, `tags`."""
    number, older, newer = page.data
    article = archive.detail(number)
    return {
        "article": article,
        "older": archive.summary(older) if older else None,
        "newer": archive.summary(newer) if newer else None,
        "related": archive.related(number),
        "tags": _by_kind(article.tags),
        "minutes": max(1, round((article.body_end - article.body_start) / _READ_IN_A_MINUTE)),
    }


def _by_kind(tags: Sequence[Term]) -> list[tuple[str, list[Term]]]:
    """The tags under their kinds."""
    kinds = {tag.kind for tag in tags}
    return [
        (kind, [tag for tag in tags if tag.kind == kind]) for kind in TAG_KINDS if kind in kinds
    ]


def _summary_digest(member: Member | None) -> bytes:
    return member.summary_digest if member else b""


KIND = PageKind(
    "article",
    "html",
    ("article.html", *TEASER_TEMPLATES),
    ("card", "article", "older", "newer", "related"),
    units,
    pages,
    view,
)
