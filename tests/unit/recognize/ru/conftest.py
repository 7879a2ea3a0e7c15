"""Recognizer shared by all tests, because loading the model takes half a second."""

from __future__ import annotations

import os
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest

from newsgen.recognize.ru.recognizer import RussianRecognizer


@pytest.fixture(scope="session")
def russian() -> RussianRecognizer:
    return RussianRecognizer()


@pytest.fixture(scope="session")
def tags(russian: RussianRecognizer) -> Callable[[str], set[tuple[str, str]]]:
    """Return a function that maps a text to {(kind, name)}."""

    def recognize(text: str) -> set[tuple[str, str]]:
        return {(e.kind, e.name) for e in russian.recognize([text])[0].entities}

    return recognize
