"""Attribute lists in Markdown: `{#id .class width=3}` of Pandoc and `{: .class}` of Kramdown.

An `id`, classes, a width and a height are obeyed. Other attributes are taken out, so that none is
printed.
"""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_ITEM: Final = (
    r"""(?:[#.][^\s{}"'#.=]+|[\w-]+=(?:"[^"{}]{0,300}"|'[^'{}]{0,300}'|[^\s{}"']{1,300})|-)"""
)
_LIST: Final = re.compile(
    # Kramdown's colon also allows plain words, such as `{:toc}` and `{:.no_toc}`.
    rf"\{{(?::[^{{}}\n]{{0,500}}|\s*{_ITEM}(?:\s*{_ITEM}){{0,50}}\s*)\}}"
)
_ATTRIBUTE: Final = re.compile(r"""([#.])([^\s{}"'#.=:]+)|([\w-]+)=("[^"]*"|'[^']*'|[^\s"']+)""")
_SIZE: Final = re.compile(r"(\d{1,5})(?:px)?")
_KRAMDOWN_CONTENTS: Final = re.compile(
    r"^ {0,3}(?:[-*+]|\d\.)[ \t]+\S[^\n]*\n[ \t]*\{:[ \t]*toc\b[^}\n]*\}[ \t]*$", re.MULTILINE
)
_TABLE_ATTRIBUTES: Final = re.compile(r"^(\|[^\n]*\n)\{:[^}\n]*\}[ \t]*$", re.MULTILINE)

_MAX_BLOCK_TOKENS: Final = 200
"""Tokens of a block that an attribute list behind it belongs to."""

_CONTENTS: Final = re.compile(r"\[(?:TOC|toc)\]|\[\[_?(?:TOC|toc)_?\]\]")
_ALLOWED: Final = frozenset({"id", "class", "width", "height", "lang", "dir", "title"})
_INLINE_ENDS: Final = frozenset(
    {"image", "code_inline", "link_close", "em_close", "strong_close", "s_close"}
)


def use_attributes(parser: "MarkdownIt") -> None:
    """Teach a parser attribute lists, and to leave out the marks of a table of contents."""
    parser.core.ruler.before("block", "attribute_lines", _drop_lines)
    parser.core.ruler.push("attributes", _apply_lists)


def parse_attributes(text: str) -> dict[str, str]:
    """Parse the allowed attributes of a list such as `{#id .one .two width=30px}`."""
    found: dict[str, str] = {}
    for sign, mark, key, given in _ATTRIBUTE.findall(text):
        name = {"#": "id", ".": "class"}.get(sign, key)
        value = mark or given.strip("\"'")
        if name in {"width", "height"}:
            size = _SIZE.fullmatch(value)
            value = size[1] if size else ""
        if name == "class" and name in found:
            value = f"{found[name]} {value}"
        if name in _ALLOWED and value:
            found[name] = value
    return found


def _drop_lines(state: "StateCore") -> None:
    """Remove lines of Kramdown that CommonMark would take for text: of contents, and of tables."""
    if "{:" in state.src:
        # The parser would take the attributes of a table for its last row.
        state.src = _TABLE_ATTRIBUTES.sub(r"\1", _KRAMDOWN_CONTENTS.sub("\n", state.src))


def _apply_lists(state: "StateCore") -> None:
    tokens: list[Token] = []
    removed = 0
    for position, token in enumerate(state.tokens):
        children = token.children or ()
        if token.type == "inline" and any("{" in child.content for child in children):
            _apply_inline_lists(token, tokens)
        if _is_empty_paragraph(state.tokens, position):
            removed = 3
        if removed:
            removed -= 1
        else:
            tokens.append(token)
    state.tokens = tokens


def _is_empty_paragraph(tokens: "list[Token]", position: int) -> bool:
    """Return True at a paragraph that only holds an attribute list or a mark for the contents."""
    if tokens[position].type != "paragraph_open" or tokens[position + 1].type != "inline":
        return False
    content = tokens[position + 1].content.strip()
    if _CONTENTS.fullmatch(content):
        return True
    if not content.startswith("{") or not _LIST.fullmatch(content):
        return False
    # A list on its own belongs to the block in front of it.
    attributes = parse_attributes(content)
    block = _find_block_before(tokens, position)
    if block and attributes:
        _set(block, attributes)
    return True


def _find_block_before(tokens: "list[Token]", position: int) -> "Token | None":
    """Return the token that opens the block which ends at a position."""
    last = tokens[position - 1] if position else None
    if last is None or last.nesting == 1:
        return None
    # The beginning of a long list or table is not searched for, which keeps this linear.
    nearest = reversed(tokens[max(0, position - _MAX_BLOCK_TOKENS) : position])
    opens = 0 if last.nesting == 0 else 1
    return next((one for one in nearest if one.level == last.level and one.nesting == opens), None)


def _apply_inline_lists(inline: "Token", before: "list[Token]") -> None:
    """Apply the lists in a line of text: to the element in front of each, or to the block."""
    block = before[-1] if before and before[-1].nesting == 1 else None
    open_tokens: list[Token] = []
    target: Token | None = None
    children = inline.children or []
    for number, child in enumerate(children):
        if child.nesting == 1:
            open_tokens.append(child)
        if child.type == "text":
            _apply_list(child, target, block, is_last=number == len(children) - 1)
            target = None
        elif child.nesting == -1 and open_tokens:
            opener = open_tokens.pop()
            target = opener if child.type in _INLINE_ENDS else None
        else:
            target = child if child.type in _INLINE_ENDS else None
    # A line that held nothing but a list leaves no line break behind.
    if len(children) > 1 and children[-1].hidden and children[-2].type == "softbreak":
        del children[-2:]


def _apply_list(
    child: "Token", target: "Token | None", block: "Token | None", *, is_last: bool
) -> None:
    match = _LIST.match(child.content)
    if match and target is not None:
        _set(target, parse_attributes(match[0]))
        child.content = child.content[match.end() :]
    found = next(
        (
            match
            for match in _LIST.finditer(child.content)
            if match[0].startswith("{:") or (is_last and match.end() == len(child.content.rstrip()))
        ),
        None,
    )
    if found:
        if block:
            _set(block, parse_attributes(found[0]))
        rest = child.content[found.end() :]
        child.content = child.content[: found.start()].rstrip() + rest
        child.hidden = not child.content


def _set(token: "Token", attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if name == "class":
            token.attrJoin("class", value)
        else:
            token.attrSet(name, value)
