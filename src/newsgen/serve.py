"""Preview server: serves the output folder on this computer as GitHub Pages does.

`make_app` is the ASGI application that answers requests, `make_server` the server around it. It
builds nothing and is not meant for the internet.
"""

import mimetypes
import os
import re
import socket
import stat
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote, unquote, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsgen.config import Site
from newsgen.output.staging import is_newsgen_output
from newsgen.problems import Location, problem_error
from newsgen.urls import NOT_FOUND

Log = Callable[[str], Any]
"""Is called with a line for each request."""

_ADDRESS: Final = "127.0.0.1"
_HOSTS: Final = ("localhost", _ADDRESS, "[::1]")
# Python reads the system's table of types, in which some of these are missing or wrong, and never
# adds a charset.
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
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
# More digits than any file needs could be too many for `int`.
_RANGE: Final = re.compile(r"(?P<first>[0-9]{1,18})-(?P<last>[0-9]{0,18})|-(?P<length>[0-9]{1,18})")


def base_path(site: Site) -> str:
    """Return the path that a site is published under, such as `/` or `/repo/`."""
    inner = urlsplit(site.base_url).path.strip("/")
    return f"/{inner}/" if inner else "/"


def make_app(site: Site, log: Log | None = None) -> ASGIApp:
    """Return the ASGI application that serves a site's output folder.

    It answers under the path of the site's base URL, and only to requests for this computer's own
    names.

    Args:
        site: The site.
        log: Is called with a line for each request.
    """
    files = _SiteFiles(site.output_folder.resolve(), unquote(base_path(site)))
    middleware = [Middleware(_LogRequests, log)] if log else []
    return Starlette(
        routes=[Mount("/", files)],
        middleware=[*middleware, Middleware(_RefuseForeignHosts)],
        exception_handlers={404: files.answer_not_found, Exception: partial(_answer_failure, site)},
    )


class PreviewServer:
    """HTTP server on a socket that is bound already.

    Attributes:
        server_port: The port that it listens on.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket) -> None:
        self.server_port: int = listener.getsockname()[1]
        self._listener = listener
        self._has_ended = threading.Event()
        self._has_ended.set()
        config = uvicorn.Config(
            app,
            # Named, so that other packages which happen to be installed change nothing.
            http="h11",
            loop="asyncio",
            ws="none",
            lifespan="off",
            # A connection that breaks, or a file that a build replaces while it is sent, is no
            # news to somebody who looks at pages.
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            # Nobody is in front of this server. Otherwise uvicorn reads the environment.
            proxy_headers=False,
            forwarded_allow_ips=[],
            workers=1,
            # Ctrl-C does not wait for downloads.
            timeout_graceful_shutdown=0,
        )
        self._server = uvicorn.Server(config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def serve_forever(self) -> None:
        """Answer requests until `shutdown` or a signal.

        Raises:
            KeyboardInterrupt: At Ctrl-C, once all connections are closed.
        """
        self._has_ended.clear()
        try:
            self._server.run([self._listener])
        finally:
            self._has_ended.set()

    def shutdown(self) -> None:
        """Make `serve_forever` return, and wait for it. Called from another thread."""
        self._server.should_exit = True
        # uvicorn takes the listener out of its loop, which must not find it closed.
        self._has_ended.wait()


def make_server(site: Site, port: int, log: Log | None = None) -> PreviewServer:
    """Return a server for a site's output folder on 127.0.0.1, which is not serving yet.

    Args:
        site: The site. Its base URL decides the path that the pages are served under.
        port: The port. 0 picks a free one.
        log: Is called with a line for each request.

    Raises:
        NewsgenError: `not-built` if there is no output, `port-taken` if the port is in use.
    """
    if not is_newsgen_output(site.output_folder):
        raise problem_error("not-built", "there is no built site", Location(site.output))
    listener = socket.socket()
    try:
        # Otherwise the port stays taken for a minute after the last preview. On Windows the option
        # would let two servers share a port.
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_ADDRESS, port))
        # Two sockets with SO_REUSEADDR may be bound to one port, but only one of them can listen.
        listener.listen()
    except OSError as error:
        listener.close()
        raise problem_error(
            "port-taken", f"port {port}: {error.strerror}", Location("--port")
        ) from error
    return PreviewServer(make_app(site, log), listener)


class _RefuseForeignHosts:
    """Middleware that answers only requests for this computer's own names.

    A page on the internet can let its host name resolve to 127.0.0.1 (DNS rebinding). The browser
    then takes the preview for that page's own site, and lets it read drafts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        port = scope["server"][1]
        # A client leaves out the default port of HTTP.
        names = {f"{name}:{port}" for name in _HOSTS} | ({*_HOSTS} if port == 80 else set())  # noqa: PLR2004
        origin = headers.get("origin")
        is_own_origin = origin is None or origin.lower() in {f"http://{name}" for name in names}
        if headers.get("host", "").lower() in names and is_own_origin:
            await self._app(scope, receive, send)
        else:
            text = f"This preview answers only at http://{_ADDRESS}:{port}/\n"
            await PlainTextResponse(text, 403)(scope, receive, send)


class _LogRequests:
    """Middleware that calls a function with a line for each request."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_and_log(message: Message) -> None:
            if message["type"] == "http.response.start":
                # As it was sent: decoded, it could hold control characters of a terminal.
                target = scope["raw_path"].decode("ascii", "backslashreplace")
                self._log(f'"{scope["method"]} {target}" {message["status"]}')
            await send(message)

        await self._app(scope, receive, send_and_log)


class _SiteFiles(StaticFiles):
    """Files of an output folder, under a base path, as GitHub Pages serves them.

    Folders are not listed, so the preview does not hide a missing index page.
    """

    def __init__(self, folder: Path, base: str) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._folder = str(folder)
        self._base = base

    async def check_config(self) -> None:
        """Accept a missing folder. There may be none for a moment while a build replaces it."""

    def get_path(self, scope: Scope) -> str:
        """Return the decoded path of a request, not normalized."""
        return str(scope["path"])

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the answer to a request.

        Raises:
            HTTPException: 404 if there is no such file, 405 for a method other than GET and HEAD.
        """
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        if self._base != "/" and path in {"/", self._base.rstrip("/")}:
            return RedirectResponse(quote(self._base), 302)
        if not path.startswith(self._base):
            raise HTTPException(404)
        inner = path.removeprefix(self._base)
        is_folder = not inner or inner.endswith("/")
        file, found = await self._find(f"{inner}index.html" if is_folder else inner)
        if found:
            return self.file_response(file, found, scope)
        if not is_folder and (await self._find(f"{inner}/index.html"))[1]:
            # A path only: an absolute URL would repeat what the client calls this host.
            query = scope["query_string"].decode("ascii", "ignore")
            url = quote(f"{path}/") + (f"?{query}" if query else "")
            return RedirectResponse(url, 301, {"Cache-Control": "no-cache"})
        raise HTTPException(404)

    async def answer_not_found(self, _: Request, __: Exception) -> Response:
        """Return the site's own page for missing URLs, or plain words if it has none."""
        file, found = await self._find(NOT_FOUND)
        if not found:
            return PlainTextResponse("Not found\n", 404)
        return _make_response(file, found, 404)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Find a regular file inside the folder.

        Args:
            path: A path relative to the folder, with `/`.

        Returns:
            The file's real path and status, or an empty path and None if there is no such file or
            it cannot be read.
        """
        # Browsers resolve `.` and `..` themselves. Only an attacker sends them.
        if "\\" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
            return "", None
        try:
            # Strict: otherwise a loop of symlinks counts as its own target.
            file = os.path.realpath(f"{self._folder}/{path}", strict=True)
            if os.path.commonpath((file, self._folder)) != self._folder:
                return "", None
            found = Path(file).stat()
        # ValueError: a NUL, a lone surrogate, or another drive of Windows.
        except (OSError, ValueError):
            return "", None
        # Opening a FIFO would wait for somebody to write into it.
        is_servable = stat.S_ISREG(found.st_mode) and os.access(file, os.R_OK)
        return (file, found) if is_servable else ("", None)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the answer with a file, or 304 if the client has it already."""
        response = _make_response(full_path, stat_result, status_code)
        requested = MutableHeaders(scope=scope)
        asked = requested.get("range", "") if scope["method"] == "GET" else ""
        if ranges := _select_ranges(asked, stat_result.st_size):
            requested["range"] = ranges
        else:
            del requested["range"]
        if self.is_not_modified(response.headers, requested):
            return NotModifiedResponse(response.headers)
        return response

    async def _find(self, path: str) -> tuple[str, os.stat_result | None]:
        return await run_in_threadpool(self.lookup_path, path)


def _make_response(
    file: str | os.PathLike[str], found: os.stat_result, status: int
) -> FileResponse:
    ending = os.path.splitext(file)[1].lower()  # noqa: PTH122
    guessed, packed_as = mimetypes.guess_type(file)
    # Without this, a browser would show `picture.svg.br` as a picture.
    kind = _TYPES.get(ending) or (None if packed_as else guessed) or "application/octet-stream"
    # A page built again under the same URL must show at the next reload.
    return FileResponse(file, status, {"Cache-Control": "no-cache"}, kind, stat_result=found)


def _select_ranges(asked: str, size: int) -> str:
    """Return the ranges of a file that a `Range` header asks for (RFC 9110, 14.1.2 and 14.2).

    Starlette answers 400 to a header that must be ignored, and 416 if one range of several lies
    beyond the end.

    Args:
        asked: The value of the header.
        size: Bytes of the file.

    Returns:
        A value with the ranges that the file has, or with all of them if it has none. Empty if the
        header is invalid or has another unit.
    """
    unit, _, listed = asked.partition("=")
    parts = [stripped for part in listed.split(",") if (stripped := part.strip(" \t"))]
    ranges = [found for part in parts if (found := _RANGE.fullmatch(part))]
    if unit.lower() != "bytes" or len(ranges) < len(parts):
        return ""
    if any(one["last"] and int(one["first"]) > int(one["last"]) for one in ranges):
        return ""
    satisfiable = [
        one[0]
        for one in ranges
        if (int(one["first"]) < size if one["first"] else int(one["length"]) > 0)
    ]
    chosen = satisfiable or parts
    return f"bytes={','.join(chosen)}" if chosen else ""


async def _answer_failure(site: Site, request: Request, error: Exception) -> Response:
    """Log an error of newsgen's own, and tell the browser where."""
    from newsgen.build.error_log import LOG_NAME, log_error  # noqa: PLC0415 - slow, rarely needed

    problem = log_error(error, Location(request.url.path), site.cache_folder / LOG_NAME)
    return PlainTextResponse(f"{problem}\n    {problem.hint}\n", 500)
