"""Tokenization of an article: lines of tokens, each with its place in the text.

Blanks what is not prose (URLs, wiki and HTML markup, picture credits) and undoes lines in capitals.
Offsets stay valid: replacements have the length of the original, and the places of removed
characters are kept. Stops before names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.recognize.ru.morphology import MAX_WORD_LENGTH, is_dictionary_word, parse_word

if TYPE_CHECKING:
    from collections.abc import Iterator

# In characters. The CRF decodes a line as a whole, so its arrays grow with the longest line.
MAX_LINE_LENGTH = 4_000
_NOISE = re.compile(
    r"""
    (?P<url> \b(?:https?|ftp)://[^\s\]<>«»]+ | \bwww\.[^\s\]<>«»]+
        | [\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+ )
    | (?P<markup> </?[a-zA-Z][^<>\n]{0,200}> | \{\{[^{}\n]{0,300}\}\}
        | '{2,} | ={2,} | \[\[ | \]\] | \{\| | \|\} )
    | (?P<caption> ^[ \t*]*(?: (?:File|Image|Файл|Изображение):[^|\n]{1,200}\|
        | (?:thumb|left|right|center|мини|слева|справа|центр|\d+px)\| )+ )
    | (?P<credit> ^[ \t(]*(?:[Фф]ото|ФОТО|[Вв]идео|ВИДЕО|[Ии]ллюстрация|Photo|Image)\s*:.*$ )
    | (?P<control> [^\S\n ] | [\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff] )
    """,
    re.MULTILINE | re.VERBOSE,
)
# Soft hyphen, stress mark, zero-width characters and directional marks.
_INVISIBLE = re.compile("[\u00ad\u0301\u200b-\u200f\u2060-\u2064]")
# Typists and OCR leave Latin letters in Cyrillic words: Cвященный.
_CYRILLIC_LOOKALIKES = str.maketrans("AaBCcEeHKkMOoPpTXxyY", "АаВСсЕеНКкМОоРрТХхуУ")
_MIXED_SCRIPT = re.compile(
    r"\b(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[А-Яа-яЁё])[А-Яа-яЁёAaBCcEeHKkMOoPpTXxyY]+\b"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Five letters, because nearly all abbreviations are shorter.
_CAPITALS = re.compile(r"\b[А-ЯЁ]{5,}\b")
# Share of a line's words. Not all of them, because names such as iPhone keep their small letters.
_MIN_CAPITALS_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Line:
    """Line of the text.

    Attributes:
        tokens: Words and punctuation marks.
        starts: Offset of each token's first character in the text.
        ends: Offset after each token's last character.
    """

    tokens: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def tokenize_lines(text: str) -> list[Line]:
    """Split a text into lines of tokens. Blank lines are left out."""
    from razdel import tokenize

    kept, places = _strip_invisible(text)
    clean = _MIXED_SCRIPT.sub(
        lambda match: match.group().translate(_CYRILLIC_LOOKALIKES), _NOISE.sub(_blank, kept)
    )
    clean = _CAPITALS.sub(
        lambda match: _undo_dateline_capitals(match.group()), _undo_capital_lines(clean)
    )
    found = []
    for start, part in _split_lines(clean):
        tokens = list(tokenize(part))
        if not tokens:
            continue
        starts = [start + token.start for token in tokens]
        ends = [start + token.stop for token in tokens]
        if places:
            starts = [places[place] for place in starts]
            ends = [places[place - 1] + 1 for place in ends]
        found.append(Line(tuple(token.text for token in tokens), tuple(starts), tuple(ends)))
    return found


def _strip_invisible(text: str) -> tuple[str, list[int]]:
    """Remove invisible characters.

    Returns:
        The text, and the former offset of each character ([] if nothing changed).
    """
    if not _INVISIBLE.search(text):
        return text, []
    places = [place for place, letter in enumerate(text) if not _INVISIBLE.match(letter)]
    return "".join(text[place] for place in places), places


def _blank(match: re.Match[str]) -> str:
    """Return spaces of the same length."""
    return " " * len(match.group())


def _split_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines and their offsets. Overlong lines are cut, between words if possible."""
    start = 0
    for line in text.split("\n"):
        rest, offset = line, start
        while len(rest) > MAX_LINE_LENGTH:
            cut = rest.rfind(" ", MAX_LINE_LENGTH // 2, MAX_LINE_LENGTH)
            cut = cut if cut > 0 else MAX_LINE_LENGTH
            yield offset, rest[:cut]
            rest, offset = rest[cut:], offset + cut
        if rest.strip():
            yield offset, rest
        start += len(line) + 1


def _undo_capital_lines(text: str) -> str:
    """Write lines that are all in capitals as prose would have them."""
    if not any(map(_is_in_capitals, text.split("\n"))):
        return text
    seen = frozenset(
        word
        for line in text.split("\n")
        if not _is_in_capitals(line)
        for word in _WORD.findall(line)
    )
    return "\n".join(
        _WORD.sub(lambda match: _restore_case(match.group(), seen), line)
        if _is_in_capitals(line)
        else line
        for line in text.split("\n")
    )


@lru_cache(maxsize=5_000)
def _undo_dateline_capitals(word: str) -> str:
    """Write a dateline's БИШКЕК as Бишкек. Abbreviations and unknown words stay."""
    grammemes = {
        grammeme
        for parse in parse_word(word)
        if parse.in_dictionary
        for grammeme in parse.grammemes
    }
    named = grammemes & {"Geox", "Name", "Surn"} and not grammemes & {"Abbr", "Orgn"}
    return word.capitalize() if named and len(word.capitalize()) == len(word) else word


@lru_cache(maxsize=256)
def _is_in_capitals(line: str) -> bool:
    """Return True if most words of a line are in capitals."""
    words = _WORD.findall(line)
    return len(words) > 3 and sum(map(str.isupper, words)) >= _MIN_CAPITALS_SHARE * len(words)


def _restore_case(word: str, seen: frozenset[str]) -> str:
    """Write a word in capitals as the rest of the article does, or else as the dictionary."""
    if not word.isupper() or len(word) > MAX_WORD_LENGTH or len(word.title()) != len(word):
        return word
    if word.title() in seen:
        return word.title()
    if word.lower() in seen:
        return word.lower()
    if word in seen:
        return word
    found = parse_word(word.lower())
    if any("Abbr" in parse.grammemes for parse in found):
        return word
    # Unknown words in capitals are most likely names.
    named = bool(found and found[0].grammemes) or not is_dictionary_word(word.lower())
    return word.title() if named else word.lower()
