"""Equal records make equal index files, and failures of Pagefind are reported."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import tree_of

from newsgen.problems import NewsgenError
from newsgen.search import PagefindIndexer, Record, pagefind, version
from newsgen.search.pagefind import RESULTS_PER_CHUNK
from newsgen.search.pagefind_format import normalize_index


def records(count: int) -> list[Record]:
    return [
        Record(
            f"2025/{number}/",
            f"Новость {number}",
            "2025-01-01",
            ["Анна"],
            f"Президент Казахстана встретился с послом номер {number}.",
            {"year": ["2025"], "person": ["Токаев", "Ли"]},
        )
        for number in range(count)
    ]


def test_the_same_records_make_the_same_files(tmp_path: Path) -> None:
    assert version()
    for name in ("one", "other"):
        PagefindIndexer("ru").index(records(60), "19_20", tmp_path / name)
    tree = tree_of(tmp_path / "one")
    assert tree == tree_of(tmp_path / "other")
    assert {path.partition("/")[0] for path in tree} - {"filter", "shelf", "index"} == {
        "pagefind-entry.json",
        *(path for path in tree if path.endswith(".pf_meta")),
    }
    (meta,) = (path for path in tree if path.endswith(".pf_meta"))
    listed = gzip.decompress(tree[meta])
    assert all(b"19_20.%d" % number in listed for number in range(60))
    assert b"unknown_" not in listed.partition(b"19_20.59")[0]


def test_chunks_hold_the_texts_of_results(tmp_path: Path) -> None:
    PagefindIndexer("ru").index(records(RESULTS_PER_CHUNK + 1), "20", tmp_path / "20")
    chunks = [tmp_path / f"20/shelf/{number}.shelf" for number in range(3)]
    assert [chunk.exists() for chunk in chunks] == [True, True, False]
    first, second = (json.loads(gzip.decompress(chunk.read_bytes())) for chunk in chunks[:2])
    assert len(first) == RESULTS_PER_CHUNK
    assert second == [
        [f"2025/{RESULTS_PER_CHUNK}/", f"Новость {RESULTS_PER_CHUNK}", "2025-01-01", "Анна"]
    ]


def test_an_unknown_index_format_is_refused(tmp_path: Path) -> None:
    PagefindIndexer("ru").index(records(1), "20", tmp_path / "20")
    (meta,) = (tmp_path / "20").glob("*.pf_meta")
    kept = meta.read_bytes()
    for data in (b"pagefind_dcd\x9f", b"pagefind_dcd\x81", b"pagefind_dcd\x01"):
        meta.write_bytes(gzip.compress(data))
        with pytest.raises(ValueError, match="pf_meta"):
            normalize_index(tmp_path / "20", {})
    meta.write_bytes(kept)
    with pytest.raises(ValueError, match="pf_meta"):
        normalize_index(tmp_path / "20", {})


def test_code_is_written_on_request_without_interfaces(tmp_path: Path) -> None:
    PagefindIndexer("en").index(records(1), "", tmp_path / "code", with_code=True)
    names = {path.name for path in (tmp_path / "code").iterdir()}
    assert {"pagefind.js", "wasm.en.pagefind"} <= names
    assert not any(name.startswith(("pagefind-ui", "pagefind-worker")) for name in names)


def test_a_language_without_stemmer_is_indexed_as_unknown(tmp_path: Path) -> None:
    for language in ("kk", "ru-RU"):
        PagefindIndexer(language).index(records(1), "", tmp_path / language, with_code=True)
        assert (tmp_path / language / "wasm.unknown.pagefind").exists()


def test_failures_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "_executable", lambda: "/bin/true")
    with pytest.raises(NewsgenError, match="search-failed"):
        PagefindIndexer("ru").index(records(1), "", tmp_path / "one")
    monkeypatch.setattr(pagefind, "_executable", lambda: None)
    with pytest.raises(NewsgenError, match="search-failed"):
        PagefindIndexer("ru").index(records(1), "", tmp_path / "other")


def test_the_version_is_found_without_importing_pagefind() -> None:
    code = "import sys; from newsgen.search import version; print(version(), *sys.modules)"
    run = [sys.executable, "-c", code]
    found = subprocess.run(run, capture_output=True, check=True, text=True).stdout.split()
    assert found[0] == version()
    assert not {"pagefind.service", "pagefind_bin"} & set(found)


def test_without_its_program_pagefind_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "find_spec", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.delenv("PAGEFIND_BINARY_PATH", raising=False)
    assert version() == ""
