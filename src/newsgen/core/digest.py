"""Digests: short names for content, by which newsgen sees that something has changed.

Source files are named by SHA-256, which a reader can check with `sha256sum`. Everything else is
named by a BLAKE2b of 16 bytes (RFC 7693). This module knows no other module of newsgen.
"""

from collections.abc import Iterable
from functools import partial
from hashlib import blake2b, file_digest, sha256
from io import BufferedReader
from pathlib import Path
from typing import Final

SIZE: Final = 16
"""Bytes in a digest made by `digest`. Content is not adversarial here, so 128 bits are ample."""


def hash_source(data: bytes) -> bytes:
    """Return the SHA-256 of a source file, 32 bytes."""
    return sha256(data).digest()


def hash_content(data: bytes) -> bytes:
    """Return the digest of a file's content, `SIZE` bytes."""
    return blake2b(data, digest_size=SIZE).digest()


def hash_file(file: BufferedReader) -> bytes:
    """Return the digest of an open file's content, `SIZE` bytes, without reading it at once."""
    return file_digest(file, partial(blake2b, digest_size=SIZE)).digest()


def hash_stream(path: Path) -> bytes:
    """Return the SHA-256 of a file of any size, 32 bytes.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as file:
        return file_digest(file, sha256).digest()


def digest(*parts: bytes | str) -> bytes:
    """Return the digest of an ordered list of parts, `SIZE` bytes."""
    pieces: list[bytes] = []
    for part in parts:
        # File names from the disk may hold lone surrogates, which strict UTF-8 refuses.
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        # The length in front tells ("ab", "c") from ("a", "bc").
        pieces += (len(data).to_bytes(4, "little"), data)
    # One `join` is quicker than two updates a part, and a build makes tens of thousands of digests.
    return combine_digests(pieces)


def combine_digests(parts: Iterable[bytes]) -> bytes:
    """Return the digest of an ordered list of digests, all of one length."""
    # Parts of one length need no separators.
    return blake2b(b"".join(parts), digest_size=SIZE).digest()
