"""The tree of `src/newsgen` is as its documentation says, and the tests mirror it."""

import ast
import re
import tomllib
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/newsgen"
MODULES = sorted(SOURCE.rglob("*.py"))
DOCS = ROOT / "docs"
# A decision record may name modules of its time.
PAGES = [ROOT / "README.md", *sorted(set(DOCS.rglob("*.md")) - set(DOCS.glob("decisions/0*")))]
GENERATED = {"search/", "templates/", "newsgen/theme/"}
"""Folders under `.newsgen/` and in a wheel."""
MAX_ROOMS = 26


def rooms() -> set[str]:
    """The names under which the direct children of the package are imported."""
    modules = {file.stem for file in SOURCE.glob("*.py") if not file.name.startswith("__")}
    return modules | {folder.name for folder in SOURCE.iterdir() if any(folder.rglob("*.py"))}


def documented_rooms() -> list[tuple[str, str]]:
    """Layer and name of each row in the table of packages."""
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"^## The packages\n(.*?)^## ", page, re.MULTILINE | re.DOTALL)
    return re.findall(r"^\| ([\w ]+) \| `(\w+)` \| \S.*\|$", section, re.MULTILINE)


def test_the_architecture_names_every_room_once_and_no_other() -> None:
    assert sorted(name for _, name in documented_rooms()) == sorted(rooms())


def test_the_architecture_and_the_contracts_have_the_same_layers() -> None:
    layers = groupby(documented_rooms(), key=itemgetter(0))
    documented = [{name for _, name in rows} for _, rows in layers]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = [one for one in contracts if one.get("containers") == ["newsgen"]]
    enforced = [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]
    assert documented == [layer for layer in enforced if layer != {"__main__"}]


def test_there_are_few_rooms() -> None:
    assert len(rooms()) <= MAX_ROOMS


def test_no_other_file_lies_beside_the_rooms() -> None:
    files = {child.name for child in SOURCE.iterdir() if child.is_file()}
    assert {name for name in files if not name.endswith(".py")} <= {"py.typed"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for path in re.findall(r"`([\w/-]+\.py)`", text):
        # `newsgen_NAME` is a plugin that a guide tells how to write.
        if not path.startswith("newsgen_"):
            assert any((root / path).is_file() for root in (SOURCE, ROOT)), path
    if page.name == "architecture.md":
        for path in re.findall(r"`([a-z_/]+/)`", text):
            known = (SOURCE / path, ROOT / path)
            assert any(folder.is_dir() for folder in known) or path in GENERATED, path


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_opens_with_a_docstring(module: Path) -> None:
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.partition("\n")[0].endswith((".", ":"))


def test_the_performance_page_names_every_stage_that_a_build_shows() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (SOURCE / "build").rglob("*.py"))
    stages = set(re.findall(r'progress\.\w+\("([A-Z]\w+)"\)', code))
    assert len(stages) > 4
    page = (DOCS / "performance.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^- \*\*(\w+)\*\*: ", page, re.MULTILINE)) == stages


def test_unit_tests_mirror_the_packages() -> None:
    here = Path(__file__).parent
    folders = [path for path in here.rglob("*") if path.is_dir() and path.name != "__pycache__"]
    assert folders
    for folder in folders:
        assert (SOURCE / folder.relative_to(here) / "__init__.py").is_file(), folder
