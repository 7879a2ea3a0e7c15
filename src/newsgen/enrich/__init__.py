"""Enriching one article with what can be worked out from it alone: slug, summary, body, tags.

It knows one article at a time and never the archive.
"""

from typing import NamedTuple

from newsgen.enrich import markdown, plain_text
from newsgen.enrich.markdown import HtmlTooDeepError, RawHtmlForbiddenError
from newsgen.enrich.summary import (
    MAX_HEADLINE_LENGTH,
    MAX_SUMMARY_LENGTH,
    cut,
    opening_of,
    paragraphs_of,
)
from newsgen.model import Article, Markup
from newsgen.text.slugs import slugify

__all__ = ["Enriched", "HtmlTooDeepError", "RawHtmlForbiddenError", "body_to_html", "enrich"]


class Enriched(NamedTuple):
    """An article made complete, and its body as HTML where that is dear to make, else "".

    It is where Markdown is more than prose.
    """

    article: Article
    html: str


def enrich(article: Article, body: str, *, slugs: str, standard: str, raw_html: str) -> Enriched:
    """Fill in what an article's file left open.

    Args:
        article: as its fields say.
        body: its text.
        slugs: the style of slugs, `ascii` or `unicode`.
        standard: the standard of transliteration.
        raw_html: what becomes of HTML in Markdown.

    Raises:
        RawHtmlForbiddenError: if `raw_html` is `refuse` and there is some.
    """
    markup = article.markup
    if markup == "markdown" and markdown.is_prose(body):
        markup = "prose"
    html = body_to_html(body, markup, raw_html) if markup == "markdown" else ""
    headline, summary = article.headline, article.summary
    if not headline or not summary:
        paragraphs = list(paragraphs_of(html)) if html else _paragraphs(body)
        first = paragraphs[0] if paragraphs else article.source
        headline = headline or cut(first, MAX_HEADLINE_LENGTH)
        summary = summary or cut(opening_of(paragraphs), MAX_SUMMARY_LENGTH)
    name = article.source.rpartition(".")[0]
    slug = slugify(article.slug or headline, slugs, standard, fallback=name)
    whole = article._replace(headline=headline, summary=summary, slug=slug, markup=markup)
    return Enriched(whole, html)


def body_to_html(body: str, markup: Markup, raw_html: str) -> str:
    """A body as HTML, safe to show; `urls.ROOT` stands for the way to the site's root.

    Raises:
        RawHtmlForbiddenError: if `raw_html` is `refuse` and there is some.
    """
    if markup == "text":
        return plain_text.to_html(body)
    if markup == "prose":
        return markdown.prose_to_html(body)
    return markdown.to_html(body, raw_html)


def _paragraphs(body: str) -> list[str]:
    """The paragraphs of a text, each in one line."""
    return [" ".join(paragraph.split()) for paragraph in plain_text.paragraphs(body)]
