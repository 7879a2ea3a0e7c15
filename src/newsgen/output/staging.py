"""Writing: files are staged beside the output folder, and moved into it when all of them are there.

A build that fails or is killed before leaves the output folder as it was. While the files are being
moved, each move is atomic, and a list of those left lets the next build finish the work. Only what
newsgen wrote is ever replaced or removed.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newsgen.core.digest import digest
from newsgen.problems import Location, NewsgenError, problem_error
from newsgen.urls import MARK

_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Destination:
    """An output folder and the folder where its new files wait.

    `fresh` says that there is no output yet: then the staged folder becomes it, in one move. Else
    files wait side by side, without the folders that they are to be moved into.
    """

    output: Path
    staging: Path
    fresh: bool

    def staged(self, path: str) -> str:
        """Where the file of a path in the output folder waits."""
        return f"{self.staging}/{path if self.fresh else digest(path).hex()}"


def prepare(output: Path, shown_as: str) -> Destination:
    """Make ready to write to a folder; an old staging folder is thrown away.

    Raises:
        NewsgenError: `foreign-output` if the folder holds files that newsgen did not write,
            `cannot-write` if the staging folder can't be made.
    """
    location = Location(shown_as)
    if output.is_symlink() or output.exists():
        output = output.resolve()
    if output.exists() and not output.is_dir():
        raise problem_error("foreign-output", "is no folder", location)
    try:
        fresh = not _is_full(output)
        if not fresh and not is_newsgen_output(output):
            raise problem_error(
                "foreign-output", "holds files that newsgen did not write", location
            )
        staging = _staging_of(output)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(error, shown_as) from error
    return Destination(output, staging, fresh)


def cannot_write(error: OSError, shown_as: str) -> NewsgenError:
    """What an error of the disk means to the user."""
    reason = error.strerror or str(error)
    return problem_error("cannot-write", f"can't be written: {reason}", Location(shown_as))


def stage(destination: Destination, path: str, data: bytes) -> bool:
    """Write a file to the staging folder; returns whether it differs from the one in the output.

    A file that is the same already is not staged.

    Raises:
        OSError: if it can't be written.
    """
    if not destination.fresh and _holds(destination.output / path, data):
        return False
    file = destination.staged(path)
    if destination.fresh and path.endswith("/index.html"):
        _make_folder(file.rpartition("/")[0])
    try:
        descriptor = os.open(file, _CREATE, 0o666)
    except FileNotFoundError:
        _make_folder(file.rpartition("/")[0])
        descriptor = os.open(file, _CREATE, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
    return True


def stage_copy(destination: Destination, path: str, source: Path) -> bool:
    """Copy a file to the staging folder; returns whether it differs from the one in the output.

    Raises:
        OSError: if it can't be read or written.
    """
    target = destination.output / path
    if not destination.fresh and _are_same(source, target):
        return False
    staged = Path(destination.staged(path))
    staged.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, staged)
    return True


def refuse_foreign(
    destination: Destination, moves: Sequence[str], new: Iterable[str], gone: Iterable[str]
) -> None:
    """Make sure that no move would overwrite what newsgen did not write, or lead out of the output.

    Args:
        destination: where the staged files are to go.
        moves: the paths of all staged files.
        new: those of them that no page had before.
        gone: the paths of pages that are to be removed.

    Raises:
        NewsgenError: `foreign-output`, with the place.
    """
    ours = {destination.output / path for path in gone}
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
    """Move staged files into the output folder, then remove those that went out of the site.

    Files that have been moved already are passed over, so that a second call finishes a first one.

    Raises:
        OSError: if a file can't be moved or removed.
    """
    if destination.fresh:
        _move_whole(destination)
        return
    blocked = []
    for path in moves:
        try:
            _move(destination, path)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            blocked.append(path)
    for path in removals:
        _remove(destination.output / path, destination.output)
    for path in blocked:  # a file had to make way for a folder, or the other way round
        _move(destination, path)
    shutil.rmtree(destination.staging, ignore_errors=True)


def finish(output: Path, moves: Sequence[str], removals: Sequence[str]) -> bool:
    """Finish the moves of a build that was stopped while it made them.

    Args:
        output: the output folder.
        moves: what was to be moved; the empty path is the whole folder.
        removals: what was to be removed.

    Returns:
        Whether the output is now what that build meant it to be.

    Raises:
        OSError: if a file can't be moved or removed.
    """
    output = output.resolve()
    staging = _staging_of(output)
    whole = list(moves) == [""]
    if whole and not staging.is_dir():
        return is_newsgen_output(output)
    if whole and _is_full(output):
        return False
    is_there = staging.is_dir() or not moves
    publish(Destination(output, staging, fresh=whole), moves, removals)
    return is_there


def files_of(output: Path) -> list[str]:
    """The paths of all files in the output folder."""
    found = (file for file in output.rglob("*") if file.is_file())
    return sorted(file.relative_to(output).as_posix() for file in found)


def is_newsgen_output(output: Path) -> bool:
    """Whether newsgen wrote a folder."""
    return (output / MARK).is_file()


def discard(destination: Destination) -> None:
    """Throw the staged files away."""
    shutil.rmtree(destination.staging, ignore_errors=True)


def _make_folder(folder: str) -> None:
    """Make a folder, and those above it; mostly it is the only one that is missing."""
    with suppress(FileExistsError):
        try:
            os.mkdir(folder)  # noqa: PTH102 - called once a page; a path's method takes twice as long
        except FileNotFoundError:
            _make_folder(folder.rpartition("/")[0])
            os.mkdir(folder)  # noqa: PTH102


def _staging_of(output: Path) -> Path:
    """The staging folder: beside the output folder, or inside it if it is a disk of its own."""
    beside = output.parent / f".{output.name}.staging"
    with suppress(OSError):
        if output.stat().st_dev != output.parent.stat().st_dev:
            return output / ".staging"
    return beside


def _is_full(folder: Path) -> bool:
    return folder.is_dir() and any(entry.name != ".staging" for entry in folder.iterdir())


def _holds(file: Path, data: bytes) -> bool:
    """Whether a file holds exactly some bytes."""
    try:
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - a path's `open` is half as fast
            return opened.read(len(data) + 1) == data
    except OSError:
        return False


def _are_same(one: Path, other: Path) -> bool:
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as first, other.open("rb") as second:
            while block := first.read(1 << 20):
                if block != second.read(1 << 20):
                    return False
    except OSError:
        return False
    return True


def _move_whole(destination: Destination) -> None:
    """Make the staging folder the output folder."""
    if destination.output in destination.staging.parents:
        # The mark goes first: what is there is newsgen's, even if not all of it comes after.
        for entry in sorted(destination.staging.iterdir(), key=lambda entry: entry.name != MARK):
            entry.rename(destination.output / entry.name)
        destination.staging.rmdir()
        return
    with suppress(FileNotFoundError):
        destination.output.rmdir()
    destination.staging.rename(destination.output)


def _move(destination: Destination, path: str) -> None:
    staged, target = destination.staged(path), f"{destination.output}/{path}"
    try:
        os.replace(staged, target)  # noqa: PTH105 - called once a page; a path's method is slower
    except FileNotFoundError:
        if Path(staged).exists():
            _make_folder(target.rpartition("/")[0])
            os.replace(staged, target)  # noqa: PTH105


def _remove(file: Path, output: Path) -> None:
    """Remove a file, and the folders that it leaves empty."""
    with suppress(FileNotFoundError, NotADirectoryError):
        file.unlink()
    for folder in file.parents:
        if folder == output:
            return
        with suppress(FileNotFoundError, NotADirectoryError):
            try:
                folder.rmdir()
            except OSError:
                return
