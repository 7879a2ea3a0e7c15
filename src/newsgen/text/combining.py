"""Limit the combining marks in a row, which Unicode normalization sorts in quadratic time."""

import re
import unicodedata
from typing import Final

MAX_COMBINING_MARKS: Final = 30
"""Combining marks in a row, as in Unicode's stream-safe text format (UAX #15).

Normalization sorts them in quadratic time: half a million would take hours."""

# Letters, digits and blanks are never combining marks, so this finds few candidates.
_MANY_MARKS: Final = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_COMBINING_MARKS + 1},}}")


def limit_combining_marks(text: str) -> str:
    """Return a text without the combining marks beyond `MAX_COMBINING_MARKS` in a row."""
    return _MANY_MARKS.sub(_drop_marks, text)


def _drop_marks(match: re.Match[str]) -> str:
    kept: list[str] = []
    run = 0
    for character in match[0]:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= MAX_COMBINING_MARKS:
            kept.append(character)
    return "".join(kept)
