"""The package as users install it: from a wheel, away from the checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import newsgen

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    (file,) = folder.glob("newsgen-*.whl")
    return file


def test_a_wheel_holds_the_default_theme_and_the_words(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("templates", "theme/templates"), ("static", "theme/static")):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file():
                path = file.relative_to(ROOT / folder).as_posix()
                assert f"newsgen/{inside}/{path}" in names
    assert {"newsgen/i18n/locale/ru.po", "newsgen/scaffold/newsgen.yaml"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_a_wheel_is_marked_as_typed(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    assert "newsgen/py.typed" in archive.namelist()
    (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    text = archive.read(metadata).decode("utf-8")
    assert "Classifier: Typing :: Typed\n" in text
    assert f"Version: {newsgen.__version__}\n" in text


def test_a_wheel_holds_the_words_that_recognition_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    folder = ROOT / "src/newsgen/recognize/ru/data"
    lists = {f"newsgen/recognize/ru/data/{file.name}" for file in folder.glob("*.txt")}
    assert len(lists) > 10
    assert lists <= names


def test_a_wheel_works_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    # The libraries come from the environment of the tests; newsgen itself from the wheel alone.
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    (purelib,) = (tmp_path / "venv").rglob("site-packages")
    zipfile.ZipFile(wheel).extractall(purelib)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (purelib / "zz-libraries.pth").write_text(here + "\n", encoding="utf-8")
    code = "import newsgen; print(newsgen.__file__)"
    found = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert str(purelib) in found.stdout
    (tmp_path / "empty").mkdir()
    for arguments in (["init"], ["build"]):
        subprocess.run([python, "-m", "newsgen", *arguments], cwd=tmp_path / "empty", check=True)
    page = (tmp_path / "empty/dist/index.html").read_text(encoding="utf-8")
    assert "The first article" in page
    assert (tmp_path / "empty/dist/assets/newsgen.css").is_file()
