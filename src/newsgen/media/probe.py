"""Asking whether media of other hosts are still there: `newsgen check --external`."""

import threading
from functools import partial
from typing import Final, NamedTuple

from newsgen.core.progress import Progress
from newsgen.media.client import MediaError, open_url
from newsgen.media.places import Places, describe_dead
from newsgen.media.responses import check_status
from newsgen.media.visits import PAUSE_SECONDS, visit_hosts
from newsgen.problems import Problem

_SECONDS: Final = 30
"""Seconds for one medium. A host answers in far less."""

_MAX_SECONDS: Final = 3_600
"""Seconds for all media. One host answers 5,000 requests in this time."""


class ProbeReport(NamedTuple):
    """Result of asking.

    Attributes:
        asked: Number of URLs that were asked for.
        left: Number of URLs that were not, because the time was up.
        problems: A warning for each place that names a dead one.
    """

    asked: int
    left: int
    problems: tuple[Problem, ...]


def probe_media(
    places: Places,
    progress: Progress,
    *,
    allow_private: bool = False,
    pause: float = PAUSE_SECONDS,
) -> ProbeReport:
    """Ask for each medium once.

    Args:
        places: Places in articles by the normalized URL of the medium that they name.
        progress: Follows the work.
        allow_private: Whether private IPs are asked that articles name themselves.
        pause: Seconds between two requests to one host.
    """
    stop = threading.Event()
    timer = threading.Timer(_MAX_SECONDS, stop.set)
    timer.daemon = True
    timer.start()
    problems: list[Problem] = []
    left = 0
    progress.start_stage("Asking")
    ask = partial(_ask, allow_private=allow_private)
    try:
        visits = visit_hosts(places, ask, stop, pause)
        for visit in progress.track(visits, len(places)):
            if isinstance(visit.error, MediaError):
                problems += describe_dead(visit.url, visit.error.message, places)
            elif visit.error:
                raise visit.error
            else:
                left += visit.result is None
    finally:
        timer.cancel()
    return ProbeReport(len(places) - left, left, tuple(problems))


def _ask(url: str, *, allow_private: bool) -> bool:
    """Return True for a medium that is there.

    Raises:
        MediaError: If it is not.
    """
    try:
        with open_url(url, "HEAD", _SECONDS, allow_private=allow_private) as answer:
            check_status(answer.response)
            return True
    except MediaError as error:
        if error.is_host_silent or error.seconds_to_wait:
            raise
    # Some servers know no HEAD, and answer it with any error.
    with open_url(
        url, "GET", _SECONDS, allow_private=allow_private, first_byte_only=True
    ) as answer:
        check_status(answer.response)
        return True
