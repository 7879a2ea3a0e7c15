"""Digests: the short names by which newsgen tells whether something has changed.

Sources are named by their SHA-256, which a reader can check with `sha256sum`; everything inside by
the first 16 bytes of a BLAKE2b (RFC 7693) over length-prefixed parts, so that two different lists
of parts never run together. This module knows no other module of newsgen.
"""

from collections.abc import Iterable
from hashlib import blake2b, sha256
from typing import Final

SIZE: Final = 16
"""Bytes in a digest made by `digest`."""


def hash_source(data: bytes) -> bytes:
    """The SHA-256 of a source file's bytes, 32 bytes."""
    return sha256(data).digest()


def digest(*parts: bytes | str) -> bytes:
    """Name a list of parts, in their order, by 16 bytes."""
    hasher = blake2b(digest_size=SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hasher.update(len(data).to_bytes(4, "little"))
        hasher.update(data)
    return hasher.digest()


def digest_of_digests(parts: Iterable[bytes]) -> bytes:
    """Name a long list of parts of one fixed length, in their order, by 16 bytes."""
    return blake2b(b"".join(parts), digest_size=SIZE).digest()
