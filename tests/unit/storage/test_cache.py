"""The cache keeps one result of a kind for each source, and none without a source."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zlib import crc32

import pytest
from tests.conftest import ArchiveFolder

from newsgen.storage.cache import (
    Cache,
    CachedResult,
    CachedTeaser,
    CacheReader,
    ResultKind,
    count_damaged_values,
)
from newsgen.storage.seals import write_seal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache.sqlite"


@pytest.fixture
def cache(file: Path) -> Iterator[Cache]:
    with closing(Cache(file)) as cache:
        yield cache


def put(cache: Cache, source: str, key: bytes, kind: ResultKind = "body") -> None:
    cache.put_results([CachedResult(key, kind, source, b"value of " + key)])


def keys(file: Path) -> set[bytes]:
    with closing(sqlite3.connect(file)) as db:
        return {key for (key,) in db.execute("SELECT key FROM result")}


def test_a_newer_result_replaces_the_one_of_its_kind(cache: Cache, file: Path) -> None:
    put(cache, "a/b.md", b"names", "names")
    for number in range(13):
        put(cache, "a/b.md", str(number).encode())
    assert keys(file) == {b"12", b"names"}
    with closing(CacheReader(file)) as reader:
        assert reader.get_result(b"12") == b"value of 12"
        assert reader.get_result(b"11") is None


def test_a_result_moves_along_with_a_renamed_source(cache: Cache, file: Path) -> None:
    put(cache, "old.md", b"same")
    cache.put_results([CachedResult(b"same", "body", "new.md", None)])
    cache.prune_results(["old.md"])
    assert keys(file) == {b"same"}
    cache.prune_results(["new.md"])
    assert keys(file) == set()


def test_teasers_belong_to_their_templates(cache: Cache, file: Path) -> None:
    teasers = [CachedTeaser(name.encode(), f"full {name}", f"line {name}") for name in ("a", "b")]
    assert not cache.has_teasers(b"one")
    cache.put_teasers(b"one", teasers)
    cache.put_teasers(b"two", teasers[:1])
    assert cache.has_teasers(b"one")
    with closing(CacheReader(file)) as reader:
        digests = [b"b", b"a", b"b", b"c"]
        found = reader.get_teasers(b"one", "compact", digests)
        assert found == {b"a": "line a", b"b": "line b"}
        assert reader.get_teasers(b"two", "full", digests) == {b"a": "full a"}
        assert reader.get_teasers(b"one", "full", []) == {}
        cache.prune_teasers(b"one", {b"b"})
        assert reader.get_teasers(b"one", "full", digests) == {b"b": "full b"}
        assert reader.get_teasers(b"two", "full", digests) == {}


@pytest.mark.parametrize(
    "change",
    [
        "value = x'00' || substr(value, 2)",
        "value = NULL",
        "value = 17",
        "value = 'text'",
        "checksum = checksum + 1",
        "checksum = 'x'",
        "key = x'07'",
    ],
)
def test_damaged_result_counts_as_missing(cache: Cache, file: Path, change: str) -> None:
    put(cache, "a.md", b"key")
    put(cache, "b.md", b"other")
    cache.close()
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '')")
        db.commit()
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"UPDATE result SET {change} WHERE key = ?", (b"key",))
        db.commit()
        assert count_damaged_values(db) == 1
    with closing(CacheReader(file)) as reader:
        assert reader.get_result(b"key") is None
        assert reader.get_result(b"other") == b"value of other"
        assert reader.get_result(b"\x07") is None
    with closing(Cache(file)) as opened:
        assert (opened.was_damaged, opened.damaged_values) == (False, 1)
    assert keys(file) == {b"other"}


@pytest.mark.parametrize("change", ["full = x'ff'", "full_checksum = 1", "summary_digest = x'62'"])
def test_damaged_teaser_counts_as_missing(cache: Cache, file: Path, change: str) -> None:
    cache.put_teasers(b"one", [CachedTeaser(b"a", "full", "line")])
    cache.close()
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"UPDATE teaser SET {change}")
        db.commit()
    with closing(CacheReader(file)) as reader:
        assert reader.get_teasers(b"one", "full", [b"a", b"b"]) == {}
    with closing(Cache(file)) as opened:
        assert opened.damaged_values == 1
        assert not opened.has_teasers(b"one")


def test_values_are_checked_only_if_the_file_was_touched(cache: Cache, file: Path) -> None:
    put(cache, "a.md", b"key")
    cache.close()
    with closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE result SET checksum = 0")
        db.commit()
    write_seal(file, contents=False)
    with closing(Cache(file)) as opened:
        assert opened.damaged_values == 0
    with closing(Cache(file, verify=True)) as opened:
        assert opened.damaged_values == 1


def test_damaged_file_is_replaced(cache: Cache, file: Path) -> None:
    put(cache, "a.md", b"key")
    cache.close()
    data = bytearray(file.read_bytes())
    data[4096:8192] = bytes(4096)
    file.write_bytes(data)
    with closing(Cache(file)) as opened:
        assert opened.was_damaged
    assert keys(file) == set()


def test_pruning_teasers_waits_until_it_pays(cache: Cache) -> None:
    cache.put_teasers(b"one", [CachedTeaser(str(at).encode(), "", "") for at in range(1_200)])
    assert not cache.needs_pruning(1_000)
    assert cache.needs_pruning(100)


def test_a_reader_is_never_locked_out(cache: Cache, file: Path) -> None:
    put(cache, "a.md", b"key")
    with closing(CacheReader(file)) as reader:
        for batch in range(50):
            teasers = [CachedTeaser(f"{batch} {at}".encode(), "x" * 5_000, "") for at in range(20)]
            cache.put_teasers(b"one", teasers)
            assert reader.get_result(b"key") == b"value of key"


def stored(archive: ArchiveFolder) -> dict[str, set[str]]:
    """Return the kinds of results by their sources."""
    found: dict[str, set[str]] = {}
    with closing(sqlite3.connect(archive.root / ".newsgen/cache.sqlite")) as db:
        for source, kind in db.execute("SELECT source, kind FROM result"):
            assert kind not in found.setdefault(source, set())
            found[source].add(kind)
    return found


def article(archive: ArchiveFolder, name: str, body: str) -> Path:
    head = f"---\ntitle: {name}\ndate: 2025-08-30\n---\n"
    return archive.write(f"articles/{name}.md", f"{head}*{body}*\n")


def test_edits_leave_one_result_for_each_article(archive: ArchiveFolder) -> None:
    for number in range(12):
        article(archive, "a", f"Текст {number}")
        article(archive, "b", "Другой")
        archive.build()
    assert stored(archive) == {"a.md": {"body"}, "b.md": {"body"}}
    (archive.root / "articles/a.md").unlink()
    archive.build()
    assert stored(archive) == {"b.md": {"body"}}
    (archive.root / ".newsgen/catalogue.sqlite").unlink()
    (archive.root / "articles/b.md").unlink()
    archive.build(allow_removals=True)  # of the last article
    assert stored(archive) == {}


@pytest.fixture
def recognized(archive: ArchiveFolder) -> ArchiveFolder:
    """An archive with an empty list of names in the cache, which no model would return."""
    archive.names = True
    archive.config("language: ru\n")
    article(archive, "a", "Владимир Путин прилетел в Китай.")
    archive.build()
    assert stored(archive) == {"a.md": {"body", "names"}}
    with closing(sqlite3.connect(archive.root / ".newsgen/cache.sqlite")) as db:
        (key,) = db.execute("SELECT key FROM result WHERE kind = 'names'").fetchone()
        change = "UPDATE result SET value = ?, checksum = ? WHERE key = ?"
        db.execute(change, (b"[]", crc32(b"[]", crc32(key)), key))
        db.commit()
    return archive


def test_a_renamed_article_is_not_recognized_again(recognized: ArchiveFolder) -> None:
    (recognized.root / "articles/a.md").rename(recognized.root / "articles/z.md")
    assert not recognized.build().problems
    assert stored(recognized) == {"z.md": {"body", "names"}}
    assert "people/vladimir-putin/index.html" not in recognized.tree()


def test_names_stay_while_recognition_is_off(recognized: ArchiveFolder) -> None:
    recognized.overrides = {"recognize": "off"}
    recognized.build()
    article(recognized, "b", "Другой")
    recognized.build()
    assert stored(recognized) == {"a.md": {"body", "names"}, "b.md": {"body"}}
    recognized.overrides = {}
    assert not recognized.build().problems
    assert "people/vladimir-putin/index.html" not in recognized.tree()


def test_three_databases_lie_under_newsgen(archive: ArchiveFolder) -> None:
    article(archive, "a", "Текст")
    archive.build()
    names = sorted(file.name for file in (archive.root / ".newsgen").glob("*.sqlite"))
    assert [name.partition("-")[0] for name in names] == [
        "cache.sqlite",
        "catalogue.sqlite",
        "manifest",
    ]
