"""Word lists in ``data/``, each read once.

A line is a word, or ``name = value``; # starts a comment. Stops at sets and mappings.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=16)
def load_word_set(name: str) -> frozenset[str]:
    """Load the words of ``data/<name>.txt``."""
    return frozenset(_lines(name))


@lru_cache(maxsize=16)
def load_word_map(name: str) -> Mapping[str, str]:
    """Load the lines ``key = value`` of ``data/<name>.txt``."""
    return {key: value for key, _, value in (line.partition(" = ") for line in _lines(name))}


def _lines(name: str) -> list[str]:
    """Return the lines of a list without comments and blank lines."""
    text = resources.files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
