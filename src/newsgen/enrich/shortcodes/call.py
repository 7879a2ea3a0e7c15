"""Calls of shortcodes: their names and arguments, as the functions of the table get them."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final, NamedTuple

SLOT: Final = "\ufdd4"
"""Noncharacter in the HTML of a shortcode, in the place of the text between its two tags."""

_ARGUMENT: Final = re.compile(
    r"""(?:([\w.:-]+)\s*=\s*)?"""
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|“[^”]*”|(?:[^\s,"'`“”]|,(?=\S))+)""",
    re.DOTALL,
)
_MARKUP: Final = re.compile(r"<[^<>]*>|\[([^\[\]]*)\]\([^()]*\)|(\*+|__|`)")


class Call(NamedTuple):
    """One use of a shortcode.

    Attributes:
        name: The shortcode's name, lower case.
        args: Values without a name, in their order.
        params: Values by name, lower case.
        inner: `SLOT` for a shortcode with an opening and a closing tag, the raw text between them
            if the shortcode wants it so, and empty for a single tag.
        language: Language of the body, a BCP 47 tag.
    """

    name: str
    args: tuple[str, ...]
    params: Mapping[str, str]
    inner: str
    language: str

    def get(self, *names: str, position: int | None = None) -> str:
        """Return the first of some named values, or else the value at a position."""
        for name in names:
            if self.params.get(name):
                return self.params[name]
        return self.args[position] if position is not None and position < len(self.args) else ""

    def get_text(self, *names: str, position: int | None = None) -> str:
        """Return a value as plain text: without tags, links and emphasis."""
        return to_plain_text(self.get(*names, position=position))


def to_plain_text(text: str) -> str:
    """Return a text on one line, without tags, links and emphasis."""
    return " ".join(_MARKUP.sub(lambda match: match[1] or "", unescape(text)).split())


def parse_arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Parse the arguments of a tag: values, and values by name."""
    args: list[str] = []
    params: dict[str, str] = {}
    for name, value in _ARGUMENT.findall(text):
        if value[0] in "\"'`“" and len(value) > 1:
            value = re.sub(r"\\(.)", r"\1", value[1:-1]) if "\\" in value else value[1:-1]  # noqa: PLW2901
        if name:
            params.setdefault(name.lower(), value)
        else:
            args.append(value)
    return tuple(args), params
