"""Publishing a build: its record in the manifest, then the moves into the output folder.

`output` knows how files are staged and moved. This module decides when, and keeps the manifest in
step, so that a build interrupted at any point is finished or discarded by the next one.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsgen.build.state import State
from newsgen.config import Site
from newsgen.core.progress import Progress
from newsgen.output import publish, staging
from newsgen.output.manifest import BuildManifest
from newsgen.output.staging import Destination
from newsgen.problems import Location, Problem

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
        yield destination
    # Not `Exception`: Ctrl-C must roll back too.
    except BaseException:
        state.manifest.rollback()
        staging.discard_staging(destination)
        raise


def find_untracked_files(
    site: Site, destination: Destination, manifest: BuildManifest
) -> tuple[Problem, ...]:
    """Report files that may be left from an earlier build whose manifest is lost."""
    # Every build records its number of pages. Without it, the manifest is new.
    if destination.fresh or manifest.get_meta("pages") is not None:
        return ()
    files = publish.list_files(destination.output)
    untracked = [path for path in files if not manifest.has_page(path)]
    if not untracked:
        return ()
    message = f"has {len(untracked):,} files that this build did not write, such as {untracked[0]}"
    return (Problem(Location(site.output), "untracked-file", message),)


def record_build(
    destination: Destination, state: State, stats: "RenderStats", build_fingerprint: bytes
) -> None:
    """Commit the build to the manifest, with the moves that are still to be made.

    Args:
        destination: Where files were staged.
        state: The archive's state.
        stats: What rendering changed.
        build_fingerprint: Fingerprint of a complete build. Empty for an incomplete one.

    Raises:
        NewsgenError: `foreign-output` if a move would overwrite a file that is not newsgen's.
    """
    manifest = state.manifest
    # Asked before `pages` is set below. Afterwards every manifest looks known.
    is_known = manifest.get_meta("pages") is not None
    manifest.set_meta("build_fingerprint", build_fingerprint)
    manifest.set_meta("pages", manifest.count_pages())
    if destination.fresh:
        # A new output folder appears in one move: the empty path stands for all of it.
        manifest.put_pending([""], [])
    else:
        # With a lost manifest, every file counts as possibly newsgen's own.
        new = stats.new if is_known else ()
        publish.check_overwrites(destination, stats.changed, new, stats.gone)
        manifest.put_pending(stats.changed, stats.gone)
    manifest.commit()


def publish_pages(
    site: Site, destination: Destination, state: State, progress: Progress
) -> tuple[Problem, ...]:
    """Move the staged files into the output folder, and remove the files of removed pages.

    Returns:
        The files that could not be moved or removed. The next build tries again.

    Raises:
        OSError: If a whole new output folder cannot be moved into place, or the manifest cannot be
            written. The next build finishes the work.
    """
    progress.start_stage("Publishing")
    # Ctrl-C here would leave the output a mix of two builds until the next one.
    with _without_interrupts():
        # What the manifest records, and not what rendering changed: an earlier build may have
        # failed to remove a file.
        moves, removals = state.manifest.pending()
        failures = publish.publish(destination, moves, removals, site.output)
        staging.discard_staging(destination)
        state.manifest.finish_publish({failure.path for failure in failures})
    return tuple(failure.problem for failure in failures)


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
