"""Plain text of field values: on one line, without HTML entities and, in summaries, without tags.

Other generators keep HTML in fields. This module knows neither fields nor their limits.
"""

import re
from html import unescape
from typing import Final

from newsgen.text.characters import remove_unsafe_characters

# Only with a semicolon: in `?a=1&copy=2` there is no entity.
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MAX_ENCODINGS: Final = 2
"""Times that a text may have been encoded. Exports of WordPress encode some signs twice."""

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*+>")
_INLINE_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*+>",
    re.IGNORECASE,
)


def collapse_spaces(text: str) -> str:
    """Return the text on one line, with single spaces."""
    return " ".join(text.split())


def clean_value(text: str) -> str:
    """Return the text on one line, with the characters that its HTML entities stand for."""
    return " ".join((_decode_entities(text) if "&" in text else text).split())


def strip_html(text: str) -> str:
    """Return the text of HTML on one line."""
    if "<" in text:
        # Past the last `-->`, each `<!--` would be followed to the end of the text.
        last = text.rfind("-->") + 3
        text = _COMMENT.sub("", text[:last]) + text[last:]
        # A tag of another kind ends a line, so it must not join the words around it.
        text = _TAG.sub(" ", _INLINE_TAG.sub("", text))
    return clean_value(text)


def _decode_entities(text: str) -> str:
    for _ in range(_MAX_ENCODINGS):
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    # `&#x202e;` becomes a character only here, after the decoder has cleaned the file.
    return remove_unsafe_characters(text)
