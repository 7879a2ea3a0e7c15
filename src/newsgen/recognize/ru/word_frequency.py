"""How common a word form is in Russian news, as the model's vocabulary counts it.

Knows the counts that come with the word vectors (a billion words of news). Stops at a number.
"""

from __future__ import annotations

from functools import lru_cache
from math import log

from newsgen.recognize.ru.ner_model import load_model

_MIN_COUNT = 100.0
_MAX_COUNT = 1_000_000.0


@lru_cache(maxsize=50_000)
def frequency(word: str) -> float:
    """From 0.0 (not in the vocabulary of 250,000) to 1.0 (a million times in a billion words)."""
    count = count_occurrences(word)
    return (
        min(1.0, log(count / _MIN_COUNT * 3) / log(_MAX_COUNT / _MIN_COUNT * 3)) if count else 0.0
    )


def rarity_cost(word: str) -> float:
    """The cost of a nominative: 0.0 for the commonest words, 2.0 for those never met."""
    return 2.0 - 2.0 * frequency(word)


def count_occurrences(word: str) -> int:
    """How often *word* stood in the news that the vectors were made of; 0 if under a hundred."""
    net = load_model()
    number = net.word_ids.get(word.lower())
    return net.word_counts[number] if number is not None else 0
