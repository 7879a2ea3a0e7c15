"""Rules of the Markdown parser that make links of bare URLs."""

import re
from typing import TYPE_CHECKING, Final

from newsgen.enrich.bare_urls import BARE_URL, add_scheme, trim_url

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_SCHEME: Final = re.compile(r"(?<![a-zA-Z0-9_@/])https?\Z", re.IGNORECASE)


def use_bare_urls(parser: "MarkdownIt") -> None:
    """Teach a parser bare URLs."""
    # While a line is parsed, so that `_` and `*` in a URL are no emphasis.
    parser.inline.ruler.push("bare_url", _parse_url)
    # A letter stops no rule, so `www.` is found in the text that is left.
    parser.core.ruler.after("inline", "www", _link_www)


def _parse_url(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - markdown-it's own
    if not state.src.startswith("://", state.pos) or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    if scheme is None:
        return False
    start = state.pos - len(scheme[0])
    match = BARE_URL.match(state.src, start)
    url = trim_url(match[0]) if match else ""
    if not url:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        _push_link(state, url)
    state.pos = start + len(url)
    return True


def _push_link(state: "StateInline", url: str) -> None:
    link = state.push("link_open", "a", 1)
    link.attrs = {"href": state.md.normalizeLink(url)}
    text = state.push("text", "", 0)
    text.content = url
    state.push("link_close", "a", -1)


def _link_www(state: "StateCore") -> None:
    for inline in state.tokens:
        if inline.type == "inline" and "www." in inline.content.lower():
            children: list[Token] = []
            depth = 0
            for child in inline.children or ():
                depth += child.nesting if child.type in {"link_open", "link_close"} else 0
                if child.type == "html_inline":
                    depth += _count_links(child.content)
                linked = child.type == "text" and depth <= 0
                children += _split_text(state, child) if linked else [child]
            inline.children = children


def _count_links(html: str) -> int:
    tag = html[:3].lower()
    return 1 if tag in {"<a ", "<a>"} else -1 if tag == "</a" else 0


def _split_text(state: "StateCore", token: "Token") -> "list[Token]":
    """Return a text as tokens with links on URLs that begin with `www.`."""
    kind = type(token)
    made: list[Token] = []
    last = 0
    for match in BARE_URL.finditer(token.content):
        url = trim_url(match[0])
        if url:
            made += [
                kind("text", "", 0, content=token.content[last : match.start()]),
                kind("link_open", "a", 1, attrs={"href": state.md.normalizeLink(add_scheme(url))}),
                kind("text", "", 0, content=url),
                kind("link_close", "a", -1),
            ]
            last = match.start() + len(url)
    return [*made, kind("text", "", 0, content=token.content[last:])] if made else [token]
