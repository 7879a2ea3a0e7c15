"""Reading one file that articles refer to in a worker: its digest, and versions of a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsgen.catalogue import FileRow
from newsgen.core.digest import hash_source, hash_stream
from newsgen.core.pictures import (
    PictureError,
    is_picture,
    make_variants,
    read_picture,
    remove_place,
)
from newsgen.model import Source
from newsgen.storage.picture_cache import PictureCache, make_picture_key


@dataclass(frozen=True, slots=True)
class FileContext:
    """Everything that reading files depends on.

    Attributes:
        folder: The source folder.
        pictures: Folder of the cache of pictures; None keeps none.
        widths: Widths of smaller versions of pictures, in pixels.
        quality: WebP's measure, from 1 to 100.
    """

    folder: Path
    pictures: Path | None
    widths: Sequence[int]
    quality: int


class FileResources:
    """Cache of a worker that reads files."""

    def __init__(self, context: FileContext) -> None:
        self.context = context
        self.pictures = PictureCache(context.pictures) if context.pictures else None

    def close(self) -> None:
        """Do nothing: no file stays open."""


def read_file(resources: FileResources, item: tuple[Source, bytes]) -> FileRow | str:
    """Read a file, or return why it cannot be read."""
    path = resources.context.folder / item[0].path
    try:
        if not is_picture(path.name):
            return FileRow(hash_stream(path))
        data = path.read_bytes()
    except OSError as error:
        return error.strerror or str(error)
    original = hash_source(data)
    try:
        info = read_picture(data)
        widths = () if info.is_animated else _choose_widths(resources.context, info.width)
        if resources.pictures:
            _make_versions(resources, data, original, widths, has_place=info.has_place)
    except PictureError as error:
        return FileRow(original, fault=str(error))
    return FileRow(original, info.width, info.height, tuple(widths), has_place=info.has_place)


def load_version(resources: FileResources, path: str, original: bytes, width: int) -> bytes:
    """Return a version of a picture from the cache, or make it from the original.

    Args:
        resources: The worker's resources.
        path: Path of the original in the source folder.
        original: SHA-256 of the original.
        width: Pixels, 0 for the original without its place.

    Raises:
        OSError: If the original cannot be read.
        PictureError: If it is no picture any more.
    """
    context = resources.context
    key = make_picture_key(original, width, context.quality)
    cached = resources.pictures.get(key) if resources.pictures else None
    if cached is not None:
        return cached
    data = (context.folder / path).read_bytes()
    if not width:
        return remove_place(data)
    (version,) = make_variants(data, (width,), context.quality)
    return version


def _choose_widths(context: FileContext, width: int) -> tuple[int, ...]:
    """Return the widths of the smaller versions of a picture, the largest first."""
    return tuple(sorted((one for one in context.widths if one < width), reverse=True))


def _make_versions(
    resources: FileResources,
    data: bytes,
    original: bytes,
    widths: Sequence[int],
    *,
    has_place: bool,
) -> None:
    """Store the versions of a picture that the cache does not have yet."""
    cache, quality = resources.pictures, resources.context.quality
    if cache is None:
        return
    keys = [make_picture_key(original, width, quality) for width in widths]
    if widths and any(cache.get(key) is None for key in keys):
        for key, version in zip(keys, make_variants(data, tuple(widths), quality), strict=True):
            cache.put(key, version)
    if has_place:
        key = make_picture_key(original, 0, quality)
        if cache.get(key) is None:
            cache.put(key, remove_place(data))
