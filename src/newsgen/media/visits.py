"""Asking many hosts at once, and each of them for one medium at a time."""

import queue
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Generic, NamedTuple, TypeVar

from newsgen.media.client import MediaError
from newsgen.text.web_urls import get_host

MAX_HOSTS: Final = 8
"""Hosts that are asked at once."""

PAUSE_SECONDS: Final = 0.5
"""Seconds between two requests to one host, which others use as well."""

_MAX_WAIT_SECONDS: Final = 60
"""Seconds that a host may ask to wait (RFC 9110, 10.2.3)."""

_MAX_SILENCES: Final = 3
"""Requests in a row that a host may leave without an answer. It is asked no more then."""

Result = TypeVar("Result")


class StoppedError(Exception):
    """Request that ended because all of them are to end."""


class Visit(NamedTuple, Generic[Result]):
    """Visit to one URL.

    Attributes:
        url: The URL.
        result: What was asked for, None if there is an error or nobody asked.
        error: Why there is none: a `MediaError`, or an `OSError` of the disk.
    """

    url: str
    result: Result | None = None
    error: Exception | None = None


def visit_hosts(
    urls: Iterable[str], ask: Callable[[str], Result], stop: threading.Event, pause: float
) -> Generator[Visit[Result]]:
    """Ask for each URL, and yield the visits as they end.

    Args:
        urls: Normalized URLs.
        ask: Asks for one. It runs in threads.
        stop: Ends the visits. The rest of them has neither result nor error.
        pause: Seconds between two requests to one host.
    """
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(get_host(url), []).append(url)
    visits: queue.Queue[Visit[Result]] = queue.Queue()

    def visit_host(group: list[str]) -> None:
        silences = 0
        for number, url in enumerate(group):
            if stop.is_set() or (number and stop.wait(pause)):
                visit = Visit[Result](url)
            elif silences == _MAX_SILENCES:
                visit = Visit(url, error=MediaError("has a host that does not answer"))
            else:
                visit = _visit(url, ask, stop)
                is_silent = isinstance(visit.error, MediaError) and visit.error.is_host_silent
                silences = silences + 1 if is_silent else 0
            visits.put(visit)

    with ThreadPoolExecutor(MAX_HOSTS) as pool:
        try:
            for group in by_host.values():
                pool.submit(visit_host, group)
            for _ in range(sum(map(len, by_host.values()))):
                yield _get(visits)
        finally:
            stop.set()


def _visit(url: str, ask: Callable[[str], Result], stop: threading.Event) -> Visit[Result]:
    try:
        try:
            return Visit(url, ask(url))
        except MediaError as error:
            wait = error.seconds_to_wait
            if not 0 < wait <= _MAX_WAIT_SECONDS or stop.wait(wait):
                raise
            return Visit(url, ask(url))
    except StoppedError:
        return Visit(url)
    except Exception as error:  # noqa: BLE001 - handed to the thread that waits for it
        return Visit(url, error=error)


def _get(visits: "queue.Queue[Visit[Result]]") -> Visit[Result]:
    while True:
        try:
            # On Windows, Ctrl-C does not interrupt waiting without a limit.
            return visits.get(timeout=0.5)
        except queue.Empty:
            continue
