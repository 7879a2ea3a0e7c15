"""Checkable rules of how newsgen's code and texts are written.

Each rule takes text and yields findings. It stops at what a program can decide: whether a sentence
can be said aloud is for a reader. The refused words are in `vocabulary`.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from jinja2 import Environment

from tests.vocabulary import (
    BOUNDS,
    CLASSES,
    COLUMNS,
    CONTRACTIONS,
    NAMES,
    OPENERS,
    PROPERTIES,
    PROSE,
    SPELLINGS,
    TEMPLATE_NAMES,
)

_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_FENCE: Final = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
_CODE_SPAN: Final = re.compile(r"`[^`\n]+`|\]\([^)]*\)|https?://\S+")
_COLUMN: Final = re.compile(r"CREATE TABLE (\w+)|[(,]\s*(\w+) (?:TEXT|INTEGER|BLOB)\b")
# An organism and an initialism are no British spellings.
_SPELLING: Final = re.compile(rf"(?:{'|'.join(SPELLINGS)})(?!m)", re.IGNORECASE)
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_JINJA: Final = Environment(autoescape=True)


class Finding(NamedTuple):
    """A line that breaks a rule, what to write instead, and the word that is refused."""

    line: int
    message: str
    word: str = ""


def find_openers(code: str) -> Iterator[Finding]:
    """Yield docstrings whose first word opens a clause."""
    for line, text in _docstrings(code):
        first = text.split(maxsplit=1)[0].strip(",.:;'`") if text.strip() else ""
        if first in OPENERS:
            yield Finding(line, f"docstring opens with {first!r}: name the thing, or use a verb")


def find_semicolons(code: str) -> Iterator[Finding]:
    """Yield docstrings with a semicolon in their first line."""
    for line, text in _docstrings(code):
        if ";" in text.strip().partition("\n")[0]:
            yield Finding(line, "semicolon in the first line: make it two sentences")


def find_bounds(code: str) -> Iterator[Finding]:
    """Yield constants that name a bound by a superlative."""
    for line, name in _names(code):
        if name.isupper():
            for part in name.strip("_").split("_"):
                if part in BOUNDS:
                    yield Finding(line, f"{name}: say {BOUNDS[part]!r} instead of {part!r}")


def find_queries(code: str) -> Iterator[Finding]:
    """Yield functions that are named `x_of`."""
    for node in _walk(code):
        if isinstance(node, _DEFINITIONS) and node.name.endswith("_of"):
            yield Finding(node.lineno, f"{node.name}: say verb + noun instead of 'x_of'")


def find_exceptions(code: str) -> Iterator[Finding]:
    """Yield exceptions whose names do not end in `Error`."""
    for node in _walk(code):
        if isinstance(node, ast.ClassDef) and not node.name.endswith("Error"):
            bases = (getattr(base, "id", getattr(base, "attr", "")) for base in node.bases)
            if any(base.endswith(("Error", "Exception")) for base in bases):
                yield Finding(node.lineno, f"{node.name}: say '{node.name}Error'")


def find_old_names(code: str) -> Iterator[Finding]:
    """Yield identifiers that are made of the old vocabulary."""
    for line, name in _names(code):
        yield from check_name(name, line)


def check_name(name: str, line: int = 1) -> Iterator[Finding]:
    """Yield a finding for each part of an identifier that is of the old vocabulary."""
    parts = f" {' '.join(_PARTS.findall(name)).lower()} "
    for word, better in NAMES.items():
        if f" {word} " in parts:
            yield Finding(line, f"{name}: say {better!r} instead of {word!r}", word)


def find_old_columns(code: str) -> Iterator[Finding]:
    """Yield tables and columns of the old databases that a module creates."""
    for line, text in _messages(code):
        if "CREATE TABLE" in text:
            for found in _COLUMN.finditer(text):
                here = line + text.count("\n", 0, found.start(found.lastindex or 0))
                yield from _look_up(COLUMNS, [found[1] or found[2]], here)


def find_old_prose_in_code(code: str) -> Iterator[Finding]:
    """Yield docstrings, comments and messages that hold phrases of the old texts."""
    for line, text in (*_docstrings(code), *_comments(code), *_messages(code)):
        yield from _match(PROSE, text, line)


def find_contractions(code: str) -> Iterator[Finding]:
    """Yield messages with a contraction."""
    for line, text in _messages(code):
        yield from _match(CONTRACTIONS, text, line)


def find_old_prose(page: str) -> Iterator[Finding]:
    """Yield phrases of the old texts in a page of Markdown, outside code and links' targets."""
    text = page
    for code in (_FENCE, _CODE_SPAN):
        text = code.sub(lambda found: "|" + "\n" * found[0].count("\n"), text)
    yield from _match(PROSE, text, 1)


def find_old_template_names(template: str) -> Iterator[Finding]:
    """Yield names of the old contract that a template uses, filters and attributes excepted."""
    before = ""
    for line, kind, value in _JINJA.lex(template):
        if kind == "name" and value in TEMPLATE_NAMES and before not in {"|", "."}:
            yield Finding(line, f"{value}: say {TEMPLATE_NAMES[value]!r} instead of {value!r}")
        if kind not in {"whitespace", "data"}:
            before = value


def find_old_words_in_template(template: str) -> Iterator[Finding]:
    """Yield CSS classes of the old theme, and phrases of the old texts, in a template."""
    yield from _match(PROSE, template, 1)
    for line, text in enumerate(template.splitlines(), 1):
        for attribute in re.findall(r'class="([^"]*)"', text):
            yield from _look_up(CLASSES, re.split(r"[\s{}]+", attribute), line)


def find_old_css(css: str) -> Iterator[Finding]:
    """Yield classes and custom properties of the old theme in a stylesheet."""
    for line, text in enumerate(css.splitlines(), 1):
        yield from _look_up(CLASSES, re.findall(r"(?<![\w.])\.([a-z][\w-]*)", text), line)
        yield from _look_up(CLASSES, re.findall(r"(?<=[\w\])])\.([a-z][\w-]*)", text), line)
        for name in re.findall(r"(?<![\w-])--([a-z][\w-]*)", text):
            yield from _look_up(PROPERTIES, name.split("-"), line)


def find_british_spellings(text: str) -> Iterator[Finding]:
    """Yield words in British spelling, in any text."""
    for line, words in enumerate(text.splitlines(), 1):
        for found in _SPELLING.finditer(words):
            part = found[0].lower()
            yield Finding(line, f"say {SPELLINGS[part]!r} instead of {part!r}", part)


def find_long_lines(text: str, limit: int = 120) -> Iterator[Finding]:
    """Yield lines of more than `limit` characters."""
    for line, words in enumerate(text.splitlines(), 1):
        if len(words) > limit:
            yield Finding(line, f"{len(words)} characters: break the line before {limit}")


def _match(phrases: Mapping[str, str], text: str, line: int) -> Iterator[Finding]:
    for found in _pattern(tuple(phrases)).finditer(text):
        phrase = " ".join(found[0].lower().split())
        here = line + text.count("\n", 0, found.start())
        yield Finding(here, f"say {phrases[phrase]!r} instead of {phrase!r}", phrase)


@cache
def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    longest_first = "|".join(sorted(phrases, key=len, reverse=True)).replace(" ", r"\s+")
    # "no more than" is a bound, not an end.
    return re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-]|\s+than)", re.IGNORECASE)


@cache
def _walk(code: str) -> Sequence[ast.AST]:
    """Parse a module once for all rules."""
    return tuple(ast.walk(ast.parse(code)))


def _look_up(words: Mapping[str, str], names: Iterable[str], line: int) -> Iterator[Finding]:
    for name in names:
        if name in words:
            yield Finding(line, f"say {words[name]!r} instead of {name!r}", name)


def _docstrings(code: str) -> Iterator[tuple[int, str]]:
    """Yield docstrings of modules, classes, functions and attributes, with their lines."""
    for node in _walk(code):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield node.lineno, text


def _comments(code: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _messages(code: str) -> Iterator[tuple[int, str]]:
    """Yield string literals of several words that are no docstrings: what users may read."""
    docstrings = {id(node.value) for node in _walk(code) if isinstance(node, ast.Expr)}
    for node in _walk(code):
        match node:
            case ast.Constant(value=str(text)) if (
                " " in text.strip() and id(node) not in docstrings
            ):
                yield node.lineno, text


def _names(code: str) -> Iterator[tuple[int, str]]:
    """Yield the identifiers that a module defines, with their lines."""
    for node in _walk(code):
        if isinstance(node, _DEFINITIONS):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname
