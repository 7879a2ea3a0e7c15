"""YAML that keeps its words: every scalar stays the text that was written, with its line.

YAML 1.1 turns `No`, `0012`, `2024`, `12:30` and time-stamps into other things; a headline, a slug
or a tag must not. What a value means is decided by whoever asks for it. Used for `newsgen.yaml` and
for front matter; it knows no file and no key.
"""

from newsgen.text.yaml import simple
from newsgen.text.yaml.node import Node, YamlError

__all__ = ["Node", "YamlError", "parse"]


def parse(text: str) -> Node:
    """Read one YAML document; an empty one is an empty mapping.

    A document that is simple, as most front matter is, takes a short way that comes to the same.

    Raises:
        YamlError: if the text is not well-formed YAML 1.1, gives a key twice or has keys that are
            not plain text, is nested too deeply, or has more than `full.MAX_NODES` values, aliases
            expanded.
    """
    found = simple.parse(text)
    if found is not None:
        return found
    from newsgen.text.yaml import full  # noqa: PLC0415 - slow to load, and seldom needed

    return full.parse(text)
