"""Rendering one page in a worker: the plan's view, the theme's template, a staged file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment

from newsgen.build.error_log import log_error, log_plugin_error
from newsgen.build.workers.files import FileContext, FileResources, load_version
from newsgen.build.workers.load import LoadContext
from newsgen.build.workers.resources import StoreResources
from newsgen.build.workers.source import make_body_key, read_source
from newsgen.core.digest import hash_source
from newsgen.core.pictures import PictureError
from newsgen.enrich import list_contents, render_with_references
from newsgen.model import ArticleDetail, Page
from newsgen.output.staging import Destination, StagedFile, stage_copy, stage_file
from newsgen.plan import PAGE_KINDS, PageKind
from newsgen.problems import Location, NewsgenError, Problem, write_error
from newsgen.read import decode, formats
from newsgen.render.environment import make_environment
from newsgen.render.errors import template_error
from newsgen.render.filters import make_gettext
from newsgen.render.media_origins import find_media_origins
from newsgen.render.references import fill_references
from newsgen.render.renderers import RENDERERS, render_teasers
from newsgen.render.theme import Theme
from newsgen.site_context import SiteContext
from newsgen.storage.cache import TEASER_FORMS, CacheReader, TeaserForm
from newsgen.storage.database import is_own_error
from newsgen.text.html_words import TextLink, insert_links
from newsgen.urls import ROOT, make_linker

_TOC_MODES: Final = frozenset({"auto", "true", "false"})
_KINDS: Final = {kind.name: kind for kind in PAGE_KINDS}


@dataclass(frozen=True, slots=True)
class RenderContext:
    """Everything that rendering depends on.

    Attributes:
        site_context: The site apart from its articles.
        theme: Folders of the templates.
        templates_digest: Digest of all templates' texts.
        teaser_fingerprint: Fingerprint of the templates of teasers.
        load: How sources are read: bodies that are not cached are rendered from their files.
        catalogue: File of the catalogue.
        cache: File of the cache.
        compiled: Folder for compiled templates.
        files: How files of the source folder are read.
        destination: Where pages are staged.
    """

    site_context: SiteContext
    theme: Theme
    templates_digest: bytes
    teaser_fingerprint: bytes
    load: LoadContext
    catalogue: Path
    cache: Path
    compiled: Path
    files: FileContext
    destination: Destination


class RenderResources(StoreResources):
    """Open files and templates of a worker that renders pages."""

    def __init__(self, context: RenderContext) -> None:
        super().__init__(context.catalogue, context.cache)
        self.context = context

    @cached_property
    def environment(self) -> Environment:
        """Jinja with the site's templates."""
        context = self.context
        return make_environment(
            context.theme, context.site_context.site, context.templates_digest, context.compiled
        )

    @cached_property
    def picture_label(self) -> str:
        """Name of the link to a picture that has no alternative text."""
        translate = make_gettext(self.context.site_context.site.language)["_"]
        return translate("Picture in full size")

    @cached_property
    def files(self) -> FileResources:
        """Files of the source folder, and the cache of pictures."""
        return FileResources(self.context.files)


class RenderResult(NamedTuple):
    """Result of rendering a page.

    Attributes:
        file: The page's file. None if the page could not be rendered.
        teaser: HTML of the article's teaser in each of `TEASER_FORMS`, for an article page.
        problem: Why the page could not be rendered.
    """

    file: StagedFile | None
    teaser: tuple[str, ...] = ()
    problem: Problem | None = None


class SourceChangedError(Exception):
    """A source is not what it was when it was loaded."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def render_page(resources: RenderResources, page: Page) -> RenderResult:
    """Render one page and stage its file.

    Raises:
        NewsgenError: If a template is faulty or the disk fails: then no other page can succeed.
    """
    context = resources.context
    site_context = context.site_context
    kind = _KINDS[page.kind]
    teaser: tuple[str, ...] = ()
    renderer = ""  # as long as the view is made
    try:
        view: dict[str, Any] = dict(kind.view(site_context, resources.archive, page))
        if kind.renderer == "copy":
            return _copy_file(context, page, Path(view["file"]))
        if kind.renderer == "picture":
            return _render_picture(resources, page, view)
        view["teasers"] = partial(_join_teasers, resources, "full")
        view["compact"] = partial(_join_teasers, resources, "compact")
        article = view.get("article")
        # The teaser is rendered here because the article is loaded anyway.
        if isinstance(article, ArticleDetail):
            teaser = render_teasers(resources.environment, site_context, article)
            body = load_body(article, context.load, resources.cache)
            style = site_context.site.links
            href = make_linker(ROOT, style)
            body = fill_references(body, view.pop("targets"), href, resources.picture_label)
            view["contents"] = list_contents(body, _find_toc_mode(article, site_context.site.toc))
            view["body"] = _link_names(body, article, style)
            view["origins"] = find_media_origins(
                body, article.lead_picture, site_context.site.media
            )
        renderer = kind.renderer
        data = RENDERERS[renderer](resources.environment, site_context, page, view)
        # A TypeError for anything but bytes, raised here where the plugin is known.
        memoryview(data)
    except SourceChangedError as error:
        return RenderResult(None, teaser, error.problem)
    except NewsgenError:
        raise
    except Exception as error:
        # Damage has its own answer, at the top of the build. It is not the template's fault, even
        # if it is found while the template joins teasers.
        if is_own_error(error):
            raise
        failure = _describe_failure(error, kind, renderer, page, context)
        return RenderResult(None, teaser, failure)
    return RenderResult(_stage(context, page.path, data), teaser)


def _copy_file(context: RenderContext, page: Page, file: Path) -> RenderResult:
    """Stage the copy of a file, unless it was deleted meanwhile."""
    if not file.is_file():
        return RenderResult(None, problem=_describe_loss(context, page, "there is no such file"))
    return RenderResult(_stage(context, page.path, file))


def _render_picture(
    resources: RenderResources, page: Page, view: Mapping[str, Any]
) -> RenderResult:
    """Stage a version of a picture, unless the original was deleted meanwhile."""
    try:
        data = load_version(resources.files, page.source, view["digest"], view["width"])
    except OSError as error:
        problem = _describe_loss(resources.context, page, error.strerror or str(error))
    except PictureError as error:
        problem = _describe_loss(resources.context, page, str(error))
    else:
        return RenderResult(_stage(resources.context, page.path, data))
    return RenderResult(None, problem=problem)


def _describe_loss(context: RenderContext, page: Page, reason: str) -> Problem:
    """Return the problem of a file that was there when the build began."""
    folder = context.site_context.site.source
    location = Location(f"{folder}/{page.source}" if page.source else page.path)
    return Problem(location, "changed-while-building", f"cannot be read any more: {reason}")


def _describe_failure(
    error: Exception, kind: PageKind, renderer: str, page: Page, context: RenderContext
) -> Problem:
    """Return the problem of a plugin that failed on a page. Other pages can still be rendered.

    Raises:
        NewsgenError: If the error comes from a template or from newsgen itself.
        OSError: If it comes from the disk, and no plugin took part.
    """
    problem = template_error(error, context.theme, page.template)
    if problem:
        raise problem from error
    # A renderer may also fail because of what the view gave it.
    failure = RENDERERS.describe_failure(renderer, error) or PAGE_KINDS.describe_failure(
        kind.name, error
    )
    failure = log_plugin_error(error, failure, page.path, context.load.log)
    if failure:
        return failure
    if isinstance(error, OSError):
        raise error
    raise NewsgenError([log_error(error, Location(page.path), context.load.log)]) from error


def load_body(article: ArticleDetail, context: LoadContext, cache: CacheReader) -> str:
    """Return the body of an article as HTML, from the cache or else from its file.

    Raises:
        SourceChangedError: If the file is not what it was when it was loaded.
    """
    reading = context.reading
    # Only Markdown is cached: other bodies are cheap to make from the file.
    if article.markup == "markdown":
        key = make_body_key(article.source, article.source_digest, context.bodies)
        cached = cache.get_result(key)
        if cached is not None:
            return cached.decode()
    location = Location(f"{reading.source}/{article.source}")
    try:
        data = read_source(context.folder / article.source, reading.max_article_size, location)
    except NewsgenError as error:
        raise SourceChangedError(error.problems[0]) from error
    if hash_source(data) != article.source_digest:
        message = "has changed since it was read"
        raise SourceChangedError(Problem(location, "changed-while-building", message))
    text = decode.decode_again(data, article.encoding, is_clean=article.is_clean)
    body = formats.extract_body(article.source, text, article.body_start, article.body_end)
    return render_with_references(
        *(body, article.markup, context.bodies, article.source, 1),
        headline=article.headline,
        language=article.language,
    ).html


def _find_toc_mode(article: ArticleDetail, default: str) -> str:
    """Return `true`, `false` or `auto`: the article's own field, or else the site's setting."""
    own = (extra.values[0].lower() for extra in article.extra if extra.name == "toc")
    return next((mode for mode in own if mode in _TOC_MODES), default)


def _join_teasers(
    resources: RenderResources, form: TeaserForm, summary_digests: Sequence[bytes]
) -> str:
    """Return the teasers of articles as one piece of HTML."""
    fingerprint = resources.context.teaser_fingerprint
    cached = resources.cache.get_teasers(fingerprint, form, summary_digests)
    return "".join(
        # An article whose own page could not be rendered has no cached teaser.
        cached.get(summary_digest) or _render_teaser(resources, form, summary_digest)
        for summary_digest in summary_digests
    )


def _render_teaser(resources: RenderResources, form: TeaserForm, summary_digest: bytes) -> str:
    archive = resources.archive
    article = archive.summary(archive.article_id(summary_digest))
    forms = render_teasers(resources.environment, resources.context.site_context, article)
    return forms[TEASER_FORMS.index(form)]


def _link_names(body: str, article: ArticleDetail, style: str) -> str:
    """Return a body with links on the names that have pages."""
    if not article.tag_spans:
        return body
    href = make_linker(ROOT, style)
    links = (
        TextLink(span.start, span.end, href(article.tags[span.tag]))
        for span in article.tag_spans
        if article.tags[span.tag].slug
    )
    return insert_links(body, links)


def _stage(context: RenderContext, path: str, content: bytes | Path) -> StagedFile:
    """Stage a file, unless the output folder has the same file already.

    Raises:
        NewsgenError: `cannot-write`.
    """
    try:
        if isinstance(content, Path):
            return stage_copy(context.destination, path, content)
        return stage_file(context.destination, path, content)
    except OSError as error:
        raise write_error(error, f"{context.site_context.site.output}/{path}") from error
