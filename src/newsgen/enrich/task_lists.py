"""Task lists of GitHub: an item that begins with `[ ]` or `[x]` gets a checkbox."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_BOX: Final = re.compile(r"\[([ xX])\](?:\s+|$)")


def use_task_lists(parser: "MarkdownIt") -> None:
    """Teach a parser task lists."""
    # Before the text of the item is parsed, which could take `[x]` for a link.
    parser.core.ruler.before("inline", "task_lists", _find_boxes)
    parser.core.ruler.after("inline", "checkboxes", _insert_boxes)


def _find_boxes(state: "StateCore") -> None:
    for item, paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        box = inline.type == "inline" and _BOX.match(inline.content)
        if box and item.type == "list_item_open" and paragraph.type == "paragraph_open":
            inline.content = inline.content[box.end() :]
            inline.meta["checked"] = box[1] != " "
            item.attrJoin("class", "task")


def _insert_boxes(state: "StateCore") -> None:
    for inline in state.tokens:
        if "checked" in inline.meta and inline.children is not None:
            checked = " checked" if inline.meta["checked"] else ""
            # The label gives the checkbox its name for assistive technology.
            before = _make_html(f'<label><input type="checkbox" disabled{checked}> ')
            inline.children = [before, *inline.children, _make_html("</label>")]


def _make_html(html: str) -> "Token":
    from markdown_it.token import Token  # noqa: PLC0415 - loaded with the parser

    # Not `html_inline`: `raw_html: refuse` looks for the article's own HTML.
    return Token("made_html", "", 0, content=html)
