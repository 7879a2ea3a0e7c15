"""Indexes of tags and authors: `/tags/`, `/people/`, `/authors/`, by the alphabet, under letters.

Topics and authors have an index always, other kinds where there is something to be listed.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby

from newsgen import language, urls
from newsgen.digest import digest
from newsgen.edition import Edition
from newsgen.model import TAG_KINDS, GroupKind, Page, TagKind, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind


def units(kind: GroupKind, edition: Edition, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    kinds = _kinds_beside(kind, archive)
    if kind not in {"author", "topic", *kinds}:
        return
    terms = (f"{term.label}\0{term.slug}\0{term.count}" for term in archive.groups(kind))
    yield Unit(_name(kind), "", digest(*kinds, *terms))


def pages(kind: GroupKind, edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """One page."""
    yield Page(_name(kind), urls.file_of(urls.index_of(kind)), "terms.html", (unit.inputs,))


def view(kind: GroupKind, edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """The terms' `kind`, and `letters`: pairs of a letter and its terms, all in their order.

    `kinds` are the kinds of tags that have an index, none on the authors' one.
    """
    tag = edition.site.language
    placed = [(_place_of(kind, term.label), term) for term in archive.groups(kind)]
    placed.sort(key=lambda pair: language.collation_key(tag, pair[0]))
    letters = groupby(placed, key=lambda pair: language.initial(tag, pair[0]))
    return {
        "kind": kind,
        "kinds": _kinds_beside(kind, archive),
        "letters": [(letter, [term for _, term in under]) for letter, under in letters],
    }


def _place_of(kind: GroupKind, label: str) -> str:
    """The name as an index places it: people by their surnames, which come last."""
    if kind != "person":
        return label
    given, _, surname = label.rpartition(" ")
    return f"{surname} {given}"


def _kinds_beside(kind: GroupKind, archive: Archive) -> list[TagKind]:
    """The kinds of tags that have an index; none beside authors."""
    there = {"topic", *archive.kinds_of_tags()}
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
