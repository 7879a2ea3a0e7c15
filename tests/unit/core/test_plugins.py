"""Tables that installed packages add rows to."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsgen.core import plugins
from newsgen.core.plugins import PluginTable, plugin_versions

Install = Callable[..., None]


def write_distribution(folder: Path, name: str, version: str, entry_points: str) -> None:
    """Write the metadata of an installed distribution."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    (info / "entry_points.txt").write_text(entry_points, encoding="utf-8")


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a package with one module, `plugin_NAME`, and entry points."""
    monkeypatch.syspath_prepend(tmp_path)
    plugins._find_plugins.cache_clear()

    def install(name: str, code: str, entry_points: str, version: str = "1.0") -> None:
        write_distribution(tmp_path, name, version, entry_points)
        (tmp_path / f"plugin_{name}.py").write_text(code, encoding="utf-8")

    yield install
    plugins._find_plugins.cache_clear()
    for module in [module for module in sys.modules if module.startswith("plugin_")]:
        del sys.modules[module]


def test_rows_of_plugins_come_after_the_built_in_ones(install: Install) -> None:
    install("zulu", "row = str.upper", "[newsgen.tests]\nsecond = plugin_zulu:row\n")
    install("alpha", "row = str.lower", "[newsgen.tests]\nfirst = plugin_alpha:row\n")
    table = PluginTable("newsgen.tests", {"own": str.title})
    assert list(table) == ["own", "first", "second"]
    assert len(table) == 3
    assert table["second"]("a") == "A"
    assert table.is_built_in("own")
    assert not table.is_built_in("first")
    assert table.problems() == ()
    assert plugin_versions() == (("alpha", "1.0"), ("zulu", "1.0"))


def test_built_in_rows_are_found_without_looking_for_plugins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plugins, "_find_plugins", lambda: pytest.fail("looked for plugins"))
    assert PluginTable("newsgen.tests", {"own": str.title})["own"]("a") == "A"


@pytest.mark.parametrize(
    ("code", "name", "message"),
    [
        ("raise RuntimeError('no\\nway')", "new", "cannot be loaded: RuntimeError: no"),
        ("raise SystemExit(3)", "new", "cannot be loaded: SystemExit: 3"),
        ("1 +", "new", "cannot be loaded: SyntaxError: invalid syntax"),
        ("other = len", "new", "cannot be loaded: AttributeError: module 'plugin_bad' has no "),
        ("row = 'text'", "new", "is a str, which `newsgen.tests` does not take"),
        ("row = len", "own", "is the name of a built-in row"),
        ("row = len", "kept", "is the name of a built-in row"),
        ("row = len", "good", "is the name of another plugin's row"),
        (
            "class Row:\n name = 'x'\n def __call__(self): ...\nrow = Row()",
            "new",
            "names itself `x`",
        ),
    ],
)
def test_a_faulty_plugin_is_named_and_left_out(
    install: Install, code: str, name: str, message: str
) -> None:
    install("bad", code, f"[newsgen.tests]\n{name} = plugin_bad:row\n", "2.0")
    install("about", "row = str.upper", "[newsgen.tests]\ngood = plugin_about:row\n")
    table = PluginTable("newsgen.tests", {"own": str.title}, reserved=("kept",))
    (problem,) = table.problems()
    assert (problem.location.file, problem.code) == ("bad", "faulty-plugin")
    assert problem.message.startswith(f"`newsgen.tests`: `{name}` {message}")
    assert problem.hint == "update bad (now 2.0), or uninstall it"
    assert list(table) == ["own", "good"]
    assert table["own"] is str.title


def test_packages_without_rows_do_not_count(install: Install, tmp_path: Path) -> None:
    install("script", "", "[console_scripts]\nx = plugin_script:newsgen.x\n")
    (tmp_path / "broken-1.0.dist-info").mkdir()
    (tmp_path / "broken-1.0.dist-info/entry_points.txt").write_bytes(b"newsgen.\xff")
    (tmp_path / "odd-1.0.dist-info").mkdir()
    (tmp_path / "odd-1.0.dist-info/entry_points.txt").write_text("newsgen.\n[", encoding="utf-8")
    assert plugin_versions() == ()
    assert list(PluginTable("newsgen.tests", {"own": str.title})) == ["own"]
