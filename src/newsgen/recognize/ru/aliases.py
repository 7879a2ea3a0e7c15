"""Other names of well-known places and organisations: КНР -> Китай.

Knows the lists ``data/places.txt`` and ``data/organisations.txt``, the territory names of CLDR
(Babel), and how official names of countries are made. Stops at one name: what it gives for a name
does not depend on any article.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.protocol import Kind
from newsgen.recognize.ru.demonyms import place_of
from newsgen.recognize.ru.fullnames import without_patronymic
from newsgen.recognize.ru.morph import lemma
from newsgen.recognize.ru.spelling import OF_RUSSIA, key
from newsgen.recognize.ru.words import word_map

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def canonical(kind: Kind, name: str) -> tuple[Kind, str]:
    """What an archive calls *name*, and what kind of thing it is."""
    name = name.replace("ё", "е").replace("Ё", "Е")
    if kind is Kind.PERSON:
        return kind, without_patronymic(name)
    found = _organisations().get(key(name)) or _organisations().get(
        key(name).removesuffix(OF_RUSSIA)
    )
    if found:
        return Kind.ORGANISATION, found
    place = _place(name)
    if place:
        return Kind.PLACE, place
    return kind, _official(name) if kind is Kind.ORGANISATION else name


def _official(name: str) -> str:
    """A body of the Russian state by its official name, which ends with Российской Федерации."""
    if not key(name).endswith(OF_RUSSIA) or not any(
        lemma(word) in _BODIES for word in name.split()[:3]
    ):
        return name
    return f"{_RUSSIA.sub('', name)} Российской Федерации"


def kind_of_known(name: str) -> Kind | None:
    """The kind of a name that the lists have, None if they have it not."""
    if key(name) in _organisations():
        return Kind.ORGANISATION
    return Kind.PLACE if key(name) in _places() else None


def is_territory(name: str) -> bool:
    """Whether CLDR (or the list beside it) has a place of this name."""
    return key(name) in _places()


def _place(name: str) -> str | None:
    names = _places()
    found = names.get(key(name))
    if found:
        return found
    bare = names.get(key(_REPUBLIC.sub("", name)))
    if bare:
        return bare
    state = _STATE.match(name)
    return place_of(state.group(1)) if state else None


@lru_cache(maxsize=1)
def _organisations() -> Mapping[str, str]:
    return _by_alias("organisations")


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    from babel import Locale

    territories = {
        key(name): name.replace("ё", "е")
        for code, name in Locale("ru").territories.items()
        if code not in {"ZZ", "EU", "UN", "EZ", "001", "XA", "XB"}
        and "о-в" not in name
        and "(" not in name
    }
    return territories | _by_alias("places")


def _by_alias(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for main, others in word_map(name).items():
        shown = main.replace("ё", "е")
        found |= {key(name): shown for name in (main, *others.split(", "))}
    return found
