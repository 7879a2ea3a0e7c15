"""Admonitions: notes and warnings in the notations of several generators, as one kind of block.

`!!! note "Title"` is Python-Markdown's, `::: note` that of VuePress and Docusaurus, and
`> [!NOTE]` GitHub's.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

KINDS: Final = {
    **dict.fromkeys(("note", "info", "notice", "abstract", "seealso", "question"), "note"),
    **dict.fromkeys(("tip", "hint", "success", "example", "green"), "tip"),
    **dict.fromkeys(("important", "primary", "quote"), "important"),
    **dict.fromkeys(("warning", "caution", "attention", "warn", "yellow"), "warning"),
    **dict.fromkeys(("danger", "error", "bug", "failure", "alert", "red"), "danger"),
}
"""Kinds of admonitions by the words that open them."""

_TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {kind: kind.title() for kind in ("note", "tip", "important", "warning", "danger")},
    "ru": {
        "note": "Примечание",
        "tip": "Совет",
        "important": "Важно",
        "warning": "Внимание",
        "danger": "Осторожно",
    },
}
_ALERT: Final = re.compile(r"\[!(\w+)\][-+]?[ \t]*([^\n]*)(?:\n|$)")
_CONTAINER: Final = re.compile(r"(?:\{\s*\.?([\w-]+)[^}\n]*\}|([\w-]+))\s*(.*)")


def make_title(kind: str, language: str) -> str:
    """Return the title of an admonition that has none."""
    return _TITLES.get(language.partition("-")[0].lower(), _TITLES["en"])[kind]


def open_admonition(kind: str, title: str) -> str:
    """Return the HTML that opens an admonition, up to its text. `</div>` closes it."""
    heading = f'<p class="admonition-title">{escape(title, quote=False)}</p>'
    return f'<div class="admonition {kind}" role="note">\n{heading}\n'


def use_admonitions(parser: "MarkdownIt") -> None:
    """Teach a parser the three notations. `env["language"]` decides about titles."""
    from mdit_py_plugins.admon import admon_plugin  # noqa: PLC0415 - loaded with the parser
    from mdit_py_plugins.container import container_plugin  # noqa: PLC0415

    parser.use(admon_plugin)
    parser.use(container_plugin, name="box", validate=_is_container, render=_render_token)
    parser.core.ruler.before("inline", "admonitions", _name_admonitions)


def _render_token(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    # The plugin's own function would add the name of its rule as a class.
    return str(renderer.renderToken(tokens, index, options, env))


def _is_container(params: str, *_rest: Any) -> bool:
    return bool(_CONTAINER.match(params.strip()))


def _name_admonitions(state: "StateCore") -> None:
    """Give all three notations the same elements, classes and titles."""
    language = str(state.env.get("language", ""))
    tokens: list[Token] = []
    containers: list[str] = []
    for position, token in enumerate(state.tokens):
        tokens.append(token)
        if token.type == "admonition_open":
            _name_block(token)
        elif token.type == "admonition_title_open":
            _name_title(state.tokens[position + 1], state.tokens[position - 1], language)
        elif token.type == "container_box_open":
            containers.append(_open_container(token, tokens, language))
        elif token.type == "container_box_close":
            token.tag = containers.pop()
        elif token.type == "blockquote_open":
            _open_alert(state.tokens, position, tokens, language)
    state.tokens = tokens


def _name_block(token: "Token") -> None:
    kind = KINDS.get(str(token.meta.get("tag", "")), "note")
    token.attrs = {"class": f"admonition {kind}", "role": "note"}
    token.meta["kind"] = kind


def _name_title(inline: "Token", block: "Token", language: str) -> None:
    # The plugin makes a title of the kind's name if the article gives none.
    if inline.content == str(block.meta.get("tag", "")).title():
        inline.content = make_title(block.meta["kind"], language)
    else:
        inline.content = inline.content.strip('"')


def _open_container(token: "Token", tokens: "list[Token]", language: str) -> str:
    """Change the token of a `:::` block, and return the name of its element."""
    match = _CONTAINER.match(token.info.strip())
    name = (match[1] or match[2]).lower() if match else ""
    title = match[3].strip().strip('"[]') if match else ""
    if name in {"details", "spoiler"}:
        token.tag = "details"
        tokens.append(_make_html(f"<summary>{escape(title or name.title())}</summary>\n"))
        return "details"
    token.tag, token.attrs = "div", {"class": name}
    if name in KINDS:
        kind = KINDS[name]
        token.attrs = {"class": f"admonition {kind}", "role": "note"}
        tokens.append(_make_title(title or make_title(kind, language)))
    elif title:
        tokens.append(_make_title(title))
    return "div"


def _open_alert(source: "list[Token]", position: int, tokens: "list[Token]", language: str) -> None:
    """Make an admonition of a quote that begins with `[!NOTE]`."""
    inline = source[position + 2] if position + 2 < len(source) else None
    alert = inline and inline.type == "inline" and _ALERT.match(inline.content)
    if not inline or not alert or source[position + 1].type != "paragraph_open":
        return
    kind = KINDS.get(alert[1].lower(), "note")
    quote = source[position]
    quote.tag, quote.attrs = "div", {"class": f"admonition {kind}", "role": "note"}
    inline.content = inline.content[alert.end() :]
    tokens.append(_make_title(alert[2].strip() or make_title(kind, language)))
    # The first closing quote on the same level ends this one.
    for token in source[position + 1 :]:
        if token.type == "blockquote_close" and token.level == quote.level:
            token.tag = "div"
            return


def _make_title(title: str) -> "Token":
    return _make_html(f'<p class="admonition-title">{escape(title, quote=False)}</p>\n')


def _make_html(html: str) -> "Token":
    from markdown_it.token import Token  # noqa: PLC0415 - loaded with the parser

    # Not `html_block`: `raw_html: refuse` looks for the article's own HTML.
    return Token("made_html", "", 0, content=html, block=True)
