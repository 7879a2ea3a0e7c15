"""Raster pictures as files: their sizes, smaller versions of them, and places in their metadata.

Pillow reads and writes them. It is imported only where there is a picture.
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES: Final = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
"""Suffixes of formats that browsers show."""

MAX_PIXELS: Final = 100_000_000
"""Pixels of a picture that is decoded. It takes 300 MB of memory, and cameras make 50 million."""

_GPS: Final = 0x8825
"""Tag of the EXIF directory with the place of a picture (Exif 3.0, 4.6.3)."""

_START_OF_SCAN: Final = 0xDA
_APP1: Final = 0xE1
_TIFF_SIZES: Final = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Bytes of a value by its TIFF type. Others have one."""
_INLINE_SIZE: Final = 4
"""Bytes of a value that stand in its entry."""

_WEBP_EFFORT: Final = 4
"""Pillow's own default. 6 takes twice as long for files 2 % smaller."""


class PictureError(Exception):
    """File that is no picture, in spite of its name, or is damaged or too large."""


class PictureInfo(NamedTuple):
    """Facts about a picture.

    Attributes:
        width: Pixels, as shown.
        height: Pixels, as shown.
        is_animated: Whether it has several frames.
        has_place: Whether its metadata tell where it was made.
    """

    width: int
    height: int
    is_animated: bool
    has_place: bool


def is_picture(path: str) -> bool:
    """Return True if a file's name is that of a raster picture."""
    return Path(path).suffix.lower() in SUFFIXES


def read_picture(data: bytes) -> PictureInfo:
    """Return the facts about a picture.

    Raises:
        PictureError: If it cannot be decoded.
    """
    from PIL import ImageOps  # noqa: PLC0415 - most archives have no pictures

    with _open(data) as image:
        has_place = bool(image.getexif().get_ifd(_GPS)) or b"GPSLatitude" in data
        # The size as shown depends on the orientation, which Pillow knows how to apply.
        turned = ImageOps.exif_transpose(image) if image.getexif() else image
        return PictureInfo(*turned.size, getattr(image, "is_animated", False), has_place)


def make_variants(data: bytes, widths: tuple[int, ...], quality: int) -> Iterator[bytes]:
    """Yield a picture in WebP in each of some widths, the largest first.

    Args:
        data: The picture.
        widths: Pixels, in descending order.
        quality: WebP's measure, from 1 to 100.

    Raises:
        PictureError: If it cannot be decoded.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - most archives have no pictures

    # JPEG decodes at a half, a quarter or an eighth of its size, in a fraction of the time. Which
    # side becomes the width depends on the orientation.
    with _open(data, draft=(widths[0], widths[0])) as image:
        profile = image.info.get("icc_profile")
        turned = ImageOps.exif_transpose(image)
        has_alpha = "A" in turned.getbands() or "transparency" in turned.info
        current = turned.convert("RGBA" if has_alpha else "RGB")
        for width in widths:
            height = max(1, round(width * current.height / current.width))
            current = current.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            buffer = BytesIO()
            current.save(buffer, "WEBP", quality=quality, method=_WEBP_EFFORT, icc_profile=profile)
            yield buffer.getvalue()


def remove_place(data: bytes) -> bytes:
    """Return a picture without the place where it was made. Its pixels stay as they are.

    Raises:
        PictureError: If it cannot be read.
    """
    with _open(data) as image:
        if image.format == "JPEG":
            return _remove_jpeg_place(data)
        exif = image.getexif()
        # Pillow keeps directories apart from the tags that lead to them.
        del exif[_GPS]
        buffer = BytesIO()
        profile = image.info.get("icc_profile")
        lossless = {"lossless": True} if image.format == "WEBP" else {}
        image.save(buffer, image.format, exif=exif.tobytes(), icc_profile=profile, **lossless)
        return buffer.getvalue()


def _open(data: bytes, draft: tuple[int, int] | None = None) -> "Image":
    """Return a decoded picture, a JPEG as small as it can be decoded above a size."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - most archives have no pictures

    # Pillow raises many kinds of errors for damaged files, as its decoders come from libraries.
    try:
        image = Image.open(BytesIO(data))
    except UnidentifiedImageError as error:
        raise PictureError("is not a picture that can be decoded") from error
    except Exception as error:
        raise PictureError(f"cannot be decoded: {error}") from error
    if image.width * image.height > MAX_PIXELS:
        raise PictureError(f"has {image.width:,} × {image.height:,} pixels")
    try:
        if draft:
            image.draft("RGB", draft)
        image.load()
    except Exception as error:
        raise PictureError(f"cannot be decoded: {error}") from error
    return image


def _remove_jpeg_place(data: bytes) -> bytes:
    """Return a JPEG with an empty GPS directory, and without XMP that names a place.

    Segments are those of ISO/IEC 10918-1, B.1.1.4. All others keep their bytes, for Pillow would
    lose letters in the metadata that are not ASCII.
    """
    parts = [data[:2]]
    position = 2
    while data[position : position + 1] == b"\xff" and data[position + 1] != _START_OF_SCAN:
        (length,) = struct.unpack_from(">H", data, position + 2)
        segment = data[position : position + 2 + length]
        if segment[4:10] == b"Exif\0\0":
            segment = segment[:10] + _empty_gps(segment[10:])
        if not (segment[1] == _APP1 and segment[4:8] == b"http" and b"GPS" in segment):
            parts.append(segment)
        position += 2 + length
    return b"".join((*parts, data[position:]))


def _empty_gps(exif: bytes) -> bytes:
    """Return EXIF of the same length whose GPS directory is zeroed (TIFF 6.0, section 2)."""
    result = bytearray(exif)
    order = "<" if exif[:2] == b"II" else ">"

    def read_directory(start: int) -> Iterator[tuple[int, int, int]]:
        """Yield offset, tag and value of each entry."""
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHII", exif, entry)
            yield entry, tag, value

    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        for _, tag, gps in read_directory(first):
            if tag != _GPS:
                continue
            for entry, _, value in read_directory(gps):
                _, kind, count = struct.unpack_from(f"{order}HHI", exif, entry)
                size = _TIFF_SIZES.get(kind, 1) * count
                if size > _INLINE_SIZE and value + size <= len(result):
                    result[value : value + size] = bytes(size)
                result[entry : entry + 12] = bytes(12)
            result[gps : gps + 2] = bytes(2)
    except struct.error:
        # A damaged directory may hide a place anywhere.
        return bytes(len(exif))
    return bytes(result)
