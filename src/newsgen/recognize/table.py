"""The recognisers by language.

Knows which module speaks which language. Stops before importing any: a language costs nothing until
it is asked for.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from newsgen.core.plugins import PluginTable
from newsgen.recognize.protocol import Recognizer


class Row(NamedTuple):
    """A language: what `make`s its recogniser, what is `missing` for that, the `extra` with it.

    `version` is the recogniser's, told without loading it.
    """

    make: Callable[[], Recognizer]
    version: Callable[[], str]
    missing: Callable[[], tuple[str, ...]]
    extra: str


def _russian() -> Recognizer:
    from newsgen.recognize.ru.recognizer import RussianRecognizer

    return RussianRecognizer()


def _version_of_russian() -> str:
    from newsgen.recognize.ru.model import version

    return version()


def _missing_for_russian() -> tuple[str, ...]:
    from newsgen.recognize.ru.model import missing

    return missing()


#: Language code (BCP 47, its first part) -> its row.
RECOGNIZERS: Final[PluginTable[Row]] = PluginTable(
    "newsgen.recognizers",
    {"ru": Row(_russian, _version_of_russian, _missing_for_russian, "ru")},
    lambda row: isinstance(row, Row),
)


def base_of(language: str) -> str:
    """The language that a tag names, whatever its region or script: `ru` of `ru-BY`."""
    return language.partition("-")[0].lower()
