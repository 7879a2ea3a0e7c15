"""Reading a YAML file of the user's, with problems that name the file and the line.

It stops at the parsed nodes: which keys a file may have is for the caller.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from newsgen.core.files import read_regular_file
from newsgen.problems import Location, problem_error
from newsgen.text.yaml import Node, YamlError, parse_yaml

MAX_FILE_SIZE: Final = 1_000_000
"""Bytes of a YAML file. 20,000 values, more than YAML may have here, take about half of it."""
_MIN_SIMILARITY: Final = 0.6
"""Least likeness (0 to 1) of a known key to be suggested: `titel` for `title`, but not `cname`."""


def read_yaml_file(path: Path) -> Node | None:
    """Read a YAML file.

    Returns:
        The root node, or None if there is no such file.

    Raises:
        NewsgenError: `unreadable`, `too-large`, `bad-encoding` or `bad-yaml`. The last two name a
            line.
    """
    name = str(path)
    try:
        # Editors on Windows put a byte order mark in front, which `utf-8-sig` takes off.
        return parse_yaml(read_regular_file(path, MAX_FILE_SIZE, name).decode("utf-8-sig"))
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise problem_error("bad-encoding", "is not UTF-8", Location(name, line)) from error
    except YamlError as error:
        raise problem_error("bad-yaml", error.message, Location(name, error.line)) from error


def unknown_key_message(key: str, known: Iterable[str]) -> str:
    """Return the message for an unknown key, which suggests the most similar known one."""
    # All keys are lower case, so `Title` is an exact match for `title`.
    similar = get_close_matches(key.lower(), list(known), n=1, cutoff=_MIN_SIMILARITY)
    suggestion = f"; did you mean `{similar[0]}`?" if similar else ""
    return f"there is no key `{key}`{suggestion}"
