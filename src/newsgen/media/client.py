"""One request to a host on the web, bounded in time, that reaches no private network.

Articles come from anywhere, so the URLs that they name may aim at the operator's own network
(SSRF). Each URL is resolved once, checked, and connected to as it was checked.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from newsgen import __version__
from newsgen.text.web_urls import get_host, normalize_url

MAX_REDIRECTS: Final = 5
CONNECT_SECONDS: Final = 15
"""Seconds that a host may stay silent."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MAX_RESOLVED: Final = 4
"""URLs of one host that are tried. Large hosts have dozens."""
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 numbers that end in one of IPv4 (RFC 6052, 2.1)."""
_TOO_SLOW: Final = "does not answer in time"
_HEADERS: Final = {
    "User-Agent": f"newsgen/{__version__} (static site generator, keeps an archive's media)",
    "Accept": "image/*, audio/*, video/*, */*;q=0.1",
    "Accept-Encoding": "identity",
}


class MediaError(Exception):
    """Medium that cannot be had.

    Attributes:
        message: Predicate of a sentence about its URL.
        is_host_silent: Whether the host gave no answer at all, so that others there have no chance.
        seconds_to_wait: Seconds after which the host allows another request, 0 if it says nothing.
    """

    def __init__(
        self, message: str, *, is_host_silent: bool = False, seconds_to_wait: int = 0
    ) -> None:
        super().__init__(message)
        self.message = message
        self.is_host_silent = is_host_silent
        self.seconds_to_wait = seconds_to_wait


class Answer(NamedTuple):
    """Answer to a request.

    Attributes:
        response: The response, of which only the headers are read.
        is_late: Set when the time is up, which ends the response.
    """

    response: http.client.HTTPResponse
    is_late: threading.Event


@contextmanager
def open_url(
    url: str,
    method: str,
    seconds: float,
    *,
    allow_private: bool = False,
    first_byte_only: bool = False,
) -> Iterator[Answer]:
    """Open a normalized URL, with redirects followed.

    Args:
        url: The URL.
        method: `HEAD` or `GET`.
        seconds: Time for each request, up to the end of the block.
        allow_private: Whether a private IP is asked that the URL itself names.
        first_byte_only: Whether to ask for one byte (RFC 9110, 14.2).

    Yields:
        The answer, whose status may be any but a redirect's.

    Raises:
        MediaError: If there is none.
    """
    # A redirect, or a name in the DNS, may lead to a private network without the article's knowing.
    private_host = get_host(url) if allow_private and _is_ip(get_host(url)) else ""
    headers = {**_HEADERS, "Range": "bytes=0-0"} if first_byte_only else _HEADERS
    for _ in range(MAX_REDIRECTS + 1):
        connection = _connect(url, may_be_private=get_host(url) == private_host)
        # Timeouts of sockets hold for each byte. The timer ends an answer that trickles. It has a
        # socket of its own, as TLS and `http.client` replace that of the connection.
        guard = connection.sock.dup()
        is_late = threading.Event()
        timer = threading.Timer(seconds, _shut_down, [guard, is_late])
        timer.daemon = True
        timer.start()
        try:
            with _request(connection, method, url, headers) as response:
                if response.status not in _REDIRECTS:
                    yield Answer(response, is_late)
                    return
                url = _find_redirect(url, response)
        finally:
            timer.cancel()
            guard.close()
            connection.close()
    raise MediaError(f"redirects more than {MAX_REDIRECTS} times")


def read_chunks(answer: Answer, chunk_size: int) -> Iterator[bytes]:
    """Yield the body of an answer.

    Raises:
        MediaError: If it ends too early.
    """
    try:
        while chunk := answer.response.read(chunk_size):
            yield chunk
        # With a size to read, `http.client` takes the end of the connection for that of the body.
        if answer.is_late.is_set():
            raise MediaError(_TOO_SLOW)
        if answer.response.length:
            raise MediaError("ends before its last byte")
    except (OSError, http.client.HTTPException) as error:
        raise MediaError(_describe(error)) from error


def is_public(ip: str) -> bool:
    """Return True if an IP is one of the public internet."""
    parsed = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if parsed in _NAT64:
            inner = ipaddress.IPv4Address(parsed.packed[-4:])
        if inner:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast


def _connect(url: str, *, may_be_private: bool) -> http.client.HTTPConnection:
    """Return a connection to the host of a URL, before TLS.

    Raises:
        MediaError: If the host is private, is not known, or does not answer.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise MediaError("has a host that is not known", is_host_silent=True) from error
    ips = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not may_be_private and not all(map(is_public, ips)):
        raise MediaError("leads to a private network")
    for ip in ips[:_MAX_RESOLVED]:
        try:
            opened = socket.create_connection((ip, port), CONNECT_SECONDS)
        except OSError:
            continue
        if is_secure:
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(host, port)
        else:
            connection = http.client.HTTPConnection(host, port)
        connection.sock = opened
        return connection
    raise MediaError("has a host that does not answer", is_host_silent=True)


@cache
def _make_tls_context() -> ssl.SSLContext:
    # Loading the certificates takes 20 ms.
    return ssl.create_default_context()


def _request(
    connection: http.client.HTTPConnection, method: str, url: str, headers: Mapping[str, str]
) -> http.client.HTTPResponse:
    """Return the response to a request.

    Raises:
        MediaError: If there is none.
    """
    parts = urlsplit(url)
    try:
        _start_tls(connection)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers=headers)
        return connection.getresponse()
    except ssl.SSLCertVerificationError as error:
        raise MediaError(f"has a certificate that is not valid: {error.verify_message}") from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise MediaError(_describe(error)) from error


def _start_tls(connection: http.client.HTTPConnection) -> None:
    if isinstance(connection, http.client.HTTPSConnection):
        connection.sock = _make_tls_context().wrap_socket(
            connection.sock, server_hostname=connection.host
        )


def _shut_down(guard: socket.socket, is_late: threading.Event) -> None:
    """End everything that waits for a connection."""
    is_late.set()
    # It may be closed meanwhile.
    with suppress(OSError):
        guard.shutdown(socket.SHUT_RDWR)


def _find_redirect(url: str, response: http.client.HTTPResponse) -> str:
    """Return the URL that a response redirects to.

    Raises:
        MediaError: If it is not on the web.
    """
    location = response.headers.get("Location", "")
    try:
        target = normalize_url(urljoin(url, location))
    except ValueError:
        target = ""
    if not location or not target:
        raise MediaError(f"redirects to {location[:60] or 'nothing'}, which is no web URL")
    return target


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _describe(error: Exception) -> str:
    """Return what happened to a request whose host answered the connection."""
    if isinstance(error, TimeoutError):
        return _TOO_SLOW
    if isinstance(error, http.client.IncompleteRead):
        return "ends before its last byte"
    return f"cannot be loaded: {str(error) or type(error).__name__}"
