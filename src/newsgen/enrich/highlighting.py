"""Highlight blocks of code while building, so that no page needs a script for it.

Tokens get the short class names of Pygments. The theme's stylesheet colors them.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Final

MAX_CODE_LENGTH: Final = 20_000
"""Characters of highlighted code in a body. Pygments reads 200 kB a second, some languages less,
and a token of one character becomes 25 of HTML. What is beyond stays plain."""

_LANGUAGE: Final = re.compile(r"[\s{]*\.?(?:language-)?([\w+#.-]+)", re.IGNORECASE)


def find_language(info: str) -> str:
    """Return the language in the info string of a code block: `python`, `{.python}`, `js {1,3}`."""
    match = _LANGUAGE.match(info)
    return match[1].lower() if match and "=" not in info[: match.end() + 1] else ""


def code_to_html(code: str, language: str, *, highlight: bool = True) -> str:
    """Render a block of code.

    Args:
        code: The code.
        language: Its language, empty if it is not known.
        highlight: False leaves it plain.
    """
    tokens = _highlight(code, language) if highlight and language else ""
    name = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{name}>{tokens or escape(code, quote=False)}</code></pre>\n"


def _highlight(code: str, language: str) -> str:
    """Return code with a `span` for each token, empty for an unknown language."""
    name = _find_lexers().get(language)
    if name is None:
        return ""
    from pygments import highlight  # noqa: PLC0415 - few articles have code
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import find_lexer_class  # noqa: PLC0415

    lexer = find_lexer_class(name)
    if lexer is None:
        return ""
    # A lexer may reject no text: what it cannot read is a token of class `err`.
    made = highlight(code, lexer(stripnl=False), HtmlFormatter(nowrap=True))
    return str(made) if code.endswith("\n") else str(made).removesuffix("\n")


@cache
def _find_lexers() -> Mapping[str, str]:
    """Return the names of the lexers by alias."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - few articles have code

    # Without plugins: any installed package could otherwise change what pages look like.
    return {
        alias: name for name, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases
    }
