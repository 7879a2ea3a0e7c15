"""What headlines and summaries have in common: their words without endings, in two forms.

It tells how alike two texts are among others; it knows neither articles nor tables.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

_STEMS: Final = re.compile(r"(\w{4,5})\w*")
_BITS: Final = tuple(1 << place for place in range(2_048))
_BEGINNING: Final = 200
"""Letters: a headline, and a sentence of the summary."""
_OFTEN: Final = 5
"""A word that so many of several texts share with one, or most of them, says nothing of any."""
_RARE: Final = 8
"""Of the last texts at most one in so many has a rare word."""


def stems_of(text: str) -> list[str]:
    """How the words of four letters and more begin, in small letters, `ё` as `е`."""
    return _STEMS.findall(text.lower().replace("ё", "е"))


@lru_cache(maxsize=4_096)
def mask_of(text: str) -> int:
    """The words with which a text begins as bits, in little room; two words may share one."""
    mask = 0
    for stem in stems_of(text[:_BEGINNING]):
        mask |= _BITS[crc32(stem.encode()) % len(_BITS)]
    return mask


def likeness(own: int, others: Sequence[int]) -> list[int]:
    """How many bits each of several masks shares with one, but for those that many of them have."""
    shared = [own & other for other in others]
    often = min(_OFTEN, len(others) // 2 + 1)
    had = [0] * often
    for mask in shared:
        for times in range(often - 1, 0, -1):
            had[times] |= had[times - 1] & mask
        had[0] |= mask
    telling = ~had[-1]
    return [(mask & telling).bit_count() for mask in shared]


def nearness(own: str, others: Sequence[str]) -> list[int]:
    """How near each of several texts is to one: shared rare words, those of both headlines twice.

    Args:
        own: a headline, a line break, and a summary.
        others: the same of each of the others.
    """
    head, whole = _word_sets(own)
    found = [(whole & one, head & its_head) for its_head, one in map(_word_sets, others)]
    seen = Counter(word for words, _ in found for word in words)
    most = max(1, len(others) // _RARE)
    common = {word for word, count in seen.items() if count > most}
    return [len(words - common) + len(in_heads - common) for words, in_heads in found]


@lru_cache(maxsize=256)
def _word_sets(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a headline, and all words with those of the summary behind it."""
    return frozenset(stems_of(text.partition("\n")[0])), frozenset(stems_of(text))
