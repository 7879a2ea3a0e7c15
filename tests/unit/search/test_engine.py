"""Pagefind makes the same files of the same records, and says when it can't."""

from pathlib import Path

import pytest
from tests.conftest import tree_of

from newsgen.problems import NewsgenError
from newsgen.search import Engine, Record, engine, version


def records(count: int) -> list[Record]:
    return [
        Record(
            f"2025/{number}/",
            f"Президент Казахстана встретился с послом номер {number}.",
            "",
            {"title": f"Новость {number}", "date": "2025-01-01"},
            {"year": ["2025"], "person": ["Токаев", "Ли"]},
            {"date": f"2025-01-01 {number:04}"},
        )
        for number in range(count)
    ]


def test_the_same_records_make_the_same_files(tmp_path: Path) -> None:
    assert version()
    for name in ("one", "other"):
        Engine("ru").index(records(60), tmp_path / name)
    tree = tree_of(tmp_path / "one")
    assert tree == tree_of(tmp_path / "other")
    assert {path.partition("/")[0] for path in tree} - {"filter", "fragment", "index"} == {
        "pagefind-entry.json",
        *(path for path in tree if path.endswith(".pf_meta")),
    }
    assert sum(path.startswith("fragment/") for path in tree) == 60


def test_code_comes_once(tmp_path: Path) -> None:
    Engine("ru").index(records(1), tmp_path / "code", with_code=True)
    names = {path.name for path in (tmp_path / "code").iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "wasm.ru.pagefind"} <= names
    assert not any(name.startswith("pagefind-ui") for name in names)


def test_a_language_that_has_no_stems_is_searched_as_it_is(tmp_path: Path) -> None:
    Engine("kk").index(records(1), tmp_path / "code", with_code=True)
    assert (tmp_path / "code/wasm.unknown.pagefind").exists()


def test_what_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_executable", lambda: "/bin/true")
    with pytest.raises(NewsgenError, match="search-failed"):
        Engine("ru").index(records(1), tmp_path / "one")
    monkeypatch.setattr(engine, "_executable", lambda: None)
    with pytest.raises(NewsgenError, match="search-failed"):
        Engine("ru").index(records(1), tmp_path / "other")
    assert version() == ""
