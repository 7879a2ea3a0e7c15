"""Languages as articles name them: tags (`pt-BR`), locales (`ru_RU.UTF-8`), names (`Russian`)."""

import re
from functools import cache
from typing import Final

_TAG: Final = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,8}")
_CHARSET: Final = re.compile(r"[.@].*$", re.DOTALL)
_SPEAKERS_OF: Final = ("en", "ru")
"""Languages whose names of all languages are known, besides that of the site."""

_NATIVE_NAMES: Final = (
    *("be", "bg", "cs", "de", "el", "es", "et", "fi", "fr", "he", "hu", "hy", "it", "ja", "ka"),
    *("kk", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sr", "sv", "tr", "uk", "zh"),
)
"""Languages that are known by their own names, too. Each takes some milliseconds to load."""


def parse_language(text: str, site_language: str) -> str | None:
    """Return the BCP 47 tag of a language, None if it is unknown.

    Args:
        text: A tag, a locale or a name.
        site_language: The site's language. It may name the other one.
    """
    # A POSIX locale joins its parts with `_` and may end in a charset.
    bare = _CHARSET.sub("", text.strip())
    if _TAG.fullmatch(bare):
        return bare.replace("_", "-")
    name = text.casefold().strip()
    for language in dict.fromkeys((*_SPEAKERS_OF, site_language.partition("-")[0])):
        found = _load_names(language).get(name)
        if found:
            return found
    return next((code for code in _NATIVE_NAMES if _load_native_name(code) == name), None)


@cache
def _load_names(language: str) -> dict[str, str]:
    """Return the tags of all languages by their names in a language, in lower case."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - few articles name a language

    try:
        names = Locale(language).languages
    except (UnknownLocaleError, ValueError):
        return {}
    return {name.casefold(): code.replace("_", "-") for code, name in names.items()}


def _load_native_name(language: str) -> str:
    names = _load_names(language)
    return next((name for name, code in names.items() if code == language), "")
