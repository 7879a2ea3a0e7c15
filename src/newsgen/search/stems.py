"""The words that Pagefind is given: bare ones, and for sites in Russian their stems.

Nobody reads these words: a result is shown from the article's own page. Pagefind's stemmer for
Russian cuts forms of one word unalike (Казахстан to казахста, Казахстаном to казахстан, Киев to
ки), so that a name is not found by its other cases. Here endings are cut by two patterns, which
are plain enough to be the same in `search.js`: that puts them to what a reader looks for. They
don't know words, and leave -ов and -ев, the ends of many a name; a word stays one word, so that
places of words are those of the page. Pagefind is told of a language that it has no stemmer for.
"""

import re
from typing import Final
from unicodedata import normalize

ENDINGS: Final = re.compile(
    r"(?<=[а-я]{4})(?:ой|ей|ом|ем|ым|им|ых|их|ах|ях|ам|ям)(?![а-я])"
    r"|(?<=[а-я]{3})(?:ыми|ими|ями|ами|ого|его|ому|ему|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ою|ею)(?![а-я])"
    r"|(?<=[а-я]{2})[аеийоуыьюя](?![а-я])"
)
"""What is cut first: an ending."""
SOFT: Final = re.compile(r"(?<=[а-я]{2})[аеиь](?![а-я])")
"""What is cut then: a vowel or a soft sign that stands before the ending in some forms alone."""

_AROUND: Final = re.compile(r"^[\W_]+|[\W_]+$")
_STRESS: Final = "\N{COMBINING ACUTE ACCENT}"


def indexed(text: str, language: str) -> str:
    """The words of a text as they are indexed, as many as it has, between single spaces.

    Args:
        text: of an article, or its headline.
        language: of the site, a tag such as `ru` or `en-GB`.
    """
    bare = " ".join(map(_bare, text.split()))
    return stemmed(bare) if has_stems(language) else bare


def has_stems(language: str) -> bool:
    """Whether words in this language are stemmed here, and not by Pagefind."""
    return language.partition("-")[0] == "ru"


def stemmed(text: str) -> str:
    """A Russian text whose words have lost their endings, in small letters without ё."""
    plain = normalize("NFC", text).replace(_STRESS, "").lower().replace("ё", "е")
    return SOFT.sub("", ENDINGS.sub("", plain))


def _bare(word: str) -> str:
    """A word without the marks around it, which Pagefind would take for a part of it."""
    return _AROUND.sub("", word) or "-"
