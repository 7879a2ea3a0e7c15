"""Recognising names in one article: from the cache where it was done before, else by the model.

A process opens the cache once, and loads a language's model when the first text needs it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.build.workers.per_process import PerProcess
from newsgen.config import TagRules
from newsgen.enrich import EnrichedArticle, body_to_html
from newsgen.model import Article
from newsgen.problems import Location, Problem
from newsgen.recognize import entities
from newsgen.recognize.protocol import Entity, Recognizer
from newsgen.recognize.table import RECOGNIZERS, base_of
from newsgen.recognize.tagging import recognised_tags, tags_of
from newsgen.storage.cache import CacheReader


@dataclass(frozen=True, slots=True)
class NamesContext:
    """What recognising needs.

    `versions` name the recognisers by their languages, `language` is that of articles which name
    none, `raw_html` is what becomes of HTML in Markdown, `include_tagged` says whether articles that
    bring tags along are read too, `link` whether names are linked, `rules` are the editors'. `kept` is
    the cache's file, None where nothing is kept. `survey` asks for whole articles in place of
    slips.
    """

    versions: tuple[tuple[str, str], ...] = ()
    language: str = ""
    raw_html: str = "sanitize"
    include_tagged: bool = True
    link: bool = True
    rules: TagRules = TagRules()
    kept: Path | None = None
    survey: bool = False


class Named(NamedTuple):
    """An article with all its tags, what is worth keeping, by its keys, and what is wrong."""

    article: Article
    results: tuple[tuple[bytes, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()


def with_names(
    enriched: EnrichedArticle, body: str, location: Location, context: NamesContext
) -> Named:
    """Add to an article the tags that can be recognised in it.

    Args:
        enriched: the article.
        body: its body as its file has it.
        location: its file, as the user knows it.
        context: of the site.
    """
    article = enriched.article
    language = base_of(article.language or context.language)
    version = dict(context.versions).get(language)
    if version is None or (article.tags and not context.include_tagged):
        return Named(article)
    html = enriched.html or body_to_html(body, article.markup, context.raw_html)
    reading = entities.reading_of(article.headline, html)
    key = entities.key_of_names(version, reading.text)
    kept = _DESK.at(context.kept).get(key) if context.kept else None
    try:
        found = entities.load(kept) if kept is not None else _recognised(language, reading.text)
    except Exception as error:  # noqa: BLE001 - whatever a text does to a model, the article stays
        message = f"its names can't be recognised: {type(error).__name__}: {error}"
        return Named(article, problems=(Problem(location, "not-recognized", message),))
    recognised = recognised_tags(found, reading.body, reading.start)
    tags = tags_of(article.tags, recognised, context.rules, article.source)
    if not context.link:
        tags = tuple(tag._replace(span=None) for tag in tags)
    results = ((key, entities.dump(found)),) if kept is None else ()
    return Named(article._replace(tags=tags), results)


def _recognised(language: str, text: str) -> tuple[Entity, ...]:
    return _recognizer(language).recognize([text])[0].entities


@cache
def _recognizer(language: str) -> Recognizer:
    return RECOGNIZERS[language].make()


_DESK: Final = PerProcess(CacheReader)
clear_names: Final = _DESK.clear
