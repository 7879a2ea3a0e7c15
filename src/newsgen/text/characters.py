"""Characters that no text of the site may have, whatever file or markup they come from."""

import re
from typing import Final

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
CONTROL: Final = re.compile(
    f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_NONCHARACTERS}]"
)
"""Controls but white space, surrogates, and noncharacters: HTML forbids them in a document."""

BIDI_CONTROL: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Explicit directional formatting (UAX #9).

It can make a headline or a link read differently from its characters ("Trojan Source")."""


def remove_unsafe_characters(text: str) -> str:
    """Return a text without control characters and explicit directional formatting."""
    # `isprintable` is much faster than the patterns, and true for almost every text.
    if text.replace("\n", " ").isprintable():
        return text
    return BIDI_CONTROL.sub("", CONTROL.sub("", text))
