"""reStructuredText, rendered by docutils: the extra `newsgen[rst]`.

Fields come from the field list below the title, as in Pelican, or from comments, as in Nikola.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from newsgen.model import RawArticle, RawField, RawProblem
from newsgen.read.field_reader import shorten
from newsgen.read.fields import add_field
from newsgen.read.formats import front_matter
from newsgen.read.formats.comment_metadata import parse_comment_metadata
from newsgen.read.formats.errors import FormatError
from newsgen.read.formats.html import to_html_block

if TYPE_CHECKING:
    from docutils import nodes

_SETTINGS: Final[dict[str, Any]] = {
    # A file must not read others, and its HTML is sanitized like that of Markdown.
    "file_insertion_enabled": False,
    "raw_enabled": True,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 5,
    "initial_header_level": 2,
    "syntax_highlight": "none",
    "math_output": "MathML",
    # The sizes of articles are limited already.
    "line_length_limit": 10_000_000,
    "output_encoding": "unicode",
}
_OPTION_LINE: Final = re.compile(r"^(?:\.\. [^\n]*::[^\n]*| *:[\w-]+:[^\n]*)$", re.MULTILINE)
"""First line and options of a directive. What follows them is text."""

_ERROR_LEVEL: Final = 3
"""Level of docutils from which on text is lost."""


def parse_rst(path: str, text: str) -> RawArticle:
    """Parse an article in reStructuredText.

    Raises:
        FormatError: `no-docutils` if docutils is not installed.
    """
    if front_matter.has_front_matter(text):
        raw = front_matter.parse_front_matter(text, "markdown")
    else:
        raw = parse_comment_metadata(text, "markdown") or RawArticle({}, {}, text, 0, 1, "markdown")
    try:
        # An extra, and slow to load.
        from docutils import core, nodes  # noqa: PLC0415
        from docutils.writers import html5_polyglot  # noqa: PLC0415
    except ImportError as error:
        message = "is reStructuredText, and docutils is not installed"
        raise FormatError("no-docutils", message, 0) from error
    # docutils keeps the state of a document in it, so nothing is shared between articles.
    document = core.publish_doctree(raw.body, source_path=path, settings_overrides=_SETTINGS)
    fields, extra = dict(raw.fields), dict(raw.extra)
    for field in _find_fields(document, nodes, raw.body_line):
        add_field(field, fields, extra)
    problems = tuple(_replace_messages(document, nodes, raw.body_line - 1))
    writer = html5_polyglot.Writer()
    core.publish_from_doctree(document, writer=writer, settings_overrides=_SETTINGS)
    subtitle = writer.parts["subtitle"]
    html = (f"<h2>{subtitle}</h2>\n" if subtitle else "") + writer.parts["body"]
    return raw._replace(
        fields=fields,
        extra=extra,
        body=to_html_block(html),
        problems=(*raw.problems, *problems),
    )


def _find_fields(document: "nodes.document", nodes: Any, line: int) -> Iterator[RawField]:
    """Yield the title and the fields of the list below it."""
    title = document.next_node(nodes.title)
    if title and title.parent is document:
        yield RawField(title.astext(), line, "title")
    for docinfo in document.findall(nodes.docinfo):
        for node in docinfo.children:
            if isinstance(node, nodes.field):
                name, body = node.children
                yield RawField(" ".join(body.astext().split()), line, name.astext())
            elif isinstance(node, nodes.authors):
                names = tuple(author.astext() for author in node.children)
                yield RawField(names, line, "authors")
            else:
                yield RawField(node.astext(), line, node.tagname)


def _replace_messages(
    document: "nodes.document", nodes: Any, lines_above: int
) -> Iterator[RawProblem]:
    """Replace the messages of docutils by the text that they are about, and yield the problems."""
    for message in list(document.findall(nodes.system_message)):
        kept = []
        if message["level"] >= _ERROR_LEVEL:
            said = " ".join(message.children[0].astext().split())
            yield RawProblem("rst-error", shorten(said), message.get("line", 1) + lines_above)
            for block in message.findall(nodes.literal_block):
                text = _OPTION_LINE.sub("", block.astext())
                kept += [nodes.paragraph("", part) for part in text.split("\n\n") if part.strip()]
        message.parent.replace(message, kept)
