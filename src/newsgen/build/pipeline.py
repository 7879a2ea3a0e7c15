"""Build pipeline: the top-level order in which an archive becomes a site.

ingest                 scan -> load (read, enrich, recognize names) -> update the catalogue
update_search_index    split into parts -> make records -> index
render_stale_pages     plan -> select what is stale -> render into the staging folder
record_build           commit to the manifest
publish_pages          move into the output folder
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from newsgen.build.damage import find_mended_damage
from newsgen.build.ingest import IngestOptions, ingest
from newsgen.build.inputs import BuildInputs, load_inputs, make_build_fingerprint
from newsgen.build.open_output import OpenOutput, check_output, open_output
from newsgen.build.publish_pages import (
    find_untracked_files,
    publish_pages,
    record_build,
    staged,
)
from newsgen.build.safeguards import (
    check_clock,
    check_days,
    check_static_files,
    count_published,
    record_counts,
    record_time,
)
from newsgen.build.state import State, retry_if_damaged
from newsgen.catalogue import CatalogueReader
from newsgen.config import Site
from newsgen.core.executor import make_executor
from newsgen.core.progress import NullProgress, Progress
from newsgen.problems import Problem
from newsgen.read.discover import check_source_folder

if TYPE_CHECKING:
    from newsgen.build.render_pages import RenderStats

_NULL_PROGRESS: Final = NullProgress()


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a build.

    Attributes:
        jobs: Number of processes, 0 for one per processor.
        clean: Whether to ignore caches and rebuild everything.
        verify: Whether to read every source and static file, even if its size and time are
            unchanged, and to check all caches.
        now: Articles dated later are not listed. None means the current time, which must not be
            earlier than the last build.
        allow_removals: Whether a large part of the articles may be removed from the site.
    """

    jobs: int = 0
    clean: bool = False
    verify: bool = False
    now: datetime | None = None
    allow_removals: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Result of a build.

    Attributes:
        articles: Number of articles on the site.
        unpublished: Number of drafts, future-dated and expired articles.
        pages: Number of files of the site.
        written: Number of these that are new or changed.
        removed: Number of files that were removed.
        problems: Everything found wrong, also at earlier builds.
        reasons: The path of each rendered page, and why it was rendered.
        skipped_files: Number of files in the source folder that are neither read nor published, by
            suffix.
    """

    articles: int
    unpublished: int
    pages: int
    written: int
    removed: int
    problems: tuple[Problem, ...]
    reasons: tuple[tuple[str, str], ...] = ()
    skipped_files: tuple[tuple[str, int], ...] = ()


@retry_if_damaged
def build(
    site: Site, options: Options = Options(), progress: Progress = _NULL_PROGRESS
) -> BuildReport:
    """Build a site, writing only files that changed.

    Args:
        site: The configuration.
        options: How to build.
        progress: Follows the work.

    Raises:
        NewsgenError: If the site cannot be built. The output folder is then as it was.
    """
    # First of all: opening the state already writes to the cache folder.
    check_output(site)
    # `--clean` deletes the caches, which a folder that is not mounted must not cost.
    check_source_folder(site.source_folder, site.source)
    now = options.now or datetime.now(UTC).astimezone()
    with (
        State.open(site, clean=options.clean, verify=options.verify) as state,
        # Before anything else: the manifest counts what it is about to move as published.
        open_output(site, state.manifest, verify=options.verify) as folder,
    ):
        inputs = load_inputs(site)
        _refuse_accidents(inputs, options, state, now)
        ingest_options = _make_ingest_options(options, state, folder, now)
        problems = ingest(site, state.catalogue, state.cache, ingest_options, progress)
        problems += tuple(find_mended_damage(site, state))
        catalogue = state.catalogue
        fingerprint = make_build_fingerprint(
            inputs, catalogue.content_digest, catalogue.count_without_drafts()
        )
        # `--clean` keeps the manifest, which would still call the output up to date.
        if state.is_current(site, fingerprint) and not options.clean:
            return _make_report(state, (*problems, *folder.problems))

        # Imported here: a build with nothing to do needs neither Jinja nor Pagefind.
        from newsgen.build.render_pages import render_stale_pages  # noqa: PLC0415
        from newsgen.build.search_index import update_search_index  # noqa: PLC0415

        executor = make_executor(options.jobs)
        with closing(CatalogueReader.open(state.paths.catalogue)) as archive:
            if folder.is_manifest_lost and not options.allow_removals:
                check_days(site, folder.published or (), [day.key for day in archive.groups("day")])
            index = update_search_index(
                site, state.paths, archive, executor, progress, verify=options.verify
            )
            inputs = inputs.with_archive(archive.term_kinds(), index.parts)
            with staged(site, state, clean=options.clean) as destination:
                stats = render_stale_pages(inputs, archive, state, destination, executor, progress)
                problems += (*index.problems, *stats.problems)
                problems += find_untracked_files(site, folder, state.manifest, stats.gone)
                record_counts(state.manifest, state.catalogue, inputs.own_static_files)
                record_time(state.manifest, now)
                # An incomplete build must not count as current: the next one tries again.
                is_complete = index.is_complete and not stats.problems
                fingerprint = fingerprint if is_complete else b""
                record_build(destination, state, folder, stats, fingerprint)
        # Outside `staged`: the build is recorded now. If a move fails, the next build finishes it
        # and nothing is rolled back.
        failures = publish_pages(site, destination, state, progress)
        problems += tuple(failure.problem for failure in failures)
        stats.discard(failure.path for failure in failures)
        return _make_report(state, problems, stats)


def _refuse_accidents(inputs: BuildInputs, options: Options, state: State, now: datetime) -> None:
    """Refuse a build whose clock is wrong or whose static files are gone.

    Raises:
        NewsgenError: `clock-behind` or `too-many-removals`.
    """
    site = inputs.site_context.site
    # A time that the user gives is meant.
    if options.now is None:
        check_clock(site, state.manifest, now)
    if not options.allow_removals:
        check_static_files(site, state.manifest, inputs.own_static_files)


def _make_ingest_options(
    options: Options, state: State, folder: OpenOutput, now: datetime
) -> IngestOptions:
    return IngestOptions(
        jobs=options.jobs,
        verify=options.verify,
        now=now,
        removals="allow" if options.allow_removals else "refuse",
        # Without a manifest, the output folder itself knows.
        published=count_published(state.manifest) or folder.articles,
    )


def _make_report(
    state: State, problems: tuple[Problem, ...], stats: "RenderStats | None" = None
) -> BuildReport:
    counts = state.catalogue.counts()
    return BuildReport(
        articles=counts.listed,
        unpublished=counts.unlisted,
        pages=state.manifest.get_count("pages"),
        written=len(stats.changed) if stats else 0,
        removed=len(stats.gone) if stats else 0,
        problems=tuple(dict.fromkeys(problems)),
        reasons=tuple(stats.reasons) if stats else (),
        skipped_files=state.catalogue.count_skipped_files(),
    )
