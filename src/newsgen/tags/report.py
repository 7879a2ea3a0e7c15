"""Report of an archive's tags: what each article is tagged with, without building anything.

Articles are ingested as by a build, into the same catalogue and cache. So a report costs nothing
for articles that a build has read, and a build nothing for those of a report.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import NamedTuple

from newsgen.build.ingest import IngestOptions, ingest
from newsgen.build.state import State, retry_if_damaged
from newsgen.catalogue import CatalogueReader
from newsgen.config import Site
from newsgen.core.progress import Progress
from newsgen.model import Tag, TagKind
from newsgen.problems import Problem
from newsgen.text.folding import fold


class TaggedArticle(NamedTuple):
    """Path of an article's file in the source folder, and its tags."""

    source: str
    tags: tuple[Tag, ...]


class TagReport(NamedTuple):
    """Listed articles with their tags, oldest first, and all problems."""

    articles: tuple[TaggedArticle, ...]
    problems: tuple[Problem, ...]


class TagCount(NamedTuple):
    """Use of one tag over the whole archive.

    Attributes:
        kind: Kind of the tag.
        name: Name as the oldest article spells it.
        articles: Number of articles with it.
        recognized: Whether no article sets it itself.
        variants: Other spellings in these articles, sorted.
        examples: Files of its newest articles, newest first.
    """

    kind: TagKind
    name: str
    articles: int
    recognized: bool
    variants: tuple[str, ...]
    examples: tuple[str, ...]


@retry_if_damaged
def report_tags(
    site: Site, jobs: int, progress: Progress, now: datetime | None = None
) -> TagReport:
    """Return what the articles of a site are tagged with.

    Args:
        site: The configuration.
        jobs: Number of processes, 0 for one per processor.
        progress: Follows the work.
        now: Articles dated later are not listed; None means the current time.

    Raises:
        NewsgenError: If there is no source folder, or the caches cannot be written.
    """
    options = IngestOptions(jobs, now=now, report_language=True)
    with State.open(site) as state:
        problems = ingest(site, state.catalogue, state.cache, options, progress)
        with closing(CatalogueReader.open(state.paths.catalogue)) as archive:
            articles = tuple(_unify_spellings(archive.tagged_articles()))
    return TagReport(articles, problems)


def group_by_stem(articles: Sequence[TaggedArticle]) -> dict[str, tuple[Tag, ...]]:
    """Return the tags of articles by the paths of their files without the ending.

    Of two files with the same stem, the later one goes by its whole path.
    """
    found: dict[str, tuple[Tag, ...]] = {}
    for article in sorted(articles, key=lambda article: article.source):
        stem = article.source.rpartition(".")[0]
        found[article.source if stem in found else stem] = article.tags
    return found


def count_tags(articles: Sequence[TaggedArticle], examples: int = 3) -> list[TagCount]:
    """Return the use of all tags, most used first.

    Args:
        articles: Oldest first.
        examples: Number of files to name for each tag.
    """
    found: dict[tuple[TagKind, str], list[tuple[str, Tag]]] = {}
    for article in articles:
        for tag in article.tags:
            found.setdefault((tag.kind, tag.name), []).append((article.source, tag))
    counts = [
        TagCount(
            kind,
            name,
            len(members),
            # Only recognized tags have mentions.
            all(tag.mentions for _, tag in members),
            tuple(sorted({variant for _, tag in members for variant in tag.variants} - {name})),
            tuple(source for source, _ in members[: -examples - 1 : -1]),
        )
        for (kind, name), members in found.items()
    ]
    return sorted(counts, key=lambda count: (-count.articles, count.kind, count.name))


def _unify_spellings(
    articles: Iterable[tuple[str, tuple[Tag, ...]]],
) -> Iterator[TaggedArticle]:
    """Yield articles with each tag once, spelled as by the oldest article that has it."""
    # Articles come oldest first, so the first spelling found is the one to show.
    spellings: dict[tuple[TagKind, str], str] = {}
    for source, all_tags in articles:
        tags: dict[tuple[TagKind, str], Tag] = {}
        for tag in all_tags:
            key = (tag.kind, fold(tag.name))
            tags.setdefault(key, tag._replace(name=spellings.setdefault(key, tag.name)))
        yield TaggedArticle(source, tuple(tags.values()))
