"""Rewriting of Pagefind's files so that equal records always make equal files.

Pagefind names files by their content. It writes the values of filters in the order of a hash
table, so they are sorted here and the files renamed. Its list of pages names the files with their
words, which newsgen does not write, so the pages' URLs are put there instead.

The files are gzip-compressed CBOR (RFC 8949) behind a magic number, of which Pagefind uses arrays,
text and unsigned integers only.
"""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from newsgen.core.digest import digest

_MAGIC: Final = b"pagefind_dcd"
_NUMBER, _TEXT, _LIST = 0, 3, 4
"""Major types of CBOR."""
_PAGES, _FILTERS = 1, 3
"""Indexes of the lists of pages and filters in the metadata."""


def normalize_index(folder: Path, urls: Mapping[str, str]) -> None:
    """Sort the values of an index's filters and list its pages by URL.

    Args:
        folder: Folder of the index.
        urls: URLs of pages by the names of their files.

    Raises:
        OSError: If the folder cannot be read or written.
        ValueError: If a file has an unknown format.
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
                listed[1] = _sort_filter(folder / "filter", listed[1], prefix)
        # Another version of Pagefind may arrange its metadata differently.
        except (IndexError, KeyError, TypeError) as error:
            raise ValueError(meta_file.name) from error
        meta[_FILTERS].sort()
        data = _dump(meta)
        language["hash"] = f"{prefix}_{digest(data).hex()[:10]}"
        meta_file.unlink()
        (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(data)
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    entry_file.write_text(text, encoding="utf-8")


def _sort_filter(folder: Path, name: str, prefix: str) -> str:
    """Sort the values of a filter and return its file's new name."""
    file = folder / f"{name}.pf_filter"
    values = _load(file)
    values[1].sort()
    data = _dump(values)
    new = f"{prefix}_{digest(data).hex()[:10]}"
    file.unlink()
    (folder / f"{new}.pf_filter").write_bytes(data)
    return new


def _load(file: Path) -> list[Any]:
    """Return the content of a file that `_dump` could have written."""
    data = gzip.decompress(file.read_bytes())
    try:
        value, end = _decode(data, len(_MAGIC))
    except IndexError as error:
        raise ValueError(file.name) from error
    # Encoding it again proves that nothing of the file was misread.
    if data != _MAGIC + _encode(value) or end != len(data) or not isinstance(value, list):
        raise ValueError(file.name)
    return value


def _dump(value: list[Any]) -> bytes:
    return gzip.compress(_MAGIC + _encode(value), mtime=0)


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    """Return the value at an offset, and the offset after it."""
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size > 23:  # noqa: PLR2004 - the number follows in 1, 2, 4 or 8 bytes
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
