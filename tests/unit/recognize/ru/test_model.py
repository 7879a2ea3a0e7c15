"""Finding and loading the model."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from newsgen.recognize.ru import model
from newsgen.recognize.table import RECOGNIZERS, base_of

pytestmark = pytest.mark.slow


def test_importing_is_cheap_and_asking_for_a_version_too() -> None:
    code = (
        "import sys; from newsgen.recognize import protocol, table;"
        "table.RECOGNIZERS['ru'].make().version;"
        "print(*{'numpy', 'slovnet', 'navec', 'razdel', 'pymorphy3', 'babel'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def test_a_version_is_told_without_loading_the_recogniser() -> None:
    assert RECOGNIZERS["ru"].version() == RECOGNIZERS["ru"].make().version


def test_natasha_is_never_imported(tags: Callable[[str], set[tuple[str, str]]]) -> None:
    assert tags("Путин в Москве.")
    assert not {"natasha", "pymorphy2"} & sys.modules.keys()


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "NEEDED", ("navec", "no_such_package"))
    assert model.missing() == ("no_such_package",)
    model.network.cache_clear()
    with pytest.raises(model.ModelMissingError, match="no_such_package"):
        model.network()


def test_languages() -> None:
    assert set(RECOGNIZERS) == {"ru"}
    assert base_of("ru-RU") == "ru"
    assert RECOGNIZERS["ru"].missing() == ()


def test_a_change_of_rules_has_a_number_of_its_own() -> None:
    """What archives have kept is known by this number: without a new one they would keep it."""
    folder = Path(model.__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".txt"})
    digest = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    assert (model.RULES, digest) == (2, "7e68a34cfdeb"), (
        "Raise RULES if anything may be recognised otherwise now; then write both down here."
    )
