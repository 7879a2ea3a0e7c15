"""Names of months and weekdays in the languages that an article may use.

English and Russian weekdays are known without Babel, which takes 20 ms to load. It is only asked
for months that are written as words, and for weekdays of other languages.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

_MIN_MONTH_LENGTH: Final = 3
"""Letters of an abbreviated month. Two are ambiguous: `ма` may be March or May."""

_ROMAN_NUMERALS: Final = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
)
_LOOK_ALIKES: Final = str.maketrans("хіv", "xiv")
"""Cyrillic letters that archives type for Roman numerals."""

_WEEKDAYS: Final = (
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    "|sat(?:urday)?|sun(?:day)?"
    "|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье"
)


def month_number(word: str, language: str) -> int:
    """Return the number of a month by its name, an abbreviation or a Roman numeral.

    Args:
        word: The month as written, in any case.
        language: Language tag, tried before Russian and English.

    Raises:
        ValueError: If no month has that name.
    """
    folded = word.casefold()
    if len(folded) >= _MIN_MONTH_LENGTH:
        for code in (language, "ru", "en"):
            for name, number in _month_names(code).items():
                if name.startswith(folded):
                    return number
    # Raises ValueError for other words, too.
    return _ROMAN_NUMERALS.index(folded.translate(_LOOK_ALIKES)) + 1


@cache
def weekday_pattern(language: str) -> str:
    """Return a pattern of weekdays in a language, in Russian and in English, in lower case."""
    locale = None if language.partition("-")[0] in {"", "en", "ru"} else _load_locale(language)
    if locale is None:
        return _WEEKDAYS
    names = {
        name.casefold().rstrip(".")
        for width in ("wide", "abbreviated", "short")
        for name in locale.days["format"][width].values()
    }
    # The longest first: an alternation takes the first branch that matches.
    own = sorted(map(re.escape, filter(None, names)), key=lambda name: (-len(name), name))
    return "|".join([*own, _WEEKDAYS])


@cache
def _month_names(language: str) -> Mapping[str, int]:
    locale = _load_locale(language)
    # An unknown language still has the Russian and English names.
    if locale is None:
        return {}
    months = locale.months
    return {
        months[context][width][number].casefold().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number in range(1, 13)
        if len(months[context][width][number].rstrip(".")) >= _MIN_MONTH_LENGTH
    }


@cache
def _load_locale(language: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - most articles give numbers

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
