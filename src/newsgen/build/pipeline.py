"""The build: the only module that knows the order in which an archive becomes a site.

read -> enrich -> index -> search -> plan -> select what is stale -> render -> write
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsgen.build.fingerprint import code_fingerprint
from newsgen.build.ingest import ingest
from newsgen.build.inputs import BuildInputs, load_inputs
from newsgen.build.plugin_problems import find_plugin_problems
from newsgen.build.recognition import prepare_recognition
from newsgen.build.state import CachePaths
from newsgen.catalogue import Catalogue, CatalogueArchive
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.core.executor import make_executor
from newsgen.core.progress import NullProgress, Progress
from newsgen.output import publish, staging
from newsgen.output.manifest import BuildManifest
from newsgen.problems import Location, Problem, problem_error
from newsgen.storage.cache import Cache
from newsgen.storage.database import file_lock, is_io_error
from newsgen.storage.teasers import TeaserStore

if TYPE_CHECKING:
    from newsgen.build.renewal import UpdateResult

_SILENT: Final = NullProgress()


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
class BuildReport:
    """What a build came to.

    `articles` and `unpublished` count those shown and those not; `pages` counts files of the site,
    of which `written` are new or changed; `removed` were there before. `reasons` pairs the path of
    each page that was rendered with the reason.
    """

    articles: int
    unpublished: int
    pages: int
    written: int
    removed: int
    problems: tuple[Problem, ...]
    reasons: tuple[tuple[str, str], ...] = ()


def build(site: Site, options: Options = Options(), progress: Progress = _SILENT) -> BuildReport:
    """Build a site, writing what is not as it should be, and only that.

    Args:
        site: its configuration.
        options: how.
        progress: follows the work.

    Raises:
        NewsgenError: if nothing can be built: the output folder is then as it was.
    """
    _refuse_overlap(site)
    files = CachePaths.of(site)
    try:
        with _locked(files.lock, site):
            try:
                return _build(site, files, options, progress)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and is_io_error(error):
                    raise
                files.discard_damaged()
                return _build(site, files, options, progress)
    except (sqlite3.OperationalError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise problem_error(
            "cannot-write", f"can't be written: {reason}", Location(site.cache)
        ) from error


def _build(site: Site, files: CachePaths, options: Options, progress: Progress) -> BuildReport:
    if options.clean:
        files.discard()
    executor = make_executor(options.jobs)
    with ExitStack() as stack:
        catalogue = stack.enter_context(closing(Catalogue(files.catalogue)))
        cache = stack.enter_context(closing(Cache(files.cache)))
        teasers = stack.enter_context(closing(TeaserStore(files.teasers)))
        manifest = stack.enter_context(closing(BuildManifest(files.manifest)))
        _finish_last_build(site, manifest)
        inputs = load_inputs(site)
        now = options.now or datetime.now(UTC).astimezone()
        names, unready = prepare_recognition(site, files.cache)
        problems = ingest(
            site, catalogue, executor, cache.put, progress, names, now=now, verify=options.verify
        )
        problems = (*find_plugin_problems(), *unready, *problems, *catalogue.problems())
        build_fingerprint = _world(inputs, catalogue)
        is_done = manifest.setting("world") == build_fingerprint and staging.is_newsgen_output(
            site.output_folder
        )
        if is_done and not options.clean:
            return _report(catalogue, manifest, None, problems)
        from newsgen.build.renewal import update_site  # noqa: PLC0415 - a build with nothing to do needs none

        archive = stack.enter_context(closing(CatalogueArchive.open(files.catalogue)))
        renewed = update_site(
            *(inputs, files, archive, teasers, manifest, executor, progress),
            build_fingerprint=build_fingerprint,
            clean=options.clean,
        )
        return _report(catalogue, manifest, renewed, problems)


def _world(inputs: BuildInputs, catalogue: Catalogue) -> bytes:
    """Names everything that the site depends on; while it is the same, nothing is to be done."""
    static = (part for file in inputs.site_context.static for part in (file.path, file.stat))
    return digest(
        code_fingerprint(),
        repr(inputs.site_context.site),
        inputs.site_context.about,
        digest(*static),
        inputs.digest_of_templates,
        _engine(inputs.site_context.site),
        catalogue.identity,
    )


def _engine(site: Site) -> str:
    """The version of what a site is indexed with, "" if it is not."""
    if not site.search:
        return ""
    from newsgen import search  # noqa: PLC0415 - slow to load, and not always needed

    return search.version()


def _report(
    catalogue: Catalogue,
    manifest: BuildManifest,
    renewed: "UpdateResult | None",
    problems: tuple[Problem, ...],
) -> BuildReport:
    counts = catalogue.counts()
    return BuildReport(
        articles=counts.shown,
        unpublished=counts.unpublished,
        pages=int(str(manifest.setting("pages") or 0)),
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
            raise problem_error("output-overlap", message, Location(site.output))


def _finish_last_build(site: Site, manifest: BuildManifest) -> None:
    """Finish the moves of a build that was stopped in the midst of them."""
    pending = list(manifest.pending())
    if not pending:
        return
    moves = [path for path, remove in pending if not remove]
    removals = [path for path, remove in pending if remove]
    if not publish.resume_publish(site.output_folder, moves, removals):
        manifest.invalidate_all()
    manifest.clear_pending()


@contextmanager
def open_cache(site: Site) -> Iterator[tuple[Path, Cache]]:
    """What was dear to work out, for a command that builds nothing; builds are kept out meanwhile.

    Raises:
        NewsgenError: `build-running`; `cannot-write` if it can't be kept, or is damaged.
    """
    files = CachePaths.of(site)
    try:
        with _locked(files.lock, site), closing(Cache(files.cache)) as cache:
            yield files.cache, cache
    except (sqlite3.DatabaseError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise problem_error(
            "cannot-write", f"can't be written: {reason}", Location(site.cache)
        ) from error


@contextmanager
def _locked(file: Path, site: Site) -> Iterator[None]:
    """Keep other builds of the same archive out.

    Raises:
        NewsgenError: `build-running` if there is one.
    """
    with file_lock(file) as is_free:
        if not is_free:
            message = "another build of this archive is running"
            raise problem_error("build-running", message, Location(str(site.cache)))
        yield
