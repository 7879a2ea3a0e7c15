"""Indexes of tags and authors: `/tags/`, `/people/`, `/authors/`, in alphabetical order.

Topics and authors always have an index, other kinds only if they have terms. A large index has a
page for each letter, `/people/letters/0430/`, and shows its top terms at the front.
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

MAX_TERMS_ON_ONE_PAGE: Final = 1_000
"""Largest index without a page for each letter."""

_MAX_TOP_TERMS: Final = 60

Letters = Sequence[tuple[str, Sequence[Group]]]


def units(kind: GroupKind, site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit, or none if the kind has no index."""
    kinds = _sibling_kinds(kind, archive)
    if kind not in {"author", "topic", *kinds}:
        return
    yield Unit(_kind_name(kind), "", digest(*kinds, *map(listing.term_key, archive.groups(kind))))


def pages(
    kind: GroupKind, site_context: SiteContext, archive: Archive, unit: Unit
) -> Iterator[Page]:
    """Plan one page, and for a large index one for each letter."""
    name, path = _kind_name(kind), urls.output_path(urls.index_url(kind))
    terms = archive.groups(kind)
    if len(terms) <= MAX_TERMS_ON_ONE_PAGE:
        yield Page(name, path, "terms.html", (unit.digest,))
        return
    letters = _group_by_letter(kind, site_context.site.language, terms)
    links = tuple((letter, urls.letter_url(kind, letter)) for letter, _ in letters)
    # Ties are broken by key, so that the order does not change from build to build.
    top_terms = sorted(terms, key=lambda term: (-term.count, term.key))[:_MAX_TOP_TERMS]
    navigation = digest(*_sibling_kinds(kind, archive), repr(links))
    for letter, shown in (("", top_terms), *letters):
        file = urls.output_path(urls.letter_url(kind, letter)) if letter else path
        # Each letter has a digest of its own, so a new term rewrites the page of its letter alone,
        # unless it adds a letter to the navigation.
        page_digest = digest(navigation, letter, *map(listing.term_key, shown))
        yield Page(name, file, "terms.html", (page_digest,), (letter, links, tuple(shown)))


def view(
    kind: GroupKind, site_context: SiteContext, archive: Archive, page: Page
) -> Mapping[str, object]:
    """Return the terms' `kind`, and `letters`: pairs of a letter and its terms, in order.

    `kinds` are the kinds of tags that have an index, none for authors. A large index has
    `letter_links`, pairs of a letter and the URL of its page, and `letter`, the one of this page,
    "" at the front. The front shows `top_terms` and no `letters`.
    """
    letter, letter_links, shown = page.data or ("", (), ())
    letters: Letters = [(letter, shown)] if letter else []
    if not page.data:
        letters = _group_by_letter(kind, site_context.site.language, archive.groups(kind))
    return {
        "kind": kind,
        "kinds": _sibling_kinds(kind, archive),
        "letters": letters,
        "letter_links": letter_links,
        "letter": letter,
        "top_terms": () if letter else shown,
    }


def _group_by_letter(kind: GroupKind, language: str, terms: Sequence[Group]) -> Letters:
    """Return terms in alphabetical order under their letters."""
    # `groupby` needs sorted input. The letter is taken from the same name that is sorted by.
    named = [(_sort_name(kind, term.label), term) for term in terms]
    named.sort(key=lambda pair: i18n.collation_key(language, pair[0]))
    letters = groupby(named, key=lambda pair: i18n.initial(language, pair[0]))
    return [(letter, [term for _, term in under]) for letter, under in letters]


def _sort_name(kind: GroupKind, label: str) -> str:
    """Return the name that a term is sorted by: people by surname, their last word."""
    if kind != "person":
        return label
    given, _, surname = label.rpartition(" ")
    return f"{surname} {given}"


def _sibling_kinds(kind: GroupKind, archive: Archive) -> list[TagKind]:
    """Return the kinds of tags that have an index, none for authors."""
    kinds = {"topic", *archive.term_kinds()}
    return [one for one in TAG_KINDS if one in kinds] if kind in TAG_KINDS else []


def _kind_name(kind: GroupKind) -> str:
    return f"{kind} index"


def term_index_kind(kind: GroupKind) -> PageKind:
    """Return the kind of page that lists all terms of a kind."""
    return PageKind(
        _kind_name(kind),
        "html",
        ("terms.html",),
        ("terms",),
        partial(units, kind),
        partial(pages, kind),
        partial(view, kind),
    )
