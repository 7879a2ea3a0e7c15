from contextlib import closing
from pathlib import Path

from newsgen.storage.teasers import Teasers, TeaserStore


def test_teasers_are_kept_by_their_cards_as_long_as_the_frame_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "teasers.sqlite"
    with closing(TeaserStore(file)) as store:
        assert not store.begin(b"frame")
        for name in ("one", "two", "three"):
            store.put(name.encode(), f"teaser {name}", f"line {name}")
        store.prune({b"one", b"three"})
        store.commit()
        assert store.begin(b"frame")
        store.put(b"four", "teaser four", "line four")
        store.rollback()
    with closing(Teasers(file)) as teasers:
        assert teasers.of("line", [b"three", b"one", b"three"]) == {
            b"one": "line one",
            b"three": "line three",
        }
        assert teasers.of("teaser", [b"one", b"two", b"four"]) == {b"one": "teaser one"}
        assert teasers.of("line", []) == {}
    with closing(TeaserStore(file)) as store:
        assert not store.begin(b"another frame")
        store.commit()
    with closing(Teasers(file)) as teasers:
        assert teasers.of("line", [b"one"]) == {}


def test_useless_teasers_are_noticed_when_there_are_many(tmp_path: Path) -> None:
    with closing(TeaserStore(tmp_path / "teasers.sqlite")) as store:
        store.begin(b"frame")
        for number in range(1_200):
            store.put(str(number).encode(), "", "")
        assert not store.needs_pruning(1_000)
        assert store.needs_pruning(100)
