"""Pictures as files: their sizes. Pillow reads them, and is imported when one is there."""

from pathlib import Path
from typing import Final

_SUFFIXES: Final = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
"""Raster formats that browsers show."""

_EXIF_ORIENTATION: Final = 0x0112
_FIRST_TURNED: Final = 5
"""First of the EXIF orientations that exchange width and height."""


def is_picture(path: Path) -> bool:
    """Return True if a file's name is that of a raster picture."""
    return path.suffix.lower() in _SUFFIXES


def read_picture_size(path: Path) -> tuple[int, int]:
    """Return the width and height of a picture as it is shown, in pixels.

    Anything that Pillow does not know as a picture has the size 0, 0.

    Raises:
        OSError: If the file cannot be read.
    """
    if not is_picture(path):
        return 0, 0
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - most archives have no pictures

    try:
        with Image.open(path) as image:
            width, height = image.size
            turned = image.getexif().get(_EXIF_ORIENTATION, 1) >= _FIRST_TURNED
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError):
        return 0, 0
    return (height, width) if turned else (width, height)
