"""Position of brackets that are nested too deeply, for parsers that do not tell it."""

import re
from typing import Final

# Strings, in which brackets count for nothing, or one bracket. A string that does not close ends
# with its line: searching for its end again and again would be quadratic.
_BRACKET: Final = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"?|'[^'\n]*+'?|([\[{])|[\]}]")


def find_deep_line(text: str, max_depth: int) -> int:
    """Return the line of the first bracket that is nested too deeply in YAML, TOML or JSON.

    Comments are not told from values, so this is for the place in a message alone.

    Args:
        text: A text that a parser has refused already.
        max_depth: Number of brackets inside each other.

    Returns:
        The line, counted from 1. 1 if no bracket is too deep.
    """
    depth = 0
    for found in _BRACKET.finditer(text):
        if found[1]:
            depth += 1
            if depth > max_depth:
                return text.count("\n", 0, found.start()) + 1
        elif found[0] in "]}":
            depth -= 1
    return 1
