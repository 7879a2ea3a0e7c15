"""Indexes of tags and authors: `/tags/`, `/people/`, `/authors/`, by the alphabet, under letters.

Topics and authors have an index always, other kinds where there is something to be listed. A large
index is parted: a page a letter, `/people/letters/0430/`, and those of most articles at the front.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from newsgen import i18n, urls
from newsgen.core.digest import digest
from newsgen.model import TAG_KINDS, Group, GroupKind, Page, TagKind, Unit
from newsgen.plan import listing
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

LARGEST: Final = 1_000
"""Terms of an index that is not parted."""

_MOST: Final = 60

Letters = Sequence[tuple[str, Sequence[Group]]]


def units(kind: GroupKind, site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    kinds = _kinds_beside(kind, archive)
    if kind not in {"author", "topic", *kinds}:
        return
    yield Unit(_name(kind), "", digest(*kinds, *map(listing.term_shown, archive.groups(kind))))


def pages(
    kind: GroupKind, site_context: SiteContext, archive: Archive, unit: Unit
) -> Iterator[Page]:
    """One page; of a large index one for each letter too."""
    path = urls.file_of(urls.index_of(kind))
    terms = archive.groups(kind)
    if len(terms) <= LARGEST:
        yield Page(_name(kind), path, "terms.html", (unit.digest,))
        return
    letters = _by_letters(kind, site_context.site.language, terms)
    doors = tuple((letter, urls.letter(kind, letter)) for letter, _ in letters)
    most = sorted(terms, key=lambda term: (-term.count, term.key))[:_MOST]
    around = digest(*_kinds_beside(kind, archive), repr(doors))
    for letter, shown in (("", most), *letters):
        file = urls.file_of(urls.letter(kind, letter)) if letter else path
        digests = digest(around, letter, *map(listing.term_shown, shown))
        yield Page(_name(kind), file, "terms.html", (digests,), (letter, doors, tuple(shown)))


def view(
    kind: GroupKind, site_context: SiteContext, archive: Archive, page: Page
) -> Mapping[str, object]:
    """The terms' `kind`, and `letters`: pairs of a letter and its terms, all in their order.

    `kinds` are the kinds of tags that have an index, none on the authors' one. Of a large index,
    `doors` are pairs of a letter and the URL of its page, `letter` is that of this page, "" at the
    front; there `most` are the terms of most articles, and `letters` is empty.
    """
    letter, doors, shown = page.data or ("", (), ())
    letters: Letters = [(letter, shown)] if letter else []
    if not page.data:
        letters = _by_letters(kind, site_context.site.language, archive.groups(kind))
    return {
        "kind": kind,
        "kinds": _kinds_beside(kind, archive),
        "letters": letters,
        "doors": doors,
        "letter": letter,
        "most": () if letter else shown,
    }


def _by_letters(kind: GroupKind, tag: str, terms: Sequence[Group]) -> Letters:
    """Terms in alphabetical order, under their letters."""
    placed = [(_place_of(kind, term.label), term) for term in terms]
    placed.sort(key=lambda pair: i18n.collation_key(tag, pair[0]))
    letters = groupby(placed, key=lambda pair: i18n.initial(tag, pair[0]))
    return [(letter, [term for _, term in under]) for letter, under in letters]


def _place_of(kind: GroupKind, label: str) -> str:
    """The name as an index places it: people by their surnames, which come last."""
    if kind != "person":
        return label
    given, _, surname = label.rpartition(" ")
    return f"{surname} {given}"


def _kinds_beside(kind: GroupKind, archive: Archive) -> list[TagKind]:
    """The kinds of tags that have an index; none beside authors."""
    there = {"topic", *archive.term_kinds()}
    return [one for one in TAG_KINDS if one in there] if kind in TAG_KINDS else []


def _name(kind: GroupKind) -> str:
    return f"{kind} index"


def kind_of(kind: GroupKind) -> PageKind:
    """The kind of page that lists all terms of a kind."""
    return PageKind(
        _name(kind),
        "html",
        ("terms.html",),
        ("terms",),
        partial(units, kind),
        partial(pages, kind),
        partial(view, kind),
    )
