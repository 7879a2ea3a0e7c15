"""Published manifest: what an output folder says of itself, in text files of its own.

It tells a build that has lost its records which files are newsgen's, and every build whether the
folder is the one that the last build left. It lies in hidden files that no page links to:

- the mark, with the owner of the folder and its generation, a digest of all lists
- lists of the files with their digests, sizes and paths, split so that a new article changes few

Nothing in it depends on a clock or on earlier builds.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.core.files import read_regular_file

_FORMAT: Final = "1"
_MARK_TEXT: Final = """\
newsgen writes this folder: what it wrote here before, it may replace and remove.
format {format}
owner {owner}
generation {generation}
articles {articles}
"""
_MAX_MARK_SIZE: Final = 10_000
_COUNT: Final = re.compile(r"[0-9]{1,12}")
_LINE: Final = re.compile(r"([0-9a-f]{32}) (\d{1,15}) (.+)")


class FileRecord(NamedTuple):
    """File of a site: its path in the output folder, its size in bytes and its digest."""

    path: str
    size: int
    content_digest: bytes


class Mark(NamedTuple):
    """Mark of an output folder.

    Attributes:
        owner: Digest of the place of the archive, in hexadecimal digits.
        generation: Digest of the published manifest, in hexadecimal digits. Both are empty in a
            mark of newsgen 0.2, which had no published manifest.
        articles: Number of articles without drafts, 0 if it is not known.
    """

    owner: str
    generation: str
    articles: int = 0


def make_owner(place: str) -> str:
    """Return the owner for the relative path from an output folder to its source folder."""
    # A digest, because the mark is published: the path may name folders of a home.
    return digest(place).hex()


def format_mark(mark: Mark) -> bytes:
    """Return the content of the mark."""
    return _MARK_TEXT.format(format=_FORMAT, **mark._asdict()).encode()


def read_mark(output: Path, shown_as: str) -> Mark | None:
    """Return the mark of an output folder, or None if it has none.

    Args:
        output: The output folder.
        shown_as: Its name in problems.

    Raises:
        NewsgenError: `unreadable` if there is a mark that cannot be read.
    """
    try:
        data = read_regular_file(output / urls.MARK, _MAX_MARK_SIZE, f"{shown_as}/{urls.MARK}")
    except FileNotFoundError:
        return None
    lines = data.decode("utf-8", "replace").splitlines()[1:]
    values = dict(line.split(" ", 1) for line in lines if " " in line)
    articles = values.get("articles", "")
    count = int(articles) if _COUNT.fullmatch(articles) else 0
    return Mark(values.get("owner", ""), values.get("generation", ""), count)


def find_list(path: str) -> str:
    """Return the name of the list that a path belongs to: its top folder, or its first letter."""
    first, _, rest = path.partition("/")
    if rest and urls.is_folder(first):
        return first
    # Articles may lie at the top of the site. A list for each of them would be no list.
    letter = path[0].lower()
    return letter if letter.isascii() and letter.isalnum() else "other"


def list_path(name: str) -> str:
    """Return the path of a list in the output folder."""
    return f"{urls.FILE_LISTS}/{name}.txt"


def format_list(files: Iterable[FileRecord]) -> bytes:
    """Return the content of a list, one line a file, sorted by path."""
    lines = (
        f"{content_digest.hex()} {size} {_escape(path)}\n"
        for path, size, content_digest in sorted(files)
    )
    return "".join(lines).encode()


def make_generation(lists: Iterable[FileRecord]) -> str:
    """Return the generation of a published manifest with some lists, in their order."""
    return digest(*(part for file in lists for part in (file.path, file.content_digest))).hex()


def read_lists(output: Path) -> set[str]:
    """Return all paths that the published manifest names, its own lists included.

    Lines that are no such lines are left out: nothing else may be taken for newsgen's own.
    """
    folder = output / urls.FILE_LISTS
    found: set[str] = set()
    for file in sorted(folder.glob("*.txt")) if not folder.is_symlink() else ():
        if not file.is_symlink() and file.is_file():
            found.add(f"{urls.FILE_LISTS}/{file.name}")
            lines = file.read_text("utf-8", "replace").split("\n")
            matches = (_LINE.fullmatch(line) for line in lines)
            found.update(_unescape(match[3]) for match in matches if match)
    # The lists of a folder from elsewhere may name anything, and what they name may be removed.
    return {path for path in found if urls.is_inside_site(path)}


def _escape(path: str) -> str:
    # As sha256sum does it: a file name may contain a line break.
    return path.replace("\\", r"\\").replace("\n", r"\n") if "\\" in path or "\n" in path else path


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)
