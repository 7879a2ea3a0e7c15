"""Output formats of pages, one row each in `RENDERERS`, and the rendering of teasers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final
from weakref import WeakKeyDictionary

from jinja2 import Environment
from markupsafe import Markup

from newsgen.core.plugins import PluginTable
from newsgen.model import ArticleDetail, ArticleSummary, Page
from newsgen.render.environment import page_links, teaser_links
from newsgen.render.media_origins import MediaOrigins
from newsgen.site_context import TEASER_TEMPLATES, SiteContext
from newsgen.urls import ROOT

Render = Callable[[Environment, SiteContext, Page, Mapping[str, Any]], bytes]
JoinTeasers = Callable[[Sequence[bytes]], str]
"""Returns the teasers of articles, given by the digests of their summaries, as HTML."""


def render_html(
    environment: Environment, site_context: SiteContext, page: Page, view: Mapping[str, Any]
) -> bytes:
    """Render a page's template.

    In the view, `body` and `text` are HTML already, and `teasers` and `compact` are functions of
    the type `JoinTeasers`. `ROOT` in any of these becomes the relative path to the site's root.
    """
    links = page_links(page.path, site_context.site)
    shared = {"term_kinds": site_context.term_kinds, **links}
    values = {"kind": page.kind, "origins": MediaOrigins(), **shared, **view}
    values["page_class"] = "page-" + str(values["kind"]).replace(" ", "-")
    values["shared_partial"] = partial(_render_shared_partial, environment, shared)
    # The root differs with the depth of the page, so each page gets functions of its own.
    for name in ("teasers", "compact"):
        values[name] = _make_joiner(view[name], links["root"])
    for name in ("body", "text"):
        if name in view:
            # Bodies come from the sanitizer, so marking them as safe HTML is right.
            values[name] = Markup(view[name].replace(ROOT, links["root"]))  # noqa: S704
    return environment.get_template(page.template).render(values).encode()


def render_text(
    environment: Environment,  # noqa: ARG001 - all renderers have the same signature
    site_context: SiteContext,  # noqa: ARG001
    page: Page,  # noqa: ARG001
    view: Mapping[str, Any],
) -> bytes:
    """Return the view's `text` in UTF-8."""
    return str(view["text"]).encode()


RENDERERS: Final[PluginTable[Render]] = PluginTable(
    "newsgen.outputs", {"html": render_html, "text": render_text}
)


def render_teasers(
    environment: Environment, site_context: SiteContext, article: ArticleSummary | ArticleDetail
) -> tuple[str, ...]:
    """Render an article for lists, once with each of `TEASER_TEMPLATES`.

    Links begin with `ROOT`, because the same teaser is joined into pages of any depth.
    """
    values = {**teaser_links(site_context.site), "article": article}
    return tuple(environment.get_template(name).render(values) for name in TEASER_TEMPLATES)


# An environment belongs to one site with one set of templates, so it is part of the key.
_shared_partials: Final[WeakKeyDictionary[Environment, dict[tuple[object, ...], Markup]]] = (
    WeakKeyDictionary()
)


def _render_shared_partial(
    environment: Environment, values: Mapping[str, Any], name: str
) -> Markup:
    """Render a partial that is the same on all pages of one depth, once for all of them.

    Navigation and footer are a fifth of a page's template work. They see `site`, the links and
    `term_kinds`, but nothing of the page.
    """
    key = (name, values["root"], values["term_kinds"])
    rendered = _shared_partials.setdefault(environment, {})
    if key not in rendered:
        # Every page has its own canonical URL.
        seen = {key: value for key, value in values.items() if key != "canonical"}
        html = environment.get_template(name).render(seen)
        # The line of the call ends the partial's last line.
        rendered[key] = Markup(html.removesuffix("\n"))  # noqa: S704 - autoescaped
    return rendered[key]


def _make_joiner(join: JoinTeasers, root: str) -> Callable[[Iterable[ArticleSummary]], Markup]:
    """Return the function that templates call as `teasers(articles)` or `compact(articles)`."""

    def joined(articles: Iterable[ArticleSummary]) -> Markup:
        # The planned lists know their digests without loading an article. A plain list comes from
        # a theme that has filtered or sorted one of them.
        # Not an isinstance() check of a protocol: that costs 15 µs on Python 3.11, for each list.
        digests = getattr(articles, "digests", None)
        if digests is None:
            digests = [article.summary_digest for article in articles]
        return Markup(join(digests).replace(ROOT, root))  # noqa: S704 - rendered by Jinja before

    return joined
