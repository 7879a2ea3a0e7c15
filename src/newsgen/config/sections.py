"""Parsers of the keys of `newsgen.yaml` that hold a list or a mapping.

They check the inner keys as strictly as the outer ones. Single values are for `config.values`.
"""

from collections.abc import Mapping
from typing import Final

from newsgen.config.site import Author, Media, NavigationLink, Pictures, Recognize, Tags
from newsgen.config.values import (
    InvalidValueError,
    ParseValue,
    make_choice_parser,
    make_integer_parser,
    parse_flag,
    parse_language,
    parse_link,
    parse_text,
    parse_texts,
    unknown_key_error,
)
from newsgen.text.web_urls import encode_host
from newsgen.text.yaml import Node


def parse_navigation(node: Node) -> tuple[NavigationLink, ...]:
    """Parse a list of links, each written `- Label: url`."""
    if isinstance(node.value, str) and not node.value:
        return ()
    if not isinstance(node.value, tuple):
        raise InvalidValueError("must be a list of `- Label: url`", node.line)
    links = []
    for row in node.value:
        # Every row is a mapping with one key. A plain mapping could not repeat a label.
        pairs = _parse_mapping(row)
        if len(pairs) != 1:
            raise InvalidValueError("must be a list of `- Label: url`", row.line)
        links += [NavigationLink(label, parse_link(url)) for label, url in pairs.items()]
    return tuple(links)


def parse_authors(node: Node) -> tuple[Author, ...]:
    """Parse a mapping of authors' names to their profiles."""
    return tuple(
        Author(name, **_parse_keys(profile, _AUTHOR_KEYS))  # type: ignore[arg-type]
        for name, profile in _parse_mapping(node).items()
    )


def parse_theme(node: Node) -> tuple[tuple[str, str], ...]:
    """Parse a mapping of names to texts, as pairs in their order."""
    # Pairs and no dict, so that a `Site` stays hashable.
    return tuple((key, parse_text(value)) for key, value in _parse_mapping(node).items())


def parse_recognize(node: Node) -> Recognize:
    """Parse `auto`, `off` or a mapping of the keys of `Recognize`."""
    # `recognize: off` is short for `recognize: {mode: off}`.
    if isinstance(node.value, str):
        return Recognize(mode=_RECOGNIZE_KEYS["mode"](node))  # type: ignore[arg-type]
    return Recognize(**_parse_keys(node, _RECOGNIZE_KEYS))  # type: ignore[arg-type]


def parse_pictures(node: Node) -> Pictures:
    """Parse `on`, `off` or a mapping of the keys of `Pictures`."""
    # `pictures: off` is short for `pictures: {widths: []}`.
    if isinstance(node.value, str) and node.value:
        return Pictures() if parse_flag(node) else Pictures(widths=())
    return Pictures(**_parse_keys(node, _PICTURE_KEYS))  # type: ignore[arg-type]


def _parse_widths(node: Node) -> tuple[int, ...]:
    """Parse a list of widths in pixels, as they are sorted."""
    if not isinstance(node.value, tuple):
        raise InvalidValueError("must be a list of widths in pixels", node.line)
    parse = make_integer_parser(16, 10_000)
    return tuple(sorted({parse(item) for item in node.value}))  # type: ignore[misc]


def parse_media(node: Node) -> Media:
    """Parse a mapping of the keys of `Media`."""
    return Media(**_parse_keys(node, _MEDIA_KEYS))  # type: ignore[arg-type]


def _parse_hosts(node: Node) -> tuple[str, ...]:
    """Parse one host or a list of them, as URLs in ASCII write them."""
    hosts = node.value if isinstance(node.value, tuple) else (node,)
    return tuple(_parse_host(host) for host in hosts)


def _parse_host(node: Node) -> str:
    host = encode_host(parse_text(node))
    if not host:
        message = f"must be a host such as `pictures.example.org`, not `{node.value}`"
        raise InvalidValueError(message, node.line)
    return host


def parse_tags(node: Node) -> Tags:
    """Parse a mapping of the keys of `Tags`."""
    return Tags(**_parse_keys(node, {"link_mentions": parse_flag}))  # type: ignore[arg-type]


def parse_redirects(node: Node) -> tuple[str, ...]:
    """Parse one web server, or a list of them."""
    parse_server = make_choice_parser("netlify", "nginx", "apache")
    servers = node.value if isinstance(node.value, tuple) else (node,)
    return tuple(dict.fromkeys(str(parse_server(server)) for server in servers))


def _parse_languages(node: Node) -> tuple[str, ...]:
    """Parse one language tag, or a list of them."""
    tags = node.value if isinstance(node.value, tuple) else (node,)
    return tuple(parse_language(tag) for tag in tags)


_AUTHOR_KEYS: Final[Mapping[str, ParseValue]] = {
    "slug": parse_text,
    "bio": parse_text,
    "url": parse_link,
    "aliases": parse_texts,
}
_PICTURE_KEYS: Final[Mapping[str, ParseValue]] = {
    "widths": _parse_widths,
    "quality": make_integer_parser(1, 100),
}
_MEDIA_KEYS: Final[Mapping[str, ParseValue]] = {
    "external": make_choice_parser("show", "link", "refuse"),
    "hosts": _parse_hosts,
}
_RECOGNIZE_KEYS: Final[Mapping[str, ParseValue]] = {
    "mode": make_choice_parser("auto", "off"),
    "languages": _parse_languages,
    "include_tagged": parse_flag,
    "min_articles": make_integer_parser(1, 1_000_000),
    "min_mentions": make_integer_parser(1, 1_000_000),
    "thresholds_after": make_integer_parser(0, 1_000_000_000),
}


def _parse_keys(node: Node, parsers: Mapping[str, ParseValue]) -> dict[str, object]:
    """Parse a mapping with known keys. A key without a value keeps its default."""
    values: dict[str, object] = {}
    for key, value in _parse_mapping(node).items():
        if key not in parsers:
            raise unknown_key_error(key, parsers, value.line)
        if value.value != "":
            values[key] = parsers[key](value)
    return values


def _parse_mapping(node: Node) -> Mapping[str, Node]:
    # A section whose keys are all commented out reads as an empty text.
    if isinstance(node.value, str) and not node.value:
        return {}
    if not isinstance(node.value, Mapping):
        raise InvalidValueError("must be a mapping of keys to values", node.line)
    return node.value
