"""A damaged manifest is replaced, and a good one is kept: by builds, `--clean` and `--verify`."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ArchiveFolder

from newsgen.build.pipeline import BuildReport
from newsgen.check.written import verify
from newsgen.output import publish
from newsgen.storage import seals

DAMAGE = [
    "UPDATE meta SET value = '2025-13-99' WHERE name = 'built_at'",
    "UPDATE meta SET value = '9025-08-30T00:00:00+00:00' WHERE name = 'built_at'",
    "UPDATE meta SET value = 'x' WHERE name IN ('articles', 'static_files', 'pages')",
    "UPDATE meta SET value = 1000000 WHERE name = 'articles'",
    "UPDATE unit SET key = 'x' || key",
    "UPDATE unit SET key = CAST(x'ff' AS TEXT) WHERE id = 1",
    "UPDATE unit SET kind = 'x' WHERE id = 1",
    "UPDATE page SET path = 'x' || path WHERE path LIKE '2025/%'",
    "UPDATE page SET path = '../../' || path WHERE path LIKE '2025/%'",
    "UPDATE page SET list = 'x'",
    "UPDATE page SET size = 'x'",
    "UPDATE page SET digests = 1",
    "UPDATE page SET unit = 99999 WHERE path LIKE '2025/%'",
    "UPDATE list SET name = 'x/' || name",
    "UPDATE list SET content_digest = 'x'",
    "INSERT INTO pending VALUES (1, '../newsgen.yaml', 1)",
    "INSERT INTO pending VALUES (1, '2025/index.html', 1)",
]
"""Statements that change rows as flipped bits may."""


@pytest.fixture
def built(archive: ArchiveFolder) -> ArchiveFolder:
    """An archive that was built."""
    for number in range(1, 5):
        archive.article(f"{number}.txt", f"2025-08-0{number}", f"Статья {number}")
    archive.build()
    return archive


def find_manifest(archive: ArchiveFolder) -> Path:
    (file,) = (archive.root / ".newsgen").glob("manifest-*.sqlite")
    return file


def change(archive: ArchiveFolder, statement: str) -> None:
    with closing(sqlite3.connect(find_manifest(archive))) as db:
        db.execute(statement)
        db.commit()


def change_unnoticed(archive: ArchiveFolder, statement: str) -> None:
    """Change the manifest as a failing disk does, without a trace in its times."""
    file = find_manifest(archive)
    stat = seals._read(file).contents
    change(archive, statement)
    text = f"{seals._digest_stat(file).hex()}\n{stat.hex()}\n"
    seals._find_seal(file).write_text(text, encoding="ascii")


def is_mended(archive: ArchiveFolder, report: BuildReport) -> bool:
    file = f".newsgen/{find_manifest(archive).name}"
    return any(
        problem.code == "mended-cache" and problem.location.file == file
        for problem in report.problems
    )


def add_article(archive: ArchiveFolder) -> None:
    archive.article("5.txt", "2025-08-05", "Статья 5")


def assert_like_clean(archive: ArchiveFolder) -> None:
    after = archive.tree()
    archive.build(clean=True)
    assert archive.tree() == after
    assert not verify(archive.site()).problems


@pytest.mark.parametrize("statement", DAMAGE)
def test_a_manifest_that_was_changed_is_replaced(built: ArchiveFolder, statement: str) -> None:
    change(built, statement)
    add_article(built)
    assert is_mended(built, built.build())
    assert (built.root / "newsgen.yaml").exists()
    assert not is_mended(built, built.build())
    assert_like_clean(built)


@pytest.mark.parametrize("options", [{"verify": True}, {"clean": True}])
@pytest.mark.parametrize("statement", DAMAGE)
def test_damage_without_a_trace_is_found(
    built: ArchiveFolder, statement: str, options: dict[str, Any]
) -> None:
    change_unnoticed(built, statement)
    codes = [problem.code for problem in verify(built.site()).problems]
    assert codes == ["damaged-cache"]
    add_article(built)
    assert is_mended(built, built.build(**options))
    assert_like_clean(built)


@pytest.mark.parametrize("statement", [one for one in DAMAGE if "1000000" not in one])
def test_a_build_that_changes_something_finds_damage_too(
    built: ArchiveFolder, statement: str
) -> None:
    change_unnoticed(built, statement)
    add_article(built)
    assert is_mended(built, built.build())
    assert_like_clean(built)


def test_a_number_that_is_none_counts_as_missing(built: ArchiveFolder) -> None:
    change_unnoticed(built, "UPDATE meta SET value = 'x' WHERE name IN ('articles', 'pages')")
    assert built.build().articles == 4


def test_a_time_that_is_none_counts_as_missing(built: ArchiveFolder) -> None:
    for value in ("'x'", "''", "7", "x'00'", "'2025-08-30T00:00:00'"):
        change_unnoticed(built, f"UPDATE meta SET value = {value} WHERE name = 'built_at'")
        # Without a time of its own, the build compares the clock with the recorded one.
        assert built.build(now=None).articles == 4


@pytest.mark.parametrize("statement", [one for one in DAMAGE if "'../" in one or "size" in one])
def test_absurd_rows_are_damage_even_without_a_seal(built: ArchiveFolder, statement: str) -> None:
    change(built, statement)
    seals.break_seal(find_manifest(built))
    assert is_mended(built, built.build())
    assert_like_clean(built)


def test_a_pending_path_outside_the_site_is_never_removed(built: ArchiveFolder) -> None:
    change_unnoticed(built, "INSERT INTO pending VALUES (1, '../newsgen.yaml', 1)")
    built.build()
    assert (built.root / "newsgen.yaml").exists()
    assert_like_clean(built)


@pytest.mark.parametrize("trace", ["no seal", "empty seal", "other times"])
def test_a_good_manifest_is_kept(built: ArchiveFolder, trace: str) -> None:
    file = find_manifest(built)
    if trace == "no seal":
        seals.break_seal(file)
    elif trace == "empty seal":
        seals._find_seal(file).write_bytes(b"")
    else:
        os.utime(file, (0, 0))
    report = built.build()
    assert not is_mended(built, report)
    assert report.written == 0
    assert seals.is_untouched(file)


def test_a_build_with_nothing_to_do_reads_no_contents(
    built: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> bytes:
        raise AssertionError

    monkeypatch.setattr(seals, "_digest_contents", fail)
    assert built.build().written == 0


def test_moves_of_a_killed_build_are_finished(
    built: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(Exception):
        """Stands for the end of the process: not even the seal is written."""

    def kill(*_: object, **__: object) -> None:
        raise KilledError

    add_article(built)
    with monkeypatch.context() as patch:
        patch.setattr(publish, "publish", kill)
        patch.setattr(seals, "write_seal", lambda *_, **__: None)
        with pytest.raises(KilledError):
            built.build()
    assert not seals.has_contents_seal(find_manifest(built))
    report = built.build()
    assert not is_mended(built, report)
    assert report.written == 0
    assert_like_clean(built)
