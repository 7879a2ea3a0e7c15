"""Dates in the paths of articles: `1937-07-16_x.md`, `1998/05/12/n1.txt`, `2015-03/17-name.md`.

They date an article whose file gives no date. The nearest part of a path wins: the file's name,
then its folders from the innermost to the outermost.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from newsgen.read.date_notations import PLAIN, match_at_start, parse_moment
from newsgen.read.month_names import month_number

_MAX_LENGTH: Final = 1_000
"""Characters of a path. The work grows with the square of the number of its folders."""

_DAY_NAMES: Final = (
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<sep>[-_. ])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})(?P<sep>[-_.])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)"),
    # Digits within letters are a digest or an identifier.
    re.compile(r"(?<![^\W_])(?P<y>(?:1[5-9]|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T\d{4,6})?(?![^\W_])"),
)
_PARTIAL_NAME: Final = re.compile(
    r"(?P<y>(?:1[5-9]|20)\d\d)-(?P<m>0[1-9]|1[0-2]|00|XX)(?:-(?:00|XX))?(?=[-_. ]|$)", re.IGNORECASE
)
_YEAR_FOLDER: Final = re.compile(r"(?P<y>(?:1[5-9]|20)\d\d)(?:[ _]?(?:год|г)\.?)?")
_MONTH_FOLDER: Final = re.compile(r"(?P<y>(?:1[5-9]|20)\d\d)[-_.](?P<m>0?[1-9]|1[0-2])")
_NUMBER: Final = re.compile(r"(\d{1,2})(?:[-_. ]\D.*)?")
_MONTH_AND_DAY: Final = re.compile(r"(\d\d)-(\d\d)(?:[-_. ].*)?")
_NAME_WITH_DAY: Final = re.compile(r"(\d\d)(?:[-_. ].*)?")

_SLUG: Final = re.compile(r"(?:\d{4}([-_.])\d{1,2}\1\d{1,2}|(?:1[5-9]|20)\d{6})[-_. ]+(.+)")


def find_path_date(path: str) -> str:
    """Return the date in the path of a file as ISO 8601, "" if there is none.

    A month or a year alone counts, too: `1937/06/x.txt` is dated `1937-06`.

    Args:
        path: Path in the source folder, or of a URL, with `/` between its parts.
    """
    if len(path) > _MAX_LENGTH:
        return ""
    *folders, name = path.strip("/").split("/")
    stem = _strip_suffix(name)
    found = _find_in_name(stem)
    # The innermost folder comes last, and counts first.
    for depth in range(len(folders) - 1, -1, -1):
        found = found or _find_in_folder(folders[depth], [*folders[depth + 1 :], stem])
    return found


def find_dated_slug(path: str) -> str:
    """Return what follows the date at the start of a file's name, as in Jekyll: `slug`.

    The name of a page bundle, `2015-01-10-slug/index.md`, is that of its folder.
    """
    *folders, name = path.split("/")
    stem = _strip_suffix(name)
    dated = folders[-1] if folders and stem == "index" else stem
    match = _SLUG.fullmatch(dated)
    return match[2] if match and _find_in_name(dated) else ""


def _strip_suffix(name: str) -> str:
    stem, _, suffix = name.rpartition(".")
    # The end of `17.03.2015` is a year and not a suffix.
    return stem if stem and not suffix.isdigit() else name


def _find_in_name(name: str) -> str:
    """Return the day, or the month at its start, that a name gives."""
    for pattern in _DAY_NAMES:
        match = pattern.search(name)
        day = _format_day(match["y"], match["m"], match["d"]) if match else ""
        if day:
            return day
    words = name.translate(PLAIN).replace("_", " ")
    moment = parse_moment(words[: match_at_start(words)], "ru") if words[:1].isdigit() else None
    if moment:
        return moment.iso
    partial = _PARTIAL_NAME.match(name)
    return _format_month(partial["y"], partial["m"]) if partial else ""


def _find_in_folder(folder: str, below: Sequence[str]) -> str:
    """Return the date that a folder gives, together with the names below it."""
    day = _find_in_name(folder)
    month = _MONTH_FOLDER.fullmatch(folder)
    if month:
        return _add_day(month["y"], month["m"], below)
    year = _YEAR_FOLDER.fullmatch(folder)
    if day or not year:
        return day
    both = _MONTH_AND_DAY.fullmatch(below[0])
    if both and _format_day(year["y"], both[1], both[2]):
        return _format_day(year["y"], both[1], both[2])
    # A file in the folder of its year may begin with any number: `1984/10-years.txt`.
    number = _read_month(below[0]) if len(below) > 1 else 0
    return _add_day(year["y"], str(number), below[1:]) if number else year["y"]


def _add_day(year: str, month: str, below: Sequence[str]) -> str:
    """Return a day if the next name gives its number, else the month."""
    pattern = _NUMBER if len(below) > 1 else _NAME_WITH_DAY
    match = pattern.fullmatch(below[0])
    day = _format_day(year, month, match[1]) if match else ""
    return day or _format_month(year, month)


def _read_month(folder: str) -> int:
    """Return the month that a folder is named after, 0 if it is none."""
    match = _NUMBER.fullmatch(folder)
    number = int(match[1]) if match else 0
    if match or not folder.isalpha():
        return number if number <= 12 else 0  # noqa: PLR2004 - months
    try:
        return month_number(folder, "ru")
    except ValueError:
        return 0


def _format_day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _format_month(year: str, month: str) -> str:
    return f"{year}-{int(month):02}" if month.isdigit() and int(month) else year
