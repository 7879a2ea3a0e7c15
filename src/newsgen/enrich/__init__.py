"""Enrich one article with values derived from it alone: slug, summary and body.

This stage sees one article at a time and never the archive.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from newsgen.config import Media
from newsgen.enrich import markdown, plain_text
from newsgen.enrich.body import Body, BodyWarning
from newsgen.enrich.errors import BodyError
from newsgen.enrich.external_media import MediaRules, make_external_reference, treat_external_media
from newsgen.enrich.figures import make_figures
from newsgen.enrich.references import (
    Hosts,
    extract_references,
    has_own_url,
    make_picture_reference,
)
from newsgen.enrich.summary import (
    MAX_HEADLINE_LENGTH,
    MAX_SUMMARY_LENGTH,
    extract_paragraphs,
    find_opening,
    truncate,
)
from newsgen.model import Article, Markup, Reference
from newsgen.text.slugs import slugify

__all__ = [
    "Body",
    "BodyError",
    "BodyWarning",
    "EnrichedArticle",
    "body_to_html",
    "enrich",
    "has_own_url",
    "render_body",
]


_NO_COPIES: Final[Mapping[str, str]] = MappingProxyType({})


class EnrichedArticle(NamedTuple):
    """A complete article, and its body as HTML if that is expensive to make.

    Attributes:
        article: The article.
        html: Its body, empty for plain text and for prose, which are cheap to render again.
        warnings: What could not be shown.
    """

    article: Article
    html: str
    warnings: tuple[BodyWarning, ...] = ()


def enrich(
    article: Article,
    body: str,
    *,
    body_line: int,
    picture_line: int,
    hosts: Hosts,
    slugs: str,
    standard: str,
    raw_html: str,
    media: Media = Media(),
    copies: Mapping[str, str] = _NO_COPIES,
) -> EnrichedArticle:
    """Fill in the values that an article's file does not give.

    Args:
        article: The validated article.
        body: Its text.
        body_line: Line number of its first line in the file.
        picture_line: Line number of the field with the lead picture.
        hosts: Hosts that the archive was published at.
        slugs: The style of slugs, `ascii` or `unicode`.
        standard: The iuliia schema for transliteration.
        raw_html: How to treat HTML in Markdown: `sanitize`, `escape` or `refuse`.
        media: What happens to media of other hosts.
        copies: Paths of copies in the source folder, by normalized URLs.

    Raises:
        BodyError: If the body has too much markup, or HTML although `raw_html` is `refuse`.
    """
    markup = article.markup
    # The result is stored as the article's markup, so that later builds need not test the body
    # again.
    if markup == "markdown" and markdown.is_prose(body):
        markup = "prose"
    rendered = Body("")
    if markup == "markdown" or has_own_url(body, hosts):
        rendered = render_body(
            body, markup, raw_html, article.source, body_line, hosts, media, copies
        )
    html = rendered.html if markup == "markdown" else ""
    references, warnings = rendered.references, rendered.warnings
    if article.picture:
        rules = MediaRules(hosts, media, copies)
        lead, is_shown, fault = _find_lead_picture(article, picture_line, rules)
        references += (lead,) if lead else ()
        warnings += (fault._replace(line=fault.line - body_line + 1),) if fault else ()
        if not is_shown:
            article = article._replace(picture="", picture_caption="")
    headline, summary = article.headline, article.summary
    if not headline or not summary:
        paragraphs = list(extract_paragraphs(html)) if html else _split_into_lines(body)
        first = paragraphs[0] if paragraphs else article.source
        headline = headline or truncate(first, MAX_HEADLINE_LENGTH)
        summary = summary or truncate(find_opening(paragraphs), MAX_SUMMARY_LENGTH)
    # A headline without letters or digits gives no slug. A hash of the path then stands in.
    name = article.source.rpartition(".")[0]
    slug = slugify(article.slug or headline, slugs, standard, fallback=name)
    whole = article._replace(
        headline=headline, summary=summary, slug=slug, markup=markup, references=references
    )
    return EnrichedArticle(whole, html, warnings)


def _find_lead_picture(
    article: Article, line: int, rules: MediaRules
) -> tuple[Reference | None, bool, BodyWarning | None]:
    """Return the reference to a lead picture, whether it is shown, and a warning if it is not.

    The line of the warning is that in the article's file.
    """
    picture = article.picture
    verdict, _ = rules.decide(picture)
    if verdict == "own":
        made = make_picture_reference(picture, article.source, line, rules.hosts, rules.copies)
        return made, True, None
    fault = None
    if verdict != "show":
        # There is no place for a link in front of the body.
        message = f"{truncate(picture, 100)} is on another host, so it is not the lead picture"
        fault = BodyWarning("external-media", message, line)
    return make_external_reference(picture, line), fault is None, fault


def render_body(
    body: str,
    markup: Markup,
    raw_html: str,
    source: str,
    line: int,
    hosts: Hosts,
    media: Media = Media(),
    copies: Mapping[str, str] = _NO_COPIES,
) -> Body:
    """Render a body as safe HTML with placeholders for its references.

    Args:
        body: The text.
        markup: Its markup.
        raw_html: How to treat HTML in Markdown: `sanitize`, `escape` or `refuse`.
        source: Path of the article's file, relative to the source folder.
        line: Line number of the body's first line.
        hosts: Hosts that the archive was published at.
        media: What happens to media of other hosts.
        copies: Paths of copies in the source folder, by normalized URLs.

    Raises:
        BodyError: If the body has too much markup, or HTML although `raw_html` is `refuse`.
    """
    html = body_to_html(body, markup, raw_html)
    external = treat_external_media(html, body, line, hosts, media, copies)
    html = make_figures(external.html)
    html, references = extract_references(html, body, source, line, hosts, copies)
    return Body(html, (*references, *external.references), external.warnings)


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
