"""Rendering one page: plan's view, the theme's template, a staged file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsgen.cache import CacheReader
from newsgen.catalogue import CatalogueArchive
from newsgen.config import Site
from newsgen.digest import digest_of_source
from newsgen.edition import Edition
from newsgen.enrich import body_to_html
from newsgen.enrich.words import Link, with_links
from newsgen.model import Entry, Page
from newsgen.plan import PAGE_KINDS
from newsgen.problems import NewsgenError, Problem, Where
from newsgen.read import decode
from newsgen.render.environment import environment_of
from newsgen.render.faults import template_fault
from newsgen.render.outputs import RENDERERS, teaser
from newsgen.render.theme import Theme
from newsgen.teasers import TEASER_FORMS, TeaserForm, Teasers
from newsgen.urls import ROOT, linker
from newsgen.work.desk import Desk
from newsgen.work.load import LoadContext
from newsgen.work.source import key_of_body, read_source
from newsgen.write import Destination, cannot_write, stage, stage_copy

_KINDS: Final = {kind.name: kind for kind in PAGE_KINDS}


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What rendering needs: the site, its theme, where what is kept lies and where files go.

    `templates` names the texts of the theme's templates; `compiled` is the folder for what Jinja
    makes of them.
    """

    edition: Edition
    theme: Theme
    templates: bytes
    load: LoadContext
    catalogue: Path
    teasers: Path
    cache: Path
    compiled: Path
    destination: Destination


class Rendered(NamedTuple):
    """What rendering a page came to: whether it differs from the page that is there, or a problem.

    `teaser` is there of an article's page: its teaser in each form.
    """

    changed: bool
    teaser: tuple[str, ...] = ()
    problem: Problem | None = None


def render(context: RenderContext, page: Page) -> Rendered:
    """Render one page and stage its file.

    Raises:
        NewsgenError: if a template is at fault, or the disk: then no page can be right.
    """
    kind = _KINDS[page.kind]
    site = context.edition.site
    desk = _DESK.at(context)
    pieces: tuple[str, ...] = ()
    try:
        view: dict[str, Any] = dict(kind.view(context.edition, desk.archive, page))
        if kind.renderer == "copy":
            return Rendered(_stage(context, page.path, Path(view["file"])))
        view["listed"] = page.listed
        view["teasers_of"] = partial(_joined, desk, site, "teaser")
        view["lines_of"] = partial(_joined, desk, site, "line")
        entry = view.get("entry")
        if isinstance(entry, Entry):
            pieces = teaser.render(desk.environment, site, entry.card)
            body = body_of(entry, context.load, desk.cache)
            view["body"] = _with_names(body, entry, site.links)
        data = RENDERERS[kind.renderer](desk.environment, site, page, view)
    except Changed as changed:
        return Rendered(changed=False, teaser=pieces, problem=changed.problem)
    except NewsgenError:
        raise
    except Exception as error:
        fault = template_fault(error, context.theme, page.template)
        if fault is None:
            raise
        raise fault from error
    return Rendered(_stage(context, page.path, data), pieces)


def _joined(desk: "_Open", site: Site, form: TeaserForm, cards: Sequence[bytes]) -> str:
    """The teasers of cards, by their digests, one after the other.

    Those of articles whose pages could not be rendered were not kept.
    """
    kept = desk.teasers.of(form, cards)
    return "".join(
        kept[card] if card in kept else _teaser(desk, site, form, card) for card in cards
    )


def _teaser(desk: "_Open", site: Site, form: TeaserForm, name: bytes) -> str:
    card = desk.archive.card(desk.archive.number_of(name))
    return teaser.render(desk.environment, site, card)[TEASER_FORMS.index(form)]


def _stage(context: RenderContext, path: str, content: bytes | Path) -> bool:
    """Stage a file; returns whether it differs from the one that is there.

    Raises:
        NewsgenError: `cannot-write`.
    """
    try:
        if isinstance(content, Path):
            return stage_copy(context.destination, path, content)
        return stage(context.destination, path, content)
    except OSError as error:
        raise cannot_write(error, f"{context.edition.site.output}/{path}") from error


class Changed(Exception):  # noqa: N818 - it reads as a noun where it is raised
    """A source is not what it was when it was loaded."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def body_of(entry: Entry, context: LoadContext, cache: CacheReader) -> str:
    """An article's body as HTML: from the cache where it was dear, else from its file.

    Raises:
        Changed: if the file is not what it was.
    """
    reading = context.reading
    if entry.markup == "markdown":
        kept = cache.get(key_of_body(entry.source_digest, reading.raw_html))
        if kept is not None:
            return kept.decode()
    where = Where(f"{reading.source}/{entry.source}")
    try:
        data = read_source(context.folder / entry.source, reading.max_article_size, where)
    except NewsgenError as error:
        raise Changed(error.problems[0]) from error
    if digest_of_source(data) != entry.source_digest:
        raise Changed(Problem(where, "changed-while-building", "has changed since it was read"))
    text = decode.decode_again(data, entry.encoding, is_clean=entry.is_clean)
    return body_to_html(text[entry.body_start : entry.body_end], entry.markup, reading.raw_html)


def _with_names(body: str, entry: Entry, style: str) -> str:
    """A body with links on the names that have pages."""
    if not entry.mentions:
        return body
    href = linker(ROOT, style)
    tags = entry.card.tags
    return with_links(
        body,
        (
            Link(mention.start, mention.end, href(tags[mention.tag]))
            for mention in entry.mentions
            if tags[mention.tag].slug
        ),
    )


class _Open:
    """What a process keeps open while it renders."""

    def __init__(self, context: RenderContext) -> None:
        self.archive = CatalogueArchive.open(context.catalogue)
        self._teasers = context.teasers
        self.cache = CacheReader(context.cache)
        self.environment = environment_of(
            context.theme, context.edition.site, context.templates, context.compiled
        )

    @cached_property
    def teasers(self) -> Teasers:
        """The teasers; until the first list is rendered they are written, and can't be read."""
        return Teasers(self._teasers)

    def close(self) -> None:
        self.archive.close()
        self.cache.close()
        if "teasers" in self.__dict__:
            self.teasers.close()


_DESK: Final = Desk(_Open)
clear_desk: Final = _DESK.clear
