"""Enrich one article with values derived from it alone: slug, summary and body.

This stage sees one article at a time and never the archive.
"""

from dataclasses import replace
from typing import NamedTuple

from newsgen.enrich import plain_text
from newsgen.enrich.body import Body, BodySettings, BodyWarning
from newsgen.enrich.errors import BodyError
from newsgen.enrich.external_media import MediaRules, make_external_reference, treat_external_media
from newsgen.enrich.figures import make_figures
from newsgen.enrich.headings import Heading, list_contents
from newsgen.enrich.prose import is_prose, prose_to_html
from newsgen.enrich.references import (
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
    "BodySettings",
    "BodyWarning",
    "EnrichedArticle",
    "Heading",
    "enrich",
    "list_contents",
    "render_body",
    "render_with_references",
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
    article: Article,
    body: str,
    *,
    body_line: int,
    picture_line: int,
    slugs: str,
    standard: str,
    settings: BodySettings,
) -> EnrichedArticle:
    """Fill in the values that an article's file does not give.

    Args:
        article: The validated article.
        body: Its text.
        body_line: Line number of its first line in the file.
        picture_line: Line number of the field with the lead picture.
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
    if markup == "markdown" or has_own_url(body, settings.hosts):
        rendered = render_with_references(
            *(body, markup, settings, article.source, body_line),
            headline=article.headline,
            language=article.language,
        )
    references, warnings = rendered.references, rendered.warnings
    if article.picture:
        rules = MediaRules(settings.hosts, settings.media, settings.copies.paths)
        lead, is_shown, fault = _find_lead_picture(article, picture_line, rules)
        references += (lead,) if lead else ()
        warnings += (fault._replace(line=fault.line - body_line + 1),) if fault else ()
        if not is_shown:
            article = article._replace(picture="", picture_caption="")
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
    slug = article.slug or slugify(headline, slugs, standard, fallback=name)
    whole = article._replace(
        headline=headline, summary=summary, slug=slug, markup=markup, references=references
    )
    html = rendered.html if markup == "markdown" else ""
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


def render_with_references(
    body: str,
    markup: Markup,
    settings: BodySettings,
    source: str,
    line: int,
    *,
    headline: str,
    language: str,
) -> Body:
    """Render a body with figures, media of other hosts, and placeholders for its references.

    Args:
        body: The text.
        markup: Its markup.
        settings: How to render it.
        source: Path of the article's file, relative to the source folder.
        line: Line number of the body's first line.
        headline: The article's headline, which a first heading must not repeat.
        language: The article's own language, empty for the site's.

    Raises:
        BodyError: If the body has too much markup, or HTML although the settings refuse it.
    """
    rendered = render_body(body, markup, settings, headline, language)
    if markup != "markdown" and not has_own_url(body, settings.hosts):
        return rendered
    copies = settings.copies.paths
    external = treat_external_media(
        rendered.html, body, line, settings.hosts, settings.media, copies
    )
    html = make_figures(external.html)
    html, references = extract_references(html, body, source, line, settings.hosts, copies)
    return rendered._replace(
        html=html,
        warnings=(*rendered.warnings, *external.warnings),
        references=(*references, *external.references),
    )


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
