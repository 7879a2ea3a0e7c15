"""Fences of front matter in YAML, TOML and JSON, with the variants of other generators.

This module finds the text between fences. It does not parse it.
"""

import json
import re
from typing import Final, Literal, NamedTuple

from newsgen.read.formats.errors import FormatError
from newsgen.read.limits import MAX_FRONT_MATTER_LENGTH
from newsgen.text.nesting import find_deep_line
from newsgen.text.yaml import MAX_NESTING_DEPTH

Syntax = Literal["yaml", "toml", "json"]

_STARTS: Final = ("-", "+", "{", ";", "\n", " ", "\t")
_OPENING: Final = re.compile(
    r"(?P<blank>(?:[ \t]*+\n)*+)(?P<fence>-{3,}+|\+\+\+|;;;)"
    r"[ \t]*+(?P<name>[a-zA-Z]*+)[ \t]*+(?:\n|\Z)"
)
_JSON_START: Final = re.compile(r"\s*+\{\s*+(?:\"|\}|\Z)")
_KEY: Final = re.compile(r"[\"']?[^\W\d][\w .-]{0,100}[\"']?[ \t]*[:=]|\{|#")
"""First line of front matter, where the fence alone may also be a rule of Markdown."""

_NAMES: Final[dict[str, Syntax]] = {
    "": "yaml",
    "yaml": "yaml",
    "yml": "yaml",
    "toml": "toml",
    "json": "json",
}
_PROGRAMS: Final = frozenset({"js", "javascript", "coffee", "coffeescript", "cson"})
"""Languages in which Eleventy and gray-matter run front matter."""


class Fences(NamedTuple):
    """Front matter of a text.

    Attributes:
        syntax: Its syntax.
        head: Text between the fences. It has as many lines above its first one as the file has.
        body_start: Offset of the text behind the closing fence.
    """

    syntax: Syntax
    head: str
    body_start: int


def has_fences(text: str) -> bool:
    """Return True if a text begins with front matter, also with malformed one."""
    if not text.startswith(_STARTS):
        return False
    opening = _OPENING.match(text)
    if opening is None:
        return _JSON_START.match(text) is not None
    if not _is_known(opening["name"]):
        return False
    # Three signs on the first line leave no doubt. Otherwise they may be a rule.
    is_usual = not opening["blank"] and len(opening["fence"]) == len("---")
    if is_usual and not opening["name"]:
        return True
    return bool(_KEY.match(text, opening.end())) and _find_closing(text, opening) is not None


def split_fences(text: str) -> Fences:
    """Return the front matter of a text that `has_fences`.

    Raises:
        FormatError: `unclosed-front-matter`, or `bad-front-matter` for malformed JSON or a program.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return _split_json(text)
    line = opening["blank"].count("\n") + 1
    if opening["name"].lower() in _PROGRAMS:
        message = f"it is a program in {opening['name']}, which newsgen does not run"
        raise FormatError("bad-front-matter", message, line)
    closing = _find_closing(text, opening)
    if closing is None:
        raise FormatError("unclosed-front-matter", "its front matter never closes", line)
    # Imported here, as it takes 15 ms, and plain text needs no front matter.
    from frontmatter.default_handlers import BaseHandler  # noqa: PLC0415

    # The opening line may have a name, and the closing one may be three dots.
    lines = (re.escape(text[opening.start("fence") : opening.end()].strip()), re.escape(closing[0]))
    handler = BaseHandler(re.compile(rf"^(?:{'|'.join(lines)})[ \t]*+$", re.MULTILINE))
    inner, body = handler.split(text[opening.start("fence") :])
    # The lines above the fence stay empty ones, so that lines count from the top.
    head = "\n" * (line - 1) + inner
    if opening["fence"] == ";;;" and not head.lstrip().startswith("{"):
        # Hexo leaves the braces out.
        head = f"{{{head.rstrip().rstrip(',')}}}"
    return Fences(_find_syntax(opening), head, len(text) - len(body))


def _is_known(name: str) -> bool:
    return name.lower() in _NAMES or name.lower() in _PROGRAMS


def _find_syntax(opening: re.Match[str]) -> Syntax:
    if opening["fence"] == "+++":
        return "toml"
    return "json" if opening["fence"] == ";;;" else _NAMES[opening["name"].lower()]


def _find_closing(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    fence = opening["fence"]
    same = re.escape(fence)
    # YAML itself ends a document with three dots.
    either = rf"{same}|\.\.\." if fence[0] == "-" else same
    start = opening.end()
    closing = re.compile(rf"^(?:{either})[ \t]*+$", re.MULTILINE).search(text, start)
    if closing is None and fence[0] == "-":
        closing = re.compile(r"^-{3,}+[ \t]*+$", re.MULTILINE).search(text, start)
    return closing


def _split_json(text: str) -> Fences:
    start = len(text) - len(text.lstrip())
    # A longer object ends in an error, whatever is cut off.
    head = text[: start + MAX_FRONT_MATTER_LENGTH + 1]
    try:
        # Numbers stay text, so that none is too long for Python.
        _, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(head, start)
    except json.JSONDecodeError as error:
        code = "bad-front-matter" if head[error.pos :].strip() else "unclosed-front-matter"
        is_cut = code == "unclosed-front-matter" or error.msg.startswith("Unterminated")
        if is_cut and len(head) > MAX_FRONT_MATTER_LENGTH:
            raise too_large_error() from error
        raise FormatError(code, f"invalid JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise too_deep_error(head) from error
    return Fences("json", text[:end], end)


def too_deep_error(head: str) -> FormatError:
    """Return the error for front matter that is nested too deeply, with its line."""
    line = find_deep_line(head, MAX_NESTING_DEPTH)
    return FormatError("bad-front-matter", "it is nested too deeply", line)


def too_large_error() -> FormatError:
    """Return the error for front matter that is too long."""
    message = f"its front matter has more than {MAX_FRONT_MATTER_LENGTH:,} characters"
    return FormatError("front-matter-too-large", message, 1)
