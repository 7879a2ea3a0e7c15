"""Problems of media at every place that names them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newsgen.problems import Location, Problem

Places = Mapping[str, Sequence[Location]]
"""Places in articles by the normalized address of the medium that they name."""

_MAX_SHOWN_LENGTH: Final = 200
"""Characters of an address in a message."""


def describe_dead(address: str, reason: str, places: Places) -> Iterator[Problem]:
    """Yield the problem of a medium that cannot be had, for each place that names it.

    Args:
        address: Its normalized address.
        reason: Predicate of a sentence about it.
        places: All places.
    """
    shown = address
    if len(address) > _MAX_SHOWN_LENGTH:
        shown = address[: _MAX_SHOWN_LENGTH - 1] + "…"
    for location in places[address]:
        yield Problem(location, "dead-media", f"{shown} {reason}")
