"""Find the tags of shortcodes in Markdown, outside of code and comments.

Every search for the end of a tag is bounded, so that scanning stays linear in the text.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple

MAX_TAG_LENGTH: Final = 2_000
"""Characters of one tag. What is longer is no tag but text."""

Syntax = Literal["hugo", "liquid", "zola", "wordpress", "variable", "comment", "literal"]

# A fence may begin right behind the mark of a list item.
_FENCE: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(`{3,}|~{3,})")
_LIST_ITEM: Final = re.compile(r"(?:[-*+]|\d+[.)])\s")
_TICKS: Final = re.compile(r"`+")
_HTML_CODE: Final = re.compile(r"<(pre|code|script|style)\b|<!--", re.IGNORECASE)
# `\[` too: exporters from WordPress escape the brackets of its shortcodes.
_OPENER: Final = re.compile(r"\{\{[<%]?|\{%|\{#(?=[\s-])|\\?\[(?=/?[a-zA-Z])|`")
_NAME: Final = re.compile(r"(/?)\s*([\w./-]*[\w.-])(.*)", re.DOTALL)
_CALL: Final = re.compile(r"([\w:]+)\s*\((.*)\)", re.DOTALL)
_NAMED_VALUE: Final = re.compile(r"""\s[\w-]+\s*=\s*["'“”«]""")
_VARIABLE: Final = re.compile(
    r"(?:site|page|post|layout|include|theme|config|content|paginator)\b"
    r"|[\"'][^\"']*[\"']\s*\||\.[A-Z]"
)
_LATEX: Final = frozenset({*"^_}\\"})


class ShortcodeTag(NamedTuple):
    """Tag of a shortcode.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last one.
        syntax: Notation of the tag.
        name: Name of the shortcode, lower case. For a variable: the whole expression.
        arguments: Text after the name.
        closes: Whether the tag ends the text of an earlier one.
        inner: Raw text up to the closing tag, for a shortcode whose text is no Markdown.
    """

    start: int
    end: int
    syntax: Syntax
    name: str
    arguments: str = ""
    closes: bool = False
    inner: str | None = None


def find_tags(
    text: str, is_verbatim: Callable[[str], bool], is_known: Callable[[str], bool]
) -> Iterator[ShortcodeTag]:
    """Yield the tags of a text in their order.

    Args:
        text: The Markdown.
        is_verbatim: Tells if the text of a shortcode is not to be read as Markdown.
        is_known: Tells if a word in square brackets names a shortcode.
    """
    scanner = _Scanner(text, is_verbatim, is_known)
    position = 0
    while match := _OPENER.search(text, position):
        position = scanner.skip_code(match.start())
        if position == match.start():
            tag = scanner.read_tag(position, match[0])
            if tag:
                yield tag
            position = tag.end if tag else match.end()


def find_code(text: str) -> list[tuple[int, int]]:
    """Return the ranges of fenced and indented code, and of code and comments in HTML."""
    found: list[tuple[int, int]] = []
    offset, fence, fence_start = 0, "", 0
    after_blank, in_list = True, False
    for line in text.splitlines(keepends=True):
        end = offset + len(line)
        blank = not line.strip()
        match = None if blank else _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not line.strip(" \t>\n").strip(fence[0]):
                found.append((fence_start, end))
                fence = ""
        elif match and not (match[1][0] == "`" and "`" in line[match.end() :]):
            fence, fence_start = match[1], offset
        elif not blank and not line.startswith((" ", "\t")):
            in_list = bool(_LIST_ITEM.match(line))
        # In a list, four spaces continue an item. Code in a list is mostly fenced.
        elif after_blank and not in_list and line.startswith(("    ", "\t")) and not blank:
            found.append((offset, end))
        # Code goes on after an indented line as after a blank one.
        after_blank = blank or bool(found and found[-1][1] == end)
        offset = end
    if fence:
        found.append((fence_start, len(text)))
    return _add_html(text, found)


def _add_html(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add ranges of HTML to those of Markdown's code."""
    if "<" not in text:
        return found
    starts = [start for start, _ in found]
    position, merged = 0, list(found)
    without_end: set[str] = set()
    while match := _HTML_CODE.search(text, position):
        index = bisect_right(starts, match.start()) - 1
        closer = f"</{match[1].lower()}" if match[1] else "-->"
        position = match.end()
        if index >= 0 and match.start() < found[index][1]:
            position = found[index][1]
        # A tag in a code span begins nothing: `<pre>`.
        elif closer not in without_end and not text.endswith("`", 0, match.start()):
            # Not in the lower case of the text, which may be longer: `İ` becomes two characters.
            end = re.compile(closer, re.IGNORECASE).search(text, match.end())
            if end is None:
                without_end.add(closer)
            else:
                merged.append((match.start(), end.start()))
                position = end.start()
    return sorted(merged)


class _Scanner:
    """Reader of the tags of one text."""

    def __init__(
        self, text: str, is_verbatim: Callable[[str], bool], is_known: Callable[[str], bool]
    ) -> None:
        self._text = text
        self._is_verbatim = is_verbatim
        self._is_known = is_known
        self._code = find_code(text)
        self._code_starts = [start for start, _ in self._code]
        self._closed_names = {
            name.lower() for name in re.findall(r"\[/([a-zA-Z][\w-]*)\\?\]", text)
        }
        self._ticks: dict[int, list[int]] | None = None
        self._without_end: set[str] = set()

    def skip_code(self, position: int) -> int:
        """Return the end of the code that a position is in, the position itself outside of code."""
        index = bisect_right(self._code_starts, position) - 1
        if index >= 0 and position < self._code[index][1]:
            return self._code[index][1]
        if self._text[position] != "`":
            return position
        return self._skip_code_span(position)

    def read_tag(self, start: int, opener: str) -> ShortcodeTag | None:
        """Return the tag at a position, None if there is none."""
        if opener in {"{{<", "{{%"}:
            return self._read_hugo(start, opener)
        if opener == "{%":
            return self._read_liquid(start)
        if opener == "{{":
            return self._read_variable(start)
        if opener == "{#":
            end = self._find_end(start, "#}")
            return ShortcodeTag(start, end, "comment", "comment") if end else None
        if opener.endswith("["):
            return self._read_wordpress(start, start + len(opener) - 1)
        return None

    def _skip_code_span(self, start: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for match in _TICKS.finditer(self._text):
                self._ticks.setdefault(len(match[0]), []).append(match.start())
        run = _TICKS.match(self._text, start)
        length = len(run[0]) if run else 1
        others = self._ticks.get(length, [])
        index = bisect_right(others, start)
        closer = others[index] if index < len(others) else -1
        # A code span ends in its paragraph.
        if closer < 0 or "\n\n" in self._text[start : min(closer, start + 10_000)]:
            return start + length
        return closer + length

    def _find_end(self, start: int, closer: str) -> int:
        """Return the offset after the end of a tag, 0 if it has none."""
        end = self._text.find(closer, start + 2, start + MAX_TAG_LENGTH)
        return end + len(closer) if end >= 0 else 0

    def _read_hugo(self, start: int, opener: str) -> ShortcodeTag | None:
        closer = ">}}" if opener == "{{<" else "%}}"
        end = self._find_end(start, closer)
        content = self._text[start + 3 : end - 3].strip() if end else ""
        # Hugo's escape: a tag that is meant to be read.
        if content.startswith("/*") and content.endswith("*/"):
            return ShortcodeTag(start, end, "literal", f"{opener}{content[2:-2]}{closer}")
        is_single = content.endswith("/")
        match = _NAME.fullmatch(content.rstrip("/"))
        if match is None:
            return None
        tag = ShortcodeTag(start, end, "hugo", match[2].lower(), match[3], closes=bool(match[1]))
        if is_single or tag.closes:
            return tag
        return self._read_inner(tag, r"\{\{[<%%]\s*/\s*%s\s*[>%%]\}\}")

    def _read_liquid(self, start: int) -> ShortcodeTag | None:
        end = self._find_end(start, "%}")
        content = self._text[start + 2 : end - 2].strip("- \t\n") if end else ""
        # `{% quote(author="A") %}` is Zola's, `{% quote A %}` that of Jekyll and Hexo.
        call = _CALL.fullmatch(content)
        if call:
            return ShortcodeTag(start, end, "zola", call[1].rpartition(":")[2].lower(), call[2])
        match = _NAME.fullmatch(content)
        if match is None or match[1]:
            return None
        name = match[2].lower()
        if name == "end":
            return ShortcodeTag(start, end, "zola", "end", closes=True)
        if name.startswith("end") and len(name) > len("end"):
            return ShortcodeTag(start, end, "liquid", name[3:], closes=True)
        tag = ShortcodeTag(start, end, "liquid", name, match[3])
        return self._read_inner(tag, r"\{%%-?\s*end%s\s*-?%%\}")

    def _read_variable(self, start: int) -> ShortcodeTag | None:
        end = self._find_end(start, "}}")
        content = self._text[start + 2 : end - 2] if end else ""
        stripped = content.strip("- \t\n")
        if not stripped or "{" in content:
            return None
        if stripped.startswith("/*") and stripped.endswith("*/"):
            return ShortcodeTag(start, end, "literal", f"{{{{{stripped[2:-2]}}}}}")
        call = _CALL.fullmatch(stripped)
        if call:
            return ShortcodeTag(
                start, end, "zola", call[1].rpartition(":")[2].lower(), call[2], inner=""
            )
        before = self._text[start - 1 : start] if start else ""
        # Double braces without a variable's name also occur in formulas and in wikis.
        named = bool(_VARIABLE.match(stripped))
        if not named and ("\n" in content or not content[0].isspace() or before in _LATEX):
            return None
        return ShortcodeTag(start, end, "variable", stripped)

    def _read_wordpress(self, start: int, bracket: int) -> ShortcodeTag | None:
        end = self._find_end(bracket - 1, "]")
        # Exporters to Markdown escape the brackets: `\[caption id="a"\]`.
        content = self._text[bracket + 1 : end - 1].rstrip("\\") if end else ""
        match = _NAME.fullmatch(content.rstrip("/"))
        after = self._text[end : end + 1]
        # `[video](a.mp4)` and `[video]: a.mp4` are Markdown.
        if match is None or after in {"(", ":"}:
            return None
        name, arguments = match[2].lower(), match[3].lstrip("=")
        if match[1]:
            return ShortcodeTag(start, end, "wordpress", name, closes=True)
        has_values = bool(_NAMED_VALUE.search(arguments))
        has_words = self._is_known(name) and (name == "gallery" or bool(arguments.strip()))
        # Brackets are common in texts: `[video]` alone is a remark of the editors.
        if not (has_values or name in self._closed_names or (has_words and after != "[")):
            return None
        tag = ShortcodeTag(start, end, "wordpress", name, arguments)
        return tag if content.endswith("/") else self._read_inner(tag, r"\\?\[/%s\\?\]")

    def _read_inner(self, tag: ShortcodeTag, closer: str) -> ShortcodeTag:
        """Return a tag with its raw text, if it wants it and has a closing tag."""
        key = f"{tag.syntax} {tag.name}"
        if not self._is_verbatim(tag.name) or key in self._without_end:
            return tag
        pattern = re.compile(closer % re.escape(tag.name), re.IGNORECASE)
        match = pattern.search(self._text, tag.end)
        if match is None:
            self._without_end.add(key)
            return tag
        return tag._replace(end=match.end(), inner=self._text[tag.end : match.start()])
