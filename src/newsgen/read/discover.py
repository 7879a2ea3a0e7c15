"""Discover sources: list the files in the source folder, those that may hold articles apart.

This module lists folders and calls `stat`. It never opens a file.
"""

import os
import stat
from collections.abc import Collection, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.core.digest import digest
from newsgen.model import Source
from newsgen.problems import Location, Problem, problem_error
from newsgen.read.exclude import Exclude, make_exclude

RACY_NS: Final = 2_000_000_000
"""Files modified less than two seconds before the scan are always read again.

A second change within the resolution of the file system's clock leaves the mtime as it was. FAT has
the coarsest one, two seconds. Git has the same problem ("racy git")."""

UNKNOWN_TIME: Final = -1
"""The `mtime_ns` of a source that was modified too recently. It never equals a real one."""


UNREADABLE: Final = "unreadable"
"""Code of problems with files and folders that exist but cannot be read. They are not deleted."""

_SYMLINK_OUTSIDE: Final = "symlink-outside"
_KEPT: Final = frozenset({UNREADABLE, _SYMLINK_OUTSIDE})
"""Codes of problems with what is not deleted. The target of a symlink may lie on a disk that is not
mounted."""

_EXCLUDE_USUAL: Final = make_exclude(())
_RESTORE_FILE: Final = "restore the article; if it is to go, delete what is in its place"
_RESTORE_FOLDER: Final = "restore the folder; if its articles are to go, delete what is there now"
_MODES: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISREG, "a file"),
    (stat.S_ISLNK, "a symlink"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
)


class Folder(NamedTuple):
    """Sources directly inside one folder, by name.

    Attributes:
        path: Path of the folder with a slash at its end, "" for the source folder.
        sources: Its files that may hold articles, without those that cannot be examined.
        digest: Digest of the paths, sizes, mtimes and inodes of all files. Empty if an mtime is too
            recent or something is unreadable: then the folder must be compared again at the next
            scan.
        problems: Everything found wrong.
        unreadable: Paths without a slash at their end of what exists but cannot be read: files,
            folders whose kind is unknown, or this folder itself.
        files: Its other files, such as pictures.
    """

    path: str
    sources: tuple[Source, ...]
    digest: bytes
    problems: tuple[Problem, ...]
    unreadable: tuple[str, ...] = ()
    files: tuple[Source, ...] = ()


def check_source_folder(root: Path, shown_as: str) -> None:
    """Refuse a source folder that is missing or cannot be listed.

    Args:
        root: The source folder.
        shown_as: Its path as the user writes it, for problems.

    Raises:
        NewsgenError: `no-source` if there is no such folder, `unreadable` if it cannot be listed.
    """
    try:
        os.scandir(root).close()
    except (FileNotFoundError, NotADirectoryError) as error:
        is_missing = not os.path.lexists(root)
        message = "there is no such folder" if is_missing else "is not a folder"
        raise problem_error("no-source", message, Location(shown_as)) from error
    except OSError as error:
        message = f"cannot be listed: {error.strerror}"
        raise problem_error("unreadable", message, Location(shown_as)) from error


def walk(
    root: Path,
    shown_as: str,
    suffixes: Collection[str],
    now_ns: int,
    exclude: Exclude = _EXCLUDE_USUAL,
) -> Iterator[Folder]:
    """List every folder under `root`, in the order of their paths.

    Hidden files, hidden folders, symlinks to folders and what is excluded are skipped. A symlink
    to a file is followed if its target is inside `root`.

    Args:
        root: The source folder.
        shown_as: Its path as the user writes it, for problems.
        suffixes: Suffixes of article files, in lower case, without the dot.
        now_ns: The time of the scan, in nanoseconds since the epoch.
        exclude: Decides which files and folders are excluded.

    Raises:
        NewsgenError: `no-source` if `root` is not a folder, `unreadable` if it cannot be listed.
    """
    check_source_folder(root, shown_as)
    context = _Context(os.path.realpath(root), frozenset(suffixes), exclude)
    waiting = [""]
    while waiting:
        path = waiting.pop()
        listing = _list_folder(f"{root}/{path}", path, context)
        # The list is a stack: in reverse order, the first name is visited next.
        waiting += [path + name + "/" for name in sorted(listing.folders, reverse=True)]
        problems = tuple(
            Problem(Location(f"{shown_as}/{path}{name}".rstrip("/")), code, message)
            for name, code, message in sorted(listing.faults)
        )
        unreadable = tuple(
            f"{path}{name}".rstrip("/") for name, code, _ in listing.faults if code in _KEPT
        )
        sources = tuple(sorted(listing.sources, key=itemgetter(0)))
        files = tuple(sorted(listing.files, key=itemgetter(0)))
        if any(source.mtime_ns > now_ns - RACY_NS for source in (*sources, *files)):
            sources = tuple(_mark_racy(source, now_ns) for source in sources)
            files = tuple(_mark_racy(file, now_ns) for file in files)
            yield Folder(path, sources, b"", problems, unreadable, files)
        else:
            # The digest does not cover what is unreadable, so it could hide a later removal of it.
            folder_digest = b"" if unreadable else _digest_sources((*sources, *files))
            yield Folder(path, sources, folder_digest, problems, unreadable, files)


def is_covered(path: str, unreadable: Collection[str]) -> bool:
    """Return True if a file or folder, or one of the folders that it lies in, is unreadable.

    Args:
        path: Path of a source or a folder.
        unreadable: Set of the paths of `Folder.unreadable`, of all folders.
    """
    # The empty path is the source folder itself.
    while path and path not in unreadable:
        path = path.rpartition("/")[0]
    return path in unreadable


def find_replacement(root: Path, path: str) -> Problem | None:
    """Return the problem of something else in the place of a missing source or folder, if any.

    A symlink to a folder inside `root` is no such thing: the files are found where they lie.

    Args:
        root: The source folder.
        path: Path of the source, or of the folder with a slash at its end.

    Returns:
        The problem, located at the path relative to `root`. None if the source or folder is gone.
    """
    parts = path.split("/")
    for number, name in enumerate(parts, 1):
        place = "/".join(parts[:number])
        is_file = number == len(parts)
        if not name:  # behind the slash of a folder
            break
        try:
            mode = (root / place).lstat().st_mode
        except FileNotFoundError:
            break
        except OSError as error:
            message = f"cannot be examined: {error.strerror}"
            return Problem(Location(place), UNREADABLE, message)
        if stat.S_ISDIR(mode) and not is_file:
            continue
        if stat.S_ISREG(mode) if is_file else _is_listed_folder(root, root / place):
            break
        wanted, hint = ("file", _RESTORE_FILE) if is_file else ("folder", _RESTORE_FOLDER)
        message = f"was a {wanted} and is {_describe_mode(mode)} now"
        return Problem(Location(place), UNREADABLE, message, hint)
    return None


def _describe_mode(mode: int) -> str:
    return next((name for is_kind, name in _MODES if is_kind(mode)), "a device")


def _is_listed_folder(root: Path, link: Path) -> bool:
    """Return True if a symlink leads to a folder that `walk` lists under its own path."""
    try:
        target = link.resolve().relative_to(root.resolve())
    except (OSError, ValueError):
        return False
    is_hidden = any(name.startswith(".") for name in target.parts)
    return link.is_symlink() and link.is_dir() and not is_hidden


class _Listing(NamedTuple):
    """Entries of one folder. A fault is a name, "" for the folder, a code and a message."""

    folders: list[str]
    sources: list[Source]
    files: list[Source]
    faults: list[tuple[str, str, str]]


class _Context(NamedTuple):
    """Arguments of `walk` that every folder is listed with."""

    real_root: str
    suffixes: frozenset[str]
    exclude: Exclude


def _list_folder(folder: str, path: str, context: _Context) -> _Listing:
    found = _Listing([], [], [], [])
    _, suffixes, exclude = context
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if exclude(path, name):
                    continue
                # Most names are plain ASCII files and need none of the checks below.
                # An exact match of the suffix is enough here: `.TXT` takes the slower path below.
                is_usual = name[0] not in "._" and name.rpartition(".")[2] in suffixes
                if is_usual and name.isascii() and entry.is_file(follow_symlinks=False):
                    _add_source(entry, path, found.sources, found)
                elif name[0] != ".":
                    _classify_entry(entry, path, context, found)
    except OSError as error:
        # A partial listing would look as if the rest had been deleted.
        message = f"cannot be listed: {error.strerror or error}"
        return _Listing([], [], [], [("", UNREADABLE, message)])
    return found


def _classify_entry(entry: os.DirEntry[str], path: str, context: _Context, found: _Listing) -> None:
    name = entry.name
    try:
        # On POSIX a name is bytes. Python decodes invalid ones to surrogates, which UTF-8 cannot
        # encode.
        name.encode()
        _add_entry(entry, path, context, found)
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "backslashreplace").decode()
        found.faults.append((shown, "bad-file-name", "the name is not valid Unicode"))
    except OSError as error:
        found.faults.append((name, UNREADABLE, f"cannot be examined: {error.strerror}"))


def _add_entry(entry: os.DirEntry[str], path: str, context: _Context, found: _Listing) -> None:
    name = entry.name
    suffix = name.rpartition(".")[2].lower()
    is_article = suffix in context.suffixes and not name.startswith("_index.")
    if entry.is_dir() and context.exclude(path, name + "/"):
        return
    if entry.is_symlink() and (fault := _check_symlink(entry, context.real_root)):
        # Other files are missed only where an article refers to them.
        if is_article or entry.is_dir():
            found.faults.append((name, *fault))
    elif entry.is_dir():
        found.folders.append(name)
    elif is_article and not entry.is_file():
        found.faults.append((name, UNREADABLE, "is neither a file nor a folder"))
    elif is_article:
        _add_source(entry, path, found.sources, found)
    elif entry.is_file() and not name.startswith("_index."):
        _add_source(entry, path, found.files, found)


def _add_source(entry: os.DirEntry[str], path: str, sources: list[Source], found: _Listing) -> None:
    """Add a file to some sources, or a fault if it cannot be examined."""
    name = entry.name
    try:
        stat = entry.stat()
    except OSError as error:
        found.faults.append((name, UNREADABLE, f"cannot be examined: {error.strerror}"))
    else:
        sources.append(Source(path + name, stat.st_size, stat.st_mtime_ns, stat.st_ino))


def _check_symlink(entry: os.DirEntry[str], real_root: str) -> tuple[str, str] | None:
    if entry.is_dir():
        return "symlinked-folder", "is a symlink to a folder, which is not followed"
    # A link to `/etc/passwd` in a shared folder must not publish that file.
    target = os.path.realpath(entry.path)
    if os.path.commonpath((target, real_root)) != real_root:
        return _SYMLINK_OUTSIDE, "is a symlink to a file outside the source folder"
    return None


def _mark_racy(source: Source, now_ns: int) -> Source:
    if source.mtime_ns > now_ns - RACY_NS:
        return source._replace(mtime_ns=UNKNOWN_TIME)
    return source


def _digest_sources(sources: tuple[Source, ...]) -> bytes:
    if not sources:
        return digest()
    paths, *numbers = zip(*sources, strict=True)
    return digest("\0".join(paths), *map(repr, numbers))
