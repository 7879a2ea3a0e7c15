"""Enrich one article with values derived from it alone: slug, summary and body.

This stage sees one article at a time and never the archive.
"""

from dataclasses import replace
from typing import NamedTuple

from newsgen.enrich import plain_text
from newsgen.enrich.body import Body, BodySettings, BodyWarning
from newsgen.enrich.errors import BodyError
from newsgen.enrich.headings import Heading, list_contents
from newsgen.enrich.prose import is_prose, prose_to_html
from newsgen.enrich.summary import (
    MAX_HEADLINE_LENGTH,
    MAX_SUMMARY_LENGTH,
    extract_paragraphs,
    find_opening,
    truncate,
)
from newsgen.model import Article, Markup
from newsgen.text.slugs import slugify

__all__ = [
    "Body",
    "BodyError",
    "BodySettings",
    "BodyWarning",
    "EnrichedArticle",
    "Heading",
    "enrich",
    "list_contents",
    "render_body",
]


class EnrichedArticle(NamedTuple):
    """A complete article, and its body as HTML if that is expensive to make.

    Attributes:
        article: The article.
        html: Its body, empty for plain text and for prose, which are cheap to render again.
        warnings: What in the body could not be shown.
    """

    article: Article
    html: str
    warnings: tuple[BodyWarning, ...] = ()


def enrich(
    article: Article, body: str, *, slugs: str, standard: str, settings: BodySettings
) -> EnrichedArticle:
    """Fill in the values that an article's file does not give.

    Args:
        article: The validated article.
        body: Its text.
        slugs: The style of slugs, `ascii` or `unicode`.
        standard: The iuliia schema for transliteration.
        settings: How to render the body.

    Raises:
        BodyError: If the body has too much markup, or HTML although the settings refuse it.
    """
    markup = article.markup
    # The result is stored as the article's markup, so that later builds need not test the body
    # again.
    if markup == "markdown" and is_prose(body):
        markup = "prose"
    rendered = Body("")
    if markup == "markdown":
        rendered = render_body(body, markup, settings, article.headline, article.language)
    headline, summary = article.headline, article.summary
    if not headline or not summary:
        is_html = markup == "markdown"
        paragraphs = list(extract_paragraphs(rendered.html)) if is_html else _split_into_lines(body)
        first = rendered.title or (paragraphs[0] if paragraphs else article.source)
        headline = headline or truncate(first, MAX_HEADLINE_LENGTH)
        # The author's own summary ends at `<!--more-->`, perhaps in the middle of a paragraph.
        excerpt = " ".join(extract_paragraphs(f"{rendered.excerpt}</p>"))
        summary = summary or truncate(excerpt or find_opening(paragraphs), MAX_SUMMARY_LENGTH)
    # A headline without letters or digits gives no slug. A hash of the path then stands in.
    name = article.source.rpartition(".")[0]
    slug = slugify(article.slug or headline, slugs, standard, fallback=name)
    whole = article._replace(headline=headline, summary=summary, slug=slug, markup=markup)
    return EnrichedArticle(whole, rendered.html, rendered.warnings)


def render_body(
    body: str, markup: Markup, settings: BodySettings, headline: str = "", language: str = ""
) -> Body:
    """Render a body as safe HTML, with `urls.ROOT` as a placeholder for the site's root.

    Args:
        body: The text.
        markup: Its markup.
        settings: How to render it.
        headline: The article's headline, which a first heading must not repeat.
        language: The article's own language, empty for the site's.

    Raises:
        BodyError: If the body has too much markup, or HTML although the settings refuse it.
    """
    if markup == "text":
        return Body(plain_text.to_html(body))
    if markup == "prose":
        return Body(prose_to_html(body))
    # Its patterns take 20 ms to compile, which a build without Markdown is spared.
    from newsgen.enrich.markdown import render_markdown  # noqa: PLC0415

    own = replace(settings, language=language) if language else settings
    return render_markdown(body, own, headline)


def _split_into_lines(body: str) -> list[str]:
    """Split a text into paragraphs of one line each."""
    return [" ".join(paragraph.split()) for paragraph in plain_text.split_paragraphs(body)]
