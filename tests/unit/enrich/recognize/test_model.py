"""Finding and loading the model."""

import subprocess
import sys

import pytest

from newsgen.enrich.recognize.ru import model
from newsgen.enrich.recognize.table import RECOGNIZERS, recognizer


def test_importing_is_cheap_and_asking_for_a_version_too():
    code = (
        "import sys; from newsgen.enrich.recognize import join, protocol, table;"
        "table.recognizer('ru').version;"
        "print(*{'numpy', 'slovnet', 'navec', 'razdel', 'pymorphy3', 'babel'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def test_natasha_is_never_imported(tags):
    assert tags("Путин в Москве.")
    assert not {"natasha", "pymorphy2"} & sys.modules.keys()


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(model, "NEEDED", ("navec", "no_such_package"))
    assert model.missing() == ("no_such_package",)
    model.network.cache_clear()
    with pytest.raises(model.ModelMissingError, match="no_such_package"):
        model.network()


def test_languages():
    assert set(RECOGNIZERS) == {"ru"}
    assert recognizer("ru-RU") is not None
    assert recognizer("tlh") is None
