"""Staging: new files wait beside the output folder until all of them are there.

A build that fails or is killed while it stages leaves the output folder untouched. Moving the
staged files into place is the job of `output.publish`.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.core.digest import digest, hash_content, hash_file
from newsgen.output.published_manifest import FileRecord
from newsgen.problems import Location, problem_error, write_error
from newsgen.urls import MARK

_STAGING_INSIDE: Final = ".staging"
_LOCK_INSIDE: Final = ".lock"
INSIDE: Final = frozenset({_STAGING_INSIDE, _LOCK_INSIDE})
"""Names of newsgen's own that may lie inside an output folder during a build."""
NEUTRAL: Final = frozenset(
    {
        *(".git", ".gitattributes", ".gitignore", ".gitkeep", ".hg", ".svn", ".DS_Store"),
        *(".nojekyll", "CNAME"),
    }
)
"""Names that lie in an output folder before the first build, such as a worktree of the branch
`gh-pages`. A folder with nothing else counts as empty, and they are left alone."""
_UNMARKED_HINT: Final = (
    "choose an empty folder with --output; if this is a copy of the site without its hidden files, "
    "delete it and build again"
)
_NO_SURPRISES: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Destination:
    """An output folder, and the staging folder for its new files.

    Attributes:
        output: The folder that readers are served from.
        staging: The folder where new files wait.
        fresh: True if there is no output yet. The staging folder then has the site's own layout
            and becomes the output in one move. Otherwise its files lie flat, under digests of
            their paths.
    """

    output: Path
    staging: Path
    fresh: bool

    def staged(self, path: str) -> str:
        """Return where the file for a path of the output is staged."""
        # A flat folder spares an update one folder a page, which mostly exists in the output.
        return f"{self.staging}/{path if self.fresh else digest(path).hex()}"


class StagedFile(NamedTuple):
    """Result of staging a file.

    Attributes:
        has_changed: True if the file differs from the one in the output, and was staged.
        size: Its size in bytes.
        content_digest: Digest of its content.
    """

    has_changed: bool
    size: int
    content_digest: bytes


def find_destination(output: Path, shown_as: str) -> Destination:
    """Return the staging folder for an output folder, without touching either.

    Args:
        output: The output folder, which may be missing.
        shown_as: The folder's name in problems.

    Raises:
        NewsgenError: `foreign-output` if the folder holds files that newsgen did not write,
            `cannot-write` if the folder cannot be read.
    """
    location = Location(shown_as)
    # Publishing to a symlink must fill the folder behind it, not replace the link.
    if output.is_symlink() or output.exists():
        output = output.resolve()
    if output.exists() and not output.is_dir():
        raise problem_error("foreign-output", "is not a folder", location)
    try:
        foreign = next(_list_entries(output), None)
    except OSError as error:
        raise write_error(error, shown_as) from error
    if foreign and not is_newsgen_output(output):
        message = f"holds files that newsgen did not write, such as {foreign}"
        message += f": its mark {MARK} is missing"
        raise problem_error("foreign-output", message, location, _UNMARKED_HINT)
    return Destination(output, staging_folder(output), fresh=not foreign)


def make_staging(destination: Destination, shown_as: str) -> None:
    """Make the staging folder, empty.

    Args:
        destination: The output folder and its staging folder.
        shown_as: The output folder's name in problems.

    Raises:
        NewsgenError: `cannot-write` if the folder cannot be made.
    """
    staging = destination.staging
    try:
        # Behind a symlink, staged files would be written into somebody else's folder.
        if staging.is_symlink() or (staging.exists() and not staging.is_dir()):
            staging.unlink()
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, shown_as) from error


def stage_file(destination: Destination, path: str, data: bytes) -> StagedFile:
    """Write a file to the staging folder, unless the output has the same one.

    Raises:
        OSError: If the file cannot be written.
    """
    content_digest = hash_content(data)
    if not destination.fresh and _has_content(destination.output / path, data):
        return StagedFile(has_changed=False, size=len(data), content_digest=content_digest)
    file = destination.staged(path)
    # Mostly the folder of an index page is missing: making it first spares a failed `open`.
    if destination.fresh and path.endswith("/index.html"):
        make_folder(file.rpartition("/")[0])
    try:
        descriptor = os.open(file, _CREATE, 0o666)
    except FileNotFoundError:
        make_folder(file.rpartition("/")[0])
        descriptor = os.open(file, _CREATE, 0o666)
    try:
        # `os.write` may write a part only, for instance when a disk is nearly full.
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
    return StagedFile(has_changed=True, size=len(data), content_digest=content_digest)


def stage_copy(destination: Destination, path: str, source: Path) -> StagedFile:
    """Copy a file to the staging folder, unless the output has the same one.

    Raises:
        OSError: If the file cannot be read or written.
    """
    target = destination.output / path
    has_changed = destination.fresh or not _have_same_content(source, target)
    if has_changed:
        target = Path(destination.staged(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    # Of the copy, because the source may be written to meanwhile.
    with target.open("rb") as file:
        return StagedFile(has_changed, os.fstat(file.fileno()).st_size, hash_file(file))


def discard_staging(destination: Destination) -> None:
    """Delete the staged files."""
    shutil.rmtree(destination.staging, ignore_errors=True)


def is_newsgen_output(output: Path) -> bool:
    """Return True if newsgen wrote a folder."""
    return (output / MARK).is_file()


def ignores_case(output: Path) -> bool:
    """Return True if paths of an output folder that differ in case alone are one file."""
    return (output / MARK.upper()).exists()


def has_files(folder: Path) -> bool:
    """Return True if a folder holds anything that makes it somebody's.

    Staged files, the lock and `NEUTRAL` names do not.
    """
    return any(_list_entries(folder))


def _list_entries(folder: Path) -> Iterator[str]:
    """Yield the names in a folder that make it somebody's, sorted."""
    names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
    yield from sorted(name for name in names if name not in INSIDE and name not in NEUTRAL)


def lock_file(output: Path) -> Path:
    """Return the file that is locked while a build writes to an output folder."""
    staging = staging_folder(output)
    is_inside = staging.parent == output
    return staging.with_name(_LOCK_INSIDE if is_inside else f".{output.name}.lock")


def staging_folder(output: Path) -> Path:
    """Return the staging folder of an output folder."""
    # A rename is atomic only within one file system, so an output folder that is a mount point
    # has its staging folder inside.
    with suppress(OSError):
        if output.stat().st_dev != output.parent.stat().st_dev:
            return output / _STAGING_INSIDE
    return output.parent / f".{output.name}.staging"


def make_folder(folder: str) -> None:
    """Make a folder and its missing parents."""
    # `os.mkdir` is called once a page, and `Path.mkdir` takes twice as long. Trying the folder
    # before its parents is right because mostly no other one is missing.
    with suppress(FileExistsError):
        try:
            os.mkdir(folder)  # noqa: PTH102 - see above
        except FileNotFoundError:
            make_folder(folder.rpartition("/")[0])
            os.mkdir(folder)  # noqa: PTH102 - see above


def has_record(output: Path, record: FileRecord, *, content: bool) -> bool:
    """Return True if a file of the output has the recorded size and, if asked for, content."""
    path = f"{output}/{record.path}"
    try:
        if not content:
            found = os.lstat(path)
            return found.st_size == record.size and stat.S_ISREG(found.st_mode)
        with open(path, "rb", opener=_open_file) as file:
            found = os.fstat(file.fileno())
            is_whole = found.st_size == record.size and stat.S_ISREG(found.st_mode)
            return is_whole and hash_file(file) == record.content_digest
    except OSError:
        return False


def _has_content(file: Path, data: bytes) -> bool:
    """Return True if a file holds exactly these bytes."""
    try:
        # `Path.open` is half as fast.
        with open(file, "rb", buffering=0, opener=_open_file) as opened:
            # One byte more than expected shows a longer file without another system call.
            return opened.read(len(data) + 1) == data
    except OSError:
        return False


def _have_same_content(source: Path, target: Path) -> bool:
    try:
        if source.stat().st_size != target.stat().st_size:
            return False
        with source.open("rb") as first, open(target, "rb", opener=_open_file) as second:
            while block := first.read(1 << 20):
                if block != second.read(1 << 20):
                    return False
    except OSError:
        return False
    return True


def _open_file(file: str, flags: int) -> int:
    # A page is never a symlink, and opening a named pipe would wait for somebody to write to it.
    return os.open(file, flags | _NO_SURPRISES)
