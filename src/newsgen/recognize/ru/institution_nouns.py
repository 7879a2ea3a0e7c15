"""Common nouns (as lemmas) by what an institution's name may have beside them.

Nouns that need only a place stand in ``data/institutions.txt``. Stops at words: ``institutions``
holds the rules.
"""

# Nouns that name an institution only with an adjective: вооружённые силы Украины.
NOUNS_NEEDING_ADJECTIVE = frozenset({"сила", "войско", "флот", "гвардия"})
# Nouns followed by their field in the genitive: министерство обороны.
OFFICES = frozenset({"министерство", "департамент"})
# Offices that need no place: министерство обороны means the country's own.
NOUNS_WITHOUT_PLACE = frozenset({"министерство"})
# Nouns that name an institution with the adjective of a place: израильская армия.
NOUNS_WITH_PLACE_ADJECTIVE = frozenset(
    [
        "правительство",
        "парламент",
        "армия",
        "сборная",
        "полиция",
        "прокуратура",
        "посольство",
        "ввс",
        "вмс",
        "флот",
    ]
)
# Nouns followed by "по" and a purpose: комитет по международным отношениям.
NOUNS_WITH_PURPOSE = frozenset(
    [
        "комитет",
        "комиссия",
        "управление",
        "департамент",
        "центр",
        "агентство",
        "служба",
        "совет",
        "сборная",
        "федерация",
        "фонд",
    ]
)
# Nouns after "по" that begin an adverbial phrase, not a purpose: по подозрению в краже.
NOT_PURPOSES = frozenset(
    [
        "факт",
        "дело",
        "подозрение",
        "итог",
        "обвинение",
        "результат",
        "мнение",
        "слово",
        "решение",
        "просьба",
        "приглашение",
    ]
)
# Pronominal and other adjectives that are never part of a name: новое правительство.
IGNORED_ADJECTIVES = frozenset(
    [
        "этот",
        "тот",
        "весь",
        "свой",
        "наш",
        "другой",
        "самый",
        "новый",
        "который",
        "один",
        "первый",
        "бывший",
        "нынешний",
        "такой",
        "каждый",
        "сам",
    ]
)
