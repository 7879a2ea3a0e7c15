"""Seals: small files that show whether a cache is as newsgen left it.

A seal lies beside the file or folder that it is for. It holds a digest of sizes, times and inodes,
which is compared without reading any contents. A broken seal is no proof of damage: a cache that
was copied or restored has other times, too. So a seal may also hold a digest of the contents. What
to do about a broken one is left to the owner of the cache.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from typing import Final, NamedTuple

from newsgen.core.digest import digest
from newsgen.core.files import is_special_file, open_at_once

SUFFIX: Final = ".seal"
"""Added to the name of what is sealed."""


class _Seal(NamedTuple):
    """Content of a seal.

    Attributes:
        stat: Digest of the `stat` of all files.
        contents: Digest of their contents, empty if these are not sealed.
    """

    stat: bytes
    contents: bytes


def write_seal(path: Path, *, contents: bool) -> None:
    """Seal a file or folder as it is now.

    Args:
        path: The file or folder.
        contents: Whether to read and seal the contents as well. Without them a copy cannot be told
            from damage.
    """
    # Without its seal a cache is checked by the next build, which is no reason to fail.
    with suppress(OSError):
        stat = _digest_stat(path)
        # Untouched since the last seal, which may have a digest of the contents.
        if _read(path).stat == stat and not contents:
            return
        seal = _Seal(stat, _digest_contents(path) if contents else b"")
        file = _find_seal(path)
        if is_special_file(file):
            file.unlink()
        file.write_text("".join(f"{part.hex()}\n" for part in seal), encoding="ascii")


def is_untouched(path: Path) -> bool:
    """Return True if a file or folder was not touched since it was sealed."""
    try:
        return _read(path).stat == _digest_stat(path)
    except OSError:
        return False


def has_contents_seal(path: Path) -> bool:
    """Return True if a file or folder has a seal with a digest of its contents."""
    return bool(_read(path).contents)


def has_sealed_contents(path: Path) -> bool:
    """Return True if a file or folder can be read and has the contents that were sealed."""
    try:
        return _read(path).contents == _digest_contents(path)
    except OSError:
        return False


def break_seal(path: Path) -> None:
    """Delete the seal of a file or folder, so that its contents are checked."""
    with suppress(OSError):
        _find_seal(path).unlink()


def rename_sealed(path: Path, target: Path) -> None:
    """Rename a file or folder together with its seal.

    Raises:
        OSError: If it cannot be renamed.
    """
    # The seal first: if a build is killed in between, nothing is at the target yet.
    with suppress(OSError):
        _find_seal(path).replace(_find_seal(target))
    path.rename(target)


def delete_path(path: Path) -> None:
    """Delete a file, or a folder with all that is in it, as far as that is possible."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def list_files(folder: Path) -> list[str]:
    """Return the paths of the files in a folder, sorted, relative to it and with `/`."""
    return sorted(path for path, _ in _scan(str(folder)))


def _find_seal(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)


def _read(path: Path) -> _Seal:
    """Return the seal of a file or folder. A missing or damaged one has no digests."""
    try:
        with open(_find_seal(path), encoding="ascii", opener=open_at_once) as file:
            stat, contents = file.read().split("\n")[:2]
        return _Seal(bytes.fromhex(stat), bytes.fromhex(contents))
    except (OSError, ValueError):
        return _Seal(b"", b"")


def _digest_stat(path: Path) -> bytes:
    files = sorted(_scan(str(path))) if path.is_dir() else [("", path.stat())]
    # A program can set the time of a change back, but not the ctime, which this changes as well.
    # On Windows it is the time of creation.
    return digest(
        *(
            f"{name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
            for name, stat in files
        )
    )


def _digest_contents(path: Path) -> bytes:
    parts: list[bytes | str] = []
    for name in list_files(path) if path.is_dir() else [""]:
        with open(path / name, "rb", opener=open_at_once) as file:
            # Not BLAKE2b: processors have instructions for SHA-256, which make it six times as
            # fast on files of many megabytes.
            parts += (name, file_digest(file, "sha256").digest())
    return digest(*parts)


def _scan(folder: str, prefix: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path and the `stat` of each file in a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _scan(entry.path, f"{prefix}{entry.name}/")
            else:
                # Not the stat of the entry: on Windows that has no inode.
                yield f"{prefix}{entry.name}", os.stat(entry.path)  # noqa: PTH116 - as above
