"""Enrich one article with values derived from it alone: slug, summary and body.

This stage sees one article at a time and never the archive.
"""

from typing import NamedTuple

from newsgen.enrich import markdown, plain_text
from newsgen.enrich.errors import BodyError
from newsgen.enrich.summary import (
    MAX_HEADLINE_LENGTH,
    MAX_SUMMARY_LENGTH,
    extract_paragraphs,
    find_opening,
    truncate,
)
from newsgen.model import Article, Markup
from newsgen.text.slugs import slugify

__all__ = ["BodyError", "EnrichedArticle", "body_to_html", "enrich"]


class EnrichedArticle(NamedTuple):
    """A complete article, and its body as HTML if that is expensive to make.

    `html` is empty for plain text and for prose, which are cheap to render again.
    """

    article: Article
    html: str


def enrich(
    article: Article, body: str, *, slugs: str, standard: str, raw_html: str
) -> EnrichedArticle:
    """Fill in the values that an article's file does not give.

    Args:
        article: The validated article.
        body: Its text.
        slugs: The style of slugs, `ascii` or `unicode`.
        standard: The iuliia schema for transliteration.
        raw_html: How to treat HTML in Markdown: `sanitize`, `escape` or `refuse`.

    Raises:
        BodyError: If the body has too much markup, or HTML although `raw_html` is `refuse`.
    """
    markup = article.markup
    # The result is stored as the article's markup, so that later builds need not test the body
    # again.
    if markup == "markdown" and markdown.is_prose(body):
        markup = "prose"
    html = body_to_html(body, markup, raw_html) if markup == "markdown" else ""
    headline, summary = article.headline, article.summary
    if not headline or not summary:
        paragraphs = list(extract_paragraphs(html)) if html else _split_into_lines(body)
        first = paragraphs[0] if paragraphs else article.source
        headline = headline or truncate(first, MAX_HEADLINE_LENGTH)
        summary = summary or truncate(find_opening(paragraphs), MAX_SUMMARY_LENGTH)
    # A headline without letters or digits gives no slug. A hash of the path then stands in.
    name = article.source.rpartition(".")[0]
    slug = article.slug or slugify(headline, slugs, standard, fallback=name)
    whole = article._replace(headline=headline, summary=summary, slug=slug, markup=markup)
    return EnrichedArticle(whole, html)


def body_to_html(body: str, markup: Markup, raw_html: str) -> str:
    """Render a body as safe HTML, with `urls.ROOT` as a placeholder for the site's root.

    Raises:
        BodyError: If the body has too much markup, or HTML although `raw_html` is `refuse`.
    """
    if markup == "text":
        return plain_text.to_html(body)
    if markup == "prose":
        return markdown.prose_to_html(body)
    return markdown.to_html(body, raw_html)


def _split_into_lines(body: str) -> list[str]:
    """Split a text into paragraphs of one line each."""
    return [" ".join(paragraph.split()) for paragraph in plain_text.split_paragraphs(body)]
