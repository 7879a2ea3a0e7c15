"""Publishing: staged files are moved into the output folder, and outdated files are removed.

Each move is atomic. The caller records the moves before the first one, so that the next build can
finish them after a crash. Only files that newsgen wrote are ever replaced or removed, and a symlink
is never followed.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.core.sync import sync_file_system
from newsgen.output.staging import (
    INSIDE,
    Destination,
    discard_staging,
    has_files,
    is_newsgen_output,
    make_folder,
    staging_folder,
)
from newsgen.problems import Location, Problem, describe_write, problem_error
from newsgen.urls import MARK

_NOT_LISTED: Final = INSIDE | {".git", ".hg", ".svn"}


class PublishFailure(NamedTuple):
    """Path that could not be moved or removed, and why."""

    path: str
    problem: Problem


def check_overwrites(
    destination: Destination, moves: Collection[str], new: Iterable[str], gone: Collection[str]
) -> None:
    """Refuse moves that would overwrite somebody else's file or leave the output folder.

    Args:
        destination: The output folder and its staged files.
        moves: The paths of all staged files.
        new: The staged paths that no page had before.
        gone: The paths of pages that are to be removed.

    Raises:
        NewsgenError: `foreign-output`, with the file or folder.
    """
    links = _find_links(destination.output, [*moves, *gone])
    if links:
        folder = destination.output / min(links)
        raise problem_error(
            "foreign-output", "leads out of the output folder", Location(str(folder))
        )
    # A folder may become a file if this publish removes everything in it.
    ours = {destination.output / path for path in gone}
    for path in sorted(set(moves).intersection(new)):
        target = destination.output / path
        blocking = _find_blocking_file(destination.output, path)
        inside = target.rglob("*") if _is_folder(target) else (target,)
        for file in (blocking,) if blocking else inside:
            if file not in ours and os.path.lexists(file) and not _is_folder(file):
                raise problem_error(
                    "foreign-output", "was not written by newsgen", Location(str(file))
                )


def publish(
    destination: Destination, moves: Sequence[str], removals: Sequence[str], shown_as: str
) -> list[PublishFailure]:
    """Move staged files into the output folder in their order, then remove outdated ones.

    Calling it again after an interruption finishes the work: files already moved are skipped.

    Args:
        destination: The output folder and its staged files.
        moves: The paths of the staged files.
        removals: The paths of the outdated files.
        shown_as: The output folder's name in problems.

    Returns:
        The paths that could not be moved or removed. All others are.

    Raises:
        OSError: If a whole new output folder cannot be moved into place, or the disk fails.
    """
    if destination.fresh:
        _move_folder(destination)
        sync_file_system(destination.output)
        return []
    output = destination.output
    links = _find_links(output, [*moves, *removals])

    def attempt(paths: Iterable[str], action: Callable[[str], None]) -> Iterator[PublishFailure]:
        for path in paths:
            link = path.rpartition("/")[0]
            if link in links:
                location = Location(f"{shown_as}/{link}")
                problem = Problem(location, "foreign-output", "leads out of the output folder")
                yield PublishFailure(path, problem)
                continue
            try:
                action(path)
            except OSError as error:
                yield PublishFailure(path, _describe_failure(error, path, output, shown_as))

    blocked = [path for path, _ in attempt(moves, lambda path: _move_file(destination, path))]
    failures = list(attempt(removals, lambda path: _remove_file(output / path, output)))
    # Where a file becomes a folder, or a folder a file, the old one has to be removed first.
    failures += attempt(blocked, lambda path: _replace_folder(destination, path))
    # Deleted only when their new places are on the disk for certain.
    sync_file_system(output)
    discard_staging(destination)
    return failures


def resume_publish(
    output: Path, moves: Sequence[str], removals: Sequence[str], shown_as: str
) -> list[PublishFailure] | None:
    """Finish the moves of a build that was interrupted while it published.

    Args:
        output: The output folder.
        moves: The paths still to be moved; one empty path stands for the whole folder.
        removals: The paths still to be removed.
        shown_as: The output folder's name in problems.

    Returns:
        The paths that could not be moved or removed. None if staged files are lost, so that any
        file of the output may be missing.

    Raises:
        OSError: If a whole new output folder cannot be moved into place.
    """
    output = output.resolve()
    staging = staging_folder(output)
    whole = list(moves) == [""]
    if whole and not staging.is_dir():
        return [] if is_newsgen_output(output) else None
    # The folder was filled or deleted meanwhile. Without its mark it would seem somebody else's.
    if has_files(output) if whole else not is_newsgen_output(output):
        return None
    # Without the staging folder its files are lost, and pages may be missing from the output.
    is_complete = staging.is_dir() or not moves
    failures = publish(Destination(output, staging, fresh=whole), moves, removals, shown_as)
    return failures if is_complete else None


def list_files(output: Path) -> list[str]:
    """Return the paths of all files in the output folder, sorted, relative to it.

    Files of newsgen's own that wait there, and those of version control, are left out.
    """
    # Unlike `Path.is_file`, this raises no error for what cannot be examined.
    files = (file for file in output.rglob("*") if os.path.isfile(file))  # noqa: PTH113
    found = (file.relative_to(output) for file in files)
    return sorted(file.as_posix() for file in found if file.parts[0] not in _NOT_LISTED)


def _find_links(output: Path, paths: Iterable[str]) -> set[str]:
    """Return the folders of some paths that a symlink leads out of their place in the output."""
    folders = {path.rpartition("/")[0] for path in paths}
    return {folder for folder in folders if folder and _is_elsewhere(f"{output}/{folder}")}


def _is_elsewhere(folder: str) -> bool:
    # `normcase`: on Windows the real path may differ in case and in slashes.
    return os.path.normcase(os.path.realpath(folder)) != os.path.normcase(folder)


def _describe_failure(error: OSError, path: str, output: Path, shown_as: str) -> Problem:
    """Return the problem of a failed move or removal, which names what is in the way."""
    blocking = _find_blocking_file(output, path)
    if blocking:
        location = Location(f"{shown_as}/{blocking.relative_to(output).as_posix()}")
        message = "is a file where the site needs a folder"
        hint = "move the file out of the output folder, and build again"
        return Problem(location, "cannot-write", message, hint)
    if _is_folder(output / path):
        message = "is a folder where the site needs a file"
        hint = "move the folder out of the output folder, and build again"
        return Problem(Location(f"{shown_as}/{path}"), "cannot-write", message, hint)
    return describe_write(error, f"{shown_as}/{path}", "cannot be replaced or removed")


def _find_blocking_file(output: Path, path: str) -> Path | None:
    """Return the file that lies where a path of the output needs a folder."""
    folder = (output / path).parent
    # Unlike the methods of `Path`, these raise no error for what cannot be examined.
    while folder != output and not os.path.exists(folder):  # noqa: PTH110
        folder = folder.parent
    return None if os.path.isdir(folder) else folder  # noqa: PTH112


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)  # noqa: PTH112, PTH114 - as above


def _move_folder(destination: Destination) -> None:
    """Make the staging folder the output folder."""
    output, staging = destination.output, destination.staging
    has_neutral = output.is_dir() and any(output.iterdir()) and not has_files(output)
    if has_neutral or output in staging.parents:
        # The marker goes first: after a crash halfway the folder still counts as newsgen's.
        for entry in sorted(staging.iterdir(), key=lambda entry: entry.name != MARK):
            entry.rename(output / entry.name)
        staging.rmdir()
        return
    # An empty output folder has to go: not every system renames a folder over another.
    with suppress(FileNotFoundError):
        output.rmdir()
    staging.rename(output)


def _move_file(destination: Destination, path: str) -> None:
    staged, target = destination.staged(path), f"{destination.output}/{path}"
    try:
        os.replace(staged, target)  # noqa: PTH105 - called once a page; `Path.replace` is slower
    except FileNotFoundError:
        # Either the target's folder is missing, or the file was moved before an interruption.
        if Path(staged).exists():
            make_folder(target.rpartition("/")[0])
            os.replace(staged, target)  # noqa: PTH105


def _replace_folder(destination: Destination, path: str) -> None:
    """Move a staged file to where a folder may lie, which is removed if it holds no file."""
    target = destination.output / path
    if _is_folder(target):
        for folder, _, _ in os.walk(target, topdown=False):
            # A folder that is not empty stays. Then the move fails and names it.
            with suppress(OSError):
                Path(folder).rmdir()
    _move_file(destination, path)


def _remove_file(file: Path, output: Path) -> None:
    """Remove a file, and every folder that this leaves empty."""
    # newsgen writes no folder at the path of a page, so this one is somebody else's.
    if _is_folder(file):
        return
    with suppress(FileNotFoundError, NotADirectoryError):
        file.unlink()
    for folder in file.parents:
        if folder == output:
            return
        with suppress(FileNotFoundError, NotADirectoryError):
            try:
                folder.rmdir()
            except OSError:  # other files are left in it
                return
