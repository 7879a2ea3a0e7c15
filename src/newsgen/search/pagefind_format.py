"""What Pagefind writes, as newsgen keeps it: one order for its filters, places for its pages.

Pagefind names its files by what is in them, and from the same records in the same order makes the
same files, but for filters: their values come in the order of a hash table. Here they are sorted,
the files named anew, and their names put right where they are listed. Pages are listed with the
names of the files that hold their words, which are not kept; here they get the page's URL instead.
Its files are CBOR of lists, texts and whole numbers, behind a mark, compressed.
"""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from newsgen.core.digest import digest

_MARK: Final = b"pagefind_dcd"
_NUMBER, _TEXT, _LIST = 0, 3, 4
_PAGES, _FILTERS = 1, 3
"""The places of the lists of pages and of filters in the metadata."""


def normalize_index(folder: Path, urls: Mapping[str, str]) -> None:
    """Sort the values of an index's filters, and list its pages by their URLs.

    Args:
        folder: where the index lies.
        urls: of pages by the names of their files.

    Raises:
        OSError: if the folder can't be read or written.
        ValueError: if a file is not of the form that is known here.
    """
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    for language in entry["languages"].values():
        meta_file = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = _load(meta_file)
        prefix = language["hash"].rpartition("_")[0]
        try:
            for page in meta[_PAGES]:
                page[0] = urls[page[0]]
            for listed in meta[_FILTERS]:
                listed[1] = _sort(folder / "filter", listed[1], prefix)
        except (IndexError, KeyError, TypeError) as error:
            raise ValueError(meta_file.name) from error
        meta[_FILTERS].sort()
        data = _dump(meta)
        language["hash"] = f"{prefix}_{digest(data).hex()[:10]}"
        meta_file.unlink()
        (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(data)
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    entry_file.write_text(text, encoding="utf-8")


def _sort(folder: Path, name: str, prefix: str) -> str:
    """Sort the values of one filter; returns its file's new name."""
    file = folder / f"{name}.pf_filter"
    values = _load(file)
    values[1].sort()
    data = _dump(values)
    new = f"{prefix}_{digest(data).hex()[:10]}"
    file.unlink()
    (folder / f"{new}.pf_filter").write_bytes(data)
    return new


def _load(file: Path) -> list[Any]:
    """What is in a file, if it is of the kind that `_dump` makes."""
    data = gzip.decompress(file.read_bytes())
    try:
        value, end = _decode(data, len(_MARK))
    except IndexError as error:
        raise ValueError(file.name) from error
    if data != _MARK + _encode(value) or end != len(data) or not isinstance(value, list):
        raise ValueError(file.name)
    return value


def _dump(value: list[Any]) -> bytes:
    return gzip.compress(_MARK + _encode(value), mtime=0)


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    """A value, and where it ends."""
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size > 23:  # noqa: PLR2004 - from here on the number follows, in 1, 2, 4 or 8 bytes
        width = 1 << size - 24
        size = int.from_bytes(data[at : at + width])
        at += width
    if kind == _NUMBER:
        return size, at
    if kind == _TEXT:
        return data[at : at + size].decode(), at + size
    if kind != _LIST:
        raise ValueError(kind)
    values = []
    for _ in range(size):
        value, at = _decode(data, at)
        values.append(value)
    return values, at


def _encode(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        data = value.encode()
        return _head(_TEXT, len(data)) + data
    return _head(_LIST, len(value)) + b"".join(map(_encode, value))


def _head(kind: int, size: int) -> bytes:
    if size < 24:  # noqa: PLR2004 - it fits the first byte
        return bytes([kind << 5 | size])
    width = next(width for width in range(4) if size < 1 << (8 << width))
    return bytes([kind << 5 | 24 + width]) + size.to_bytes(1 << width)
