"""Opening the output folder: its lock, an interrupted publish, and a check of what lies in it.

What a build then does to the folder is left to `publish_pages`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from newsgen import urls
from newsgen.build.state import hold_lock
from newsgen.config import Site
from newsgen.output import publish, published_manifest
from newsgen.output.manifest import BuildManifest
from newsgen.output.published_manifest import Mark
from newsgen.output.staging import (
    find_destination,
    has_record,
    is_newsgen_output,
    lock_file,
)
from newsgen.problems import Location, NewsgenError, Problem, problem_error, write_error

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


class OpenOutput(NamedTuple):
    """Output folder of a build, locked against other builds.

    Attributes:
        shown_as: Its name in problems.
        owner: The owner for its mark.
        published: Paths that its published manifest names. None if it seems to be as the last
            build left it, so that the manifest names the same.
        problems: Files of an earlier build that still cannot be removed.
        is_manifest_lost: Whether the folder has a site, but the manifest knows of none.
        is_untracked: True if nothing tells which of its files are newsgen's: it was written by a
            version without a published manifest, and the manifest is lost.
        articles: Number of articles that its mark counts, 0 if it has none.
    """

    shown_as: str
    owner: str
    published: set[str] | None
    problems: tuple[Problem, ...]
    is_manifest_lost: bool = False
    is_untracked: bool = False
    articles: int = 0


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
def open_output(site: Site, manifest: BuildManifest, *, verify: bool) -> Iterator[OpenOutput]:
    """Lock the output folder, finish an interrupted publish, and make damaged pages stale.

    Args:
        site: The configuration.
        manifest: The manifest of the folder.
        verify: Whether to read every file of the folder.

    Yields:
        The folder, which is unlocked when the block ends.

    Raises:
        NewsgenError: `foreign-output` if the folder is not this archive's, `build-running` if
            another archive is built into it, `cannot-write` if it cannot be locked, `unreadable`
            if its mark cannot be read.
    """
    # Before the lock is made: nothing is written beside a folder of somebody else.
    has_lost_mark = _has_lost_mark(site.output_folder, manifest)
    if not has_lost_mark:
        find_destination(site.output_folder, site.output)
    file = lock_file(site.output_folder.resolve())
    # Two archives may have one output folder, so the archive's own lock is not enough.
    message = "another build into this folder is running"
    with hold_lock(file, message, site.output):
        try:
            if has_lost_mark:
                _restore_mark(site)
            problems = _finish_publish(site, manifest)
            yield _inspect(site, manifest, problems, verify=verify)
        finally:
            # Inside the folder, the file would be published with it.
            if file.parent == site.output_folder.resolve():
                with suppress(OSError):
                    file.unlink()


def read_boot_id() -> str:
    """Return the id of the time since the system was started, "" if it has none."""
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:
        return ""


def find_owner(site: Site) -> str:
    """Return the owner of the output folder."""
    output = site.output_folder.resolve()
    # A source folder may become a symlink, or another one. It still is this archive's.
    source = os.path.normpath(site.root.resolve() / site.source)
    try:
        place = Path(os.path.relpath(source, output)).as_posix()
    except ValueError:  # on another drive of Windows
        place = Path(source).as_posix()
    return published_manifest.make_owner(place)


def find_foreign_owner(site: Site, mark: Mark) -> Problem | None:
    """Return the problem of an output folder that is another archive's, if it is."""
    if not mark.owner or mark.owner == find_owner(site):
        return None
    message = "holds the site of another archive"
    hint = (
        f"if it is this archive's, because the archive was moved or its source folder renamed, "
        f"delete the line `owner` in {site.output}/{urls.MARK} and build again; otherwise choose "
        f"another folder with --output"
    )
    return Problem(Location(site.output), "foreign-output", message, hint)


def _has_lost_mark(output: Path, manifest: BuildManifest) -> bool:
    """Return True for this archive's site without its mark, such as a copy without hidden files.

    Each file that the manifest names must be missing or as recorded, and the home page must be
    there. So no file of somebody else is ever taken for newsgen's.
    """
    home = urls.output_path(urls.HOME)
    if is_newsgen_output(output) or not (output / home).is_file():
        return False
    found = [file for file in manifest.files() if os.path.lexists(output / file.path)]
    has_home = any(file.path == home for file in found)
    return has_home and all(has_record(output, file, content=True) for file in found)


def _restore_mark(site: Site) -> None:
    """Write a mark without a generation, so that the folder is compared with the manifest.

    Raises:
        NewsgenError: `cannot-write`.
    """
    mark = published_manifest.format_mark(Mark(find_owner(site), ""))
    file = site.output_folder / urls.MARK
    try:
        # A dangling symlink counts as a missing mark, and may lead out of the folder.
        file.unlink(missing_ok=True)
        with file.open("xb") as opened:
            opened.write(mark)
    except OSError as error:
        raise write_error(error, f"{site.output}/{urls.MARK}") from error


def _finish_publish(site: Site, manifest: BuildManifest) -> tuple[Problem, ...]:
    """Finish the moves of a build that was interrupted, and return those that fail."""
    pending = manifest.pending()
    if not pending.moves and not pending.removals:
        return ()
    try:
        failures = publish.resume_publish(
            site.output_folder, pending.moves, pending.removals, site.output
        )
    except OSError as error:
        raise write_error(error, site.output) from error
    if failures is None:
        # Some staged files are lost, so any page may be an old one.
        manifest.distrust_output()
        failures = []
    manifest.finish_publish({failure.path for failure in failures})
    return tuple(failure.problem for failure in failures)


def _inspect(
    site: Site, manifest: BuildManifest, problems: tuple[Problem, ...], *, verify: bool
) -> OpenOutput:
    """Compare the output folder with the manifest, and make pages stale whose files differ."""
    output, owner = site.output_folder, find_owner(site)
    mark = published_manifest.read_mark(output, site.output)
    recorded = manifest.get_meta("generation")
    if mark is None:  # There is no site yet.
        return OpenOutput(site.output, owner, None, problems)
    # A mark without a generation is of an older version.
    if mark.generation != recorded or not mark.generation:
        if foreign := find_foreign_owner(site, mark):
            raise NewsgenError([foreign])
        manifest.outdate_lists()
        _invalidate_damaged(output, manifest, content=True)
        is_lost = recorded is None
        is_untracked = is_lost and not mark.generation
        named = published_manifest.read_lists(output)
        return OpenOutput(site.output, owner, named, problems, is_lost, is_untracked, mark.articles)
    # After a start of the system, files may be lost that the disk had not written yet. Looking at
    # the sizes of 20,000 files takes 0.1 s, which is too long for each build.
    boot_id = read_boot_id()
    if verify or not boot_id or boot_id != manifest.get_meta("boot"):
        _invalidate_damaged(output, manifest, content=verify)
        manifest.set_meta("boot", boot_id)
    published = None
    if verify:
        # Lists of an older copy that was laid over the folder name files that no longer belong.
        published = published_manifest.read_lists(output)
        # The time and the inode of a static file do not tell for certain that it is unchanged.
        manifest.invalidate_all("static")
    if mark.owner != owner:
        # The source folder was renamed or moved. Only a build that publishes writes a new mark.
        manifest.set_meta("build_fingerprint", b"")
    return OpenOutput(site.output, owner, published, problems)


def _invalidate_damaged(output: Path, manifest: BuildManifest, *, content: bool) -> None:
    """Make every page stale whose file is not as recorded."""
    damaged = [
        file.path for file in manifest.files() if not has_record(output, file, content=content)
    ]
    lists = (
        file._replace(path=published_manifest.list_path(file.path)) for file in manifest.lists()
    )
    if damaged or not all(has_record(output, file, content=content) for file in lists):
        manifest.begin()
        manifest.outdate_lists()
        for path in damaged:
            manifest.invalidate_page(path)
        manifest.commit()
