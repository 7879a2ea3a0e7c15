"""`media.csv`: files of the archive that stand for media of other hosts.

It reads and writes the table. Fetching the media is for the package `media`, and showing them for
`enrich.external_media`.
"""

import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newsgen.core.digest import digest
from newsgen.core.files import read_regular_file
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.text.characters import remove_unsafe_characters
from newsgen.text.web_urls import normalize_url

COPIES_FILE: Final = "media.csv"
MAX_COPIES_SIZE: Final = 100_000_000
"""Bytes of the table. A row has about 150, and a large archive 100,000 pictures."""

_HEADER: Final = ("url", "path")
_HINT: Final = "write `url,path` with a path in the source folder, or delete the row"


@dataclass(frozen=True, slots=True)
class MediaCopies:
    """Files that stand for media of other hosts.

    Attributes:
        paths: Paths in the source folder by the normalized URLs of the media.
        digest: Digest of `paths`, which stands for them in keys of caches.
    """

    # Left out of comparisons and of `repr`, which every build makes a digest from: there may be a
    # hundred thousand.
    paths: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    digest: str = ""


def read_media_copies(file: Path) -> tuple[MediaCopies, list[Problem]]:
    """Read `media.csv`, if there is one.

    Returns:
        The valid rows, and a problem for every other one, each at its line.
    """
    name = str(file)
    try:
        text = read_regular_file(file, MAX_COPIES_SIZE, name).decode("utf-8-sig")
    except FileNotFoundError:
        return MediaCopies(), []
    except NewsgenError as error:
        return MediaCopies(), list(error.problems)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return MediaCopies(), [Problem(Location(name, line), "bad-encoding", "is not UTF-8")]
    paths: dict[str, str] = {}
    problems = []
    for line, row in _read_rows(text):
        fault = _add_copy(row, paths)
        if fault:
            problems.append(Problem(Location(name, line), "bad-value", fault, _HINT))
    return MediaCopies(paths, digest(repr(sorted(paths.items()))).hex()), problems


def write_media_copies(file: Path, paths: Mapping[str, str]) -> None:
    """Write `media.csv`, sorted by URL, in one step.

    Raises:
        OSError: If it cannot be written. The file is then as it was.
    """
    import csv  # noqa: PLC0415 - 1 ms, and few archives have the table

    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as opened:
            rows = csv.writer(opened, lineterminator="\n")
            rows.writerow(_HEADER)
            rows.writerows(sorted(paths.items()))
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their lines, without the header and without empty ones."""
    import csv  # noqa: PLC0415 - 1 ms, and few archives have the table

    rows = csv.reader(text.splitlines())
    try:
        for row in rows:
            if row and tuple(row) != _HEADER:
                yield rows.line_num, row
    except csv.Error:
        # An unclosed quote may make a field of the rest of the file.
        yield rows.line_num, []


def _add_copy(row: list[str], paths: dict[str, str]) -> str:
    """Add a row to the paths, or return what is wrong with it."""
    if len(row) != len(_HEADER):
        return "a row must have a URL and a path"
    url, path = normalize_url(row[0]), row[1].strip()
    if not url:
        return "a URL must begin with `https://` or `http://`"
    is_clean = remove_unsafe_characters(path) == path and "\\" not in path
    if not path or not is_clean or path.startswith("/") or path != posixpath.normpath(path):
        return f"`{path}` is not a path in the source folder"
    if path.partition("/")[0] == "..":
        return f"`{path}` is not a path in the source folder"
    paths[url] = path
    return ""
