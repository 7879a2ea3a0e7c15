"""Plugins that fail while a site is built."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

from newsgen.model import RawArticle
from newsgen.problems import Location, Problem
from newsgen.read import formats

CODE = """
import sqlite3

import click
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.recognize.registry import RecognizerSpec


def fail(*_):
    raise LookupError("no way\\nat all")


def make_kind(name, renderer="text", units=None, pages=None, view=None):
    return PageKind(
        name, renderer, (), ("content",),
        units or (lambda *_: [Unit(name, "", b"1")]),
        pages or (lambda *_: [Page(name, f"{name}.txt", "", (b"1",))]),
        view or (lambda *_: {"text": name}),
    )


def fail_in_database(*_):
    sqlite3.connect(":memory:").execute("SELECT * FROM missing")


@click.command("faulty-command")
def command():
    fail_in_database()


good = make_kind("good")
database_units = make_kind("database_units", units=fail_in_database)
database_view = make_kind("database_view", view=fail_in_database)
in_database = make_kind("in_database", "database")
in_units = make_kind("in_units", units=fail)
no_units = make_kind("no_units", units=lambda *_: [None])
in_pages = make_kind("in_pages", pages=fail)
no_path = make_kind("no_path", pages=lambda *_: [Page("no_path", 1, "", (b"1",))])
outside = make_kind("outside", pages=lambda *_: [Page("outside", "../newsgen.yaml", "", (b"1",))])
in_view = make_kind("in_view", view=fail)
no_view = make_kind("no_view", view=lambda *_: None)
in_renderer = make_kind("in_renderer", "broken")
no_bytes = make_kind("no_bytes", "wrong")
no_renderer = make_kind("no_renderer", "missing")
recognizer = RecognizerSpec(fail, lambda: "1", lambda: (), "")
no_version = RecognizerSpec(fail, fail, lambda: (), "")


def wrong(*_):
    return "text"
"""
KINDS = (
    *("good", "in_units", "no_units", "in_pages", "no_path", "outside"),
    *("in_view", "no_view"),
    *("in_renderer", "no_bytes", "no_renderer"),
    *("database_units", "database_view", "in_database"),
)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_plugin_that_fails_is_named_and_the_rest_is_built(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory, jobs: str
) -> None:
    plugin = install(tmp_path_factory.mktemp("plugin"))
    archive.config("language: en\nrecognize: auto\n")
    archive.article("good.txt", "2025-08-30", "Headline")
    archive.article("estonian.txt", "2025-08-30", "Uudis", Lang="et")
    archive.write("articles/bad.faulty", "text")
    archive.write("articles/bad.database", "text")
    archive.site()
    done = build(archive, plugin, jobs)
    failures = dict(
        line.split(": faulty-plugin: ") for line in done.stderr.splitlines() if "faulty-" in line
    )
    assert done.returncode == 0
    assert "internal" not in done.stderr
    assert (
        "update newsgen-faulty (now 2.0), or uninstall it; see .newsgen/newsgen.log" in done.stderr
    )
    groups = "newsgen.formats", "newsgen.recognizers"
    reason = "failed: LookupError: no way"
    assert failures["articles/bad.faulty"] == f"`{groups[0]}`: `faulty` {reason}"
    query = "failed: OperationalError: no such table: missing"
    assert failures["articles/bad.database"] == f"`{groups[0]}`: `database` {query}"
    assert failures["articles/estonian.txt"] == f"`{groups[1]}`: `et` {reason}"
    for group, row, message in (
        ("recognizers", "lv", reason),
        ("page_kinds", "in_units", reason),
        ("page_kinds", "no_units", "failed: AttributeError: "),
        ("page_kinds", "in_pages", reason),
        ("page_kinds", "no_path", "failed: AttributeError: "),
        (
            "page_kinds",
            "outside",
            "failed: ValueError: ../newsgen.yaml is not a path inside the site",
        ),
        ("page_kinds", "in_view", reason),
        ("page_kinds", "no_view", "failed: TypeError: "),
        ("page_kinds", "no_renderer", "failed: KeyError: 'missing'"),
        ("page_kinds", "database_units", query),
        ("page_kinds", "database_view", query),
        ("outputs", "database", query),
        ("outputs", "broken", reason),
        ("outputs", "wrong", "failed: TypeError: "),
    ):
        assert f"newsgen-faulty: faulty-plugin: `newsgen.{group}`: `{row}` {message}" in done.stderr
    log = (archive.root / ".newsgen/newsgen.log").read_text(encoding="utf-8")
    assert log.count("LookupError: no way") >= 6
    assert archive.page("good.txt") == "good"
    assert "Headline" in archive.page("2025/08/30/headline/index.html")
    assert "Uudis" in archive.page("2025/08/30/uudis/index.html")
    # Nothing counts as finished: the next build tries again.
    again = build(archive, plugin, jobs)
    assert again.stderr.count("faulty-plugin") == done.stderr.count("faulty-plugin")


@pytest.mark.slow
def test_pages_of_a_plugin_stay_when_it_fails_later(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("plugin")
    archive.article("good.txt", "2025-08-30", "Headline")
    archive.site()
    build(archive, install(folder), "1")
    assert archive.page("good.txt") == "good"
    code = CODE.replace('make_kind("good")', 'make_kind("good", units=fail)')
    (folder / "newsgen_faulty.py").write_text(code, encoding="utf-8")
    archive.article("other.txt", "2025-08-31", "Other")
    done = build(archive, folder, "1")
    assert "`newsgen.page_kinds`: `good` failed: LookupError: no way" in done.stderr
    assert archive.page("good.txt") == "good"


def install(folder: Path) -> Path:
    """Write the installed package, and return its folder."""
    info = folder / "newsgen_faulty-2.0.dist-info"
    info.mkdir()
    metadata = "Metadata-Version: 2.1\nName: newsgen-faulty\nVersion: 2.0\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    rows = {
        "commands": {"faulty-command": "command"},
        "formats": {"faulty": "fail", "database": "fail_in_database"},
        "page_kinds": {kind: kind for kind in KINDS},
        "outputs": {"broken": "fail", "wrong": "wrong", "database": "fail_in_database"},
        "recognizers": {"et": "recognizer", "lv": "no_version"},
    }
    text = "".join(
        f"[newsgen.{group}]\n"
        + "".join(f"{name} = newsgen_faulty:{row}\n" for name, row in all_.items())
        for group, all_ in rows.items()
    )
    (info / "entry_points.txt").write_text(text, encoding="utf-8")
    (folder / "newsgen_faulty.py").write_text(CODE, encoding="utf-8")
    return folder


def test_a_command_that_fails_is_named(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    done = run(archive, install(tmp_path_factory.mktemp("plugin")), "faulty-command")
    assert done.returncode == 70
    problem, hint = done.stderr.splitlines()
    assert problem == (
        "newsgen-faulty: faulty-plugin: `newsgen.commands`: `faulty-command` failed: "
        "OperationalError: no such table: missing"
    )
    assert hint.startswith("    update newsgen-faulty (now 2.0), or uninstall it; see ")
    log = Path(hint.partition("; see ")[2]).read_text(encoding="utf-8")
    assert "newsgen faulty-command\nTraceback" in log


def build(archive: ArchiveFolder, plugin: Path, jobs: str) -> subprocess.CompletedProcess[str]:
    return run(archive, plugin, "build", "--jobs", jobs)


def run(archive: ArchiveFolder, plugin: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(plugin), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "newsgen", *arguments],
        cwd=archive.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )


@pytest.mark.parametrize("error", [LookupError("no way"), SystemExit(3)])
def test_articles_of_a_failing_format_keep_their_pages(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    file = archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    before = archive.tree()
    problem = Problem(Location("newsgen-faulty"), "faulty-plugin", "failed")

    def fail(*_: str) -> RawArticle:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(formats, "parse_article", fail)
        patch.setattr(formats.FORMATS, "describe_failure", lambda *_: problem)
        file.write_text(file.read_text(encoding="utf-8") + "Ещё.\n", encoding="utf-8")
        codes = [one.code for one in archive.build().problems]
        assert codes == ["faulty-plugin"]
        assert archive.tree() == before
    assert not archive.build().problems
