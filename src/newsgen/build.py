"""The build: the only module that knows the order in which an archive becomes a site.

read -> enrich -> index -> search -> plan -> select what is stale -> render -> write
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsgen import write
from newsgen.cache import Cache
from newsgen.catalogue import Catalogue, CatalogueArchive
from newsgen.config import Site
from newsgen.database import held, is_of_the_disk
from newsgen.digest import digest
from newsgen.executor import executor_for
from newsgen.intake import take_in
from newsgen.kept import KeptFiles
from newsgen.ledger import Ledger
from newsgen.materials import Materials, gather
from newsgen.problems import Problem, Where, fatal
from newsgen.progress import Progress, Silent
from newsgen.recognition import make_ready
from newsgen.release import release
from newsgen.teasers import TeaserStore

if TYPE_CHECKING:
    from newsgen.renewal import Renewed


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    `jobs` is the number of processes, 0 one for each processor. `clean` ignores everything that is
    kept from earlier builds, `verify` reads even sources that seem not to have changed. `now` is
    the time until which articles are shown; None is the clock's.
    """

    jobs: int = 0
    clean: bool = False
    verify: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a build came to.

    `articles` and `held_back` count those shown and those not; `pages` counts files of the site, of
    which `written` are new or changed; `removed` were there before. `reasons` pairs the path of
    each page that was rendered with the reason.
    """

    articles: int
    held_back: int
    pages: int
    written: int
    removed: int
    problems: tuple[Problem, ...]
    reasons: tuple[tuple[str, str], ...] = ()


def build(site: Site, options: Options = Options(), progress: Progress = Silent()) -> Report:  # noqa: B008
    """Build a site, writing what is not as it should be, and only that.

    Args:
        site: its configuration.
        options: how.
        progress: follows the work.

    Raises:
        NewsgenError: if nothing can be built: the output folder is then as it was.
    """
    _refuse_overlap(site)
    files = KeptFiles.of(site)
    try:
        with _locked(files.lock, site):
            try:
                return _build(site, files, options, progress)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and is_of_the_disk(error):
                    raise
                files.discard_damaged()
                return _build(site, files, options, progress)
    except (sqlite3.OperationalError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise fatal("cannot-write", f"can't be written: {reason}", Where(site.cache)) from error


def _build(site: Site, files: KeptFiles, options: Options, progress: Progress) -> Report:
    if options.clean:
        files.discard()
    executor = executor_for(options.jobs)
    with ExitStack() as stack:
        catalogue = stack.enter_context(closing(Catalogue(files.catalogue)))
        cache = stack.enter_context(closing(Cache(files.cache)))
        teasers = stack.enter_context(closing(TeaserStore(files.teasers)))
        ledger = stack.enter_context(closing(Ledger(files.ledger)))
        _finish_last_build(site, ledger)
        materials = gather(site)
        now = options.now or datetime.now(UTC).astimezone()
        names, unready = make_ready(site, files.cache)
        problems = take_in(
            site, catalogue, executor, cache.put, progress, names, now=now, verify=options.verify
        )
        problems = (*unready, *problems, *catalogue.problems())
        world = _world(materials, catalogue)
        is_done = ledger.setting("world") == world and write.is_ours(site.output_folder)
        if is_done and not options.clean:
            return _report(catalogue, ledger, None, problems)
        from newsgen.renewal import renew  # noqa: PLC0415 - a build with nothing to do needs none

        archive = stack.enter_context(closing(CatalogueArchive.open(files.catalogue)))
        renewed = renew(
            *(materials, files, archive, teasers, ledger, executor, progress),
            world=world,
            clean=options.clean,
        )
        return _report(catalogue, ledger, renewed, problems)


def _world(materials: Materials, catalogue: Catalogue) -> bytes:
    """Names everything that the site depends on; while it is the same, nothing is to be done."""
    static = (part for file in materials.edition.static for part in (file.path, file.stat))
    return digest(
        release(),
        repr(materials.edition.site),
        materials.edition.about,
        digest(*static),
        materials.digest_of_templates,
        _engine(materials.edition.site),
        catalogue.identity,
    )


def _engine(site: Site) -> str:
    """The version of what a site is indexed with, "" if it is not."""
    if not site.search:
        return ""
    from newsgen import search  # noqa: PLC0415 - slow to load, and not always needed

    return search.version()


def _report(
    catalogue: Catalogue, ledger: Ledger, renewed: "Renewed | None", problems: tuple[Problem, ...]
) -> Report:
    counts = catalogue.counts()
    return Report(
        articles=counts.shown,
        held_back=counts.held_back,
        pages=int(str(ledger.setting("pages") or 0)),
        written=renewed.written if renewed else 0,
        removed=renewed.removed if renewed else 0,
        problems=(*problems, *renewed.problems) if renewed else problems,
        reasons=renewed.reasons if renewed else (),
    )


def _refuse_overlap(site: Site) -> None:
    """Keep a build from writing over what it reads.

    Raises:
        NewsgenError: `output-overlap`.
    """
    output = site.output_folder.resolve()
    for key in ("source", "templates", "static", "cache"):
        folder = (site.root / getattr(site, key)).resolve()
        if output == folder or output in folder.parents or folder in output.parents:
            message = f"overlaps with `{key}`, {getattr(site, key)}"
            raise fatal("output-overlap", message, Where(site.output))


def _finish_last_build(site: Site, ledger: Ledger) -> None:
    """Finish the moves of a build that was stopped in the midst of them."""
    pending = list(ledger.pending())
    if not pending:
        return
    moves = [path for path, remove in pending if not remove]
    removals = [path for path, remove in pending if remove]
    if not write.finish(site.output_folder, moves, removals):
        ledger.forget_inputs()
    ledger.clear_pending()


@contextmanager
def kept_results(site: Site) -> Iterator[tuple[Path, Cache]]:
    """What was dear to work out, for a command that builds nothing; builds are kept out meanwhile.

    Raises:
        NewsgenError: `build-running`; `cannot-write` if it can't be kept, or is damaged.
    """
    files = KeptFiles.of(site)
    try:
        with _locked(files.lock, site), closing(Cache(files.cache)) as cache:
            yield files.cache, cache
    except (sqlite3.DatabaseError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise fatal("cannot-write", f"can't be written: {reason}", Where(site.cache)) from error


@contextmanager
def _locked(file: Path, site: Site) -> Iterator[None]:
    """Keep other builds of the same archive out.

    Raises:
        NewsgenError: `build-running` if there is one.
    """
    with held(file) as is_free:
        if not is_free:
            message = "another build of this archive is running"
            raise fatal("build-running", message, Where(str(site.cache)))
        yield
