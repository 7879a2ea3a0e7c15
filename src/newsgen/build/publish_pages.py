"""Publishing a build: its record in the manifest, then the moves into the output folder.

`output` knows how files are staged and moved. This module decides when, and keeps the manifest in
step, so that a build interrupted at any point is finished or discarded by the next one.
"""

import os
import signal
import threading
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsgen import urls
from newsgen.build.open_output import OpenOutput, read_boot_id
from newsgen.build.publish_order import order_removals
from newsgen.build.state import State
from newsgen.config import Site
from newsgen.core.progress import Progress
from newsgen.core.sync import sync_file_system
from newsgen.output import publish, staging
from newsgen.output.manifest import BuildManifest
from newsgen.output.publish import PublishFailure
from newsgen.output.published_manifest import (
    FileRecord,
    Mark,
    format_list,
    format_mark,
    list_path,
    make_generation,
    read_lists,
)
from newsgen.output.staging import Destination, StagedFile
from newsgen.problems import Location, Problem, write_error

if TYPE_CHECKING:
    from newsgen.build.render_pages import RenderStats


@contextmanager
def staged(site: Site, state: State, *, clean: bool) -> Iterator[Destination]:
    """Prepare the staging folder and a transaction of the manifest.

    If the block fails, both are rolled back, and the output folder is as it was.

    Raises:
        NewsgenError: `foreign-output` or `cannot-write`.
    """
    destination = staging.find_destination(site.output_folder, site.output)
    try:
        # Inside `try`: Ctrl-C as soon as the folder is made must delete it too.
        staging.make_staging(destination, site.output)
        state.manifest.begin()
        # In a fresh output folder no recorded page is on the disk any more.
        if clean or destination.fresh:
            state.manifest.invalidate_all()
            state.manifest.outdate_lists()
        if destination.fresh:
            state.manifest.invalidate_files()
        yield destination
    # Not `Exception`: Ctrl-C must roll back too.
    except BaseException:
        state.manifest.rollback()
        staging.discard_staging(destination)
        raise


def find_untracked_files(
    site: Site, folder: OpenOutput, manifest: BuildManifest, gone: Container[str]
) -> tuple[Problem, ...]:
    """Report files that no manifest names, if the output is not as the last build left it.

    Args:
        site: The configuration.
        folder: The output folder as it was found.
        manifest: The manifest with this build's pages.
        gone: Paths of files that this build removes.
    """
    # The last build found out itself that a file could not be moved.
    if folder.published is None or manifest.get_meta("generation") == "":
        return ()
    files = publish.list_files(site.output_folder)
    untracked = [
        path
        for path in files
        if path not in gone and not _is_known(path, folder.published, manifest)
    ]
    if not untracked:
        return ()
    number = f"{len(untracked):,} files" if len(untracked) > 1 else "a file"
    message = f"has {number} that newsgen did not write, such as {untracked[0]}"
    return (Problem(Location(site.output), "untracked-file", message),)


def _is_known(path: str, published: Container[str], manifest: BuildManifest) -> bool:
    if path in staging.NEUTRAL:
        return True
    return path in published or urls.is_internal(path) or manifest.has_page(path)


def record_build(
    destination: Destination,
    state: State,
    folder: OpenOutput,
    stats: "RenderStats",
    build_fingerprint: bytes,
) -> None:
    """Commit the build to the manifest, with the moves that are still to be made.

    Args:
        destination: Where files were staged.
        state: The archive's state.
        folder: The output folder as it was found.
        stats: What rendering changed. Files are added that only the published manifest names.
        build_fingerprint: Fingerprint of a complete build. Empty for an incomplete one.

    Raises:
        NewsgenError: `foreign-output` if a move would overwrite a file that is not newsgen's,
            `cannot-write` if the published manifest cannot be staged, or the disk fails.
    """
    manifest = state.manifest
    published = folder.published or set()
    has_one_case = staging.ignores_case(destination.output)
    untracked = (
        path
        for path in published.difference(stats.gone)
        if not urls.is_internal(path) and manifest.is_free(path, ignores_case=has_one_case)
    )
    stats.gone = order_removals({**stats.gone, **dict.fromkeys(untracked, "")})
    manifest.set_meta("build_fingerprint", build_fingerprint)
    manifest.set_meta("pages", manifest.count_pages())
    manifest.set_meta("boot", read_boot_id())
    before = {*filter(urls.is_internal, published), *_list_paths(manifest)}
    try:
        lists = _stage_published_manifest(destination, manifest, folder.owner)
        # What the manifest calls done must outlive a power failure.
        sync_file_system(destination.staging)
    except OSError as error:
        raise write_error(error, folder.shown_as) from error
    if destination.fresh:
        # A new output folder appears in one move: the empty path stands for all of it.
        manifest.put_pending([""], [])
    else:
        new = set() if folder.is_untracked else set(stats.new).difference(published)
        if any(os.path.lexists(destination.output / path) for path in new):
            # The path of a file of newsgen's own may be damaged in the manifest.
            new -= read_lists(destination.output)
        publish.check_overwrites(destination, stats.changed, new, stats.gone)
        emptied = sorted(before.difference(_list_paths(manifest)))
        manifest.put_pending([*stats.changed, *lists], [*stats.gone, *emptied])
    manifest.commit()


def _list_paths(manifest: BuildManifest) -> set[str]:
    return {list_path(file.path) for file in manifest.lists()}


def _stage_published_manifest(
    destination: Destination, manifest: BuildManifest, owner: str
) -> list[str]:
    """Stage the outdated lists of the published manifest and its mark.

    Returns:
        The paths of staged files, the mark last.
    """
    staged: list[str] = []

    def stage(path: str, content: bytes) -> StagedFile:
        file = staging.stage_file(destination, path, content)
        if file.has_changed:
            staged.append(path)
        return file

    for name in [file.path for file in manifest.lists() if not file.content_digest]:
        files = manifest.list_files(name)
        if files:
            _, size, content_digest = stage(list_path(name), format_list(files))
            manifest.put_list(FileRecord(name, size, content_digest))
        else:
            manifest.delete_list(name)
    generation = make_generation(manifest.lists())
    manifest.set_meta("generation", generation)
    articles = manifest.get_count("articles")
    stage(urls.MARK, format_mark(Mark(owner, generation, articles)))
    return staged


def publish_pages(
    site: Site, destination: Destination, state: State, progress: Progress
) -> list[PublishFailure]:
    """Move the staged files into the output folder, and remove the files of removed pages.

    Returns:
        The files that could not be moved or removed. The next build tries again.

    Raises:
        NewsgenError: `cannot-write` if a whole new output folder cannot be moved into place, or
            the disk fails. The next build finishes the work.
    """
    progress.start_stage("Publishing")
    # Ctrl-C here would leave the output a mix of two builds until the next one.
    with _without_interrupts():
        # What the manifest records, and not what rendering changed: an earlier build may have
        # failed to remove a file.
        moves, removals = state.manifest.pending()
        try:
            failures = publish.publish(destination, moves, removals, site.output)
        except OSError as error:
            raise write_error(error, site.output) from error
        state.manifest.finish_publish({failure.path for failure in failures})
    return failures


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C until the block ends."""
    # Signals can only be set in the main thread, and are only delivered there.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
