from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsgen.ledger import KnownUnit, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "ledger.sqlite")) as one:
        yield one


def test_units_and_pages_are_written_down_and_forgotten(ledger: Ledger) -> None:
    ledger.begin()
    number = ledger.put_unit("day", "a", b"frame", b"inputs")
    assert ledger.put_pages(number, [("x", b"1"), ("y", b"2")]) == []
    ledger.commit()
    assert ledger.units("day") == {"a": KnownUnit(number, b"frame", b"inputs")}
    assert ledger.pages(number) == {"x": b"1", "y": b"2"}
    assert ledger.count_pages() == 2
    assert ledger.kinds() == ["day"]
    assert ledger.put_unit("day", "a", b"frame", b"other") == number
    ledger.drop_pages(["x"])
    assert ledger.pages(number) == {"y": b"2"}
    ledger.drop_unit(number)
    assert ledger.units("day") == {}
    assert not ledger.has_page("y")


def test_a_path_is_one_units_and_case_makes_no_difference(ledger: Ledger) -> None:
    one = ledger.put_unit("day", "a", b"", b"1")
    two = ledger.put_unit("day", "b", b"", b"2")
    ledger.put_pages(one, [("Path", b"1")])
    assert ledger.put_pages(two, [("path", b"2"), ("free", b"2")]) == ["path"]
    assert ledger.owner("PATH") == (one, "day", "a")
    assert ledger.evict_pages(["path"]) == ["Path"]
    assert ledger.put_pages(two, [("path", b"2")]) == []
    assert ledger.owner("path") == (two, "day", "b")
    assert ledger.units("day")["a"].inputs == b""


def test_a_file_and_a_folder_of_one_name_are_in_each_others_way(ledger: Ledger) -> None:
    unit = ledger.put_unit("day", "a", b"", b"1")
    ledger.put_pages(unit, [("old.html", b""), ("a/b/index.html", b"")])
    assert ledger.in_the_way("old.html") == []
    assert ledger.in_the_way("OLD.html/print/index.html") == ["OLD.html"]
    assert ledger.in_the_way("a") == ["a/b/index.html"]
    assert ledger.in_the_way("a/b/c.html") == []
    ledger.put_pages(unit, [("a/d", b"")])
    assert ledger.in_the_way("a/d/e/index.html") == ["a/d"]


def test_what_is_not_committed_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    with closing(Ledger(file)) as ledger:
        ledger.begin()
        ledger.set("world", b"1")
        ledger.rollback()
        assert ledger.setting("world") is None
        ledger.begin()
        ledger.set("world", b"2")
    with closing(Ledger(file)) as ledger:
        assert ledger.setting("world") is None


def test_moves_that_are_left(ledger: Ledger) -> None:
    ledger.put_pending(["b", "a"], ["c"])
    assert list(ledger.pending()) == [("a", False), ("b", False), ("c", True)]
    ledger.clear_pending()
    assert list(ledger.pending()) == []
