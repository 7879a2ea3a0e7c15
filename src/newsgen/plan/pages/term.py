"""Pages of tags and authors: `/tags/kitai/`, `/authors/denis-telmanov/`."""

from collections.abc import Iterator, Mapping
from functools import partial

from newsgen.config import Author
from newsgen.digest import digest
from newsgen.edition import TEASER_TEMPLATES, Edition
from newsgen.model import GroupKind, Page, Unit
from newsgen.plan import listing
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind
from newsgen.plan.timeline import timeline_of


def units(kind: GroupKind, edition: Edition, archive: Archive) -> Iterator[Unit]:
    """A unit a term."""
    profiles = _profiles(edition) if kind == "author" else {}
    for term in archive.groups(kind):
        profile = profiles.get(term.label)
        shown = (profile.bio, profile.url) if profile else ("", "")
        heading = listing.digest_of_heading(term, *shown)
        yield Unit(kind, term.key, digest(term.digest, heading), (term, *shown))


def pages(kind: GroupKind, edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """The pages of the term's list."""
    term, *shown = unit.data
    members = archive.members(kind, term.key)
    shown.append(tuple(archive.counts(kind, term.key)))
    return listing.pages_of_list(kind, "term.html", term, members, edition.site.per_page, *shown)


def view(
    kind: GroupKind,
    edition: Edition,
    archive: Archive,
    page: Page,
) -> Mapping[str, object]:
    """`list`, the term's `kind`, of an author's profile `bio` and `link`, and the `timeline`."""
    if listing.is_redirect(page):
        return listing.redirect_view(page)
    head, bio, link, months = (*page.data, "", "", ())[:4]
    return {
        "list": head,
        "kind": kind,
        "bio": bio,
        "link": link,
        "timeline": timeline_of(months),
    }


def _profiles(edition: Edition) -> Mapping[str, Author]:
    return {author.name: author for author in edition.site.authors}


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
