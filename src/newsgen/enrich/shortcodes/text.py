"""Shortcodes around text: notes, quotes, code, folded text, links and references to sources."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final
from urllib.parse import quote

from newsgen.enrich.admonitions import KINDS, make_title, open_admonition
from newsgen.enrich.highlighting import code_to_html
from newsgen.enrich.shortcodes.call import SLOT, Call

_LANGUAGE: Final = re.compile(r"(?:lang(?:uage)?:)?([\w+#.-]+)")


def make_admonition(call: Call) -> str | None:
    """Return a note. Its kind is an argument or the shortcode's own name."""
    given = call.get("type", "kind", "class", "level", position=0).lower()
    kind = KINDS.get(given) or KINDS.get(call.name, "note")
    title = call.get_text("title", "heading")
    if not title:
        titles = call.args[1:] if given in KINDS else call.args
        title = " ".join(titles) or make_title(kind, call.language)
    text = call.inner or escape(call.get_text("text", "content", "message"), quote=False)
    return f"{open_admonition(kind, title)}{text}</div>"


def make_details(call: Call) -> str | None:
    """Return text that is folded under its title."""
    title = call.get_text("title", "summary", position=0) or "…"
    return f"<details><summary>{escape(title, quote=False)}</summary>{call.inner}</details>"


def make_quote(call: Call) -> str | None:
    """Return a quote with its author."""
    author = call.get_text("author", "cite", "source", "by") or " ".join(call.args)
    text = call.inner or escape(call.get_text("text", "quote"), quote=False)
    cite = f"<p><cite>{escape(author, quote=False)}</cite></p>" if author else ""
    return f"<blockquote>{text}{cite}</blockquote>"


def make_code(call: Call) -> str | None:
    """Return a block of code."""
    given = call.get("lang", "language", "type") or next(iter(call.args), "")
    match = _LANGUAGE.fullmatch(given)
    # WordPress stores the text of its shortcodes as HTML.
    inner = unescape(call.inner) if call.name in {"sourcecode", "code"} else call.inner
    code = inner.strip("\n").rstrip() + "\n"
    if not call.inner.strip():
        return None
    return code_to_html(code, match[1].lower() if match else "")


def make_button(call: Call) -> str | None:
    """Return a link that the source shows as a button."""
    url = call.get("href", "url", "link", "relref", position=0)
    if not url:
        return None
    text = call.inner or escape(call.get_text("text", "label", "title", position=1) or url)
    return f'<a href="{escape(url)}">{text}</a>'


def make_heading(call: Call) -> str | None:
    """Return the text of a tab or a column under its title."""
    title = call.get_text("title", "name", "header", position=0)
    heading = f"<p><strong>{escape(title, quote=False)}</strong></p>" if title else ""
    return f"<div>{heading}{call.inner}</div>"


def make_inline(tag: str) -> Callable[[Call], str | None]:
    """Return the function for a shortcode that stands for an HTML element in a line."""

    def make(call: Call) -> str | None:
        text = call.inner or escape(call.get_text("text", position=0), quote=False)
        return f"<{tag}>{text}</{tag}>"

    return make


def make_nothing(call: Call) -> str | None:  # noqa: ARG001 - functions of the table share a signature
    """Return nothing: the shortcode has no meaning here, and no text."""
    return ""


def keep_inner(call: Call) -> str | None:
    """Return the text between the tags as it is."""
    return call.inner


def make_reference(call: Call) -> str | None:
    """Return a link to another source, which is resolved once all sources are known."""
    path = call.get("path", "page", "slug", position=0)
    # Jekyll takes everything after the name for the path.
    path = " ".join(call.args) if len(call.args) > 1 and call.name in {"post_url", "link"} else path
    return f"ref:{quote(path.strip(), safe='/#.:@~-_')}" if path.strip() else None


def make_link(call: Call) -> str | None:
    """Return Hexo's `{% link text url %}` or `{% post_link name text %}`, or Jekyll's reference."""
    if call.name == "post_link":
        name, *words = call.args or ("",)
        text = " ".join(words) or name
        return f'<a href="ref:{quote(name)}">{escape(text, quote=False)}</a>' if name else None
    position = next((n for n, value in enumerate(call.args) if "://" in value), 0)
    if not position:
        return make_reference(call)
    text = " ".join(call.args[:position])
    return f'<a href="{escape(call.args[position])}">{escape(text, quote=False)}</a>'


def make_slot_block(name: str) -> Callable[[Call], str | None]:
    """Return the function for a block whose name is its class."""

    def make(call: Call) -> str | None:
        return f'<div class="{name}">{SLOT}</div>' if call.inner else ""

    return make
