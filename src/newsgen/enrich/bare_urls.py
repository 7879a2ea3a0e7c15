"""Find URLs that are written without any markup, by the rules of GitHub's extended autolinks."""

import re
from html import escape
from typing import Final

MAX_URL_LENGTH: Final = 2_000
"""Characters. Browsers accept no longer ones everywhere, and what is longer is data."""

BARE_URL: Final = re.compile(
    # A Cyrillic letter in front of a URL is a missing space. A Latin one is part of another URL.
    r"(?:(?<![a-zA-Z0-9_@/])https?://|(?<![\w@./-])www\.(?=\w))[^\s<>\"«»“”„‹›`|{}\\^\x00-\x20\x7f]"
    rf"{{1,{MAX_URL_LENGTH}}}",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"(?:https?://)?[^/?#]*\w", re.IGNORECASE)
_PUNCTUATION: Final = ".,:;!?…'’‘*_~–—"
_BRACKETS: Final = {")": "(", "]": "["}
_ENTITY: Final = re.compile(r"&\w+;\Z")


def trim_url(url: str) -> str:
    """Return a URL without the punctuation at its end that belongs to the sentence.

    A closing bracket belongs to the URL only if it has the opening one: `/wiki/Moon_(book)`.
    """
    end = len(url)
    # Counted once, as counting at each bracket takes quadratic time.
    surplus = {close: url.count(close) - url.count(open_) for close, open_ in _BRACKETS.items()}
    while end:
        last = url[end - 1]
        entity = _ENTITY.search(url, max(0, end - 10), end) if last == ";" else None
        if entity:
            end = entity.start()
        elif last in _PUNCTUATION:
            end -= 1
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        else:
            break
    return url[:end] if _HOST.match(url[:end]) else ""


def add_scheme(url: str) -> str:
    """Return a URL with its scheme, which `www.example.org` lacks."""
    return url if "://" in url[:8] else f"http://{url}"


def link_bare_urls(text: str) -> str:
    """Return a text as HTML, with links on its URLs."""
    parts: list[str] = []
    last = 0
    for match in BARE_URL.finditer(text):
        url = trim_url(match[0])
        if url:
            parts += [
                escape(text[last : match.start()], quote=False),
                f'<a href="{escape(add_scheme(url))}">{escape(url, quote=False)}</a>',
            ]
            last = match.start() + len(url)
    return "".join((*parts, escape(text[last:], quote=False)))
