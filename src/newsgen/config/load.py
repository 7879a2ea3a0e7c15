"""Loading `newsgen.yaml` and the command line's overrides into a `Site`.

`KEYS` is the list of all keys. The parsers of their values are in `config.values` and
`config.sections`, their defaults in `config.site`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from newsgen.config import sections, values
from newsgen.config.media_copies import COPIES_FILE, read_media_copies
from newsgen.config.site import Site
from newsgen.config.tag_rules import RULES_FILE, read_tag_rules
from newsgen.config.values import InvalidValueError, ParseValue, unknown_key_error
from newsgen.config.yaml_file import read_yaml_file
from newsgen.problems import Location, NewsgenError, Problem, problem_error
from newsgen.text.yaml import Node

CONFIG_FILE: Final = "newsgen.yaml"

KEYS: Final[Mapping[str, ParseValue]] = {
    "title": values.parse_text,
    "description": values.parse_text,
    "language": values.parse_language,
    "base_url": values.parse_base_url,
    "copyright": values.parse_text,
    "source": values.parse_path,
    "output": values.parse_path,
    "templates": values.parse_path,
    "static": values.parse_path,
    "cache": values.parse_path,
    "exclude": values.parse_texts,
    "timezone": values.parse_timezone,
    "encoding": values.parse_encoding,
    "repair": values.make_choice_parser("mojibake"),
    "raw_html": values.make_choice_parser("sanitize", "escape", "refuse"),
    "toc": values.make_choice_parser("auto", "true", "false"),
    "max_article_size": values.make_integer_parser(1_000, 1_000_000_000),
    "drafts": values.parse_flag,
    "future": values.parse_flag,
    "permalink": values.parse_permalink,
    "slugs": values.make_choice_parser("ascii", "unicode"),
    "transliteration": values.parse_transliteration,
    "old_domains": values.parse_texts,
    "assets": values.make_choice_parser("linked", "all"),
    "pictures": sections.parse_pictures,
    "media": sections.parse_media,
    "redirects": sections.parse_redirects,
    "links": values.make_choice_parser("folder", "file"),
    "per_page": values.make_integer_parser(5, 1_000),
    "latest": values.make_integer_parser(1, 500),
    "authors": sections.parse_authors,
    "navigation": sections.parse_navigation,
    "about": values.parse_path,
    "theme": sections.parse_theme,
    "recognize": sections.parse_recognize,
    "tags": sections.parse_tags,
    "cname": values.parse_domain,
    "robots": values.make_choice_parser("allow", "disallow"),
    "search": values.parse_flag,
}
"""Every key of `newsgen.yaml` with the parser of its value."""


def load_site(file: Path | None = None, overrides: Mapping[str, str] | None = None) -> Site:
    """Load a site's configuration.

    Args:
        file: The configuration file. None is `newsgen.yaml` in the current folder, which may be
            missing because every key has a default.
        overrides: Values by key, as text, that override the file. The command line sets them.

    Raises:
        NewsgenError: With every fault in the files and the overrides, each at its line.
    """
    path = file or Path(CONFIG_FILE)
    settings: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, node in _read_keys(path, required=file is not None).items():
        _parse_key(key, node, Location(str(path), node.line), settings, problems)
    # Options are checked like keys, but their problems name the option instead of a line.
    for key, value in (overrides or {}).items():
        option = "--" + key.replace("_", "-")
        _parse_key(key, Node(value, 0), Location(option), settings, problems)
    # The rules lie beside the configuration, wherever that is.
    rules, rule_problems = read_tag_rules(path.parent / RULES_FILE)
    copies, copy_problems = read_media_copies(path.parent / COPIES_FILE)
    problems += (*rule_problems, *copy_problems)
    # One run shows everything: a user should not fix a file fault by fault.
    if problems:
        raise NewsgenError(sorted(problems))
    return Site(root=path.parent, rules=rules, copies=copies, **settings)


def _read_keys(path: Path, *, required: bool) -> Mapping[str, Node]:
    # Every key has a default, so the file may be missing unless the user named it.
    document = read_yaml_file(path)
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


def _parse_key(
    key: str, node: Node, location: Location, settings: dict[str, Any], problems: list[Problem]
) -> None:
    """Add a valid value to `settings`, or a fault to `problems`."""
    try:
        if key not in KEYS:
            raise unknown_key_error(key, KEYS, node.line)
        # A key without a value, as in `title:`, keeps its default.
        if node.value != "":
            settings[key] = KEYS[key](node)
    except InvalidValueError as error:
        place = Location(location.file, error.line) if error.line else location
        message = error.message if error.code == "unknown-key" else f"`{key}` {error.message}"
        problems.append(Problem(place, error.code, message))
