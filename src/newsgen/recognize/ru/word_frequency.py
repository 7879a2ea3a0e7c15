"""Frequency of word forms in Russian news, from the vocabulary of the word vectors.

The vocabulary has 250,000 forms, counted in a billion words of news. Stops at a number.
"""

from __future__ import annotations

from functools import lru_cache
from math import log

from newsgen.recognize.ru.ner_model import load_model

# Per billion words. The vocabulary leaves out what is rarer.
_MIN_COUNT = 100.0
_MAX_COUNT = 1_000_000.0


@lru_cache(maxsize=50_000)
def frequency(word: str) -> float:
    """Return the frequency on a logarithmic scale: 0.0 not counted, 1.0 a million or more."""
    count = count_occurrences(word)
    # The factor 3 keeps the rarest counted form apart from those that are not counted.
    return (
        min(1.0, log(count / _MIN_COUNT * 3) / log(_MAX_COUNT / _MIN_COUNT * 3)) if count else 0.0
    )


def rarity_cost(word: str) -> float:
    """Return the cost of a nominative: 0.0 for the most frequent forms, 2.0 for unknown ones."""
    return 2.0 - 2.0 * frequency(word)


def count_occurrences(word: str) -> int:
    """Return how often a form occurs in a billion words of news, 0 if below a hundred."""
    net = load_model()
    number = net.word_ids.get(word.lower())
    return net.word_counts[number] if number is not None else 0
