"""Expand the shortcodes of other generators in Markdown, before it is parsed.

The HTML of a shortcode is kept apart as a fragment, and a placeholder in the text marks its place.
So Markdown around it, and between its tags, is parsed as usual.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import escape
from typing import Final, NamedTuple

from newsgen.enrich.body import BodySettings, BodyWarning
from newsgen.enrich.shortcodes.call import SLOT, Call, parse_arguments
from newsgen.enrich.shortcodes.liquid import evaluate_variable
from newsgen.enrich.shortcodes.scan import ShortcodeTag, find_code, find_tags
from newsgen.enrich.shortcodes.site_templates import ShortcodeError, render_template
from newsgen.enrich.shortcodes.table import SHORTCODES

__all__ = ["Expanded", "expand_shortcodes"]

_WORDPRESS_NAMES: Final = "|".join(
    sorted(name for name, row in SHORTCODES.items() if row.is_bracketed)
)
_MAYBE: Final = re.compile(
    rf"\{{[{{%#]|\[/[a-zA-Z]|\[(?:{_WORDPRESS_NAMES})[\s\]/]|\[[a-zA-Z][\w-]*\s+[\w-]+=[\"'“]",
    re.IGNORECASE,
)
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_PLACEHOLDER: Final = re.compile(f"{_OPEN}(\\d{{1,6}}){_CLOSE}")
_LONE: Final = re.compile(rf"\s*(?:{_PLACEHOLDER.pattern}\s*)+")
_BLOCK: Final = re.compile(
    r"\s*</?(?:figure|div|p|aside|blockquote|table|ul|ol|dl|section|pre|details|h[1-6]|hr|nav)\b",
    re.IGNORECASE,
)
_ESCAPE: Final = re.compile(r"(\{\{[<%]?)(\s*)/\*(.{0,2000}?)\*/(\s*[>%]?\}\})", re.DOTALL)
_RAW: Final = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}\n?")
_IN_URL: Final = re.compile(r"(?:\]\(\s*<?|=\s*[\"']?|\]:\s*<?|\(|<)\Z")
_MAX_WARNINGS: Final = 100
"""Warnings of one body. A body with more of them is of another kind than newsgen knows."""

_MAX_INDENT: Final = 100
"""Characters in front of a tag that are looked at. Deeper text is no list."""


class Expanded(NamedTuple):
    """Text of a body whose shortcodes are expanded.

    Attributes:
        text: Markdown with placeholders.
        fragments: HTML of the placeholders, by their numbers.
        warnings: Shortcodes that cannot be shown.
        lines: Pairs of a line of the text and the line of the source that it comes from, wherever
            the distance between the two changes.
    """

    text: str
    fragments: tuple[str, ...] = ()
    warnings: tuple[BodyWarning, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()

    def find_line(self, line: int) -> int:
        """Return the line of the source that a line of the text comes from."""
        index = bisect_right(self.lines, (line, line * 2 + 1_000_000)) - 1
        if index < 0:
            return line
        here, source = self.lines[index]
        return source + line - here

    def insert_fragments(self, html: str) -> str:
        """Return the HTML of the text with the fragments in their places."""
        if not self.fragments:
            return html
        paragraphs = html.split("</p>")
        for number, part in enumerate(paragraphs[:-1]):
            start = part.rfind("<p>")
            if start >= 0 and _OPEN in part[start:]:
                paragraphs[number] = part[:start] + self._split_paragraph(part[start + 3 :])
            else:
                paragraphs[number] = f"{part}</p>"
        return _PLACEHOLDER.sub(self._get_fragment, "".join(paragraphs))

    def _split_paragraph(self, content: str) -> str:
        """Return a paragraph as HTML, ended before each block in it and begun again after it."""

        def split(match: re.Match[str]) -> str:
            fragment = self._get_fragment(match)
            return f"</p>{fragment}<p>" if _BLOCK.match(fragment) else fragment

        return f"<p>{_PLACEHOLDER.sub(split, content)}</p>"

    def _get_fragment(self, match: re.Match[str]) -> str:
        number = int(match[1])
        # Numbers of others come from a text that was not decoded, as in tests.
        return self.fragments[number] if number < len(self.fragments) else ""


def expand_shortcodes(text: str, settings: BodySettings) -> Expanded:
    """Expand the shortcodes of a text.

    Args:
        text: Markdown.
        settings: The site's own shortcodes, and the language of titles.
    """
    if not _MAYBE.search(text):
        return Expanded(text)
    return _Expansion(text, settings).run()


@dataclass(slots=True)
class _Output:
    """Text that is put together from pieces of the source and of shortcodes."""

    parts: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
    line: int = 1

    def write(self, text: str, source_line: int = 0) -> None:
        if source_line and source_line - self.line != (
            self.lines[-1][1] - self.lines[-1][0] if self.lines else 0
        ):
            self.lines.append((self.line, source_line))
        self.parts.append(text)
        self.line += text.count("\n")

    def write_fragment(self, html: str) -> None:
        if html:
            self.parts.append(f"{_OPEN}{len(self.fragments)}{_CLOSE}")
            self.fragments.append(html)


class _Expansion:
    """Expansion of the shortcodes of one text."""

    def __init__(self, text: str, settings: BodySettings) -> None:
        self._text = text
        self._settings = settings
        self._own = dict(settings.shortcodes)
        self._output = _Output()
        self._warnings: list[BodyWarning] = []
        self._line = 1

    def run(self) -> Expanded:
        tags = list(find_tags(self._text, self._is_verbatim, self._is_known))
        closers = _pair(tags)
        ends: dict[int, str] = {}
        position = 0
        for number, tag in enumerate(tags):
            self._copy(position, tag.start)
            if tag.closes:
                self._close(tag, ends.pop(number, None), is_paired=number in closers.values())
            else:
                after = self._open(tag, is_paired=number in closers)
                if number in closers:
                    ends[closers[number]] = after
            self._line += self._text.count("\n", tag.start, tag.end)
            position = tag.end
        self._copy(position, len(self._text))
        output = self._output
        return Expanded(
            _restore_escapes("".join(output.parts)),
            tuple(output.fragments),
            tuple(self._warnings),
            tuple(output.lines),
        )

    def _is_verbatim(self, name: str) -> bool:
        row = SHORTCODES.get(name)
        return row is not None and row.is_verbatim and name not in self._own

    def _is_known(self, name: str) -> bool:
        return name in self._own or (name in SHORTCODES and SHORTCODES[name].is_bracketed)

    def _copy(self, start: int, end: int) -> None:
        if end > start:
            self._output.write(self._text[start:end], self._line)
            self._line += self._text.count("\n", start, end)

    def _open(self, tag: ShortcodeTag, *, is_paired: bool) -> str:
        """Write what a tag becomes, and return the HTML for its closing tag."""
        if tag.syntax == "comment":
            return ""
        if tag.syntax == "literal":
            self._output.write_fragment(escape(tag.name, quote=False))
            return ""
        if tag.syntax == "variable":
            self._write_variable(tag)
            return ""
        html = self._render(tag, is_paired=is_paired)
        if tag.syntax == "liquid" and tag.name in {"raw", "verbatim"}:
            self._output.write(tag.inner or "")
            return ""
        if html.startswith("ref:") and not self._is_in_url(tag.start):
            shown = tag.arguments.strip(" \"'")
            html = f'<a href="{escape(html)}">{escape(shown, quote=False)}</a>'
        elif html.startswith("ref:"):
            self._output.write(html)
            return ""
        before, slot, after = html.partition(SLOT)
        self._output.write_fragment(before)
        # Blank lines make the text of a block Markdown of its own.
        if slot and _BLOCK.match(before):
            self._output.write("\n\n" + self._find_indent(tag.start))
        return after

    def _close(self, tag: ShortcodeTag, html: str | None, *, is_paired: bool) -> None:
        if html is None and not is_paired and tag.syntax == "wordpress":
            # `[/b]` without its beginning is text.
            self._output.write(self._text[tag.start : tag.end])
        elif html:
            if _BLOCK.match(html):
                self._output.write("\n\n" + self._find_indent(tag.start))
            self._output.write_fragment(html)

    def _render(self, tag: ShortcodeTag, *, is_paired: bool) -> str:
        """Return the HTML of a shortcode, only its text if it cannot be shown."""
        name, arguments = tag.name, tag.arguments
        if tag.syntax == "liquid" and name.startswith("include"):
            # Jekyll's includes are templates: `{% include figure.html src="a.png" %}`.
            name, _, arguments = arguments.strip().partition(" ")
            name = name.strip("\"'").rpartition("/")[2].rpartition(".")[0].lower() or name.lower()
        args, params = parse_arguments(arguments)
        inner = SLOT if is_paired else tag.inner or ""
        call = Call(name, args, params, inner, self._settings.language)
        try:
            html = self._call(call)
        except ShortcodeError as error:
            self._warn("shortcode-failed", f"the shortcode `{name}` fails: {error}")
            return self._keep_text(inner)
        if html is not None:
            return html
        shown = f"include {name}" if name != tag.name else name
        if name in SHORTCODES:
            self._warn("shortcode-failed", f"the shortcode `{shown}` lacks what it should show")
        else:
            self._warn("unknown-shortcode", f"`{shown}` is no shortcode that newsgen knows")
        return self._keep_text(inner)

    def _call(self, call: Call) -> str | None:
        if call.name in self._own:
            return render_template(call, self._own[call.name])
        row = SHORTCODES.get(call.name)
        return row.function(call) if row else None

    def _keep_text(self, inner: str) -> str:
        return inner if inner == SLOT else escape(inner, quote=False)

    def _write_variable(self, tag: ShortcodeTag) -> None:
        value = evaluate_variable(tag.name)
        if value is None:
            self._warn("unknown-shortcode", f"`{tag.name[:100]}` has no value in newsgen")
        self._output.write(value or "")

    def _is_in_url(self, start: int) -> bool:
        """Return True if a tag stands for the URL of a link: in brackets or quotes."""
        return bool(_IN_URL.search(self._text[max(0, start - 20) : start]))

    def _find_indent(self, start: int) -> str:
        """Return the spaces and quote marks in front of a tag that begins its line."""
        before = self._text[max(0, start - _MAX_INDENT) : start]
        line = before.rpartition("\n")[2]
        return "" if line.strip(" \t>") or len(line) == _MAX_INDENT else line

    def _warn(self, code: str, message: str) -> None:
        if len(self._warnings) == _MAX_WARNINGS:
            message = f"has more than {_MAX_WARNINGS} shortcodes that cannot be shown"
        if len(self._warnings) <= _MAX_WARNINGS:
            self._warnings.append(BodyWarning(code, message, self._line))


def _pair(tags: list[ShortcodeTag]) -> dict[int, int]:
    """Return the number of the closing tag for each opening tag that has one."""
    found: dict[int, int] = {}
    waiting: dict[tuple[str, str], list[int]] = {}
    for number, tag in enumerate(tags):
        # Zola closes every shortcode with the same word.
        key = (tag.syntax, "" if tag.syntax == "zola" else tag.name)
        if tag.closes:
            if waiting.get(key):
                found[waiting[key].pop()] = number
        elif tag.inner is None:
            waiting.setdefault(key, []).append(number)
    return found


def _restore_escapes(text: str) -> str:
    """Remove the marks in code that keep other generators from expanding it."""
    if "/*" not in text and "raw" not in text:
        return text
    parts: list[str] = []
    position = 0
    for start, end in find_code(text):
        code = _RAW.sub("", _ESCAPE.sub(r"\1\2\3\4", text[start:end]))
        parts += [text[position:start], code]
        position = end
    return "".join((*parts, text[position:]))
