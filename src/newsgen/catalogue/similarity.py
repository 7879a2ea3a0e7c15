"""Similarity of headlines and summaries, by the beginnings of their words.

It compares texts only, in two forms: sets of words, and bit masks where there are too many texts
for sets. It knows neither articles nor tables.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

# Four or five letters tell Russian words apart and leave out nearly all endings; a real stemmer
# would cost more than the rest of an update.
_WORD_STEM: Final = re.compile(r"(\w{4,5})\w*")

_MASK_BITS: Final = tuple(1 << index for index in range(2_048))

_MASK_TEXT_LENGTH: Final = 200
"""Characters of a text that go into its mask: a headline and a sentence of the summary."""

_COMMON_WORD_LIMIT: Final = 5
"""Number of compared texts that may share a word before it counts as common and is ignored."""

_RARE_WORD_SHARE: Final = 8
"""A word is rare if at most one in this many compared texts has it."""


def extract_stems(text: str) -> list[str]:
    """Return the first four or five letters of a text's words, in lower case and with `е` for `ё`.

    Shorter words are left out.
    """
    return _WORD_STEM.findall(text.lower().replace("ё", "е"))


@lru_cache(maxsize=4_096)
def make_mask(text: str) -> int:
    """Return the words at the beginning of a text as a bit mask, a Bloom filter of one hash."""
    mask = 0
    for stem in extract_stems(text[:_MASK_TEXT_LENGTH]):
        # Not `hash`, which differs from process to process for texts.
        mask |= _MASK_BITS[crc32(stem.encode()) % len(_MASK_BITS)]
    return mask


def shared_bits(own: int, others: Sequence[int]) -> list[int]:
    """Return the number of bits that each of several masks shares with one.

    Bits that most of the masks share with it, or `_COMMON_WORD_LIMIT` of them, are not counted.
    """
    shared = [own & other for other in others]
    limit = min(_COMMON_WORD_LIMIT, len(others) // 2 + 1)
    # seen[n] has the bits found in more than n masks. This counts all bits of a mask at once.
    seen = [0] * limit
    for mask in shared:
        for times in range(limit - 1, 0, -1):
            seen[times] |= seen[times - 1] & mask
        seen[0] |= mask
    rare = ~seen[-1]
    return [(mask & rare).bit_count() for mask in shared]


def similarity(own: str, others: Sequence[str]) -> list[int]:
    """Return the similarity of each of several texts to one.

    It is the number of shared rare words, where words of both headlines count twice.

    Args:
        own: A headline, a line break and a summary.
        others: Texts of the same form.
    """
    own_headline, own_words = _word_sets(own)
    shared = [
        (own_words & words, own_headline & headline) for headline, words in map(_word_sets, others)
    ]
    counts = Counter(word for words, _ in shared for word in words)
    max_count = max(1, len(others) // _RARE_WORD_SHARE)
    common = {word for word, count in counts.items() if count > max_count}
    return [len(words - common) + len(in_headlines - common) for words, in_headlines in shared]


@lru_cache(maxsize=256)
def _word_sets(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a text's headline, and the words of the whole text."""
    headline = text.partition("\n")[0]
    return frozenset(extract_stems(headline)), frozenset(extract_stems(text))
