"""The whole of YAML 1.1, read by PyYAML, with every scalar as the text that was written."""

from collections.abc import Iterator
from typing import Any, Final

import yaml

from newsgen.text.yaml.node import NULLS, Node, YamlError

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

MAX_NODES: Final = 20_000
"""More values than any honest document has; a bomb of aliases has far more."""


def parse(text: str) -> Node:
    """Read one YAML document; an empty one is an empty mapping.

    Raises:
        YamlError: if the text is not well-formed YAML 1.1, gives a key twice or has keys that are
            not plain text, is nested too deeply, or has more than `MAX_NODES` values, aliases
            expanded.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = text.rstrip().count("\n") + 1
        line = min(mark.line + 1, last) if mark else 1
        raise YamlError(error.problem or str(error), line) from error
    except yaml.YAMLError as error:
        raise YamlError(_first_line(error), _line_of(error, text)) from error
    except RecursionError as error:
        raise YamlError("it is nested too deeply", 1) from error
    if root is None:
        return Node({}, 1)
    try:
        return _convert(root, iter(range(MAX_NODES)))
    except RecursionError as error:
        raise YamlError("it is nested too deeply", root.start_mark.line + 1) from error


def _convert(node: Any, budget: Iterator[int]) -> Node:
    line = node.start_mark.line + 1
    if next(budget, None) is None:
        raise YamlError(f"it has more than {MAX_NODES:,} values", line)
    if isinstance(node, yaml.ScalarNode):
        bare = node.style is None or node.style == ""
        return Node("" if bare and node.value in NULLS else node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return Node(tuple(_convert(item, budget) for item in node.value), line)
    return Node(_convert_mapping(node, budget), line)


def _convert_mapping(node: Any, budget: Iterator[int]) -> dict[str, Node]:
    values: dict[str, Node] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise YamlError("a key must be plain text", line)
        if key.value in values:
            raise YamlError(f'the key "{key.value}" is given twice', line)
        converted = _convert(value, budget)
        values[key.value] = Node(converted.value, line)
    return values


def _first_line(error: yaml.YAMLError) -> str:
    return str(error).partition("\n")[0]


def _line_of(error: yaml.YAMLError, text: str) -> int:
    position = getattr(error, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
