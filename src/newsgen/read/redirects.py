"""Redirects of `redirects.csv`: old URLs, and the URLs or articles that they lead to.

This module parses the file. It does not know which articles and pages exist.
"""

import csv
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from newsgen import urls
from newsgen.problems import Location, Problem
from newsgen.read.addresses import BadAddressError, parse_address
from newsgen.read.field_reader import shorten
from newsgen.text.filenames import fold_path

REDIRECTS_FILE: Final = "redirects.csv"
"""Name of the file, beside `newsgen.yaml`."""

_MAX_PROBLEMS: Final = 1_000
_MAX_CELL_LENGTH: Final = 2_000


class Redirect(NamedTuple):
    """Row of the file.

    Attributes:
        key: Folded old URL. Two redirects with one key are in conflict.
        url: Old URL, relative to the site's root, maybe with a query.
        target: URL of the site, absolute URL, or path of a source.
        is_source: Whether `target` is the path of a source.
        line: Line number in the file, from 1.
    """

    key: str
    url: str
    target: str
    is_source: bool
    line: int


def parse_redirects(
    text: str, source_folder: str, suffixes: Collection[str], *, has_server: bool
) -> tuple[list[Redirect], tuple[Problem, ...]]:
    """Parse the file.

    Args:
        text: Its text. The first row may be a header.
        source_folder: The source folder as the user writes it. Paths of sources may begin with it.
        suffixes: Suffixes of article files.
        has_server: Whether files for web servers are written, which can answer queries.

    Returns:
        The redirects, each old URL once, and the problems of the other rows.
    """
    redirects: dict[str, Redirect] = {}
    problems: list[Problem] = []
    query_lines: list[int] = []
    for line, cells in _read_rows(text):
        try:
            found = _parse_row(line, cells, source_folder, suffixes)
            _check_repeated(found, redirects)
        except BadAddressError as error:
            problems.append(Problem(Location(REDIRECTS_FILE, line), "bad-redirect", str(error)))
            continue
        redirects.setdefault(found.key, found)
        if "?" in found.url:
            query_lines.append(line)
    if query_lines and not has_server:
        message = f"{len(query_lines):,} old URLs have a query, which a static file cannot answer"
        location = Location(REDIRECTS_FILE, query_lines[0])
        problems.append(Problem(location, "query-redirect", message))
    return list(redirects.values()), tuple(problems[:_MAX_PROBLEMS])


def _read_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield line number and cells of each row but the header."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    delimiter = max((",", ";", "\t"), key=first.count)
    rows = csv.reader((line[: 2 * _MAX_CELL_LENGTH] for line in lines), delimiter=delimiter)
    is_first = True
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        # An old URL has a slash or a dot, and the name of a column has none.
        is_header = is_first and not any(sign in cells[0] for sign in "/.?")
        is_first = False
        if not is_header:
            yield rows.line_num, cells


def _parse_row(
    line: int, cells: Sequence[str], source_folder: str, suffixes: Collection[str]
) -> Redirect:
    old = cells[0]
    new = cells[1] if len(cells) > 1 else ""
    if not old or not new:
        raise BadAddressError("has no old or no new URL")
    try:
        url, key = _parse_old_url(old)
    except BadAddressError as error:
        raise BadAddressError(f'"{shorten(old)}" {error}') from error
    if new.rpartition(".")[2].lower() in {*suffixes} - {"html", "htm"} and "://" not in new:
        path = new.lstrip("/").removeprefix(source_folder.strip("/") + "/")
        return Redirect(key, url, path, is_source=True, line=line)
    try:
        return Redirect(key, url, _parse_target(new), is_source=False, line=line)
    except BadAddressError as error:
        raise BadAddressError(f'"{shorten(new)}" {error}') from error


def _parse_old_url(old: str) -> tuple[str, str]:
    """Return an old URL relative to the site's root, and its key."""
    without_query, mark, query = old.partition("#")[0].partition("?")
    # The home page with a query, `/?p=12`, is an old URL of WordPress.
    bare = without_query.rstrip("/")
    is_home = bool(query) and (not bare or (bare.count("/") == len("//") and "://" in bare))
    path = "" if is_home else urls.alias_url(parse_address(without_query))
    if not query:
        mark = ""
    return f"{path}{mark}{query}", f"{fold_path(path)}{mark}{query}"


def _parse_target(new: str) -> str:
    if "://" in new:
        try:
            parts = urlsplit(new)
        except ValueError as error:
            raise BadAddressError("is no valid URL") from error
        if parts.scheme not in {"http", "https"} or not parts.netloc or " " in new:
            raise BadAddressError("is no valid URL")
        return new
    if new.strip("/") in {"", "index.html"}:
        return urls.HOME
    path = parse_address(new)
    fragment = new.partition("#")[2]
    is_file = "." in path.rpartition("/")[2]
    return (path if is_file else urls.alias_url(path)) + (f"#{fragment}" if fragment else "")


def _check_repeated(found: Redirect, known: dict[str, Redirect]) -> None:
    first = known.get(found.key)
    if first and first.target != found.target:
        raise BadAddressError(
            f'"{shorten(found.url)}" already leads elsewhere in line {first.line}'
        )
