"""Declension of names that no dictionary contains, guessed from their endings.

Covers Russian declension of surnames and of foreign place names. Stops at possibilities:
``person_lemmas`` and ``phrases`` choose among them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class EndingGuess(NamedTuple):
    """Possible nominative of an unknown word form.

    Attributes:
        nominative: The guessed nominative, in small letters.
        gender: Pymorphy's name of the gender, "" if any is possible.
        case: Pymorphy's name of the case that the form stands in, "" if any is possible.
        penalty: How unusual this reading is; 0 is the ordinary one.
    """

    nominative: str
    gender: str
    case: str
    penalty: float


class _EndingRule(NamedTuple):
    """Row of the declension table, parsed."""

    stem: re.Pattern[str]
    ending: str
    base: str
    genders: tuple[str, ...]
    cases: tuple[str, ...]
    penalty: float


# Classes of stems, as regular expressions for the end of the stem. "owner" are surnames in -ов,
# -ин; "other" is every consonant stem but those.
_STEMS = {
    "any": "",
    "vowel": "[аеёиоуыэюя]",
    "consonant": "[бвгджзклмнпрстфхцчшщ]",
    "soft": "[бвдзлмнпрстф]",
    "hard": "[гкхжшчщц]",
    "adjective": "[сцз]к",
    "plain": "[нвтлр]",
    "owner": "(?:ов|ев|ёв|ин|ын)",
    "other": "(?<!о)(?<!е)(?<!ё)(?<!и)(?<!ы)[бвгджзклмнпрстфхцчшщйь]|[оеёиы][бгджзклмпрстфхцчшщй]",
}
# Columns: class of the stem, ending of the form, ending of the nominative ("-": none), genders,
# cases, penalty. Only differences between penalties matter: 0 is what textbooks teach, 0.9 is rare.
_TABLE = """
adjective  ого  ий  m   gent,accs            0
adjective  ому  ий  m   datv                 0
adjective  им   ий  m   ablt                 0
adjective  ом   ий  m   loct                 0.3
adjective  ий   ий  m   nomn                 0
adjective  ой   ая  f   gent,datv,ablt,loct  0
adjective  ую   ая  f   accs                 0
adjective  ая   ая  f   nomn                 0
plain      ого  ый  m   gent,accs            0.5
plain      ому  ый  m   datv                 0.5
plain      ого  ой  m   gent,accs            0.6
plain      ому  ой  m   datv                 0.6
plain      ой   ая  f   gent,datv,ablt,loct  0.6
plain      ую   ая  f   accs                 0.3
owner      -    -   m   nomn                 0
owner      -    -   f   -                    0.9
owner      а    -   m   gent,accs            0
owner      у    -   m   datv                 0
owner      ым   -   m   ablt                 0
owner      е    -   m   loct                 0
owner      а    а   f   nomn                 0
owner      ой   а   f   gent,datv,ablt,loct  0
owner      у    а   f   accs                 0
other      -    -   m   nomn                 0
other      -    -   f   -                    0.3
consonant  а    -   m   gent,accs            0
consonant  у    -   m   datv                 0
consonant  ом   -   m   ablt                 0
consonant  е    -   m   loct                 0
hard       ем   -   m   ablt                 0
vowel      я    й   m   gent,accs            0
vowel      ю    й   m   datv                 0
vowel      ем   й   m   ablt                 0
vowel      е    й   m   loct                 0.2
soft       я    ь   m   gent,accs            0.2
soft       ю    ь   m   datv                 0.2
soft       ем   ь   m   ablt                 0.2
soft       е    ь   m   loct                 0.4
consonant  а    а   mf  nomn                 0.1
consonant  ы    а   mf  gent                 0.1
hard       и    а   mf  gent                 0.1
consonant  у    а   mf  accs                 0.1
consonant  ой   а   mf  ablt                 0.1
hard       ей   а   mf  ablt                 0.2
consonant  е    а   mf  datv,loct            0.2
soft       я    я   mf  nomn                 0.3
soft       и    я   mf  gent                 0.6
soft       ю    я   mf  accs                 0.6
soft       ей   я   mf  ablt                 0.6
soft       е    я   mf  datv,loct            0.9
vowel      я    я   mf  nomn                 0
vowel      и    я   mf  gent,datv,loct       0.2
vowel      ю    я   mf  accs                 0.2
vowel      ей   я   mf  ablt                 0.2
any        о    о   -   -                    0.2
any        и    и   -   -                    0.2
any        е    е   -   -                    0.4
any        э    э   -   -                    0
any        у    у   -   -                    0.6
any        ю    ю   -   -                    0.4
any        ы    ы   -   -                    0.8
vowel      а    а   -   -                    0
any        ых   ых  -   -                    0
any        их   их  -   -                    0
"""
_OBLIQUE = re.compile("(?:ого|его|ому|ему|ом|ем|ым|им|ой|ей|ую|ами|ах)$")
_GENDERS = {"m": ("masc",), "f": ("femn",), "mf": ("femn", "masc"), "-": ("",)}


@lru_cache(maxsize=20_000)
def guess_nominatives(form: str) -> tuple[EndingGuess, ...]:
    """Return the possible nominatives of an unknown name.

    Токаевым -> Токаев (masculine, instrumental), among others.

    Args:
        form: The word form in small letters.
    """
    found = []
    for rule in _rules():
        stem = form.removesuffix(rule.ending) if form.endswith(rule.ending) else ""
        if len(stem) > 1 and rule.stem.search(stem):
            nominative = stem + rule.base
            # A form that looks oblique (Токаевым) is rarely its own nominative.
            odd = 0.8 if nominative == form and _OBLIQUE.search(form) else 0.0
            found += [
                EndingGuess(nominative, g, c, rule.penalty + odd)
                for g in rule.genders
                for c in rule.cases
            ]
    return tuple(found)


@lru_cache(maxsize=1)
def _rules() -> tuple[_EndingRule, ...]:
    """Parse the declension table once."""
    rules = []
    for line in _TABLE.strip().splitlines():
        stem, ending, base, genders, cases, penalty = line.split()
        rules.append(
            _EndingRule(
                stem=re.compile(f"(?:{_STEMS[stem]})$"),
                ending=ending.replace("-", ""),
                base=base.replace("-", ""),
                genders=_GENDERS[genders],
                cases=tuple(cases.replace("-", "").split(",")),
                penalty=float(penalty),
            )
        )
    return tuple(rules)
