"""Rendering one page: plan's view, the theme's template, a staged file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsgen.build.workers.load import LoadContext
from newsgen.build.workers.per_process import PerProcess
from newsgen.build.workers.source import key_of_body, read_source
from newsgen.catalogue import CatalogueArchive
from newsgen.config import Site
from newsgen.core.digest import digest_of_source
from newsgen.enrich import body_to_html
from newsgen.model import ArticleDetail, Page
from newsgen.output.staging import Destination, cannot_write, stage, stage_copy
from newsgen.plan import PAGE_KINDS
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.read import decode
from newsgen.render.environment import make_environment
from newsgen.render.errors import template_error
from newsgen.render.outputs import RENDERERS, teaser
from newsgen.render.theme import Theme
from newsgen.site_context import SiteContext
from newsgen.storage.cache import CacheReader
from newsgen.storage.teasers import TEASER_FORMS, TeaserForm, Teasers
from newsgen.text.html_words import TextLink, insert_links
from newsgen.urls import ROOT, linker

_KINDS: Final = {kind.name: kind for kind in PAGE_KINDS}


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What rendering needs: the site, its theme, where what is kept lies and where files go.

    `templates` names the texts of the theme's templates; `compiled` is the folder for what Jinja
    makes of them.
    """

    site_context: SiteContext
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
    site = context.site_context.site
    desk = _DESK.at(context)
    pieces: tuple[str, ...] = ()
    try:
        view: dict[str, Any] = dict(kind.view(context.site_context, desk.archive, page))
        if kind.renderer == "copy":
            return Rendered(_stage(context, page.path, Path(view["file"])))
        view["listed"] = page.listed
        view["teasers_of"] = partial(_joined, desk, site, "teaser")
        view["lines_of"] = partial(_joined, desk, site, "line")
        article = view.get("article")
        if isinstance(article, ArticleDetail):
            pieces = teaser.render(desk.environment, site, article)
            body = body_of(article, context.load, desk.cache)
            view["body"] = _with_names(body, article, site.links)
        data = RENDERERS[kind.renderer](desk.environment, site, page, view)
    except SourceChangedError as changed:
        return Rendered(changed=False, teaser=pieces, problem=changed.problem)
    except NewsgenError:
        raise
    except Exception as error:
        fault = template_error(error, context.theme, page.template)
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
    card = desk.archive.summary(desk.archive.article_id(name))
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
        raise cannot_write(error, f"{context.site_context.site.output}/{path}") from error


class SourceChangedError(Exception):
    """A source is not what it was when it was loaded."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def body_of(article: ArticleDetail, context: LoadContext, cache: CacheReader) -> str:
    """An article's body as HTML: from the cache where it was dear, else from its file.

    Raises:
        SourceChangedError: if the file is not what it was.
    """
    reading = context.reading
    if article.markup == "markdown":
        kept = cache.get(key_of_body(article.source_digest, reading.raw_html))
        if kept is not None:
            return kept.decode()
    location = Location(f"{reading.source}/{article.source}")
    try:
        data = read_source(context.folder / article.source, reading.max_article_size, location)
    except NewsgenError as error:
        raise SourceChangedError(error.problems[0]) from error
    if digest_of_source(data) != article.source_digest:
        raise SourceChangedError(
            Problem(location, "changed-while-building", "has changed since it was read")
        )
    text = decode.decode_again(data, article.encoding, is_clean=article.is_clean)
    return body_to_html(
        text[article.body_start : article.body_end], article.markup, reading.raw_html
    )


def _with_names(body: str, article: ArticleDetail, style: str) -> str:
    """A body with links on the names that have pages."""
    if not article.tag_spans:
        return body
    href = linker(ROOT, style)
    tags = article.tags
    return insert_links(
        body,
        (
            TextLink(mention.start, mention.end, href(tags[mention.tag]))
            for mention in article.tag_spans
            if tags[mention.tag].slug
        ),
    )


class _Open:
    """What a process keeps open while it renders."""

    def __init__(self, context: RenderContext) -> None:
        self.archive = CatalogueArchive.open(context.catalogue)
        self._teasers = context.teasers
        self.cache = CacheReader(context.cache)
        self.environment = make_environment(
            context.theme, context.site_context.site, context.templates, context.compiled
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


_DESK: Final = PerProcess(_Open)
clear_desk: Final = _DESK.clear
