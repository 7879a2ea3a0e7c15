"""Table of the recognizers by language.

Stops before importing any of them: a language costs no import until it is needed.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from newsgen.core.plugins import PluginTable
from newsgen.recognize.protocol import Recognizer


class RecognizerSpec(NamedTuple):
    """Recognizer of one language, described without loading it.

    Attributes:
        make: Creates the recognizer.
        version: Returns the `version` that the recognizer will have.
        missing: Returns the required packages that are not installed.
        extra: The extra of newsgen's distribution that installs them: `pip install newsgen[extra]`.
    """

    make: Callable[[], Recognizer]
    version: Callable[[], str]
    missing: Callable[[], tuple[str, ...]]
    extra: str


# The imports stand inside the functions because every command imports this module, and importing
# numpy, pymorphy3 and Babel takes about 0.15 s.
def _make_russian() -> Recognizer:
    from newsgen.recognize.ru.recognizer import RussianRecognizer

    return RussianRecognizer()


def _russian_version() -> str:
    from newsgen.recognize.ru.ner_model import recognizer_version

    return recognizer_version()


def _find_missing_for_russian() -> tuple[str, ...]:
    from newsgen.recognize.ru.ner_model import find_missing_packages

    return find_missing_packages()


RECOGNIZERS: Final[PluginTable[RecognizerSpec]] = PluginTable(
    "newsgen.recognizers",
    {"ru": RecognizerSpec(_make_russian, _russian_version, _find_missing_for_russian, "ru")},
    lambda row: isinstance(row, RecognizerSpec),
)
"""Recognizers by the primary language subtag (BCP 47). Plugins add languages."""


def base_language(language: str) -> str:
    """Return the primary subtag of a BCP 47 language tag: `ru` for `ru-BY`."""
    return language.partition("-")[0].lower()
