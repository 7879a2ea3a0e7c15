"""Article pages: `/2025/08/30/slug/`, with the previous, the next and related articles."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import TAG_KINDS, Member, Page, Term, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import TEASER_TEMPLATES, SiteContext

_CHARACTERS_PER_MINUTE: Final = 1_300
"""Reading speed: 200 words a minute, of six letters and a space each."""


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield a unit for each day."""
    days = archive.groups("day")
    digests = [b"", *(day.digest for day in days), b""]
    # A day's first and last articles link to the days before and after, so those count too.
    windows = zip(digests, digests[1:], digests[2:], strict=False)
    for day, window in zip(days, windows, strict=True):
        yield Unit("article", day.key, digest(*window))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a page for each article of a day."""
    older, newer = archive.neighbors(unit.key)
    members = archive.members("day", unit.key)
    article_urls = archive.urls(unit.key)
    neighborhoods = archive.neighborhood_digests(unit.key)
    for before, member, after in zip(
        [older, *members], members, [*members[1:], newer], strict=False
    ):
        # Rendering an article page also renders its teaser, which is stored under digests[0]: that
        # must be the digest of the summary.
        digests = (
            member.summary_digest,
            member.detail_digest,
            _summary_digest(before),
            _summary_digest(after),
            *neighborhoods[member.id],
        )
        data = (member.id, before.id if before else 0, after.id if after else 0)
        path = urls.output_path(article_urls[member.id])
        yield Page("article", path, "article.html", digests, data)


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return the article, what its references lead to, its neighbors and related articles.

    `older` and `newer` are None for the first and the last article.
    """
    article_id, older, newer = page.data
    article = archive.detail(article_id)
    length = article.body_end - article.body_start
    return {
        "article": article,
        "older": archive.summary(older) if older else None,
        "newer": archive.summary(newer) if newer else None,
        "related": archive.related(article_id),
        "targets": archive.targets(article_id),
        "tags": _group_by_kind(article.tags),
        "minutes": max(1, round(length / _CHARACTERS_PER_MINUTE)),
    }


def _group_by_kind(tags: Sequence[Term]) -> list[tuple[str, list[Term]]]:
    """Return the tags under their kinds, in the order of `TAG_KINDS`."""
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
    ("summary", "article", "older", "newer", "related", "links"),
    units,
    pages,
    view,
)
