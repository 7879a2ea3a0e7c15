"""The Markdown parser: CommonMark with extensions, linear in the length of the text.

Four rules of markdown-it and of its footnotes are wrapped, as they take quadratic time or memory
for hostile text.
Where lists and quotes are nested too deeply, an error takes the place of markdown-it's silent cut.
"""

import re
import sys
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from newsgen.enrich.admonitions import use_admonitions
from newsgen.enrich.attributes import use_attributes
from newsgen.enrich.errors import HtmlTooDeepError, TooMuchMarkupError
from newsgen.enrich.formulas import use_formulas
from newsgen.enrich.highlighting import MAX_CODE_LENGTH, code_to_html, find_language
from newsgen.enrich.link_rules import use_bare_urls
from newsgen.enrich.markup_limits import MAX_BLOCK_DEPTH, MAX_LAZY_LINES, MAX_TABLE_CELLS
from newsgen.enrich.task_lists import use_task_lists

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_MAX_PENDING_LENGTH: Final = 2_000
"""Characters of text that markdown-it collects one by one, copying all of them each time."""

_MAX_INLINE_DEPTH: Final = 10
"""Nested brackets that may be links. What is deeper stays text.

markdown-it's preset has 20, with which 100 kB of brackets take twice as long.
"""

_CLOSERS: Final = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
"""Beginning and end of the HTML that may hold anything in between."""

# CommonMark has the same limit for labels of links.
_REFERENCE: Final = re.compile(r"\[\^[^] \n]{1,999}]")
_EXTENSIONS: Final = (use_formulas, use_bare_urls, use_task_lists, use_admonitions, use_attributes)

_DELIMITER_ROW: Final = re.compile(r"[ \t>]*+(?=[-: \t]*+[|:])[-:| \t]++")


@cache
def make_parser(*, with_html: bool) -> "MarkdownIt":
    """Return the parser of Markdown, which accepts raw HTML or takes it for text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - plain bodies never need it
    from markdown_it.rules_block import table  # noqa: PLC0415
    from markdown_it.rules_inline import html_inline  # noqa: PLC0415
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote.index import footnote_ref  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": with_html}).enable(["table", "strikethrough"])
    # Off for blocks, which `_limit_depth` limits instead.
    parser.core.ruler.before("block", "block_depth", _set_max_nesting(sys.maxsize))
    parser.core.ruler.before("inline", "inline_depth", _set_max_nesting(_MAX_INLINE_DEPTH))
    parser.block.ruler.before("table", "limit_depth", _limit_depth)
    parser.block.ruler.before(
        "table", "limit_lazy_lines", _limit_lazy_lines, {"alt": ["blockquote"]}
    )
    parser.block.ruler.at("table", _limit_cells(table), {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.at("html_inline", _skip_unclosed(html_inline))
    parser.inline.ruler.before("text", "flush_pending", _flush_pending)
    parser.add_render_rule("fence", _render_fence)
    parser.add_render_rule("made_html", _render_html)
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.inline.ruler.at("footnote_ref", _limit_label(footnote_ref))
    for use in _EXTENSIONS:
        use(parser)
    return parser


def _set_max_nesting(depth: int) -> "Callable[[StateCore], None]":
    """Return a rule that sets markdown-it's limit, which is one for blocks and for lines."""

    def set_max_nesting(state: "StateCore") -> None:
        state.md.options["maxNesting"] = depth

    return set_max_nesting


def _limit_depth(state: "StateBlock", start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001
    """Refuse a block that is nested too deeply. markdown-it would skip its text."""
    if state.level > MAX_BLOCK_DEPTH:
        message = f"lists and quotes are nested more than {MAX_BLOCK_DEPTH} levels deep"
        raise HtmlTooDeepError(message, start + 1)
    return False


def _limit_lazy_lines(state: "StateBlock", start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """Count the lines of quotes that have no `>`, and refuse too many.

    The rule for quotes calls the rules that may end one, silently, for each such line.
    """
    if silent:
        state.env["lazy_lines"] = state.env.get("lazy_lines", 0) + 1
        if state.env["lazy_lines"] > MAX_LAZY_LINES:
            message = f"the quotes have more than {MAX_LAZY_LINES:,} lines without `>`"
            raise TooMuchMarkupError(message, start + 1)
    return False


def _flush_pending(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    """Make a token of the text so far if it is long. markdown-it joins adjacent ones later."""
    # The rule for line breaks looks at the blanks before one.
    if len(state.pending) > _MAX_PENDING_LENGTH and not silent and state.src[state.pos] != "\n":
        state.pushPending()
    return False


def _skip_unclosed(
    html_inline: "Callable[[StateInline, bool], bool]",
) -> "Callable[[StateInline, bool], bool]":
    """Return the rule for HTML in a line, which no longer searches in vain for the end."""

    def parse_html(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
        for opener, closer in _CLOSERS:
            if state.src.startswith(opener, state.pos):
                known = state.env.setdefault("last_closers", {})
                if known.get("text") is not state.src:
                    known.clear()
                    known["text"] = state.src
                if closer not in known:
                    known[closer] = state.src.rfind(closer)
                if known[closer] < state.pos:
                    return False
        return html_inline(state, silent)

    return parse_html


def _limit_label(
    footnote_ref: "Callable[[StateInline, bool], bool]",
) -> "Callable[[StateInline, bool], bool]":
    """Return the rule for references to footnotes, which no longer searches far for the end."""

    def parse_reference(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
        return bool(_REFERENCE.match(state.src, state.pos)) and footnote_ref(state, silent)

    return parse_reference


def _limit_cells(
    table: "Callable[[StateBlock, int, int, bool], bool]",
) -> "Callable[[StateBlock, int, int, bool], bool]":
    """Return the rule for tables, with a limit for the cells of one text."""

    def parse_table(state: "StateBlock", start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        # A silent call only asks whether a table begins here.
        if not silent:
            state.env["cells"] = state.env.get("cells", 0) + _count_cells(state, start, end)
            if state.env["cells"] > MAX_TABLE_CELLS:
                message = f"the tables have more than {MAX_TABLE_CELLS:,} cells"
                raise TooMuchMarkupError(message, start + 1)
        return table(state, start, end, silent)

    return parse_table


def _count_cells(state: "StateBlock", start: int, end: int) -> int:
    """Return the number of cells of a table, 0 if none begins here."""
    if start + 2 > end:
        return 0
    row = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]]
    # Neither a heading's underline nor a rule has a `|` or a `:`.
    if not _DELIMITER_ROW.fullmatch(row):
        return 0
    last = start + 2
    while last < end and not state.isEmpty(last):
        last += 1
    return (row.count("|") + 1) * (last - start - 1)


def _render_fence(
    renderer: Any,  # noqa: ARG001 - the signature of a render rule
    tokens: "Sequence[Token]",
    index: int,
    options: Any,  # noqa: ARG001
    env: MutableMapping[str, Any],
) -> str:
    token = tokens[index]
    env["code"] = env.get("code", 0) + len(token.content)
    within = env["code"] <= MAX_CODE_LENGTH
    return code_to_html(token.content, find_language(token.info), highlight=within)


def _render_html(
    renderer: Any,  # noqa: ARG001 - the signature of a render rule
    tokens: "Sequence[Token]",
    index: int,
    options: Any,  # noqa: ARG001
    env: MutableMapping[str, Any],  # noqa: ARG001
) -> str:
    """Return HTML that newsgen made itself."""
    return tokens[index].content
