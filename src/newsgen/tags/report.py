"""A survey of an archive's tags: what each article is tagged with, without building anything.

It reads every article that the site shows. Names are recognised as by a build, from the same cache,
so that a survey pays for no article that a build has paid for, nor a build for a survey's.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from newsgen.build.ingest import catalogue_settings, chunk_size, keeping
from newsgen.build.pipeline import open_cache
from newsgen.build.recognition import prepare_recognition
from newsgen.build.workers.load import LoadContext, load
from newsgen.config import Site
from newsgen.core.executor import make_executor
from newsgen.core.progress import Progress
from newsgen.model import Source, Tag, TagKind
from newsgen.problems import Problem
from newsgen.read.discover import walk
from newsgen.read.formats import FORMATS
from newsgen.text.folding import fold


class Tagged(NamedTuple):
    """An article: its file inside the source folder, when it is from, its tags."""

    sort: int
    source: str
    tags: tuple[Tag, ...]


class Survey(NamedTuple):
    """The articles, the oldest first, and what is wrong."""

    articles: tuple[Tagged, ...]
    problems: tuple[Problem, ...]


class TagCount(NamedTuple):
    """A tag over the whole archive: how many `articles` have it, what else it is called in them.

    `recognised` says that no article brings it along; `examples` are the files of its newest
    articles, the newest first.
    """

    kind: TagKind
    name: str
    articles: int
    recognised: bool
    variants: tuple[str, ...]
    examples: tuple[str, ...]


def survey(site: Site, jobs: int, progress: Progress, now: datetime | None = None) -> Survey:
    """Find out what the articles of a site are tagged with.

    Args:
        site: its configuration.
        jobs: how many processes work, 0 one for each processor.
        progress: follows the reading.
        now: until when articles are shown; None is the clock's.

    Raises:
        NewsgenError: if there is no source folder, or nothing can be kept.
    """
    now = now or datetime.now(UTC).astimezone()
    settings = catalogue_settings(site, now)
    found: list[Tagged] = []
    problems: list[Problem] = []
    sources: list[tuple[Source, bytes]] = []
    for folder in walk(site.source_folder, site.source, FORMATS, 0):
        problems += folder.problems
        sources += [(source, b"") for source in folder.sources]
    with open_cache(site) as (file, cache):
        names, unready = prepare_recognition(site, file, survey=True)
        problems += unready
        context = LoadContext(site.source_folder, site.reading, names)
        progress.start_stage("Reading")
        outcomes = make_executor(jobs).map(partial(load, context), sources, chunk_size(names))
        tracked = progress.track(outcomes, len(sources))
        with closing(keeping(tracked, cache.put, site)) as kept:
            for _, outcome in kept:
                problems += outcome.problems
                article = outcome.article
                if article is None:
                    continue
                sort = article.published.sort_key
                if settings.is_listed(is_draft=article.is_draft, sort_key=sort):
                    found.append(Tagged(sort, article.source, article.tags))
    return Survey(tuple(_spelled_alike(sorted(found))), tuple(problems))


def by_stem(articles: Sequence[Tagged]) -> dict[str, tuple[Tag, ...]]:
    """The tags of articles by their files, inside the source folder and without the ending.

    Where two files share a stem, the later one goes by its whole name.
    """
    found: dict[str, tuple[Tag, ...]] = {}
    for article in sorted(articles, key=lambda article: article.source):
        stem = article.source.rpartition(".")[0]
        found[article.source if stem in found else stem] = article.tags
    return found


def counts_of(articles: Sequence[Tagged], examples: int = 3) -> list[TagCount]:
    """All tags, those of most articles first."""
    found: dict[tuple[TagKind, str], list[tuple[str, Tag]]] = {}
    for article in articles:
        for tag in article.tags:
            found.setdefault((tag.kind, tag.name), []).append((article.source, tag))
    counts = [
        TagCount(
            kind,
            name,
            len(members),
            all(tag.mentions for _, tag in members),
            tuple(sorted({variant for _, tag in members for variant in tag.variants} - {name})),
            tuple(source for source, _ in members[: -examples - 1 : -1]),
        )
        for (kind, name), members in found.items()
    ]
    return sorted(counts, key=lambda one: (-one.articles, one.kind, one.name))


def _spelled_alike(articles: Sequence[Tagged]) -> Iterator[Tagged]:
    """Articles with each tag spelled as the oldest article that has it does; each tag once."""
    spelled: dict[tuple[TagKind, str], str] = {}
    for article in articles:
        tags: dict[tuple[TagKind, str], Tag] = {}
        for tag in article.tags:
            key = (tag.kind, fold(tag.name))
            tags.setdefault(key, tag._replace(name=spelled.setdefault(key, tag.name)))
        yield article._replace(tags=tuple(tags.values()))
