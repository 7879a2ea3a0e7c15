"""Loading one source: read, decode, take apart, judge, enrich, recognise names."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsgen.build.workers.recognize import NamesContext, with_names
from newsgen.build.workers.source import key_of_body, read_source
from newsgen.catalogue import ArticleRow, to_row
from newsgen.config import ReadSettings
from newsgen.core.digest import digest_of_source
from newsgen.enrich import HtmlTooDeepError, RawHtmlForbiddenError, enrich
from newsgen.model import Article, RawArticle, Source
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.read import decode, formats
from newsgen.read.validate import FieldSettings, validate


@dataclass(frozen=True, slots=True)
class LoadContext:
    """What loading needs: the source folder, how its files are read, how names are recognised."""

    folder: Path
    reading: ReadSettings
    names: NamesContext = NamesContext()


class LoadResult(NamedTuple):
    """What loading a source came to.

    `digest` is empty where the file could not be read; `is_known` says that it is the one that the
    source had before. `row` is what the catalogue files, None where there is no article; `results`
    are worth keeping, by their keys. `article` is there where it is asked for.
    """

    digest: bytes
    is_known: bool = False
    row: ArticleRow | None = None
    problems: tuple[Problem, ...] = ()
    results: tuple[tuple[bytes, bytes], ...] = ()
    article: Article | None = None


def load(context: LoadContext, item: tuple[Source, bytes]) -> LoadResult:
    """Read and enrich one source.

    A source whose bytes have the digest that is already known is not parsed.

    Args:
        context: of the site.
        item: the source, and the digest that it had at the last build.
    """
    source, known = item
    reading = context.reading
    location = Location(f"{reading.source}/{source.path}")
    name = b""
    try:
        data = read_source(context.folder / source.path, reading.max_article_size, location)
        name = digest_of_source(data)
        if name == known:
            return LoadResult(name, is_known=True)
        decoded = decode.decode(data, location, reading.encoding, source.path, reading.language)
        raw = formats.parse_article(source.path, decoded.text)
        return _judge(raw, source, name, decoded, location, context)
    except NewsgenError as error:
        return LoadResult(name, problems=error.problems)
    except formats.FormatError as fault:
        problem = Problem(Location(location.file, fault.line), fault.code, fault.message)
        return LoadResult(name, problems=(problem,))
    except Exception as error:  # noqa: BLE001 - one article never stops the others
        message = f"made newsgen fail: {type(error).__name__}: {error}"
        problem = Problem(location, "internal-error", message.splitlines()[0])
        return LoadResult(name, problems=(problem,))


def _judge(
    raw: RawArticle,
    source: Source,
    name: bytes,
    decoded: decode.Decoded,
    location: Location,
    context: LoadContext,
) -> LoadResult:
    """Validate and enrich an article that has been taken apart."""
    reading = context.reading
    article, faults = validate(
        raw,
        source=source.path,
        file=location.file,
        digest=name,
        encoding=decoded.encoding,
        is_clean=decoded.is_clean,
        settings=FieldSettings(reading.language, reading.timezone, reading.author_aliases),
    )
    problems = (*decoded.problems, *faults)
    if article is None:
        return LoadResult(name, problems=problems)
    try:
        enriched = enrich(
            article,
            raw.body,
            slugs=reading.slugs,
            standard=reading.transliteration,
            raw_html=reading.raw_html,
        )
    except RawHtmlForbiddenError as refused:
        line = Location(location.file, raw.body_line + refused.line - 1)
        problem = Problem(line, "raw-html", "holds raw HTML, which this archive does not take")
        return LoadResult(name, problems=(*problems, problem))
    except HtmlTooDeepError:
        place = Location(location.file, raw.body_line)
        problem = Problem(place, "html-too-deep", "nests HTML beyond reason")
        return LoadResult(name, problems=(*problems, problem))
    results: tuple[tuple[bytes, bytes], ...] = ()
    if enriched.html:
        key = key_of_body(name, reading.raw_html)
        results = ((key, enriched.html.encode()),)
    named = with_names(enriched, raw.body, location, context.names)
    return LoadResult(
        name,
        row=None if context.names.survey else to_row(named.article),
        problems=(*problems, *named.problems),
        results=(*results, *named.results),
        article=named.article if context.names.survey else None,
    )
