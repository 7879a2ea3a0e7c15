"""The package of `docs/how-to/extend-newsgen.md`, installed and used as the guide says."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.conftest import tree_of

import newsgen

pytestmark = pytest.mark.slow  # builds in processes of their own
GUIDE = Path(__file__).parents[2] / "docs/how-to/extend-newsgen.md"
SOURCES = Path(newsgen.__file__).parents[1]
POEM = "# Море и берег\n\nПервая строка.\nВторая строка.\n=> https://example.org/ Ссылка\n"


def install(folder: Path, *, change: tuple[str, str] = ("", "")) -> None:
    """Install the guide's package into a folder, as an installer lays it out."""
    words = GUIDE.read_text(encoding="utf-8").replace(*change)
    project = tomllib.loads(re.findall(r"^```toml\n(.*?)^```", words, re.MULTILINE | re.DOTALL)[0])
    (module,) = re.findall(r"^```python\n(.*?)^```$", words, re.MULTILINE | re.DOTALL)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "newsgen_gemini.py").write_text(module, encoding="utf-8")
    name, version = project["project"]["name"], project["project"]["version"]
    groups = project["project"]["entry-points"]
    write_metadata(folder, name, version, groups)


def write_metadata(
    folder: Path, name: str, version: str, groups: dict[str, dict[str, str]]
) -> None:
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    lines = []
    for group, rows in groups.items():
        lines += [f"[{group}]", *(f"{row} = {value}" for row, value in rows.items()), ""]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")


def run(site: Path, plugins: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run newsgen in a site, with the plugins of a folder installed."""
    path = os.pathsep.join([str(SOURCES), str(plugins)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "newsgen", *arguments],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "articles").mkdir(parents=True)
    (folder / "newsgen.yaml").write_text(
        "language: ru\nrecognize: off\nsearch: false\n", encoding="utf-8"
    )
    (folder / "articles/2025-08-30-sea.gmi").write_text(POEM, encoding="utf-8")
    short = " date 2025-08-31 Короткая\n\nДа.\n"
    (folder / "articles/short.txt").write_text(short, encoding="utf-8")
    return folder


def clean_tree(site: Path, plugins: Path) -> dict[str, bytes]:
    """The site as a first build elsewhere writes it."""
    copy = site.parent / "clean"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("dist", ".newsgen"))
    done = run(copy, plugins, "build", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    return tree_of(copy / "dist")


def test_the_package_of_the_guide(site: Path, tmp_path: Path) -> None:
    plugins = tmp_path / "plugins"
    install(plugins)
    done = run(site, plugins, "build")
    assert (done.returncode, done.stderr) == (0, "")
    page = (site / "dist/2025/08/30/more-i-bereg/index.html").read_text(encoding="utf-8")
    assert "<h1>Море и берег</h1>" in page
    assert "<p>Первая строка.</p>\n<p>Вторая строка.</p>" in page
    assert '<a href="https://example.org/"' in page
    longest = json.loads((site / "dist/longest.json").read_text(encoding="utf-8"))
    assert [row["headline"] for row in longest] == ["Море и берег", "Короткая"]
    assert re.search(
        r"^  gemini-files +List articles", run(site, plugins, "--help").stdout, re.MULTILINE
    )
    assert run(site, plugins, "gemini-files").stdout == "2025-08-30-sea.gmi\n"
    assert "0 written" in run(site, plugins, "build").stdout


def test_incremental_builds_with_plugins_equal_clean_ones(site: Path, tmp_path: Path) -> None:
    plugins = tmp_path / "plugins"
    install(plugins)
    run(site, plugins, "build")
    # Prose has no cached HTML, so this body is taken from the file again.
    prose = "# Проза\nОдна длинная строка, за ней ничего.\nИ ещё одна.\n"
    (site / "articles/2025-09-01-prose.gmi").write_text(prose, encoding="utf-8")
    run(site, plugins, "build")
    assert "<p>И ещё одна.</p>" in (site / "dist/2025/09/01/proza/index.html").read_text("utf-8")
    assert tree_of(site / "dist") == clean_tree(site, plugins)
    # Another version, which writes links in another way.
    install(plugins, change=("match[2] or match[1]", "match[1]"))
    changed = plugins / "newsgen_gemini-1.0.dist-info"
    (changed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: newsgen-gemini\nVersion: 1.1\n", encoding="utf-8"
    )
    changed.rename(plugins / "newsgen_gemini-1.1.dist-info")
    run(site, plugins, "build")
    assert ">https://example.org/</a>" in (
        site / "dist/2025/08/30/more-i-bereg/index.html"
    ).read_text("utf-8")
    assert tree_of(site / "dist") == clean_tree(site, plugins)
    # Without the package, its articles and pages go.
    (tmp_path / "none").mkdir()
    run(site, tmp_path / "none", "build")
    assert not (site / "dist/longest.json").exists()
    assert tree_of(site / "dist") == clean_tree(site, tmp_path / "none")


def test_faulty_package_is_reported_and_skipped(site: Path, tmp_path: Path) -> None:
    plugins = tmp_path / "plugins"
    install(plugins)
    run(site, plugins, "build")
    write_metadata(
        plugins,
        "newsgen-broken",
        "0.3",
        {
            "newsgen.formats": {"doc": "newsgen_no_such_module:parse", "md": "os:getcwd"},
            "newsgen.page_kinds": {"home": "newsgen_gemini:LONGEST"},
            "newsgen.commands": {"lost": "newsgen_gemini:no_such_command"},
        },
    )
    for command in ("build", "check", "build"):
        done = run(site, plugins, command)
        assert done.returncode == 0
        assert done.stderr.count("newsgen-broken: faulty-plugin: ") == 3
        assert "update newsgen-broken (now 0.3), or uninstall it" in done.stderr
        assert "`doc` cannot be loaded: ModuleNotFoundError" in done.stderr
        assert "Traceback" not in done.stderr
    assert tree_of(site / "dist") == clean_tree(site, plugins)
    done = run(site, plugins, "--help")
    assert done.returncode == 0
    assert "`newsgen.commands`: `lost` cannot be loaded: AttributeError" in done.stderr
    assert "gemini-files" in done.stdout
    assert " lost" not in done.stdout
