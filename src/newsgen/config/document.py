"""A YAML file of the user's, read; and what is said of a key in it that nobody knows."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from newsgen.problems import Location, problem_error
from newsgen.text.yaml import Node, YamlError, parse_yaml


def read_document(path: Path) -> Node | None:
    """Read a YAML file; None if there is no such file.

    Raises:
        NewsgenError: `unreadable`, `bad-encoding` or `bad-yaml`, the latter two with the line.
    """
    name = str(path)
    try:
        return parse_yaml(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise problem_error(
            "unreadable", f"cannot be read: {error.strerror}", Location(name)
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise problem_error("bad-encoding", "is not UTF-8", Location(name, line)) from error
    except YamlError as error:
        raise problem_error("bad-yaml", error.message, Location(name, error.line)) from error


def no_such_key(key: str, known: Iterable[str]) -> str:
    """What is said of a key that nobody knows, with the nearest one that is known."""
    near = get_close_matches(key.lower(), list(known), n=1, cutoff=0.6)
    guess = f"; did you mean `{near[0]}`?" if near else ""
    return f"there is no key `{key}`{guess}"
