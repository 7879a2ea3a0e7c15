"""What can be wrong with a user's input, and how it is said.

A fault of the user's is a `Problem`: a code that the reference explains, a place, a sentence and a
hint. It is a value: stages return problems beside their results, so that one bad article never
stops the others. Only where nothing can go on without the thing at fault is `NewsgenError` raised.
This module knows no other module of newsgen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Severity(Enum):
    """How much a problem weighs: an error leaves the thing at fault out, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """What is the same for every problem of one code: its weight, and what the user can do."""

    severity: Severity
    hint: str


def _error(hint: str) -> Code:
    return Code(Severity.ERROR, hint)


def _warning(hint: str) -> Code:
    return Code(Severity.WARNING, hint)


CODES: Final[Mapping[str, Code]] = {
    # The source folder and its files.
    "no-source": _error("set `source:` in newsgen.yaml, or pass --source"),
    "unreadable": _error("check the file's permissions and that the disk is whole"),
    "symlink-outside": _error("put a copy of the file into the source folder instead of a link"),
    "symlinked-folder": _warning("move the folder's articles into the source folder"),
    "bad-file-name": _error("rename the file so that its name is valid Unicode"),
    "too-large": _error("split the file, or raise `max_article_size` in newsgen.yaml"),
    "not-text": _error("keep pictures and documents out of the source folder, under static/"),
    "bad-encoding": _error("save the file as UTF-8, or name its encoding under `encoding:`"),
    "guessed-encoding": _warning("name the encoding under `encoding:`, or save the file as UTF-8"),
    "control-character": _warning("delete the characters; they are left out of the page"),
    "bidi-control": _warning("delete the characters; they are left out of the page"),
    "changed-while-building": _error("build again"),
    "internal-error": _error("this is a fault of newsgen's: please report it with the file"),
    "no-search": _warning("run `pip install 'newsgen[search]'`, or set `search: false`"),
    "search-failed": _error("install another version of pagefind, or set `search: false`"),
    "worker-died": _error("build with --jobs 1 to see why, and report it with the file"),
    # An article's fields.
    "no-date": _error("begin the file with ` date 2025-08-30 HEADLINE`, or give it a `date:`"),
    "bad-date": _error("write it as 2025-08-30, 30.08.2025 or 30 августа 2025"),
    "no-headline": _warning("write the headline behind the date, or give a `title:`"),
    "headline-too-long": _error("is the line break behind the headline missing?"),
    "markup-in-headline": _warning("delete the tags; a headline is shown as plain text"),
    "path-in-headline": _warning("is this a file name rather than a headline?"),
    "empty-article": _warning("write a body or a headline, or delete the file"),
    "bad-field": _error("the reference of front matter says what the field takes"),
    "bad-alias": _warning("write it as a path inside the site: /2019/old-name/"),
    "bad-front-matter": _error("the reference of front matter shows a whole example"),
    "unclosed-front-matter": _error("close the front matter with a line like its first"),
    "raw-html": _error("write Markdown, or set `raw_html: sanitize` in newsgen.yaml"),
    "html-too-deep": _error("close the elements that its HTML opens"),
    "duplicate-text": _warning("delete one of them, if they are the same article"),
    "url-conflict": _warning("give one of them a `slug:` of its own"),
    # The configuration.
    "no-config": _error("run `newsgen init`, or name the file with --config"),
    "bad-yaml": _error("check the quotes, the indents and the colons near this line"),
    "unknown-key": _error("the reference of newsgen.yaml lists every key"),
    "bad-value": _error("the reference of newsgen.yaml says what the key takes"),
    "bad-tag-rule": _error("the reference of tags.yaml shows what it takes"),
    "no-recognizer": _warning("install it, or set `recognize: off` in newsgen.yaml"),
    "not-recognized": _warning("report it with the file; its other tags are shown"),
    # The theme.
    "template-error": _error("compare the template with the default theme's"),
    "no-template": _error("check the name, or delete the reference to it"),
    # The output.
    "foreign-output": _error("choose an empty folder with --output; nothing was changed"),
    "output-overlap": _error("choose an output folder apart from the sources and the theme"),
    "path-conflict": _error("rename one of them, or give it another `slug:`"),
    "cannot-write": _error("check the disk's free space and the folder's permissions"),
    "untracked-file": _warning("delete the output folder and build again to be rid of them"),
    "build-running": _error("wait until the other build has ended"),
    # Commands.
    "file-exists": _error("choose another name, or edit the file that is there"),
    "not-built": _error("run `newsgen build` first"),
    "port-taken": _error("choose another port with --port"),
}


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in the user's input: a file's path as the user knows it, and a line (0: no line)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in the user's input.

    Raises:
        KeyError: if the code has no row in `CODES`.
    """

    location: Location
    code: str
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        if not self.hint:
            object.__setattr__(self, "hint", CODES[self.code].hint)

    @property
    def severity(self) -> Severity:
        """The weight that the problem's code has."""
        return CODES[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether the thing at fault is left out."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.location}: {self.code}: {self.message}"


class NewsgenError(Exception):
    """Nothing can go on: the one root of the exceptions that newsgen raises for a user's faults."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["NewsgenError"], tuple[tuple[Problem, ...]]]:
        """Travel between processes with the problems, not with the text made of them."""
        return type(self), (self.problems,)


def problem_error(code: str, message: str, location: Location, hint: str = "") -> NewsgenError:
    """The exception that carries one problem; the caller raises it."""
    return NewsgenError([Problem(location, code, message, hint)])
