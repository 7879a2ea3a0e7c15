"""Loading one source in a worker: read, decode, parse, validate, enrich, recognize names."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.build.error_log import log_error, log_plugin_error
from newsgen.build.workers.recognize import NamesContext, add_names
from newsgen.build.workers.source import make_body_key, read_source
from newsgen.catalogue import ArticleRow, to_row
from newsgen.config import ReadSettings
from newsgen.core.budget import Budget, OverTimeError
from newsgen.core.digest import hash_source
from newsgen.core.worker import WorkerDied
from newsgen.enrich import BodyError, BodySettings, enrich
from newsgen.model import RawArticle, Source
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.read import decode, formats
from newsgen.read.addresses import SlugSettings
from newsgen.read.validate import FieldSettings, validate
from newsgen.recognize.protocol import Recognizer
from newsgen.recognize.registry import RECOGNIZERS
from newsgen.storage.cache import CachedResult, CacheReader
from newsgen.storage.database import is_own_error

MAX_UNLIMITED_SIZE: Final = 20_000
"""Bytes of a file that is read without a budget, also in the parent process.

Nothing of this size takes more than a second. A worker process takes 10 ms to start, which
an update of a few short articles is spared."""

_SECONDS: Final = 10
_SECONDS_PER_MEGABYTE: Final = 5
"""Ten times what the names of a long article take. Loading the model alone takes a second."""

_MEMORY: Final = 400_000_000
_MEMORY_PER_BYTE: Final = 60
"""Prose in Markdown takes 20 bytes for each of its own, the model of names 150 MB."""


@dataclass(frozen=True, slots=True)
class LoadContext:
    """Everything that loading sources depends on.

    Attributes:
        folder: The source folder.
        reading: How files are read.
        names: How names are recognized.
        bodies: How bodies become HTML.
        cache: File of the cache; None without one.
        log: File for internal errors; None without one.
    """

    folder: Path
    reading: ReadSettings
    names: NamesContext = NamesContext()
    bodies: BodySettings = BodySettings()
    cache: Path | None = None
    log: Path | None = None


class LoadResources:
    """Cache and recognizers of a worker that loads sources."""

    def __init__(self, context: LoadContext) -> None:
        self.context = context
        self._recognizers: dict[str, Recognizer] = {}

    @property
    def names(self) -> NamesContext:
        """Settings of recognition."""
        return self.context.names

    @property
    def log(self) -> Path | None:
        """The log file, None without one."""
        return self.context.log

    @cached_property
    def cache(self) -> CacheReader | None:
        """The cache, None without one."""
        return CacheReader(self.context.cache) if self.context.cache else None

    def get_recognizer(self, language: str) -> Recognizer:
        """Return the recognizer of a language, loaded when a text first needs it."""
        if language not in self._recognizers:
            self._recognizers[language] = RECOGNIZERS[language].make()
        return self._recognizers[language]

    def close(self) -> None:
        """Close the cache if it was opened."""
        if self.__dict__.get("cache"):
            self.cache.close()  # type: ignore[union-attr]


class LoadResult(NamedTuple):
    """Result of loading a source.

    Attributes:
        source_digest: SHA-256 of its bytes, empty if they could not be read.
        is_known: Whether the bytes are the same as at the last update; then nothing was parsed.
        row: The article for the catalogue, None if the source holds none.
        problems: Everything found wrong with it.
        results: Expensive results for the cache.
    """

    source_digest: bytes
    is_known: bool = False
    row: ArticleRow | None = None
    problems: tuple[Problem, ...] = ()
    results: tuple[CachedResult, ...] = ()


def make_budget(item: tuple[Source, bytes]) -> Budget | None:
    """Return the limits for loading a source, None for a short one."""
    size = item[0].size
    if size <= MAX_UNLIMITED_SIZE:
        return None
    seconds = _SECONDS + _SECONDS_PER_MEGABYTE * size / 1_000_000
    return Budget(seconds, _MEMORY + _MEMORY_PER_BYTE * size)


def describe_death(
    died: WorkerDied, location: Location, size: int, budget: Budget | None
) -> Problem:
    """Return the problem of a file that was over its budget, or whose process died.

    Args:
        died: Why it could not be read.
        location: The file, as the user knows it.
        size: Its bytes.
        budget: Its budget, None without one.
    """
    if died.cause == "time" and budget:
        message = f"takes more than {budget.seconds:.0f} s to read, with {size:,} bytes"
        return Problem(location, "too-slow", message)
    if died.cause == "memory" and budget:
        megabytes = budget.memory // 1_000_000
        message = f"takes more than {megabytes:,} MB to read, with {size:,} bytes"
        return Problem(location, "too-much-memory", message)
    return Problem(location, "worker-died", "the process that read it died")


def load_source(resources: LoadResources, item: tuple[Source, bytes]) -> LoadResult:
    """Load one source.

    Args:
        resources: The worker's resources.
        item: The source, and its SHA-256 at the last update or `b""`. A source whose bytes still
            have this digest is not parsed.
    """
    source, known = item
    context = resources.context
    reading = context.reading
    location = Location(f"{reading.source}/{source.path}")
    source_digest = b""
    try:
        data = read_source(context.folder / source.path, reading.max_article_size, location)
        source_digest = hash_source(data)
        # After a copy or a checkout, files have other times but the same bytes.
        if source_digest == known:
            return LoadResult(source_digest, is_known=True)
        settings = decode.DecodeSettings(
            reading.encoding, reading.language, repair=reading.repair == "mojibake"
        )
        decoded = decode.decode(data, location, source.path, settings)
        raw = formats.parse_article(source.path, decoded.text)
        return _validate_and_enrich(raw, source, source_digest, decoded, location, resources)
    except NewsgenError as error:
        return LoadResult(source_digest, problems=error.problems)
    except formats.FormatError as error:
        place = Location(location.file, error.line)
        problem = Problem(place, error.code, error.message, error.hint)
        return LoadResult(source_digest, problems=(problem,))
    except (OverTimeError, MemoryError):
        # The executor makes the result of a task over its budget.
        raise
    # A plugin may call `sys.exit`.
    except (Exception, SystemExit) as error:
        # The cache is damaged, not the article. That has its own answer, at the top of the build.
        if is_own_error(error):
            raise
        problem = _describe_failure(error, source.path, location, context.log)
        return LoadResult(source_digest, problems=(problem,))


def _describe_failure(
    error: BaseException, path: str, location: Location, log: Path | None
) -> Problem:
    """Return the problem of an article that newsgen, or the plugin of its format, failed on."""
    suffix = path.rpartition(".")[2].lower()
    failure = formats.FORMATS.describe_failure(suffix, error)
    failure = log_plugin_error(error, failure, f"{location}", log)
    return replace(failure, location=location) if failure else log_error(error, location, log)


def _validate_and_enrich(
    raw: RawArticle,
    source: Source,
    source_digest: bytes,
    decoded: decode.Decoded,
    location: Location,
    resources: LoadResources,
) -> LoadResult:
    reading = resources.context.reading
    article, problems = validate(
        raw,
        source=source.path,
        file=location.file,
        digest=source_digest,
        encoding=decoded.encoding,
        is_clean=decoded.is_clean,
        settings=FieldSettings(
            reading.language,
            reading.timezone,
            reading.author_aliases,
            SlugSettings(reading.slugs, reading.transliteration, reading.permalink_fields),
        ),
    )
    problems = (*decoded.problems, *problems)
    if article is None:
        return LoadResult(source_digest, problems=problems)
    try:
        enriched = enrich(
            article,
            raw.body,
            body_line=raw.body_line,
            picture_line=raw.fields["picture"].line if article.picture else 1,
            slugs=reading.slugs,
            standard=reading.transliteration,
            settings=resources.context.bodies,
        )
    except BodyError as error:
        line = Location(location.file, raw.body_line + error.line - 1)
        problem = Problem(line, error.code, error.message)
        return LoadResult(source_digest, problems=(*problems, problem))
    problems += tuple(
        Problem(Location(location.file, raw.body_line + line - 1), code, message)
        for code, message, line in enriched.warnings
    )
    results: tuple[CachedResult, ...] = ()
    if enriched.html:
        # Only Markdown is expensive enough to keep. Plain text is rendered from its file again.
        key = make_body_key(source.path, source_digest, resources.context.bodies)
        results = (CachedResult(key, "body", source.path, enriched.html.encode()),)
    named = add_names(enriched, raw.body, location, resources)
    return LoadResult(
        source_digest,
        row=to_row(named.article),
        problems=(*problems, *named.problems),
        results=(*results, *named.results),
    )
