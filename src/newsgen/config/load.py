"""ReadSettings `newsgen.yaml` and the command line's overrides into a `Site`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from newsgen.config import checks
from newsgen.config.document import read_document
from newsgen.config.rules import RULES_FILE, read_rules
from newsgen.config.site import Site
from newsgen.problems import Location, NewsgenError, Problem, problem_error
from newsgen.text.yaml import Node

CONFIG_FILE: Final = "newsgen.yaml"

KEYS: Final[Mapping[str, checks.Check]] = {
    "title": checks.text,
    "description": checks.text,
    "language": checks.language,
    "base_url": checks.base_url,
    "copyright": checks.text,
    "source": checks.path,
    "output": checks.path,
    "templates": checks.path,
    "static": checks.path,
    "cache": checks.path,
    "timezone": checks.timezone,
    "encoding": checks.encoding,
    "raw_html": checks.one_of("sanitize", "escape", "refuse"),
    "max_article_size": checks.number(1_000, 1_000_000_000),
    "drafts": checks.flag,
    "future": checks.flag,
    "permalink": checks.permalink,
    "slugs": checks.one_of("ascii", "unicode"),
    "transliteration": checks.transliteration,
    "links": checks.one_of("folder", "file"),
    "per_page": checks.number(5, 1_000),
    "latest": checks.number(1, 500),
    "authors": checks.authors,
    "navigation": checks.navigation,
    "about": checks.path,
    "theme": checks.named_texts,
    "recognize": checks.recognize,
    "tags": checks.tags,
    "cname": checks.domain,
    "robots": checks.one_of("allow", "disallow"),
    "search": checks.flag,
}


def load(file: Path | None = None, overrides: Mapping[str, str] | None = None) -> Site:
    """Read a site's configuration.

    Args:
        file: the configuration file; None is `newsgen.yaml` in the current folder, which may be
            missing: every key has a default.
        overrides: values by key, as text, that the command line gives.

    Raises:
        NewsgenError: with every fault in the file and the overrides, each at its line.
    """
    path = file or Path(CONFIG_FILE)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, node in _read(path, required=file is not None).items():
        _take(key, node, Location(str(path), node.line), values, problems)
    for key, value in (overrides or {}).items():
        option = "--" + key.replace("_", "-")
        _take(key, Node(value, 0), Location(option), values, problems)
    rules, faults = read_rules(path.parent / RULES_FILE)
    problems += faults
    if problems:
        raise NewsgenError(sorted(problems))
    return Site(root=path.parent, rules=rules, **values)


def _read(path: Path, *, required: bool) -> Mapping[str, Node]:
    document = read_document(path)
    if document is None:
        if required:
            raise problem_error("no-config", "there is no such file", Location(str(path)))
        return {}
    if not isinstance(document.value, Mapping):
        hint = "write one `key: value` a line"
        raise problem_error(
            "bad-yaml", "must be a mapping of keys to values", Location(str(path)), hint
        )
    return document.value


def _take(
    key: str, node: Node, location: Location, values: dict[str, Any], problems: list[Problem]
) -> None:
    """Check one value; what is good goes to `values`, what is not to `problems`.

    A key without a value keeps its default.
    """
    try:
        if key not in KEYS:
            raise checks.unknown_key(key, KEYS, node.line)
        if node.value != "":
            values[key] = KEYS[key](node)
    except checks.InvalidValueError as fault:
        place = Location(location.file, fault.line) if fault.line else location
        message = fault.message if fault.code == "unknown-key" else f"`{key}` {fault.message}"
        problems.append(Problem(place, fault.code, message))
