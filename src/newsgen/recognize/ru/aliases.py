"""Aliases of well-known places and organizations: КНР -> Китай.

Uses ``data/places.txt``, ``data/organizations.txt``, the territory names of CLDR (through Babel),
and the pattern of countries' official names. Stops at one name: results never depend on an article.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.demonyms import adjective_to_place
from newsgen.recognize.ru.full_names import drop_patronymic
from newsgen.recognize.ru.morphology import lemmatize
from newsgen.recognize.ru.orthography import OF_RUSSIA, normalize_name
from newsgen.recognize.ru.word_lists import load_word_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsgen.model import TagKind

# Endings that newspapers give to bodies of the Russian state: Счётная палата РФ.
_RUSSIA = re.compile(" (?:РФ|России|Российской Федерации)$")
# Nouns of state bodies whose official name ends with Российской Федерации.
_BODIES = frozenset(
    [
        "министерство",
        "суд",
        "палата",
        "прокуратура",
        "комиссия",
        "комитет",
        "совет",
        "сила",
        "правительство",
        "служба",
        "дума",
    ]
)
# Official names of countries: Исламская Республика Иран -> Иран.
_REPUBLIC = re.compile(
    r"^(?:[А-ЯЁ][\w-]+ая )*"
    r"(?:Республика|Королевство|Княжество|Султанат|Эмират|Федерация) (?=[А-ЯЁ])"
)
# The same with an adjective: Чешская республика -> чешская -> Чехия.
_STATE = re.compile(
    r"^([а-яё][\w-]+(?:ая|ое)) (?:(?:народная|исламская|арабская) )?"
    r"(?:республика|королевство|федерация)$",
    re.IGNORECASE,
)


def canonicalize(kind: TagKind, name: str) -> tuple[TagKind, str]:
    """Return the kind and the name under which a whole archive files a name.

    ("organization", "КНР") -> ("place", "Китай"). Persons only lose their patronymic.
    """
    name = name.replace("ё", "е").replace("Ё", "Е")
    if kind == "person":
        return kind, drop_patronymic(name)
    # The lists decide the kind too: the model often takes ЕС for a place and КНР for an
    # organization.
    found = _organizations().get(normalize_name(name)) or _organizations().get(
        normalize_name(name).removesuffix(OF_RUSSIA)
    )
    if found:
        return "organization", found
    place = _look_up_place(name)
    if place:
        return "place", place
    return kind, _official_name(name) if kind == "organization" else name


def _official_name(name: str) -> str:
    """Give a body of the Russian state its official ending: ... РФ -> ... Российской Федерации."""
    if not normalize_name(name).endswith(OF_RUSSIA) or not any(
        lemmatize(word) in _BODIES for word in name.split()[:3]
    ):
        return name
    return f"{_RUSSIA.sub('', name)} Российской Федерации"


def look_up_kind(name: str) -> TagKind | None:
    """Return the kind of a name that the lists contain, None for any other name."""
    if normalize_name(name) in _organizations():
        return "organization"
    return "place" if normalize_name(name) in _places() else None


def is_territory(name: str) -> bool:
    """Return True if CLDR or ``data/places.txt`` contains a place of this name."""
    return normalize_name(name) in _places()


def _look_up_place(name: str) -> str | None:
    """Return the common name of a place, None if it is unknown.

    Чешская Республика -> Чехия, Республика Казахстан -> Казахстан.
    """
    names = _places()
    found = names.get(normalize_name(name))
    if found:
        return found
    bare = names.get(normalize_name(_REPUBLIC.sub("", name)))
    if bare:
        return bare
    state = _STATE.match(name)
    return adjective_to_place(state.group(1)) if state else None


@lru_cache(maxsize=1)
def _organizations() -> Mapping[str, str]:
    """Return the organizations' names by their normalized aliases."""
    return _load_aliases("organizations")


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    """Return the places' names by their normalized aliases."""
    from babel import Locale

    territories = {
        normalize_name(name): name.replace("ё", "е")
        # CLDR lists aggregates (ZZ "unknown region", 001 "world", test regions XA and XB) and
        # unions beside countries. EU and UN are organizations here. Names with "о-в" or brackets
        # are CLDR's own labels, which no newspaper prints.
        for code, name in Locale("ru").territories.items()
        if code not in {"ZZ", "EU", "UN", "EZ", "001", "XA", "XB"}
        and "о-в" not in name
        and "(" not in name
    }
    # The list overrides CLDR, whose names are formal: Соединенные Штаты, but newspapers write США.
    return territories | _load_aliases("places")


def _load_aliases(name: str) -> dict[str, str]:
    """Load a list of lines `name = alias, alias` as a mapping from normalized alias to name."""
    found: dict[str, str] = {}
    for main, others in load_word_map(name).items():
        shown = main.replace("ё", "е")
        found |= {normalize_name(name): shown for name in (main, *others.split(", "))}
    return found
