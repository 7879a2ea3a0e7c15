"""Pagefind as a process that is spoken to: records go in, the files of an index come out.

It speaks the protocol of `pagefind --service`: JSON in Base64, each message ended by a comma. One
process makes one index and ends with it, so that memory is bounded by the largest. The files are
asked for rather than left to it: it ends before what it writes is on the disk.
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
from newsgen.search.stems import has_stems, indexed

CODE: Final = ("pagefind.js",)
"""The files of an index that are the same for all: what searches it."""
SHELF: Final = 32
"""How many articles stand in one file of those that say what is shown of a result."""

_UNKNOWN: Final = "unknown"
"""Pagefind's name for a language whose words it takes as they are."""
_PAGE: Final = re.compile(rb'pagefind_dcd\{"url":"([^"]*)"')


class Record(NamedTuple):
    """An article as it is indexed: what is shown of it, its words, facets.

    `date` is as in `model.Moment.iso`; `byline` names the authors; `content` is as `indexed` makes
    it; `filters` are by their names.
    """

    url: str
    headline: str
    date: str
    byline: Sequence[str]
    content: str
    filters: Mapping[str, Sequence[str]]


def version() -> str:
    """The version of Pagefind, "" where it is not installed; it is not loaded for that."""
    try:
        found = version_of("pagefind")
    except PackageNotFoundError:
        return ""
    packaged = any(map(find_spec, ("pagefind_bin", "pagefind_bin_extended")))
    is_there = packaged or os.environ.get("PAGEFIND_BINARY_PATH") or shutil.which("pagefind")
    return found if is_there else ""


class PagefindIndexer:
    """Makes indexes in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._stemmed = _UNKNOWN if has_stems(language) else language.partition("-")[0]

    def index(
        self, records: Iterable[Record], name: str, folder: Path, *, with_code: bool = False
    ) -> None:
        """Write the index of some records into a new folder.

        A page's words are not kept, for its HTML has them: a result is named by the index's name
        and the record's number in it, `2024-h1.17`, and shelves of records say what is shown.

        Args:
            records: what is indexed, the oldest first.
            name: of the index.
            folder: where the files go; it is made, and must not be there yet.
            with_code: whether to keep what searches, too.

        Raises:
            NewsgenError: `search-failed` if Pagefind does not do as it should.
            OSError: if the folder can't be written.
        """
        (folder / "shelf").mkdir(parents=True)
        with _Service() as service:
            config = {"force_language": self._stemmed, "include_characters": ""}
            index = service.ask(type="NewIndex", config=config)["index_id"]
            for number, record in enumerate(_shelved(records, folder / "shelf")):
                values = self._message(record, f"{name}.{number}")
                service.ask(type="AddRecord", index_id=index, **values)
            files = service.ask(type="GetFiles", index_id=index)["files"]
        wanted = {"pagefind-entry.json", *(self._code(files) if with_code else ())}
        names: dict[str, str] = {}
        for file in files:
            path = folder / file["path"]
            if path.suffix == ".pf_fragment":
                names[path.stem] = _name_in(base64.b64decode(file["content"]))
            elif path.parent != folder or path.name in wanted or path.suffix == ".pf_meta":
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(base64.b64decode(file["content"]))
        try:
            normalize_index(folder, names)
        except ValueError as error:
            unknown = f"this version of Pagefind writes {error} in a way that is not known"
            raise problem_error("search-failed", unknown, Location("search")) from error

    def _message(self, record: Record, name: str) -> dict[str, object]:
        """A record as Pagefind takes it."""
        return {
            "url": name,
            "content": record.content,
            "language": self._stemmed,
            "meta": {"title": indexed(record.headline, self._language)},
            "filters": record.filters,
            "sort": {},
        }

    def _code(self, files: Sequence[Mapping[str, str]]) -> Iterator[str]:
        """The files that search an index: the others are interfaces that are not used."""
        yield from CODE
        own = f"wasm.{self._stemmed}.pagefind"
        yield own if any(file["path"] == own for file in files) else f"wasm.{_UNKNOWN}.pagefind"


def _shelved(records: Iterable[Record], folder: Path) -> Iterator[Record]:
    """The records; what is shown of each is written into files, so many in each."""
    waiting = iter(records)
    for number in count():
        shelf = list(islice(waiting, SHELF))
        if not shelf:
            return
        shown = [(one.url, one.headline, one.date, *one.byline) for one in shelf]
        text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{number}.shelf").write_bytes(gzip.compress(text.encode(), mtime=0))
        yield from shelf


def _name_in(fragment: bytes) -> str:
    """The name that a page was given, from the beginning of its file."""
    found = _PAGE.match(zlib.decompressobj(wbits=31).decompress(fragment, 256))
    return found[1].decode() if found else ""


class _Service:
    """One process of Pagefind."""

    def __init__(self) -> None:
        executable = _executable()
        if executable is None:
            raise problem_error("search-failed", "Pagefind is not installed", Location("search"))
        self._process = subprocess.Popen(  # noqa: S603 - Pagefind's own package names it
            [executable, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._pipe(self._process.stdin).close()
        self._pipe(self._process.stdout).close()

    def ask(self, **payload: object) -> Mapping[str, Any]:
        """Send a message and wait for its answer.

        Raises:
            NewsgenError: `search-failed` if that is an error, or none comes.
        """
        self._asked += 1
        message = json.dumps({"message_id": self._asked, "payload": payload})
        try:
            pipe = self._pipe(self._process.stdin)
            pipe.write(base64.b64encode(message.encode()) + b",")
            pipe.flush()
            answer = json.loads(base64.b64decode(self._read()))["payload"]
        except (OSError, ValueError) as error:
            raise problem_error(
                "search-failed", f"Pagefind ended: {error}", Location("search")
            ) from error
        if answer["type"] == "Error":
            raise problem_error(
                "search-failed", f"Pagefind says: {answer['message']}", Location("search")
            )
        return cast("Mapping[str, Any]", answer)

    def _read(self) -> bytes:
        """An answer, up to its comma."""
        pipe = self._pipe(self._process.stdout)
        answer = bytearray()
        while block := pipe.read1(1 << 16):  # type: ignore[attr-defined]
            answer += block
            if answer.endswith(b","):
                return bytes(answer[:-1])
        raise OSError("its output closed")

    def _pipe(self, pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise OSError("it has no pipe")
        return pipe


def _executable() -> str | None:
    """Pagefind's program, from its package or from the path."""
    try:
        from pagefind.service import get_executable  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    found = get_executable()
    return str(found) if found else None
