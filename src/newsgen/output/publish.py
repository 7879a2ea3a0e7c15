"""Publishing: staged files are moved into the output folder, and outdated files are removed.

Each move is atomic. The caller records the moves before the first one, so that the next build can
finish them after a crash. Only files that newsgen wrote are ever replaced or removed.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from newsgen.output.staging import (
    Destination,
    has_files,
    is_newsgen_output,
    make_folder,
    staging_folder,
)
from newsgen.problems import Location, problem_error
from newsgen.urls import MARK


def check_overwrites(
    destination: Destination, moves: Sequence[str], new: Iterable[str], gone: Iterable[str]
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
    # A folder may become a file if this publish removes everything in it.
    ours = {destination.output / path for path in gone}
    # A symlinked folder inside the output would lead the writes somewhere else.
    for folder in sorted({(destination.output / path).parent for path in moves}):
        if folder.resolve() != folder and folder.exists():
            raise problem_error(
                "foreign-output", "leads out of the output folder", Location(str(folder))
            )
    for path in sorted(set(moves).intersection(new)):
        target = destination.output / path
        inside = target.rglob("*") if target.is_dir() else (target,)
        for file in inside:
            if file not in ours and (file.is_symlink() or file.is_file()):
                raise problem_error(
                    "foreign-output", "was not written by newsgen", Location(str(file))
                )


def publish(destination: Destination, moves: Iterable[str], removals: Iterable[str]) -> None:
    """Move staged files into the output folder, then remove outdated ones.

    Calling it again after an interruption finishes the work: files already moved are skipped.

    Raises:
        OSError: If a file cannot be moved or removed.
    """
    if destination.fresh:
        _move_folder(destination)
        return
    blocked = []
    for path in moves:
        try:
            _move_file(destination, path)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            blocked.append(path)
    for path in removals:
        _remove_file(destination.output / path, destination.output)
    # Where a file becomes a folder, or a folder a file, the old one has to be removed first.
    for path in blocked:
        _move_file(destination, path)
    shutil.rmtree(destination.staging, ignore_errors=True)


def resume_publish(output: Path, moves: Sequence[str], removals: Sequence[str]) -> bool:
    """Finish the moves of a build that was interrupted while it published.

    Args:
        output: The output folder.
        moves: The paths still to be moved; one empty path stands for the whole folder.
        removals: The paths still to be removed.

    Returns:
        True if the output is now what that build meant it to be.

    Raises:
        OSError: If a file cannot be moved or removed.
    """
    output = output.resolve()
    staging = staging_folder(output)
    whole = list(moves) == [""]
    if whole and not staging.is_dir():
        return is_newsgen_output(output)
    if whole and has_files(output):
        return False
    # Without the staging folder its files are lost, and pages may be missing from the output.
    is_complete = staging.is_dir() or not moves
    publish(Destination(output, staging, fresh=whole), moves, removals)
    return is_complete


def list_files(output: Path) -> list[str]:
    """Return the paths of all files in the output folder, sorted, relative to it."""
    found = (file for file in output.rglob("*") if file.is_file())
    return sorted(file.relative_to(output).as_posix() for file in found)


def _move_folder(destination: Destination) -> None:
    """Make the staging folder the output folder."""
    if destination.output in destination.staging.parents:
        # The marker goes first: after a crash halfway the folder still counts as newsgen's.
        for entry in sorted(destination.staging.iterdir(), key=lambda entry: entry.name != MARK):
            entry.rename(destination.output / entry.name)
        destination.staging.rmdir()
        return
    # An empty output folder has to go: not every system renames a folder over another.
    with suppress(FileNotFoundError):
        destination.output.rmdir()
    destination.staging.rename(destination.output)


def _move_file(destination: Destination, path: str) -> None:
    staged, target = destination.staged(path), f"{destination.output}/{path}"
    try:
        os.replace(staged, target)  # noqa: PTH105 - called once a page; `Path.replace` is slower
    except FileNotFoundError:
        # Either the target's folder is missing, or the file was moved before an interruption.
        if Path(staged).exists():
            make_folder(target.rpartition("/")[0])
            os.replace(staged, target)  # noqa: PTH105


def _remove_file(file: Path, output: Path) -> None:
    """Remove a file, and every folder that this leaves empty."""
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
