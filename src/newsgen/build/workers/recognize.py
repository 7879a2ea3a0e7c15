"""Recognizing names in one article: from the cache if possible, else by the language's model."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, Protocol

from newsgen.build.error_log import log_plugin_error
from newsgen.config import TagRules
from newsgen.enrich import BodySettings, EnrichedArticle, render_body
from newsgen.model import Article
from newsgen.problems import Location, Problem
from newsgen.recognize import entity_cache
from newsgen.recognize.article_text import make_article_text
from newsgen.recognize.protocol import Recognizer
from newsgen.recognize.registry import RECOGNIZERS, base_language
from newsgen.recognize.tagging import entities_to_tags, merge_tags
from newsgen.storage.cache import CachedResult, CacheReader


@dataclass(frozen=True, slots=True)
class NamesContext:
    """Everything that recognizing names depends on.

    Attributes:
        versions: Pairs of a language and the version of its recognizer. Articles in other languages
            get no names.
        language: Language of articles that name none.
        include_tagged: Whether articles that bring tags along are processed too.
        link: Whether names in the body are linked.
        rules: The editors' rules of `tags.yaml`.
    """

    versions: tuple[tuple[str, str], ...] = ()
    language: str = ""
    include_tagged: bool = True
    link: bool = True
    rules: TagRules = TagRules()


class NamesResources(Protocol):
    """Resources that `add_names` needs."""

    @property
    def names(self) -> NamesContext:
        """Settings of recognition."""

    @property
    def cache(self) -> CacheReader | None:
        """The cache, None without one."""

    @property
    def log(self) -> Path | None:
        """The log file, None without one."""

    def get_recognizer(self, language: str) -> Recognizer:
        """Return the recognizer of a language."""


class NamedArticle(NamedTuple):
    """Article with all its tags, results for the cache, and problems."""

    article: Article
    results: tuple[CachedResult, ...] = ()
    problems: tuple[Problem, ...] = ()


def add_names(
    enriched: EnrichedArticle, body: str, location: Location, resources: NamesResources
) -> NamedArticle:
    """Add to an article the tags for the names recognized in it.

    Args:
        enriched: The article.
        body: Its body as its file has it.
        location: Its file as the user knows it.
        resources: The worker's resources.
    """
    article, context = enriched.article, resources.names
    language = base_language(article.language or context.language)
    version = dict(context.versions).get(language)
    if version is None or (article.tags and not context.include_tagged):
        return NamedArticle(article)
    html = enriched.html
    if article.markup != "markdown":
        html = render_body(body, article.markup, BodySettings()).html
    text = make_article_text(article.headline, html)
    # The key has no settings in it: rules and links are applied to cached names as well.
    key = entity_cache.make_cache_key(version, text.text)
    cached = resources.cache.get_result(key) if resources.cache else None
    try:
        if cached is not None:
            found = entity_cache.load_entities(cached)
        else:
            recognizer = resources.get_recognizer(language)
            found = recognizer.recognize([text.text])[0].entities
    except Exception as error:  # noqa: BLE001 - a text that breaks a model still gets its page
        message = f"names cannot be recognized: {type(error).__name__}: {error}"
        problem = Problem(location, "not-recognized", message)
        failure = RECOGNIZERS.describe_failure(language, error)
        failure = log_plugin_error(error, failure, f"{location}", resources.log)
        if failure:
            problem = replace(failure, location=location)
        return NamedArticle(article, problems=(problem,))
    recognized = entities_to_tags(found, text)
    tags = merge_tags(article.tags, recognized, context.rules, article.source)
    if not context.link:
        tags = tuple(tag._replace(span=None) for tag in tags)
    # None only records that this source now owns the cached result.
    value = None if cached is not None else entity_cache.dump_entities(found)
    result = CachedResult(key, "names", article.source, value)
    return NamedArticle(article._replace(tags=tags), (result,))
