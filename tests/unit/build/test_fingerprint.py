"""After any change of settings or packages, an incremental build equals a clean one."""

import shutil
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import anyascii
import pytest
from tests.conftest import NOW, ArchiveFolder, changed_paths, tree_of

from newsgen.build import Options, build
from newsgen.build.fingerprint import code_fingerprint, required_distributions
from newsgen.config import load_site
from newsgen.config.load import KEYS
from newsgen.text import slugs

BASE = {"language": "ru", "recognize": "off", "search": "false", "per_page": "6", "latest": "3"}
SAMPLES = {
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


@pytest.fixture
def fresh_fingerprint() -> Iterator[None]:
    caches = (code_fingerprint, slugs._transliterate)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


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
    assert {"natasha", "numpy", "pymorphy3", "pagefind", "pagefind-bin"} <= set(found)
    assert not {"pytest", "ruff", "mypy"} & set(found)
    assert found["jinja2"] == metadata.version("jinja2")


@pytest.mark.usefixtures("fresh_fingerprint")
@pytest.mark.parametrize("name", sorted(required_distributions("newsgen")))
def test_another_version_of_a_package_is_another_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = code_fingerprint()
    code_fingerprint.cache_clear()
    assert code_fingerprint() == before
    fake(tmp_path, name)
    monkeypatch.syspath_prepend(tmp_path)
    code_fingerprint.cache_clear()
    assert code_fingerprint() != before


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
    code_fingerprint.cache_clear()
    assert_like_a_clean_build(archive, tmp_path_factory.mktemp("clean") / "site")
    assert "2025/08/01/schuka-0/index.html" in archive.tree()
    assert "2025/08/01/shchuka-0/index.html" not in archive.tree()
