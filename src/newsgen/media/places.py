"""Problems of media at every place that names them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newsgen.problems import Location, Problem

Places = Mapping[str, Sequence[Location]]
"""Places in articles by the normalized URL of the medium that they name."""

_MAX_SHOWN_LENGTH: Final = 200
"""Characters of a URL in a message."""


def describe_dead(url: str, reason: str, places: Places) -> Iterator[Problem]:
    """Yield the problem of a medium that cannot be had, for each place that names it.

    Args:
        url: Its normalized URL.
        reason: Predicate of a sentence about it.
        places: All places.
    """
    shown = url
    if len(url) > _MAX_SHOWN_LENGTH:
        shown = url[: _MAX_SHOWN_LENGTH - 1] + "…"
    for location in places[url]:
        yield Problem(location, "dead-media", f"{shown} {reason}")
