"""Opening the output folder: its lock, and the moves of a build that was interrupted.

What a build then does to the folder is left to `publish_pages`.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from newsgen.build.state import hold_lock
from newsgen.config import Site
from newsgen.output import publish
from newsgen.output.manifest import BuildManifest
from newsgen.output.staging import find_destination, lock_file
from newsgen.problems import Location, Problem, problem_error


def check_output(site: Site) -> None:
    """Refuse an output folder that overlaps with what a build reads.

    Raises:
        NewsgenError: `output-overlap`.
    """
    output = site.output_folder.resolve()
    for key in ("source", "templates", "static", "cache"):
        folder = (site.root / getattr(site, key)).resolve()
        if output == folder or output in folder.parents or folder in output.parents:
            message = f"overlaps with `{key}`, {getattr(site, key)}"
            raise problem_error("output-overlap", message, Location(site.output))


@contextmanager
def open_output(site: Site, manifest: BuildManifest) -> Iterator[tuple[Problem, ...]]:
    """Lock the output folder, and finish an interrupted publish.

    Yields:
        Files of an earlier build that still cannot be removed. The folder is unlocked when the
        block ends.

    Raises:
        NewsgenError: `foreign-output` if the folder is not newsgen's, `build-running` if another
            archive is built into it, `cannot-write` if it cannot be locked.
    """
    # Before the lock is made: nothing is written beside a folder of somebody else.
    find_destination(site.output_folder, site.output)
    file = lock_file(site.output_folder.resolve())
    # Two archives may have one output folder, so the archive's own lock is not enough.
    message = "another build into this folder is running"
    with hold_lock(file, message, site.output):
        try:
            yield _finish_publish(site, manifest)
        finally:
            # Inside the folder, the file would be published with it.
            if file.parent == site.output_folder.resolve():
                with suppress(OSError):
                    file.unlink()


def _finish_publish(site: Site, manifest: BuildManifest) -> tuple[Problem, ...]:
    """Finish the moves of a build that was interrupted, and return those that fail."""
    pending = manifest.pending()
    if not pending.moves and not pending.removals:
        return ()
    failures = publish.resume_publish(
        site.output_folder, pending.moves, pending.removals, site.output
    )
    if failures is None:
        # Some staged files are lost: only rendering everything again makes the output whole.
        manifest.invalidate_all()
        failures = []
    manifest.finish_publish({failure.path for failure in failures})
    return tuple(failure.problem for failure in failures)
