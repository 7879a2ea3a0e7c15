"""One medium of another host as a file in the source folder, complete or not there at all."""

import errno
import os
import posixpath
import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from newsgen.core.digest import digest
from newsgen.media.client import Answer, MediaError, open_url, read_chunks
from newsgen.media.responses import check_status, choose_suffix, get_type
from newsgen.media.visits import StoppedError
from newsgen.text.filenames import is_portable_filename

MEDIA_FOLDER: Final = "media"
"""Folder in the source folder with a folder for each host."""

UNFINISHED: Final = ".newsgen-media-"
"""Beginning of the name of an incomplete file. Hidden files are no part of an archive."""

_CHUNK_SIZE: Final = 64_000
_SECONDS: Final = 30
_MIN_SPEED: Final = 50_000
"""Bytes per second of a slow host. A file has as long as its largest size takes at this speed."""

_MAX_STEM_LENGTH: Final = 60
"""Characters of the part of a file's name that says what it is."""

_NO_NAME: Final = re.compile(r"[^\w-]+")


class Downloaded(NamedTuple):
    """File that was brought in: its path in the source folder, and its bytes."""

    path: str
    size: int


@dataclass
class Downloader:
    """Settings and limits that all downloads of a run share. Threads use it at once.

    Attributes:
        folder: The source folder.
        file_size: Largest size of a file, in bytes.
        size_left: Bytes that may still be loaded.
        allow_private: Whether private IPs are asked that articles name themselves.
        stop: Ends all downloads.
    """

    folder: Path
    file_size: int
    size_left: int
    allow_private: bool
    stop: threading.Event
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def download(self, url: str) -> Downloaded:
        """Load the medium at a normalized URL into its file.

        Raises:
            MediaError: If it cannot be had, or is no medium.
            OSError: If the file cannot be written.
            StoppedError: If a limit of the run is reached.
        """
        seconds = _SECONDS + self.file_size / _MIN_SPEED
        with open_url(url, "GET", seconds, allow_private=self.allow_private) as answer:
            check_status(answer.response)
            path = make_media_path(url, choose_suffix(url, get_type(answer.response)))
            size = self._write(answer, self.folder / path)
        return Downloaded(path, size)

    def _write(self, answer: Answer, file: Path) -> int:
        """Write the body of an answer into a file in one step, and return its size."""
        # Before a byte is loaded, if the host says it.
        self._check_size(answer.response.length or 0)
        folder = _make_folder(file.parent, self.folder)
        unfinished = folder / f"{UNFINISHED}{threading.get_ident()}"
        size = 0
        try:
            with unfinished.open("wb") as opened:
                for chunk in self._read(answer):
                    size += len(chunk)
                    self._check_size(size)
                    opened.write(chunk)
                opened.flush()
                os.fsync(opened.fileno())
            if not size:
                raise MediaError("is empty")
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
        return size

    def _read(self, answer: Answer) -> Iterator[bytes]:
        """Yield the body of an answer, as long as the limits of the run allow it.

        Raises:
            MediaError: If it is markup.
            StoppedError: If a limit is reached.
        """
        is_first = True
        for chunk in read_chunks(answer, _CHUNK_SIZE):
            with self._lock:
                self.size_left -= len(chunk)
                if self.size_left < 0:
                    self.stop.set()
            if self.stop.is_set():
                raise StoppedError
            # Pages are often sent with the type of the picture that was there. No picture, audio or
            # video begins like this, except SVG, which may hold scripts.
            if is_first and chunk.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
                raise MediaError("is a page or an SVG now, and not a picture, audio or video")
            is_first = False
            yield chunk

    def _check_size(self, size: int) -> None:
        if size > self.file_size:
            raise MediaError(f"has more than {self.file_size:,} bytes; see --max-size")


def make_media_path(url: str, suffix: str) -> str:
    """Return the path of the file for a normalized URL, relative to the source folder.

    The digest in its name makes it unique, and the same in every run.
    """
    parts = urlsplit(url)
    host = re.sub(r"[^a-z0-9.-]+", "-", parts.netloc).strip("-.")
    host = host if is_portable_filename(host) else f"host-{host}"
    name = posixpath.splitext(posixpath.basename(unquote(parts.path)))[0]
    stem = _NO_NAME.sub("-", unicodedata.normalize("NFC", name))[:_MAX_STEM_LENGTH].strip("-_")
    return f"{MEDIA_FOLDER}/{host}/{stem or 'file'}-{digest(url).hex()[:12]}{suffix}"


def _make_folder(folder: Path, source: Path) -> Path:
    """Make a folder inside the source folder.

    Raises:
        OSError: If it cannot be made, or a symlink leads out of the source folder.
    """
    if not folder.resolve().is_relative_to(source.resolve()):
        raise OSError(errno.ELOOP, "a symlink leads out of the source folder", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
