"""Preview server: serves the output folder on this computer as a static web host does.

It builds nothing and is not meant for the internet.
"""

import posixpath
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from newsgen.config import Site
from newsgen.output.staging import is_newsgen_output
from newsgen.problems import Location, problem_error

# Python reads the system's table of types, in which some of these are missing or wrong, and never
# adds a charset.
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


def base_path(site: Site) -> str:
    """Return the path that a site is published under, such as `/` or `/repo/`."""
    return urlsplit(site.base_url).path or "/"


def make_server(
    site: Site, port: int, log: Callable[[str], Any] | None = None
) -> ThreadingHTTPServer:
    """Return a server for a site's output folder on 127.0.0.1, which is not serving yet.

    Args:
        site: The site. Its base URL decides the path that the pages are served under.
        port: The port. 0 picks a free one.
        log: Called with a line for each request.

    Raises:
        NewsgenError: `not-built` if there is no output, `port-taken` if the port is in use.
    """
    if not is_newsgen_output(site.output_folder):
        raise problem_error("not-built", "there is no built site", Location(site.output))
    handler = partial(_Handler, site.output_folder.resolve(), base_path(site), log)
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise problem_error(
            "port-taken", f"port {port}: {error.strerror}", Location("--port")
        ) from error


class _Handler(SimpleHTTPRequestHandler):
    """Handler of GET and HEAD requests for files of the output folder."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **_TYPES}  # noqa: RUF012

    def __init__(
        self, folder: Path, base: str, log: Callable[[str], Any] | None, *rest: Any, **named: Any
    ) -> None:
        self._base = base
        self._log = log
        super().__init__(*rest, directory=str(folder), **named)

    def do_GET(self) -> None:
        if not self._answer_outside_base():
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self._answer_outside_base():
            super().do_HEAD()

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self._base))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code == HTTPStatus.NOT_FOUND:
            self._send_not_found()
        else:
            super().send_error(code, message, explain)

    # A static host does not list folders, so the preview must not hide a missing index page.
    def list_directory(self, path: Any) -> None:  # noqa: ARG002 - the base class's signature
        self._send_not_found()

    def end_headers(self) -> None:
        # A page built again under the same URL must show at the next reload.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's signature
        if self._log:
            self._log(format % args)

    def _answer_outside_base(self) -> bool:
        """Answer a request outside the base path. Return False for one inside it."""
        # Normalizing first keeps `/repo/../x` from counting as inside.
        path = posixpath.normpath(unquote(urlsplit(self.path).path)).rstrip("/") + "/"
        if self.path in {"/", self._base.rstrip("/")} and self._base != "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self._base)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path.startswith(self._base) and "\0" not in path:  # `open` raises for a NUL
            return False
        else:
            self._send_not_found()
        return True

    def _send_not_found(self) -> None:
        """Answer 404 with the site's own page, or with plain words if it has none."""
        try:
            page = Path(self.directory, "404.html").read_bytes()
        except OSError:
            page = b"Not found\n"
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)
