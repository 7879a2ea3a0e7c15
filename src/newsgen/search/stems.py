"""Words for the index: without punctuation, and for Russian sites without endings.

Pagefind's stemmer for Russian gives forms of one name different stems: Казахстан becomes казахста,
Казахстаном казахстан, Киев ки. So Russian endings are cut off here, and Pagefind is told that the
language has no stemmer. `search.js` applies the same two patterns to queries. They use no
dictionary and keep -ов and -ев, in which many names end.
"""

import re
from typing import Final
from unicodedata import normalize

ENDINGS: Final = re.compile(
    # The lookbehinds keep two to four letters before an ending, so that short words stay whole.
    r"(?<=[а-я]{4})(?:ой|ей|ом|ем|ым|им|ых|их|ах|ях|ам|ям)(?![а-я])"
    r"|(?<=[а-я]{3})(?:ыми|ими|ями|ами|ого|его|ому|ему|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ою|ею)(?![а-я])"
    r"|(?<=[а-я]{2})[аеийоуыьюя](?![а-я])"
)
"""Endings, which are cut off first."""
SOFT: Final = re.compile(r"(?<=[а-я]{2})[аеиь](?![а-я])")
"""Vowel or soft sign that precedes the ending in some forms only, cut off second."""

# From the first letter or digit to the last one. A pattern for the punctuation at the end would be
# tried at each character of a long row of dots.
_CORE: Final = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_STRESS: Final = "\N{COMBINING ACUTE ACCENT}"


def normalize_words(text: str, language: str) -> str:
    """Return the words of a text as they are indexed, separated by single spaces.

    Their number stays the same, so that positions in the index are those of the page.

    Args:
        text: Text or headline of an article.
        language: Language of the site, a BCP 47 tag such as `ru` or `en-GB`.
    """
    bare = " ".join(map(_strip_punctuation, text.split()))
    return stem_words(bare) if has_stems(language) else bare


def has_stems(language: str) -> bool:
    """Return True if words in this language are stemmed here and not by Pagefind."""
    return language.partition("-")[0] == "ru"


def stem_words(text: str) -> str:
    """Return a Russian text in lower case, with `е` for `ё` and without the words' endings."""
    # NFC first: `й` written as two characters is none of [а-я].
    plain = normalize("NFC", text).replace(_STRESS, "").lower().replace("ё", "е")
    return SOFT.sub("", ENDINGS.sub("", plain))


def _strip_punctuation(word: str) -> str:
    # Pagefind takes punctuation for a part of the word. The dash keeps the number of words.
    core = _CORE.search(word)
    return core[0] if core else "-"
