"""What workers do: load one source, render one page. The two places where stages are put together.

Each function takes a context that can be sent to another process, and one item; what it needs to
keep open, it opens once a process.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsgen import __version__, enrich
from newsgen.cache import CacheReader
from newsgen.catalogue import CatalogueArchive
from newsgen.config import Reading
from newsgen.digest import digest, digest_of_source
from newsgen.edition import Edition
from newsgen.enrich.markdown import RawHtmlRefused
from newsgen.ledger import Teasers
from newsgen.model import Entry, Loaded, Page, RawArticle, Source
from newsgen.plan import PAGE_KINDS
from newsgen.problems import NewsgenError, Problem, Where, fatal
from newsgen.read import decode, formats
from newsgen.read.validate import Rules, validate
from newsgen.render.environment import environment_of
from newsgen.render.faults import template_fault
from newsgen.render.outputs import RENDERERS
from newsgen.render.theme import Theme
from newsgen.write import Destination, cannot_write, stage, stage_copy

_KINDS: Final = {kind.name: kind for kind in PAGE_KINDS}


@dataclass(frozen=True, slots=True)
class LoadContext:
    """What loading needs: the source folder, and how its files are read."""

    folder: Path
    reading: Reading


class Outcome(NamedTuple):
    """What loading a source came to, and the results that are worth keeping, by their keys."""

    loaded: Loaded
    results: tuple[tuple[bytes, bytes], ...] = ()


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
        data = _read(context.folder / source.path, source, reading.max_article_size, where)
        name = digest_of_source(data)
        if name == known:
            return Outcome(Loaded(source, name, None, ()))
        decoded = decode.decode(data, where, reading.encoding, source.path, reading.language)
        raw = formats.parse(source.path, decoded.text)
        loaded, html = _judge(raw, source, name, decoded, where, reading)
    except NewsgenError as error:
        return Outcome(Loaded(source, name, None, error.problems))
    except formats.FormatFault as fault:
        problem = Problem(Where(where.file, fault.line), fault.code, fault.message)
        return Outcome(Loaded(source, name, None, (problem,)))
    if html and loaded.article:
        return Outcome(loaded, ((_key_of_body(name, reading.raw_html), html.encode()),))
    return Outcome(loaded)


def _judge(
    raw: RawArticle,
    source: Source,
    name: bytes,
    decoded: decode.Decoded,
    where: Where,
    reading: Reading,
) -> tuple[Loaded, str]:
    """Validate and enrich an article that has been taken apart."""
    article, problems = validate(
        raw,
        source=source.path,
        file=where.file,
        digest_of_source=name,
        encoding=decoded.encoding,
        rules=Rules(reading.language, reading.timezone, dict(reading.author_aliases)),
    )
    problems = (*decoded.problems, *problems)
    if article is None:
        return Loaded(source, name, None, problems), ""
    try:
        enriched = enrich.enrich(
            article,
            raw.body,
            slugs=reading.slugs,
            standard=reading.transliteration,
            raw_html=reading.raw_html,
        )
    except RawHtmlRefused as refused:
        line = Where(where.file, raw.body_line + refused.line - 1)
        problem = Problem(line, "raw-html", "holds raw HTML, which this archive does not take")
        return Loaded(source, name, None, (*problems, problem)), ""
    return Loaded(source, name, enriched.article, problems), enriched.html


def _read(file: Path, source: Source, limit: int, where: Where) -> bytes:
    """The bytes of a source.

    Raises:
        NewsgenError: `too-large` or `unreadable`.
    """
    if source.size > limit:
        raise fatal("too-large", f"has {source.size:,} bytes; the most is {limit:,}", where)
    try:
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - a path's `open` is half as fast
            data = opened.read(limit + 1)
    except OSError as error:
        raise fatal("unreadable", f"cannot be read: {error.strerror}", where) from error
    if len(data) > limit:
        raise fatal("too-large", f"has more than {limit:,} bytes", where)
    return data


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What rendering needs: the site, its theme, where its databases lie and where its files go.

    `templates` names the texts of the theme's templates.
    """

    edition: Edition
    theme: Theme
    templates: bytes
    load: LoadContext
    catalogue: Path
    ledger: Path
    cache: Path
    destination: Destination


class Rendered(NamedTuple):
    """What rendering a page came to: whether it differs from the page that is there, or a problem.

    Of a teaser, `html` is what is to be kept.
    """

    page: Page
    changed: bool
    html: str = ""
    problem: Problem | None = None


def render(context: RenderContext, page: Page) -> Rendered:
    """Render one page and stage its file.

    Raises:
        NewsgenError: if a template is at fault, or the disk: then no page can be right.
    """
    kind = _KINDS[page.kind]
    site = context.edition.site
    try:
        desk = _desk(context)
        view: dict[str, Any] = dict(kind.view(context.edition, desk.archive, page))
        if kind.renderer == "copy":
            return Rendered(page, _stage(context, page.path, Path(view["file"])))
        view["teasers"] = desk.teasers.join(page.listed) if page.listed else ""
        if isinstance(view.get("entry"), Entry):
            view["body"] = _body_of(view["entry"], context.load, desk.cache)
        data = RENDERERS[kind.renderer](desk.environment, site, page, view)
    except _Changed as changed:
        return Rendered(page, changed=False, problem=changed.problem)
    except NewsgenError:
        raise
    except Exception as error:
        fault = template_fault(error, context.theme, page.template)
        if fault is None:
            raise
        raise fault from error
    if kind.renderer == "teaser":
        return Rendered(page, changed=True, html=data.decode())
    return Rendered(page, _stage(context, page.path, data))


def _stage(context: RenderContext, path: str, content: bytes | Path) -> bool:
    """Stage a file; returns whether it differs from the one that is there.

    Raises:
        NewsgenError: `cannot-write`.
    """
    try:
        if isinstance(content, Path):
            return stage_copy(context.destination, path, content)
        return stage(context.destination, path, content)
    except OSError as error:
        raise cannot_write(error, f"{context.edition.site.output}/{path}") from error


class _Changed(Exception):  # noqa: N818 - it reads as a noun where it is raised
    """A source is not what it was when it was loaded."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _body_of(entry: Entry, context: LoadContext, cache: CacheReader) -> str:
    """An article's body as HTML: from the cache where it was dear, else from its file.

    Raises:
        _Changed: if the file is not what it was.
    """
    reading = context.reading
    if entry.markup == "markdown":
        kept = cache.get(_key_of_body(entry.source_digest, reading.raw_html))
        if kept is not None:
            return kept.decode()
    where = Where(f"{reading.source}/{entry.source}")
    source = Source(entry.source, 0, 0, 0)
    try:
        data = _read(context.folder / entry.source, source, reading.max_article_size, where)
    except NewsgenError as error:
        raise _Changed(error.problems[0]) from error
    if digest_of_source(data) != entry.source_digest:
        raise _Changed(Problem(where, "changed-while-building", "has changed since it was read"))
    text = decode.decode_as(data, entry.encoding)[entry.body_start : entry.body_end]
    return enrich.body_to_html(text, entry.markup, reading.raw_html)


def _key_of_body(source: bytes, raw_html: str) -> bytes:
    return digest("body", __version__, source, raw_html)


class _Desk:
    """What a process keeps open while it renders."""

    def __init__(self, context: RenderContext) -> None:
        self.context = context
        self.archive = CatalogueArchive.open(context.catalogue)
        self.teasers = Teasers(context.ledger)
        self.cache = CacheReader(context.cache)
        self.environment = environment_of(context.theme, context.edition.site, context.templates)

    def close(self) -> None:
        self.archive.close()
        self.teasers.close()
        self.cache.close()


_desks: Final[dict[int, _Desk]] = {}


def _desk(context: RenderContext) -> _Desk:
    """This process's desk; one that was inherited from the parent is never touched."""
    desk = _desks.get(os.getpid())
    if desk is None or desk.context is not context:
        if desk is not None:
            desk.close()
        desk = _desks[os.getpid()] = _Desk(context)
    return desk


def clear_desk() -> None:
    """Close what this process keeps open."""
    desk = _desks.pop(os.getpid(), None)
    if desk is not None:
        desk.close()
