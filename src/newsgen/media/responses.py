"""Reading responses: whether a medium is there, and of what type it is."""

import posixpath
from http import HTTPStatus
from http.client import HTTPResponse
from typing import Final
from urllib.parse import urlsplit

from newsgen.media.client import MediaError

_SUFFIXES: Final = {
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/pjpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/x-icon": ".ico",
    "image/vnd.microsoft.icon": ".ico",
    "application/ogg": ".ogg",
    "audio/aac": ".aac",
    "audio/flac": ".flac",
    "audio/mp3": ".mp3",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/opus": ".opus",
    "audio/wav": ".wav",
    "audio/webm": ".weba",
    "audio/x-m4a": ".m4a",
    "audio/x-wav": ".wav",
    "video/mp4": ".mp4",
    "video/ogg": ".ogv",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "video/x-m4v": ".m4v",
}
"""Suffixes of files by types of media (the registry of IANA, and names that servers use)."""

_KNOWN_SUFFIXES: Final = frozenset({*_SUFFIXES.values(), ".jpeg", ".oga"})
_NO_TYPES: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""Types that say nothing."""

_WAIT_STATUSES: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_DEFAULT_WAIT: Final = 5
"""Seconds to wait for a host that asks for it without a number."""


def check_status(response: HTTPResponse) -> None:
    """Check that a response is that of a medium.

    Raises:
        MediaError: If it is an error or a page.
    """
    status = response.status
    if status in _WAIT_STATUSES:
        written = response.headers.get("Retry-After", "")
        wait = int(written) if written.isascii() and written.isdigit() else _DEFAULT_WAIT
        raise MediaError(f"is refused for now: HTTP {status}", seconds_to_wait=max(1, wait))
    if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        raise MediaError(f"is not there: HTTP {status} {response.reason[:40]}".rstrip())
    if get_type(response) in {"text/html", "application/xhtml+xml"}:
        raise MediaError("is a page now, and not a picture, audio or video")


def get_type(response: HTTPResponse) -> str:
    """Return the type of a response without parameters, empty if it says none."""
    return (response.headers.get("Content-Type") or "").partition(";")[0].strip().lower()


def choose_suffix(url: str, content_type: str) -> str:
    """Return the suffix of the file for a medium.

    Raises:
        MediaError: If it is of no type that is kept. SVG is not: it may hold scripts, which would
            run as the site's own.
    """
    suffix = posixpath.splitext(urlsplit(url).path)[1].lower()
    if content_type in _SUFFIXES:
        return suffix if suffix in _KNOWN_SUFFIXES else _SUFFIXES[content_type]
    if content_type in _NO_TYPES and suffix in _KNOWN_SUFFIXES:
        return suffix
    shown = content_type[:60] or "no type"
    raise MediaError(f"is of {shown}, which is no picture, audio or video that newsgen keeps")
