"""Values of front matter as the texts of a field: lists in lists, and tables of authors or tags.

This module stops at texts: `read.validate` decides what they mean.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from newsgen.text.yaml import Node

_NAME_KEYS: Final = ("name", "title", "display_name", "displayname", "label", "term", "имя")
_GIVEN_NAME_KEYS: Final = ("first", "first_name", "firstname", "given", "given_name")
_FAMILY_NAME_KEYS: Final = ("last", "last_name", "lastname", "family", "family_name")
_EMPTY_WORDS: Final = frozenset({"", "true"})


def to_field_value(node: Node) -> str | tuple[str, ...]:
    """Return the value of a field as one string or several.

    A table in a list is represented by its name or title, or by its `date` and `text`.
    """
    if isinstance(node.value, str):
        return node.value.strip()
    items = node.value if isinstance(node.value, tuple) else ()
    texts = (text.strip() for item in items for text in _iterate_texts(item))
    return tuple(filter(None, texts))


def to_names(value: tuple[Node, ...] | Mapping[str, Node]) -> tuple[str, ...]:
    """Return the names in a field that holds names: a table, or a list that may hold tables.

    A table without a name maps keys to names or to further tables: `tags: {city: Perm}`.
    """
    if isinstance(value, Mapping):
        return tuple(filter(None, _table_to_names(value)))
    names: list[str] = []
    for item in value:
        if isinstance(item.value, Mapping):
            names += _table_to_names(item.value)
        else:
            names += (text.strip() for text in _iterate_texts(item))
    return tuple(filter(None, names))


def _table_to_names(table: Mapping[str, Node]) -> Iterator[str]:
    name = _find_name(table)
    if name:
        yield name
        return
    for key, node in table.items():
        if isinstance(node.value, Mapping):
            # In `authors: {ann: {email: ...}}`, the key is the only name.
            yield _find_name(node.value) or key
        elif isinstance(node.value, str) and node.value.lower() in _EMPTY_WORDS:
            yield key
        else:
            yield from (text.strip() for text in _iterate_texts(node))


def _iterate_texts(node: Node) -> Iterator[str]:
    if isinstance(node.value, str):
        yield node.value
    elif isinstance(node.value, tuple):
        # Hexo nests categories: `[[Diary, Games], [Life]]`.
        for item in node.value:
            yield from _iterate_texts(item)
    else:
        yield _table_to_text(node.value)


def _table_to_text(table: Mapping[str, Node]) -> str:
    name = _find_name(table)
    if name:
        return name
    date, said = _find_text(table, ("date",)), _find_text(table, ("text",))
    if date and said:
        return f"{date}: {said}"
    if len(table) == 1 and next(iter(table))[:1].isdigit():
        # YAML reads this as a table, but the author meant text: `- 2025-09-01: What was wrong`.
        return "".join(f"{key}: {_find_text(table, (key,))}" for key in table)
    return ""


def _find_name(table: Mapping[str, Node]) -> str:
    """Return the name that a table gives to what it describes, "" if it gives none."""
    name = _find_text(table, _NAME_KEYS)
    if name:
        return name
    parts = (_find_text(table, _GIVEN_NAME_KEYS), _find_text(table, _FAMILY_NAME_KEYS))
    return " ".join(filter(None, parts))


def _find_text(table: Mapping[str, Node], keys: tuple[str, ...]) -> str:
    for key in keys:
        node = table.get(key)
        if node and isinstance(node.value, str) and node.value.strip():
            return node.value.strip()
    return ""
