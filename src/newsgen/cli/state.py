"""State that the command line keeps of a command until it exits."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class CommandState:
    """State of one call of the command line.

    Attributes:
        cache_folder: The cache folder of the site that was loaded, None before.
        plugin: The command of a plugin that was called, "" for a built-in one.
    """

    cache_folder: Path | None = None
    plugin: str = ""
