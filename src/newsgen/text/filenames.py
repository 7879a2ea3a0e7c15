"""Names of files that every system takes: Windows, macOS, Linux, a USB stick, a web server."""

import re
from typing import Final

MAX_BYTES: Final = 200
"""Bytes of a name in UTF-8."""

RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul"}
    | {port + digit for port in ("com", "lpt") for digit in "0123456789"}
)
"""Names that Windows keeps for devices (Naming Files, Paths, and Namespaces)."""

_FORBIDDEN: Final = re.compile(r"[\x00-\x1f\x7f\\?#:*\"<>|/]")


def is_portable_filename(name: str) -> bool:
    """Whether a component of a path is taken everywhere, and hidden nowhere."""
    return (
        bool(name)
        and len(name.encode()) <= MAX_BYTES
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and name.partition(".")[0].lower() not in RESERVED
        and not _FORBIDDEN.search(name)
    )
