"""MDX: Markdown with imports, exports, expressions and components of JSX.

Nothing of a program is run. Components go and the text inside stays, a picture among them becomes
a picture of Markdown. Code blocks are left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from newsgen.model import RawArticle, RawProblem
from newsgen.read.formats.markdown import parse_markdown

_CODE_FENCE: Final = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`++).{1,1000}?(?<!`)\1(?!`)", re.DOTALL)
_MODULE_CODE: Final = re.compile(
    r"import\s*(?:[\"'{*]|\w+\s*(?:,|from\b))|export\s+(?:const|let|var|function|default|async|class"
    r"|\{|\*)"
)
_VALUE: Final = r"\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
# The number of parts is limited, so that tags that never close take linear time.
_TAG: Final = re.compile(
    rf"<(?P<slash>/?)(?P<name>[A-Za-z][\w.-]*|)(?P<attributes>(?:\s+[^\s<>{{}}\"'=/]+(?:\s*=\s*"
    rf"(?:{_VALUE}))?){{0,50}})\s*/?>"
)
_ATTRIBUTE: Final = re.compile(rf"([\w:-]+)\s*=\s*({_VALUE})")
_COMMENT: Final = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_TEXT_EXPRESSION: Final = re.compile(r"\{\s*(?:\"([^\"{}\n]*)\"|'([^'{}\n]*)'|`([^`{}$\n]*)`)\s*\}")
_EXPRESSION: Final = re.compile(r"\{(?!#)[^{}\n]{0,200}\}")
_PICTURE_ATTRIBUTES: Final = ("src", "source", "image")
_TEXT_ATTRIBUTES: Final = ("alt", "caption", "title")


def parse_mdx(path: str, text: str) -> RawArticle:
    """Parse an MDX article as Markdown.

    Raises:
        FormatError: If the front matter is malformed or never closes.
    """
    raw = parse_markdown(path, text)
    names: dict[str, int] = {}
    parts = []
    line = raw.body_line
    for part, is_code in _split_code(raw.body):
        parts.append(part if is_code else _strip_jsx(part, line, names))
        line += part.count("\n")
    problems = raw.problems
    if names:
        listed = ", ".join(sorted(names)[:5])
        message = f"holds components of JSX, which are left out: {listed}"
        problems += (RawProblem("jsx-component", message, min(names.values())),)
    return raw._replace(body="".join(parts), problems=problems)


def _split_code(body: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a body in their order, each with whether it is a code block."""
    lines: list[str] = []
    fence = ""
    for line in body.splitlines(keepends=True):
        mark = _CODE_FENCE.match(line)
        if fence:
            lines.append(line)
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                yield "".join(lines), True
                lines, fence = [], ""
        elif mark:
            yield "".join(lines), False
            lines, fence = [line], mark[1]
        else:
            lines.append(line)
    yield "".join(lines), bool(fence)


def _strip_jsx(text: str, line: int, names: dict[str, int]) -> str:
    """Return Markdown without JSX and with as many lines.

    Args:
        text: MDX without code blocks.
        line: Number of its first line.
        names: Lines of the components that are left out, to be added to.
    """
    text = _strip_modules(text)
    # Past the last end of a comment, each beginning would be followed to the end of the text.
    last = text.rfind("*/}") + len("*/}")
    text = _COMMENT.sub(_keep_lines, text[:last]) + text[last:]
    spans: list[str] = []

    def hide_span(match: re.Match[str]) -> str:
        spans.append(match[0])
        return f"\0{len(spans) - 1}\0"

    # A NUL is in no decoded text, so it marks the place of a code span.
    text = _CODE_SPAN.sub(hide_span, text) if "`" in text else text

    def strip_tag(match: re.Match[str]) -> str:
        name = match["name"]
        if name[:1].islower():
            return _to_html_tag(match)
        picture = "" if match["slash"] else _to_picture(match["attributes"])
        if name and not picture and name not in names:
            names[name] = line + text.count("\n", 0, match.start())
        return picture + _keep_lines(match)

    stripped = _TAG.sub(strip_tag, text) if "<" in text else text
    if "{" in stripped:
        stripped = _TEXT_EXPRESSION.sub(_to_literal, stripped)
        stripped = _EXPRESSION.sub("", stripped)
    return re.sub(r"\0(\d+)\0", lambda found: spans[int(found[1])], stripped)


def _strip_modules(text: str) -> str:
    """Return a text with empty lines in place of imports and exports.

    They end at a blank line.
    """
    lines = text.split("\n")
    in_module = False
    for number, line in enumerate(lines):
        starts = number == 0 or not lines[number - 1].strip()
        in_module = bool(line.strip()) and (
            in_module or (starts and _MODULE_CODE.match(line) is not None)
        )
        if in_module:
            lines[number] = ""
    return "\n".join(lines)


def _to_literal(match: re.Match[str]) -> str:
    return "".join(filter(None, match.groups()))


def _keep_lines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _to_html_tag(match: re.Match[str]) -> str:
    """Return an element of JSX as HTML, without values that a program would compute."""
    if "{" not in match[0] and "className" not in match[0]:
        return match[0]
    kept = "".join(
        f" {'class' if name == 'className' else name}={value}"
        for name, value in _ATTRIBUTE.findall(match["attributes"])
        if not value.startswith("{")
    )
    return f"<{match['slash']}{match['name']}{kept}>" + _keep_lines(match)


def _to_picture(attributes: str) -> str:
    """Return the picture of a component such as `<Image src="a.jpg" alt="A" />` in Markdown."""
    values = {name: value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
    source = next((values[name] for name in _PICTURE_ATTRIBUTES if name in values), "")
    if not source or source.startswith("{"):
        return ""
    text = next((values[name] for name in _TEXT_ATTRIBUTES if name in values), "")
    return f"![{text}](<{source}>)"
