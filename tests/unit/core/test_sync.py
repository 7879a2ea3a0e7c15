import ctypes
import os
from pathlib import Path

import pytest

from newsgen.core import sync
from newsgen.core.sync import sync_file_system


def test_a_folder_is_synced(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1")
    sync_file_system(tmp_path)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        sync_file_system(tmp_path / "missing")


def test_systems_without_syncfs_sync_all_disks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    monkeypatch.setattr(os, "sync", lambda: calls.append("sync"), raising=False)
    sync_file_system(tmp_path)
    assert calls == ["sync"]


def test_each_file_can_be_synced_by_itself(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"1")
    sync._sync_files(tmp_path)
    assert (tmp_path / "deep" / "file").read_bytes() == b"1"
