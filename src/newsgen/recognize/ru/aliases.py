"""Other names of well-known places and organisations: КНР -> Китай.

Knows the lists ``data/places.txt`` and ``data/organisations.txt``, the territory names of CLDR
(Babel), and how official names of countries are made. Stops at one name: what it gives for a name
does not depend on any article.
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

_RUSSIA = re.compile(" (?:РФ|России|Российской Федерации)$")
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
_REPUBLIC = re.compile(
    r"^(?:[А-ЯЁ][\w-]+ая )*"
    r"(?:Республика|Королевство|Княжество|Султанат|Эмират|Федерация) (?=[А-ЯЁ])"
)
_STATE = re.compile(
    r"^([а-яё][\w-]+(?:ая|ое)) (?:(?:народная|исламская|арабская) )?"
    r"(?:республика|королевство|федерация)$",
    re.IGNORECASE,
)


def canonicalize(kind: TagKind, name: str) -> tuple[TagKind, str]:
    """What an archive calls *name*, and what kind of thing it is."""
    name = name.replace("ё", "е").replace("Ё", "Е")
    if kind == "person":
        return kind, drop_patronymic(name)
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
    """A body of the Russian state by its official name, which ends with Российской Федерации."""
    if not normalize_name(name).endswith(OF_RUSSIA) or not any(
        lemmatize(word) in _BODIES for word in name.split()[:3]
    ):
        return name
    return f"{_RUSSIA.sub('', name)} Российской Федерации"


def look_up_kind(name: str) -> TagKind | None:
    """The kind of a name that the lists have, None if they have it not."""
    if normalize_name(name) in _organizations():
        return "organization"
    return "place" if normalize_name(name) in _places() else None


def is_territory(name: str) -> bool:
    """Whether CLDR (or the list beside it) has a place of this name."""
    return normalize_name(name) in _places()


def _look_up_place(name: str) -> str | None:
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
    return _load_aliases("organizations")


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    from babel import Locale

    territories = {
        normalize_name(name): name.replace("ё", "е")
        for code, name in Locale("ru").territories.items()
        if code not in {"ZZ", "EU", "UN", "EZ", "001", "XA", "XB"}
        and "о-в" not in name
        and "(" not in name
    }
    return territories | _load_aliases("places")


def _load_aliases(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for main, others in load_word_map(name).items():
        shown = main.replace("ё", "е")
        found |= {normalize_name(name): shown for name in (main, *others.split(", "))}
    return found
