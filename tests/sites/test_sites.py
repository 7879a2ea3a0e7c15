"""Every folder beside this file is a site: what is in `input/` must come out as `expected/`.

`make expected` refreshes the expected sites. Look at what changed before you commit it.
"""

import shutil
from pathlib import Path

import pytest
from tests.conftest import NOW, tree_of

from newsgen.build import Options, build
from newsgen.config import load_site

SITES = sorted(path.parent for path in Path(__file__).parent.glob("*/input"))


@pytest.mark.parametrize("folder", SITES, ids=lambda folder: folder.name)
def test_site_matches_the_expected_output(
    folder: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    shutil.copytree(folder / "input", tmp_path / "site")
    report = build(load_site(tmp_path / "site" / "newsgen.yaml"), Options(jobs=1, now=NOW))
    problems = "".join(f"{problem}\n    {problem.hint}\n" for problem in sorted(report.problems))
    (tmp_path / "site/dist/problems.txt").write_text(problems, encoding="utf-8")
    expected = folder / "expected"
    if pytestconfig.getoption("--update-expected"):
        shutil.rmtree(expected, ignore_errors=True)
        shutil.copytree(tmp_path / "site/dist", expected)
    assert tree_of(tmp_path / "site/dist") == tree_of(expected)
