"""Finding and loading the model."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from newsgen.enrich.recognize.ru import model
from newsgen.enrich.recognize.table import RECOGNIZERS, base_of


def test_importing_is_cheap_and_asking_for_a_version_too() -> None:
    code = (
        "import sys; from newsgen.enrich.recognize import protocol, table;"
        "table.RECOGNIZERS['ru'].make().version;"
        "print(*{'numpy', 'slovnet', 'navec', 'razdel', 'pymorphy3', 'babel'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


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
