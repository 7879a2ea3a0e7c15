"""Reading one file that articles refer to in a worker: its digest, and the size of a picture."""

from pathlib import Path
from typing import NamedTuple

from newsgen.core.digest import hash_stream
from newsgen.core.pictures import read_picture_size
from newsgen.model import Source


class FileResources:
    """Folder of the files that a worker reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def close(self) -> None:
        """Do nothing: no file stays open."""


class FileResult(NamedTuple):
    """Result of reading a file.

    Attributes:
        digest: SHA-256 of its bytes.
        size: Width and height of a picture in pixels, 0, 0 for anything else.
    """

    digest: bytes
    size: tuple[int, int]


def read_file(resources: FileResources, item: tuple[Source, bytes]) -> FileResult | str:
    """Read a file, or return why it cannot be read."""
    file, _ = item
    path = resources.folder / file.path
    try:
        return FileResult(hash_stream(path), read_picture_size(path))
    except OSError as error:
        return error.strerror or str(error)
