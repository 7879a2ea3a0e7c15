"""Cache of pictures made from others: smaller versions, and originals without their place.

Each lies in a file of its own, under the digest of its original, behind a checksum. All of them can
be made again at any time.
"""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Final

from newsgen.core.digest import SIZE, digest, hash_content

_DIGEST_LENGTH: Final = 2 * SIZE


def make_picture_key(original: bytes, width: int, quality: int) -> str:
    """Return the key of a picture.

    Args:
        original: SHA-256 of the original.
        width: Pixels, 0 for the original without its place.
        quality: WebP's measure, from 1 to 100.
    """
    return f"{_hash_original(original)}-{width}-{quality}"


class PictureCache:
    """Pictures in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Return a picture, None if it is missing or damaged."""
        try:
            data = (self._folder / key).read_bytes()
        except OSError:
            return None
        checksum, picture = data[:SIZE], data[SIZE:]
        return picture if hash_content(picture) == checksum else None

    def put(self, key: str, picture: bytes) -> None:
        """Store a picture. A cache that cannot be written to stores none."""
        file = self._folder / key
        unfinished = self._folder / f"{key}.unfinished"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(hash_content(picture) + picture)
            unfinished.replace(file)

    def prune(self, originals: Collection[bytes]) -> None:
        """Delete the pictures of all but some originals, given by their SHA-256."""
        kept = set(map(_hash_original, originals))
        with suppress(OSError):
            for file in self._folder.iterdir():
                if file.name[:_DIGEST_LENGTH] not in kept:
                    with suppress(OSError):
                        file.unlink()


def _hash_original(original: bytes) -> str:
    return digest(original).hex()
