"""Variables of Liquid, such as `{{ site.baseurl }}`. Only URLs have a value here."""

import re
from typing import Final

_EMPTY: Final = re.compile(
    r"(?:site|config|page|theme)\.(?:baseurl|base_url|url|github\.url|root|siteurl)|baseurl|base_url",
    re.IGNORECASE,
)
_TEXT: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_PATH_FILTERS: Final = frozenset(
    {"relative_url", "absolute_url", "prepend", "append", "url", "relurl", "absurl", "uri_escape"}
    | {"escape", "strip", "asset_url", "url_for", "absolute", "cgi_escape", "safe"}
)


def evaluate_variable(expression: str) -> str | None:
    """Return the value of an expression, None if it has none here.

    The site's URL is empty, so that links stay relative to its root.

    Args:
        expression: A variable or a text in quotes, and filters, such as
            `"/a.png" | relative_url`.
    """
    first, *filters = (part.strip() for part in expression.split("|"))
    text = _TEXT.fullmatch(first)
    if text:
        value = text[1] or text[2] or ""
    elif _EMPTY.fullmatch(first):
        value = ""
    else:
        return None
    for one in filters:
        name, _, argument = one.partition(":")
        if name.strip().lower() not in _PATH_FILTERS:
            return None
        added = evaluate_variable(argument.strip()) if argument.strip() else ""
        value = value + (added or "") if name.strip() == "append" else (added or "") + value
    return value
