r"""Math in Markdown: `$…$`, `$$…$$`, `\(…\)` and `\[…\]` become MathML, which needs no script.

A formula that latex2mathml cannot read stays readable as code.
"""

import re
from collections.abc import MutableMapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_FORMULAS: Final = 1_000
"""Formulas of a body that become MathML. One takes 0.2 milliseconds at least."""

MAX_FORMULA_LENGTH: Final = 1_000
"""Characters of one formula. MathML has fifty for each."""

MAX_FORMULAS_LENGTH: Final = 20_000
"""Characters of all formulas of a body that become MathML. The others stay code."""

_SENTENCE: Final = re.compile(r"[^\W\d_]{2,}[,;]?\s+[^\W\d_]{2,}|[^\W\d_]{4,}|[а-яёА-ЯЁ]")
"""Words: a text between two prices, not a formula."""

_COMMAND: Final = re.compile(r"\\[a-zA-Z]+\*?\s*(?:\{[^{}]*\})?|[_^]\{[^{}]*\}")
"""Commands, indices and exponents, which may hold words."""

_BLOCKS: Final = {"$$": "$$", "\\[": "\\]"}


def use_formulas(parser: "MarkdownIt") -> None:
    """Teach a parser formulas."""
    # Before `escape`, which takes `\(` for an escaped bracket.
    parser.inline.ruler.before("escape", "formula", _parse_inline)
    alternatives: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "formula_block", _parse_block, alternatives)
    parser.add_render_rule("formula", _render)
    parser.add_render_rule("formula_block", _render)


def _parse_inline(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - markdown-it's own
    opener = state.src[state.pos]
    if opener not in "$\\":
        return False
    found = _find_dollars(state) if opener == "$" else _find_brackets(state)
    if found is None:
        return False
    content, display, end = found
    if not silent:
        token = state.push("formula", "math", 0)
        token.content = content
        token.meta = {"display": display}
    state.pos = end
    return True


def _find_dollars(state: "StateInline") -> tuple[str, bool, int] | None:
    """Return the formula between dollar signs, as `(text, is a block, end)`."""
    source, start = state.src, state.pos
    mark = "$$" if source.startswith("$$", start) else "$"
    begin = start + len(mark)
    end = source.find(mark, begin, begin + MAX_FORMULA_LENGTH)
    # `\$` is a dollar sign. Only the next closing sign is tried, which keeps this linear.
    while end > 0 and source[end - 1] == "\\":
        end = source.find(mark, end + 1, begin + MAX_FORMULA_LENGTH)
    content = source[begin:end] if end > begin else ""
    if not content.strip():
        return None
    after = source[end + len(mark) : end + len(mark) + 1]
    before = source[start - 1 : start] if start else ""
    if mark == "$" and (
        # The rules of Pandoc: `$5 and $6` are prices.
        content[0].isspace()
        or content[-1].isspace()
        or after.isalnum()
        or before.isalnum()
        or _is_sentence(content)
    ):
        return None
    return content, mark == "$$", end + len(mark)


def _find_brackets(state: "StateInline") -> tuple[str, bool, int] | None:
    r"""Return the formula between `\(` and `\)` or `\[` and `\]`."""
    source, begin = state.src, state.pos + 2
    closer = {"\\(": "\\)", "\\[": "\\]"}.get(source[state.pos : begin])
    if closer is None:
        return None
    end = source.find(closer, begin, begin + MAX_FORMULA_LENGTH)
    content = source[begin:end] if end > begin else ""
    # `\[` is also how Markdown escapes a bracket: `\[текст\]`.
    if not content.strip() or _is_sentence(content) or not _looks_like_math(content):
        return None
    return content, closer == "\\]", end + 2


def _looks_like_math(content: str) -> bool:
    return bool(re.search(r"[\\^_=+<>{}]|^\s*[a-zA-Z]\s*$", content))


def _is_sentence(content: str) -> bool:
    r"""Return True for words that no command such as `\text{…}` contains."""
    return bool(_SENTENCE.search(_COMMAND.sub(" \\ ", content)))


def _parse_block(state: "StateBlock", start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    begin = state.bMarks[start] + state.tShift[start]
    opener = state.src[begin : begin + 2]
    if opener not in _BLOCKS or state.is_code_block(start):
        return False
    closer = _BLOCKS[opener]
    lines = [state.src[begin + 2 : state.eMarks[start]]]
    last = start
    while not lines[-1].rstrip().endswith(closer):
        last += 1
        # A formula has no blank line, so text after an opener without an end is not lost.
        if last >= end or state.isEmpty(last) or last - start > MAX_FORMULA_LENGTH // 10:
            return False
        lines.append(state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]])
    content = "\n".join(lines).rstrip().removesuffix(closer).strip()
    if not content or closer in content or (opener == "\\[" and _is_sentence(content)):
        return False
    if silent:
        return True
    token = state.push("formula_block", "math", 0)
    token.content = content
    token.meta = {"display": True}
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def _render(
    renderer: Any,  # noqa: ARG001 - the signature of a render rule
    tokens: "Sequence[Token]",
    index: int,
    options: Any,  # noqa: ARG001
    env: MutableMapping[str, Any],
) -> str:
    token = tokens[index]
    display = bool(token.meta["display"])
    env["formulas"] = env.get("formulas", 0) + 1
    env["formula_length"] = env.get("formula_length", 0) + len(token.content)
    within = (
        env["formulas"] <= MAX_FORMULAS
        and len(token.content) <= MAX_FORMULA_LENGTH
        and env["formula_length"] <= MAX_FORMULAS_LENGTH
    )
    html = (within and _to_mathml(token.content, display=display)) or _to_code(token.content)
    return f"<p>{html}</p>\n" if token.type == "formula_block" else html


def _to_code(content: str) -> str:
    return f'<code class="formula">{escape(content, quote=False)}</code>'


def _to_mathml(content: str, *, display: bool) -> str:
    """Return a formula as MathML, empty if it cannot be read."""
    from latex2mathml.converter import convert  # noqa: PLC0415 - few articles have math

    try:
        mathml = str(convert(content, display="block" if display else "inline"))
    except Exception:  # noqa: BLE001 - it raises errors of its own, KeyError, IndexError and others
        return ""
    # A command that it does not know becomes a variable of that name.
    if "\\" in mathml:
        return ""
    return mathml.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
