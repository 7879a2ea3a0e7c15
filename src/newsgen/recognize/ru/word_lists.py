"""The word lists beside this module, read once.

Knows their format: a line is a word, or ``name = other, names``; # opens a remark. Stops at sets
and mappings.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=16)
def load_word_set(name: str) -> frozenset[str]:
    """The words of ``data/<name>.txt``."""
    return frozenset(_lines(name))


@lru_cache(maxsize=16)
def load_word_map(name: str) -> Mapping[str, str]:
    """For ``data/<name>.txt`` of lines ``key = value``: value by key."""
    return {key: value for key, _, value in (line.partition(" = ") for line in _lines(name))}


def _lines(name: str) -> list[str]:
    text = resources.files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
