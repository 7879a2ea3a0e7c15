"""After any change of settings or packages, an incremental build equals a clean one."""

import shutil
import sqlite3
import sys
import zlib
import zoneinfo
from collections.abc import Iterator
from dataclasses import fields
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import anyascii
import pytest
from tests.conftest import NOW, ArchiveFolder, changed_paths, tree_of

from newsgen.build import Options, build
from newsgen.build.fingerprint import (
    code_fingerprint,
    packages_fingerprint,
)
from newsgen.config import load_site
from newsgen.config.load import KEYS
from newsgen.config.site import Author, Recognize, Tags
from newsgen.config.tag_rules import _SECTIONS
from newsgen.core import distributions, plugins
from newsgen.core.distributions import required_distributions
from newsgen.text import slugs

BASE = {"language": "ru", "recognize": "off", "search": "false", "per_page": "6", "latest": "3"}
SAMPLES = {
    "old_domains": "old.example.org",
    "assets": "all",
    "pictures": "off",
    "media": "{external: link}",
    "title": "Другое название",
    "description": "Описание",
    "language": "en",
    "base_url": "https://example.org/a/",
    "copyright": "© Мы",
    "source": "other",
    "output": "public",
    "templates": "own",
    "static": "files",
    "cache": ".kept",
    "timezone": "Asia/Tokyo",
    "encoding": "{'c*.txt': cp1251}",
    "raw_html": "escape",
    "max_article_size": "1000",
    "drafts": "true",
    "future": "true",
    "permalink": "/{slug}/",
    "slugs": "unicode",
    "transliteration": "gost_779",
    "links": "file",
    "per_page": "5",
    "latest": "4",
    "authors": "{Анна: {slug: ann, bio: О ней, aliases: [Борис]}}",
    "navigation": "[{Сайт: https://example.org/}]",
    "about": "us.md",
    "theme": "{accent: red}",
    "recognize": "{mode: auto, thresholds_after: 0}",
    "tags": "{link_mentions: no}",
    "cname": "example.org",
    "robots": "disallow",
    "search": "true",
}


SECTION_SAMPLES = {
    "authors.slug": "authors: {Анна: {slug: annie}}",
    "authors.bio": "authors: {Анна: {slug: ann, bio: О ней}}",
    "authors.url": "authors: {Анна: {slug: ann, url: 'https://example.org/'}}",
    "authors.aliases": "authors: {Анна: {slug: ann, aliases: [Борис]}}",
    "recognize.mode": "recognize: off",
    "recognize.languages": "recognize: {languages: [en]}",
    "recognize.include_tagged": "recognize: {include_tagged: no}",
    "recognize.min_articles": "recognize: {min_articles: 9, thresholds_after: 0}",
    "recognize.min_mentions": "recognize: {min_mentions: 9, thresholds_after: 0}",
    "recognize.thresholds_after": "recognize: {thresholds_after: 0}",
    "tags.link_mentions": "tags: {link_mentions: no}",
    "tags.yaml aliases": "aliases: {Анна Иванова: [Владимир Путин]}",
    "tags.yaml renames": "renames: {Минск: Менск}",
    "tags.yaml kinds": "kinds: {Минск: topic}",
    "tags.yaml never": "never: [ТАСС]",
    "tags.yaml splits": "splits: {Владимир Путин: {Путин (а): ['a*'], Путин (б): ['*']}}",
}
"""A line of `newsgen.yaml` or `tags.yaml` that changes one key of a section."""


NAMES_IN_TEXT = "Владимир Путин встретил Анну Иванову в Минске, сообщает ТАСС."


def fill(archive: ArchiveFolder) -> None:
    for number in range(14):
        archive.article(
            f"{number:02}.txt", f"2025-08-{number % 3 + 1:02}", f"Щука {number}", Теги="Мел, Ёж"
        )
    archive.article("author.txt", "2025-08-05", "Автор", Текст="Борис")
    archive.article("draft.txt", "2025-08-05", "Черновик", Draft="true")
    archive.article("later.txt", "2026-01-01 04:00", "Позже")
    archive.article("long.txt", "2025-08-06", "Длинная", "Слово. " * 300)
    archive.write("articles/html.md", "---\ntitle: HTML\ndate: 2025-08-07\n---\n<b>Да</b> *и*\n")
    archive.write(
        "articles/links.md",
        "---\ntitle: Ссылки\ndate: 2025-08-07\n---\n"
        "[Html](html.md) [Кодировка](https://old.example.org/2025/08/08/kodirovka/) ![](p.png)\n",
    )
    shown = "![A](https://pictures.example.net/a.png)"
    archive.write("articles/shown.md", f"---\ntitle: X\ndate: 2025-08-07\n---\n{shown}\n")
    archive.write("articles/p.png", b"PNG")
    archive.write("articles/unlinked.pdf", b"PDF")
    archive.write("articles/cp.txt", " date 2025-08-08 Кодировка\n\nТекст.\n".encode("cp1251"))
    archive.write("us.md", "*Мы*\n")
    archive.write("other/a.txt", " date 2025-08-09 Иной\n\nТекст.\n")
    archive.write("own/404.html", "{% extends 'base.html' %}")
    archive.write("files/a.png", b"PNG")


def configure(archive: ArchiveFolder, values: dict[str, str]) -> None:
    archive.write("newsgen.yaml", "".join(f"{key}: {value}\n" for key, value in values.items()))


def assert_like_a_clean_build(archive: ArchiveFolder, clean: Path) -> None:
    site = load_site(archive.root / "newsgen.yaml")
    # Another folder or a lower limit takes most articles off the site.
    report = build(site, Options(jobs=1, now=NOW, allow_removals=True))
    ignored = shutil.ignore_patterns("dist", "public", ".newsgen", ".kept")
    shutil.copytree(archive.root, clean, ignore=ignored)
    fresh = load_site(clean / "newsgen.yaml")
    expected = build(fresh, Options(jobs=1, now=NOW))
    assert changed_paths(tree_of(site.output_folder), tree_of(fresh.output_folder)) == set()
    assert sorted(report.problems) == sorted(expected.problems)


def test_every_key_has_a_sample() -> None:
    assert set(SAMPLES) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_changed_key_gives_what_a_clean_build_gives(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory, key: str
) -> None:
    fill(archive)
    configure(archive, BASE)
    archive.build()
    before = load_site(archive.root / "newsgen.yaml")
    configure(archive, {**BASE, key: SAMPLES[key]})
    assert getattr(load_site(archive.root / "newsgen.yaml"), key) != getattr(before, key)
    assert_like_a_clean_build(archive, tmp_path_factory.mktemp("clean") / "site")
    configure(archive, BASE)
    assert_like_a_clean_build(archive, tmp_path_factory.mktemp("back") / "site")


def test_every_key_of_a_section_has_a_sample() -> None:
    records = {"authors": Author, "recognize": Recognize, "tags": Tags}
    keys = {f"{name}.{key.name}" for name, record in records.items() for key in fields(record)}
    keys |= {f"tags.yaml {section}" for section in _SECTIONS}
    assert set(SECTION_SAMPLES) == keys - {"authors.name"}


@pytest.mark.slow
@pytest.mark.parametrize("key", SECTION_SAMPLES)
def test_a_changed_key_of_a_section_gives_what_a_clean_build_gives(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory, key: str
) -> None:
    base = {"language": "ru", "search": "false", "authors": "{Анна: {slug: ann}}"}
    archive.article("a.txt", "2025-08-01", "Встреча", NAMES_IN_TEXT, Текст="Анна")
    archive.article("b.txt", "2025-08-02", "Визит", NAMES_IN_TEXT, Текст="Борис")
    # A name in one article alone, which names it twice, and a name that is mentioned only once.
    once = "Сергей Лавров прилетел из Минска в Самару. Лавров устал, сообщает ТАСС."
    archive.article("c.txt", "2025-08-03", "Ещё", once, Теги="Минск")
    configure(archive, base)
    archive.build()
    before = archive.tree()
    name, _, value = SECTION_SAMPLES[key].partition(": ")
    if key.startswith("tags.yaml"):
        archive.write("tags.yaml", f"{name}: {value}\n")
    else:
        configure(archive, {**base, name: value})
    assert_like_a_clean_build(archive, tmp_path_factory.mktemp("clean") / "site")
    # Otherwise the sample would prove nothing.
    assert archive.tree() != before
    configure(archive, base)
    (archive.root / "tags.yaml").unlink(missing_ok=True)
    assert_like_a_clean_build(archive, tmp_path_factory.mktemp("back") / "site")
    assert archive.tree() == before


@pytest.fixture
def fresh_fingerprint() -> Iterator[None]:
    forget_fingerprint()
    slugs._transliterate.cache_clear()
    yield
    forget_fingerprint()
    slugs._transliterate.cache_clear()


def forget_fingerprint() -> None:
    """Compute the fingerprint again when it is asked for, as a new process does."""
    code_fingerprint.cache_clear()
    packages_fingerprint.cache_clear()


def fake(folder: Path, name: str) -> None:
    """Install another version of a package, with the same requirements, ahead of the real one."""
    text = metadata.distribution(name).read_text("METADATA") or ""
    version = metadata.version(name)
    info = folder / f"{name.replace('-', '_')}-{version}.99.dist-info"
    info.mkdir()
    new = text.replace(f"\nVersion: {version}\n", f"\nVersion: {version}.99\n", 1)
    (info / "METADATA").write_text(new, encoding="utf-8")


def test_required_packages_are_found_through_others_and_in_extras() -> None:
    found = required_distributions("newsgen")
    assert {"anyascii", "babel", "jinja2", "markupsafe", "tzdata"} <= set(found)
    assert {"newsgen-ru-model", "numpy", "pymorphy3", "pagefind", "pagefind-bin"} <= set(found)
    assert not {"pytest", "ruff", "mypy"} & set(found)
    assert found["jinja2"] == metadata.version("jinja2")


@pytest.mark.usefixtures("fresh_fingerprint")
@pytest.mark.parametrize("name", sorted(required_distributions("newsgen")))
def test_another_version_of_a_package_is_another_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = code_fingerprint()
    forget_fingerprint()
    assert code_fingerprint() == before
    fake(tmp_path, name)
    monkeypatch.syspath_prepend(tmp_path)
    forget_fingerprint()
    assert code_fingerprint() != before


@pytest.mark.usefixtures("fresh_fingerprint")
@pytest.mark.parametrize(
    ("module", "name"),
    [(sys, "version"), (sqlite3, "sqlite_version"), (zlib, "ZLIB_RUNTIME_VERSION")],
)
def test_another_python_or_system_library_is_another_fingerprint(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> None:
    before = code_fingerprint()
    monkeypatch.setattr(module, name, f"{getattr(module, name)}.99")
    forget_fingerprint()
    assert code_fingerprint() != before


@pytest.mark.parametrize("suffix", ["", "-py3.11"])
def test_packages_of_older_tools_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    info = tmp_path / f"Jinja2-99.1{suffix}.egg-info"
    info.mkdir()
    (info / "requires.txt").write_text(
        "Extra_One>=2\n\n[i18n]\nnot-asked-for\n\n[:python_version > '3']\nextra.two\n"
    )
    (tmp_path / "extra_one-2.5.egg-info").write_text("Metadata-Version: 1.2\n")
    (tmp_path / "extra_two-3.dist-info").mkdir()
    (tmp_path / "not_asked_for-1.dist-info").mkdir()
    (tmp_path / "babel.egg-info").mkdir()  # of a source tree
    usual = required_distributions("newsgen")
    monkeypatch.syspath_prepend(tmp_path)
    found = required_distributions("newsgen")
    assert found["jinja2"].startswith("99.1")
    assert (found["extra-one"], found["extra-two"]) == ("2.5", "3")
    assert "not-asked-for" not in found
    assert found["babel"] == usual["babel"]


@pytest.mark.usefixtures("fresh_fingerprint")
def test_another_version_of_what_a_plugin_requires_is_another_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin, required = tmp_path / "plugin-1.dist-info", tmp_path / "required-1.dist-info"
    plugin.mkdir()
    required.mkdir()
    (plugin / "METADATA").write_text("Name: plugin\nRequires-Dist: required\n")
    (plugin / "entry_points.txt").write_text("[newsgen.formats]\norg = plugin:parse\n")
    monkeypatch.syspath_prepend(tmp_path)
    plugins._find_plugins.cache_clear()
    before = code_fingerprint()
    required.rename(tmp_path / "required-2.dist-info")
    distributions._scan_path.cache_clear()
    forget_fingerprint()
    assert code_fingerprint() != before
    distributions._scan_path.cache_clear()
    plugins._find_plugins.cache_clear()


def test_metadata_that_an_upgrade_left_behind_hides_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nh3-98.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    before = required_distributions("newsgen")
    (tmp_path / "nh3-99.dist-info").mkdir()
    distributions._scan_path.cache_clear()
    assert required_distributions("newsgen") != before
    distributions._scan_path.cache_clear()


def test_another_commit_of_a_repository_is_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, "nh3")
    monkeypatch.syspath_prepend(tmp_path)
    before = required_distributions("newsgen")
    (file,) = tmp_path.glob("nh3-*.dist-info")
    (file / "direct_url.json").write_text('{"vcs_info": {"commit_id": "0123"}}')
    assert required_distributions("newsgen") != before


@pytest.mark.parametrize("jobs", [1, 2])
def test_other_rules_of_a_time_zone_move_articles(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory, jobs: int
) -> None:
    """The system's zoneinfo is upgraded, without the package tzdata."""
    zones = tmp_path_factory.mktemp("zones")
    (zones / "Europe").mkdir()
    moscow = zones / "Europe/Moscow"
    moscow.write_bytes(files("tzdata").joinpath("zoneinfo/Europe/Moscow").read_bytes())
    archive.config("language: ru\ntimezone: Europe/Moscow\n")
    archive.article("a.txt", "2025-08-30T23:30:00Z", "Ночь")
    archive.article("b.txt", "2025-08-30", "День")
    try:
        use_zones(zones)
        archive.build(jobs)
        assert "2025/08/31/noch/index.html" in archive.tree()
        moscow.write_bytes(files("tzdata").joinpath("zoneinfo/Europe/London").read_bytes())
        use_zones(zones)
        archive.build(jobs)
        assert "2025/08/31/noch/index.html" in archive.tree()  # British Summer Time
        moscow.write_bytes(files("tzdata").joinpath("zoneinfo/Etc/UTC").read_bytes())
        use_zones(zones)
        assert_like_a_clean_build(archive, tmp_path_factory.mktemp("clean") / "site")
        assert "2025/08/30/noch/index.html" in archive.tree()
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()


def use_zones(folder: Path) -> None:
    zoneinfo.reset_tzpath([str(folder)])
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.slow
@pytest.mark.usefixtures("fresh_fingerprint")
def test_another_package_indexes_articles_again(
    archive: ArchiveFolder,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive.search = True
    archive.article("a.txt", "2025-08-30", "Щука")
    archive.build()
    folder = archive.root / ".newsgen/search"
    before = {part.name for part in folder.iterdir()}
    packages = tmp_path_factory.mktemp("packages")
    fake(packages, "nh3")
    monkeypatch.syspath_prepend(packages)
    forget_fingerprint()
    archive.build()
    assert not before & {part.name for part in folder.iterdir()}


@pytest.mark.usefixtures("fresh_fingerprint")
def test_another_transliteration_moves_articles_and_tags(
    archive: ArchiveFolder,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(archive)
    configure(archive, BASE)
    archive.build()
    assert "2025/08/01/shchuka-0/index.html" in archive.tree()
    packages = tmp_path_factory.mktemp("packages")
    fake(packages, "anyascii")
    monkeypatch.syspath_prepend(packages)
    real = anyascii.anyascii
    monkeypatch.setattr(anyascii, "anyascii", lambda text: real(text).lower().replace("sh", "s"))
    slugs._transliterate.cache_clear()
    forget_fingerprint()
    assert_like_a_clean_build(archive, tmp_path_factory.mktemp("clean") / "site")
    assert "2025/08/01/schuka-0/index.html" in archive.tree()
    assert "2025/08/01/shchuka-0/index.html" not in archive.tree()
