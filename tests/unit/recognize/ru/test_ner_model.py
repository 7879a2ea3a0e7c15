"""Versions, missing packages and loading of the model."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pytest

from newsgen.core.distributions import required_distributions
from newsgen.recognize.registry import RECOGNIZERS, base_language
from newsgen.recognize.ru import ner_model


def test_import_and_version_load_no_heavy_package() -> None:
    code = (
        "import sys; from newsgen.recognize import protocol, registry, tagging, entity_cache;"
        "registry.RECOGNIZERS['ru'].make().version;"
        "print(*{'numpy', 'slovnet', 'navec', 'razdel', 'pymorphy3', 'babel'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def test_registry_version_is_the_recognizer_version() -> None:
    assert RECOGNIZERS["ru"].version() == RECOGNIZERS["ru"].make().version


def test_recognition_needs_nothing_of_natasha_but_its_files(
    tags: Callable[[str], set[tuple[str, str]]],
) -> None:
    assert tags("Путин в Москве.")
    assert not {"natasha", "pymorphy2", "yargy"} & sys.modules.keys()
    required = required_distributions("newsgen").keys()
    assert not {"natasha", "pymorphy2", "yargy", "ipymarkup", "docopt", "dawg-python"} & required


def test_the_version_covers_every_package_that_recognition_imports() -> None:
    version = RECOGNIZERS["ru"].version()
    names = ("newsgen-ru-model", "navec", "slovnet", "razdel", "numpy", "babel")
    for name in (*names, "pymorphy3", "pymorphy3-dicts-ru", "dawg2-python"):
        assert f" {name}-{metadata.version(name)}" in version
    assert "pagefind" not in version


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ner_model, "REQUIRED_PACKAGES", ("navec", "no_such_package"))
    assert ner_model.find_missing_packages() == ("no-such-package",)
    ner_model.load_model.cache_clear()
    with pytest.raises(ner_model.ModelMissingError, match="no-such-package"):
        ner_model.load_model()


def test_languages() -> None:
    assert set(RECOGNIZERS) == {"ru"}
    assert base_language("ru-RU") == "ru"
    assert RECOGNIZERS["ru"].missing() == ()


def test_changed_rules_need_a_new_version() -> None:
    """Cached results carry this version, so without a new one they would never be replaced."""
    folder = Path(ner_model.__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".txt"})
    digest = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    assert (ner_model.RULES_VERSION, digest) == (2, "85b5efc41bf7"), (
        "Raise RULES_VERSION if any result may change, then update both values here."
    )
