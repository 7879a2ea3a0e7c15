"""Pagefind as a process that is spoken to: records go in, the files of an index come out.

It speaks the protocol of `pagefind --service`: JSON in Base64, each message ended by a comma. One
process makes one index and ends with it, so that memory is bounded by the largest. The files are
asked for rather than left to it: it ends before what it writes is on the disk.
"""

import base64
import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Self, cast

from newsgen.problems import Where, fatal
from newsgen.search.canonical import sort_filters

CODE: Final = ("pagefind.js", "pagefind-worker.js")
"""The files of an index that are the same for all: what searches it."""


class Record(NamedTuple):
    """An article as it is indexed: its URL, its words, what is shown, facets, what orders it."""

    url: str
    content: str
    language: str
    meta: Mapping[str, str]
    filters: Mapping[str, Sequence[str]]
    sort: Mapping[str, str]


def version() -> str:
    """The version of Pagefind, "" where it is not installed."""
    try:
        found = version_of("pagefind")
    except PackageNotFoundError:
        return ""
    return found if _executable() else ""


class Engine:
    """Makes indexes in one language."""

    def __init__(self, language: str) -> None:
        self._language = language.partition("-")[0]

    def index(self, records: Iterable[Record], folder: Path, *, with_code: bool = False) -> None:
        """Write the index of some records into a new folder.

        Args:
            records: what is indexed, in their order.
            folder: where the files go; it is made, and must not be there yet.
            with_code: whether to keep what searches, too.

        Raises:
            NewsgenError: `search-failed` if Pagefind does not do as it should.
            OSError: if the folder can't be written.
        """
        folder.mkdir(parents=True)
        with _Service() as service:
            config = {"force_language": self._language, "include_characters": ""}
            number = service.ask(type="NewIndex", config=config)["index_id"]
            for record in records:
                values = record._replace(language=self._language)._asdict()
                service.ask(type="AddRecord", index_id=number, **values)
            files = service.ask(type="GetFiles", index_id=number)["files"]
        wanted = {"pagefind-entry.json", *(self._code(files) if with_code else ())}
        for file in files:
            path = folder / file["path"]
            if path.parent != folder or path.name in wanted or path.suffix == ".pf_meta":
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(base64.b64decode(file["content"]))
        sort_filters(folder)

    def _code(self, files: Sequence[Mapping[str, str]]) -> Iterator[str]:
        """The files that search an index: the others are interfaces that are not used."""
        yield from CODE
        own = f"wasm.{self._language}.pagefind"
        yield own if any(file["path"] == own for file in files) else "wasm.unknown.pagefind"


class _Service:
    """One process of Pagefind."""

    def __init__(self) -> None:
        executable = _executable()
        if executable is None:
            raise fatal("search-failed", "Pagefind is not installed", Where("search"))
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
            raise fatal("search-failed", f"Pagefind ended: {error}", Where("search")) from error
        if answer["type"] == "Error":
            raise fatal("search-failed", f"Pagefind says: {answer['message']}", Where("search"))
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
