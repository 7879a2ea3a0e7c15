"""Loading one source: read, decode, take apart, judge, enrich, recognise names."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsgen.catalogue import Slip, slip_of
from newsgen.config import Reading
from newsgen.digest import digest_of_source
from newsgen.enrich import NestedTooDeep, RawHtmlRefused, enrich
from newsgen.model import Article, RawArticle, Source
from newsgen.problems import NewsgenError, Problem, Where
from newsgen.read import decode, formats
from newsgen.read.validate import Rules, validate
from newsgen.work.names import NamesContext, with_names
from newsgen.work.source import key_of_body, read_source


@dataclass(frozen=True, slots=True)
class LoadContext:
    """What loading needs: the source folder, how its files are read, how names are recognised."""

    folder: Path
    reading: Reading
    names: NamesContext = NamesContext()


class Outcome(NamedTuple):
    """What loading a source came to.

    `digest` is empty where the file could not be read; `is_known` says that it is the one that the
    source had before. `slip` is what the catalogue files, None where there is no article; `results`
    are worth keeping, by their keys. `article` is there where it is asked for.
    """

    digest: bytes
    is_known: bool = False
    slip: Slip | None = None
    problems: tuple[Problem, ...] = ()
    results: tuple[tuple[bytes, bytes], ...] = ()
    article: Article | None = None


def load(context: LoadContext, item: tuple[Source, bytes]) -> Outcome:
    """Read and enrich one source.

    A source whose bytes have the digest that is already known is not parsed.

    Args:
        context: of the site.
        item: the source, and the digest that it had at the last build.
    """
    source, known = item
    reading = context.reading
    where = Where(f"{reading.source}/{source.path}")
    name = b""
    try:
        data = read_source(context.folder / source.path, reading.max_article_size, where)
        name = digest_of_source(data)
        if name == known:
            return Outcome(name, is_known=True)
        decoded = decode.decode(data, where, reading.encoding, source.path, reading.language)
        raw = formats.parse(source.path, decoded.text)
        return _judge(raw, source, name, decoded, where, context)
    except NewsgenError as error:
        return Outcome(name, problems=error.problems)
    except formats.FormatFault as fault:
        problem = Problem(Where(where.file, fault.line), fault.code, fault.message)
        return Outcome(name, problems=(problem,))
    except Exception as error:  # noqa: BLE001 - one article never stops the others
        message = f"made newsgen fail: {type(error).__name__}: {error}"
        problem = Problem(where, "newsgen-fault", message.splitlines()[0])
        return Outcome(name, problems=(problem,))


def _judge(
    raw: RawArticle,
    source: Source,
    name: bytes,
    decoded: decode.Decoded,
    where: Where,
    context: LoadContext,
) -> Outcome:
    """Validate and enrich an article that has been taken apart."""
    reading = context.reading
    article, faults = validate(
        raw,
        source=source.path,
        file=where.file,
        name=name,
        encoding=decoded.encoding,
        is_clean=decoded.is_clean,
        rules=Rules(reading.language, reading.timezone, reading.author_aliases),
    )
    problems = (*decoded.problems, *faults)
    if article is None:
        return Outcome(name, problems=problems)
    try:
        enriched = enrich(
            article,
            raw.body,
            slugs=reading.slugs,
            standard=reading.transliteration,
            raw_html=reading.raw_html,
        )
    except RawHtmlRefused as refused:
        line = Where(where.file, raw.body_line + refused.line - 1)
        problem = Problem(line, "raw-html", "holds raw HTML, which this archive does not take")
        return Outcome(name, problems=(*problems, problem))
    except NestedTooDeep:
        place = Where(where.file, raw.body_line)
        problem = Problem(place, "nested-html", "nests HTML beyond reason")
        return Outcome(name, problems=(*problems, problem))
    results: tuple[tuple[bytes, bytes], ...] = ()
    if enriched.html:
        key = key_of_body(name, reading.raw_html)
        results = ((key, enriched.html.encode()),)
    named = with_names(enriched, raw.body, where, context.names)
    return Outcome(
        name,
        slip=None if context.names.survey else slip_of(named.article),
        problems=(*problems, *named.problems),
        results=(*results, *named.results),
        article=named.article if context.names.survey else None,
    )
