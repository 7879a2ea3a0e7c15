"""Time zones as dates name them: UTC offsets, abbreviations, and names of the IANA database."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Hours east of UTC. Abbreviations with two meanings have the one of their largest newsrooms: CST is
# American and not Chinese. IST is left out, as neither India, Israel nor Ireland prevails.
_ABBREVIATIONS: Final[Mapping[int, tuple[str, ...]]] = {
    -10: ("hst",),
    -9: ("akst",),
    -8: ("pst", "akdt"),
    -7: ("mst", "pdt"),
    -6: ("cst", "mdt"),
    -5: ("est", "cdt"),
    -4: ("ast", "edt"),
    -3: ("adt",),
    0: ("z", "ut", "utc", "gmt", "wet"),
    1: ("cet", "mez", "bst", "west"),
    2: ("eet", "cest", "mesz"),
    3: ("msk", "мск", "eest"),
    4: ("msd", "samt"),
    5: ("yekt",),
    6: ("omst",),
    7: ("novt", "krat"),
    8: ("irkt", "hkt", "sgt"),
    9: ("yakt", "jst", "kst"),
    10: ("vlat", "aest"),
    11: ("magt", "aedt"),
    12: ("pett", "nzst"),
}
_HOURS: Final = {name: hours for hours, names in _ABBREVIATIONS.items() for name in names}
_NAME: Final = "|".join(sorted(_HOURS, key=lambda name: (-len(name), name)))
ZONE: Final = (
    r"(?:[a-zа-я]{1,5}\.?)?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[a-zа-я]{1,20}(?:/[a-z_+-]{2,30}){0,2}\.?"
    r"|по (?:москве|московскому времени)"
)
"""Pattern of what may be a time zone, in lower case. Minus signs are hyphens."""

KNOWN_ZONE: Final = rf"(?:(?:{_NAME})\.?)?[+-]\d{{1,2}}(?::?\d{{2}})?(?!\d)|(?:{_NAME})(?!\w)"
"""Pattern of offsets and known abbreviations, for text in which other words may follow."""

_OFFSET: Final = r"([a-zа-я]+)?\.?(?:([+-])(\d{1,2}):?(\d{2})?)?"


def add_zone(moment: datetime, zone: str) -> datetime:
    """Return a local time with its UTC offset.

    Args:
        moment: A time without an offset.
        zone: Text that `ZONE` matches.

    Raises:
        ValueError: If there is no such zone or offset.
    """
    folded = zone.casefold()
    if "/" in folded:
        return _add_iana_zone(moment, zone)
    match = re.fullmatch(_OFFSET, "мск" if folded.startswith("по ") else folded)
    if not match or (match[1] and match[1] not in _HOURS):
        raise ValueError(zone)
    name, sign, hours, minutes = match.groups()
    size = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    # `МСК+2` is two hours ahead of Moscow.
    offset = timedelta(hours=_HOURS[name] if name else 0) + (-size if sign == "-" else size)
    return moment.replace(tzinfo=timezone(offset))


def _add_iana_zone(moment: datetime, zone: str) -> datetime:
    # Names are compared without case, but their files may not be.
    name = "/".join(part.title() for part in zone.split("/"))
    try:
        offset = moment.replace(tzinfo=ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(zone) from error
    # The offset stays, and not the zone: a moment is written as ISO 8601.
    return moment.replace(tzinfo=timezone(offset or timedelta()))
