"""Pagefind as a process that is spoken to: records go in, the files of an index come out.

It speaks the protocol of `pagefind --service`: JSON in Base64, each message ended by a comma. One
process makes one index and ends with it, so that memory is bounded by the largest.
"""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Self, cast

from newsgen.problems import Where, fatal
from newsgen.search.canonical import sort_filters

CODE: Final = ("pagefind.js", "pagefind-worker.js")
"""The files of an index that are the same for all: what searches it."""
_PATIENCE: Final = 30
"""How many seconds Pagefind may take to end."""
_PARTS: Final = ("filter", "fragment", "index")


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
            service.ask(type="WriteFiles", index_id=number, output_path=str(folder.resolve()))
        _check(folder)
        sort_filters(folder)
        self._prune(folder, with_code=with_code)

    def _prune(self, folder: Path, *, with_code: bool) -> None:
        """Delete interfaces that are not used, and what searches unless it is wanted."""
        wanted = {*CODE, f"wasm.{self._language}.pagefind"} if with_code else set()
        if with_code and not (folder / f"wasm.{self._language}.pagefind").exists():
            wanted.add("wasm.unknown.pagefind")
        for file in list(folder.iterdir()):
            is_data = file.name == "pagefind-entry.json" or file.suffix == ".pf_meta"
            if file.name in _PARTS or is_data or file.name in wanted:
                continue
            if file.is_dir():
                shutil.rmtree(file)
            else:
                file.unlink()


def _check(folder: Path) -> None:
    """Make sure that an index is whole, so far as its entry and its files' sizes tell.

    Raises:
        NewsgenError: `search-failed` if it is not.
    """
    try:
        json.loads((folder / "pagefind-entry.json").read_bytes())
        is_whole = all(file.stat().st_size for file in folder.rglob("*"))
    except (OSError, ValueError):
        is_whole = False
    if not is_whole:
        raise fatal("search-failed", "Pagefind left an index that is not whole", Where("search"))


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
        """End the process; it finishes its files once there is nothing more to hear."""
        with suppress(OSError):
            self._pipe(self._process.stdin).close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
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
