"""Expand the shortcodes of one text: from the tags of `scan` to placeholders and fragments."""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

from newsgen.enrich.body import BodySettings, BodyWarning
from newsgen.enrich.shortcodes.call import SLOT, Call, parse_arguments
from newsgen.enrich.shortcodes.expanded import Expanded, is_block, make_placeholder
from newsgen.enrich.shortcodes.liquid import evaluate_variable
from newsgen.enrich.shortcodes.scan import ShortcodeTag, find_code, find_tags
from newsgen.enrich.shortcodes.site_templates import ShortcodeError, render_template
from newsgen.enrich.shortcodes.table import SHORTCODES

_MAX_WARNINGS: Final = 100
"""Warnings of one body. A body with more of them is of another kind than newsgen knows."""

_MAX_INDENT: Final = 100
"""Characters in front of a tag that are looked at. Deeper text is no list."""

_WORDPRESS_NAMES: Final = "|".join(
    sorted(name for name, row in SHORTCODES.items() if row.is_bracketed)
)
_MAYBE: Final = re.compile(
    rf"\{{[{{%#]|\[/[a-zA-Z]|\[(?:{_WORDPRESS_NAMES})[\s\]/=\\]|\[[a-zA-Z][\w-]*\s+[\w-]+=[\"'“]",
    re.IGNORECASE,
)
_ESCAPE: Final = re.compile(r"(\{\{[<%]?)(\s*)/\*(.{0,2000}?)\*/(\s*[>%]?\}\})", re.DOTALL)
_RAW_TAG: Final = r"\{%-?\s*(?:end)?raw\s*-?%\}"
_RAW: Final = re.compile(rf"^[ \t]*{_RAW_TAG}[ \t]*\n|{_RAW_TAG}", re.MULTILINE)
_IN_URL: Final = re.compile(r"(?:\]\(\s*<?|=\s*[\"']?|\]:\s*<?)\Z")


def expand_shortcodes(text: str, settings: BodySettings) -> Expanded:
    """Expand the shortcodes of a text.

    Args:
        text: Markdown.
        settings: The site's own shortcodes, and the language of titles.
    """
    own = "|".join(re.escape(name) for name, _ in settings.shortcodes)
    if not _MAYBE.search(text) and not (own and re.search(rf"\[(?:{own})\b", text)):
        return Expanded(text)
    return _Expansion(text, settings).run()


@dataclass(slots=True)
class _Output:
    """Text that is put together from pieces of the source and of shortcodes."""

    parts: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
    line: int = 1

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.line += text.count("\n")

    def write_source(self, text: str, line: int) -> None:
        """Write a piece of the source, which begins at a line of it."""
        known = self.lines[-1][1] - self.lines[-1][0] if self.lines else 0
        if line - self.line != known:
            self.lines.append((self.line, line))
        self.write(text)

    def write_fragment(self, html: str) -> None:
        if html:
            self.parts.append(make_placeholder(len(self.fragments)))
            self.fragments.append(html)


class _Expansion:
    """Expansion of one text."""

    def __init__(self, text: str, settings: BodySettings) -> None:
        self._text = text
        self._language = settings.language
        self._own = dict(settings.shortcodes)
        self._output = _Output()
        self._warnings: list[BodyWarning] = []
        self._line = 1

    def run(self) -> Expanded:
        """Return the expanded text."""
        tags = list(find_tags(self._text, self._is_verbatim, self._is_known))
        closers = _pair(tags)
        # HTML for each closing tag that belongs to an opening one, by the number of the tag.
        ends = dict.fromkeys(closers.values(), "")
        position = 0
        for number, tag in enumerate(tags):
            self._copy(position, tag.start)
            if tag.closes:
                self._close(tag, ends.get(number))
            elif number in closers:
                ends[closers[number]] = self._open(tag, is_paired=True)
            else:
                self._open(tag, is_paired=False)
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
            self._output.write_source(self._text[start:end], self._line)
            self._line += self._text.count("\n", start, end)

    def _open(self, tag: ShortcodeTag, *, is_paired: bool) -> str:
        """Write what a tag becomes, and return the HTML for its closing tag."""
        if tag.syntax == "literal":
            self._output.write_fragment(escape(tag.name, quote=False))
        elif tag.syntax == "variable":
            self._write_variable(tag)
        elif tag.syntax == "liquid" and tag.name in {"raw", "verbatim"}:
            self._output.write(tag.inner or "")
        elif _is_remark(tag) and not is_paired:
            self._output.write(self._text[tag.start : tag.end])
        elif tag.syntax != "comment":
            return self._write_html(tag, self._render(tag, is_paired=is_paired))
        return ""

    def _write_html(self, tag: ShortcodeTag, html: str) -> str:
        """Write the HTML of a tag up to its slot, and return the rest."""
        if html.startswith("ref:"):
            # Hugo shows the bare URL where it is no part of a link. Readers want a link.
            before = self._text[max(0, tag.start - _MAX_INDENT) : tag.start]
            if _IN_URL.search(before):
                self._output.write(html)
                return ""
            shown = tag.arguments.strip(" \"'")
            html = f'<a href="{escape(html)}">{escape(shown, quote=False)}</a>'
        before, slot, after = html.partition(SLOT)
        self._output.write_fragment(before)
        # Blank lines make the text of a block Markdown of its own.
        if slot and is_block(before):
            self._output.write(self._make_blank_line(tag.start))
        return after

    def _close(self, tag: ShortcodeTag, html: str | None) -> None:
        if html is None and tag.syntax == "wordpress":
            # `[/b]` without its beginning is text.
            self._output.write(self._text[tag.start : tag.end])
        elif html:
            if is_block(html):
                self._output.write(self._make_blank_line(tag.start))
            self._output.write_fragment(html)

    def _render(self, tag: ShortcodeTag, *, is_paired: bool) -> str:
        """Return the HTML of a shortcode, only its text if it cannot be shown."""
        name, arguments, shown = tag.name, tag.arguments, tag.name
        if tag.syntax == "liquid" and name.startswith("include"):
            # Jekyll's includes are templates: `{% include figure.html src="a.png" %}`.
            file, _, arguments = arguments.strip().partition(" ")
            name = file.strip("\"'").rpartition("/")[2].partition(".")[0].lower()
            shown = f"include {name}"
        args, params = parse_arguments(arguments)
        inner = SLOT if is_paired else tag.inner or ""
        try:
            html = self._call(Call(name, args, params, inner, self._language))
        except ShortcodeError as error:
            self._warn("shortcode-failed", f"the shortcode `{shown}` fails: {error}")
        else:
            if html is not None:
                return html
            if name in SHORTCODES:
                message = f"the shortcode `{shown}` lacks what it should show"
                self._warn("shortcode-failed", message)
            else:
                self._warn("unknown-shortcode", f"`{shown}` is no shortcode that newsgen knows")
        return inner if is_paired else escape(inner, quote=False)

    def _call(self, call: Call) -> str | None:
        if call.name in self._own:
            return render_template(call, self._own[call.name])
        row = SHORTCODES.get(call.name)
        return row.function(call) if row else None

    def _write_variable(self, tag: ShortcodeTag) -> None:
        value = evaluate_variable(tag.name)
        if value is None:
            self._warn("unknown-shortcode", f"`{tag.name[:100]}` has no value in newsgen")
        self._output.write(value or "")

    def _make_blank_line(self, start: int) -> str:
        """Return a blank line in the list or quote that a tag stands in."""
        before = self._text[max(0, start - _MAX_INDENT) : start]
        line = before.rpartition("\n")[2]
        indent = "" if line.strip(" \t>") or len(line) == _MAX_INDENT else line
        return f"\n{indent.rstrip()}\n{indent}"

    def _warn(self, code: str, message: str) -> None:
        if len(self._warnings) == _MAX_WARNINGS:
            message = f"has more than {_MAX_WARNINGS} shortcodes that cannot be shown"
        if len(self._warnings) <= _MAX_WARNINGS:
            self._warnings.append(BodyWarning(code, message, self._line))


def _is_remark(tag: ShortcodeTag) -> bool:
    """Return True for a word in brackets, which is no shortcode unless a closing tag follows."""
    return (
        tag.syntax == "wordpress"
        and tag.inner is None
        and tag.name != "gallery"
        and not tag.arguments.strip()
    )


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
