"""The commands for media of other hosts: what they print, and their exit codes."""

import sys

import pytest
from tests.conftest import ArchiveFolder
from tests.unit.media.conftest import WebServer
from tests.unit.media.test_fetch import PNG, write_article

from newsgen.cli import main


def run(monkeypatch: pytest.MonkeyPatch, archive: ArchiveFolder, *arguments: str) -> int | None:
    archive.site()
    monkeypatch.chdir(archive.root)
    monkeypatch.setattr(sys, "argv", ["newsgen", *arguments])
    with pytest.raises(SystemExit) as raised:
        main()
    assert raised.value.code is None or isinstance(raised.value.code, int)
    return raised.value.code


def test_check_asks_other_hosts_only_if_it_is_told_to(
    archive: ArchiveFolder,
    web: WebServer,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    write_article(archive, "one", f"{web.url}/a.png")
    assert run(monkeypatch, archive, "check") == 0
    assert web.asked == []
    assert run(monkeypatch, archive, "check", "--external", "--allow-private") == 0
    out, err = capfd.readouterr()
    assert f"articles/one.md:5: dead-media: {web.url}/a.png is not there: HTTP 404" in err
    assert "1 article checked, 1 external medium: 2 warnings" in out


def test_fetch_prints_a_summary_and_what_is_dead(
    archive: ArchiveFolder,
    web: WebServer,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    write_article(archive, "one", web.add("/a.png", PNG, "image/png"))
    write_article(archive, "two", f"{web.url}/b.png")
    assert run(monkeypatch, archive, "media", "fetch", "--allow-private") == 0
    out, err = capfd.readouterr()
    assert out == "1 file fetched (0.0 MB), 1 failed, 0 left\n"
    assert f"articles/two.md:5: dead-media: {web.url}/b.png is not there" in err


def test_fetch_exits_with_1_for_errors_of_articles(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    archive.write("articles/one.md", "No date")
    assert run(monkeypatch, archive, "media", "fetch") == 1
    assert "no-date" in capfd.readouterr().err


def test_a_wrong_call_exits_with_2(archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, archive, "media", "fetch", "--max-size", "0") == 2
