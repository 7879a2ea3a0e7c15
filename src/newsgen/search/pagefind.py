"""Client of Pagefind: sends records to its process and writes the files of the index.

It speaks the protocol of `pagefind --service`: JSON in Base64, each message followed by a comma.
"""

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from importlib.util import find_spec
from itertools import count, islice
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Self, cast

from newsgen.problems import Location, problem_error
from newsgen.search.pagefind_format import normalize_index
from newsgen.search.stems import has_stems, normalize_words

CODE: Final = ("pagefind.js",)
"""Files that search an index, the same for every index."""

RESULTS_PER_CHUNK: Final = 32
"""Number of articles in each file with the texts of results. `search.js` has the same number."""

_UNKNOWN: Final = "unknown"
"""Pagefind's name for a language without a stemmer."""
_PAGE: Final = re.compile(rb'pagefind_dcd\{"url":"([^"]*)"')


class Record(NamedTuple):
    """Article as it is indexed.

    Attributes:
        url: URL relative to the site's root.
        headline: Plain text.
        date: ISO 8601, as in `model.Moment`.
        byline: Names of the authors.
        content: Words of the body, as `normalize_words` returns them.
        filters: Values of each facet, by its name.
    """

    url: str
    headline: str
    date: str
    byline: Sequence[str]
    content: str
    filters: Mapping[str, Sequence[str]]


def version() -> str:
    """Return the version of Pagefind, empty if it is not installed."""
    # Only metadata is read: importing Pagefind takes longer than a build with nothing to do.
    try:
        found = version_of("pagefind")
    except PackageNotFoundError:
        return ""
    packaged = any(map(find_spec, ("pagefind_bin", "pagefind_bin_extended")))
    is_there = packaged or os.environ.get("PAGEFIND_BINARY_PATH") or shutil.which("pagefind")
    return found if is_there else ""


class PagefindIndexer:
    """Indexer for a site's language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._stemmed = _UNKNOWN if has_stems(language) else language.partition("-")[0]

    def index(
        self, records: Iterable[Record], name: str, folder: Path, *, with_code: bool = False
    ) -> None:
        """Write the index of some records into a new folder.

        A result is named by the index's name and the record's number in it, `2024-h1.17`. The
        texts to show for it are in chunks of `RESULTS_PER_CHUNK` records.

        Args:
            records: Articles to index, oldest first.
            name: Name of the index.
            folder: Folder for the files. It is created and must not exist yet.
            with_code: Whether to write the files that search the index, too.

        Raises:
            NewsgenError: `search-failed` if Pagefind fails.
            OSError: If the folder cannot be written.
        """
        (folder / "shelf").mkdir(parents=True)
        # A process for each index bounds memory by the largest index.
        with _Service() as service:
            config = {"force_language": self._stemmed, "include_characters": ""}
            index = service.ask(type="NewIndex", config=config)["index_id"]
            for number, record in enumerate(_write_chunks(records, folder / "shelf")):
                values = self._message(record, f"{name}.{number}")
                service.ask(type="AddRecord", index_id=index, **values)
            # Pagefind can write the files itself, but ends before they are on the disk.
            files = service.ask(type="GetFiles", index_id=index)["files"]
        # Pagefind's code is the same for every part, so it is written once.
        wanted = {"pagefind-entry.json", *(self._code(files) if with_code else ())}
        names: dict[str, str] = {}
        for file in files:
            path = folder / file["path"]
            if path.suffix == ".pf_fragment":
                # Fragments hold the words of a page, which its HTML has already: not written.
                names[path.stem] = _parse_page_name(base64.b64decode(file["content"]))
            elif path.parent != folder or path.name in wanted or path.suffix == ".pf_meta":
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(base64.b64decode(file["content"]))
        try:
            normalize_index(folder, names)
        except ValueError as error:
            unknown = f"this version of Pagefind writes {error} in an unknown format"
            raise problem_error("search-failed", unknown, Location("search")) from error

    def _message(self, record: Record, name: str) -> dict[str, object]:
        """Return a record as parameters of Pagefind's `AddRecord`."""
        return {
            "url": name,
            "content": record.content,
            "language": self._stemmed,
            "meta": {"title": normalize_words(record.headline, self._language)},
            "filters": record.filters,
            "sort": {},
        }

    def _code(self, files: Sequence[Mapping[str, str]]) -> Iterator[str]:
        """Yield names of the files that search an index, without Pagefind's own interfaces."""
        yield from CODE
        own = f"wasm.{self._stemmed}.pagefind"
        yield own if any(file["path"] == own for file in files) else f"wasm.{_UNKNOWN}.pagefind"


def _write_chunks(records: Iterable[Record], folder: Path) -> Iterator[Record]:
    """Write the texts of results in chunks, and yield the records."""
    remaining = iter(records)
    for number in count():
        chunk = list(islice(remaining, RESULTS_PER_CHUNK))
        if not chunk:
            return
        results = [(one.url, one.headline, one.date, *one.byline) for one in chunk]
        text = json.dumps(results, ensure_ascii=False, separators=(",", ":"))
        # mtime: gzip would write the time, and equal records must make equal bytes.
        (folder / f"{number}.shelf").write_bytes(gzip.compress(text.encode(), mtime=0))
        yield from chunk


def _parse_page_name(fragment: bytes) -> str:
    """Return the URL that a page was added with, from the start of its fragment."""
    # The URL is at the front, so 256 bytes are enough. `wbits=31` stands for gzip.
    found = _PAGE.match(zlib.decompressobj(wbits=31).decompress(fragment, 256))
    return found[1].decode() if found else ""


class _Service:
    """Process of `pagefind --service`."""

    def __init__(self) -> None:
        executable = _executable()
        if executable is None:
            raise problem_error("search-failed", "Pagefind is not installed", Location("search"))
        self._process = subprocess.Popen(  # noqa: S603 - Pagefind's own package names it
            [executable, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Not a pipe: nobody would read it, and a full one would block the process.
            stderr=subprocess.DEVNULL,
        )
        self._messages = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._pipe(self._process.stdin).close()
        self._pipe(self._process.stdout).close()

    def ask(self, **payload: object) -> Mapping[str, Any]:
        """Send a message and return the answer.

        Raises:
            NewsgenError: `search-failed` if the answer is an error or the process ends.
        """
        self._messages += 1
        message = json.dumps({"message_id": self._messages, "payload": payload})
        try:
            pipe = self._pipe(self._process.stdin)
            pipe.write(base64.b64encode(message.encode()) + b",")
            pipe.flush()
            answer = json.loads(base64.b64decode(self._read()))["payload"]
        except (OSError, ValueError) as error:
            raise problem_error(
                "search-failed", f"Pagefind has stopped: {error}", Location("search")
            ) from error
        if answer["type"] == "Error":
            raise problem_error(
                "search-failed", f"Pagefind reports: {answer['message']}", Location("search")
            )
        return cast("Mapping[str, Any]", answer)

    def _read(self) -> bytes:
        """Return an answer without its comma."""
        pipe = self._pipe(self._process.stdout)
        answer = bytearray()
        # `read` would wait until a whole block has come, and answers are shorter.
        while block := pipe.read1(1 << 16):  # type: ignore[attr-defined]
            answer += block
            if answer.endswith(b","):
                return bytes(answer[:-1])
        raise OSError("its output is closed")

    def _pipe(self, pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise OSError("it has no pipe")
        return pipe


def _executable() -> str | None:
    """Return the path of Pagefind's program, None if it is not installed."""
    try:
        from pagefind.service import get_executable  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    found = get_executable()
    return str(found) if found else None
