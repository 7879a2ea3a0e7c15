"""Problems: faults in a user's input, with a code, a place, a message and a hint.

A problem is a value. Stages return problems beside their results, so one bad article never stops
the others. `NewsgenError` is raised only where a command cannot continue. This module knows no
other module of newsgen, and printing problems is for the command line.
"""

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Severity(Enum):
    """Severity of a problem. An error leaves the faulty thing out, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """Severity and default hint of all problems with one code.

    A hint tells the user what to do. It is a clause without a capital and a full stop.
    """

    severity: Severity
    hint: str


def _error(hint: str) -> Code:
    return Code(Severity.ERROR, hint)


def _warning(hint: str) -> Code:
    return Code(Severity.WARNING, hint)


# Users look codes up in docs/reference/problems.md, so renaming one is a visible change.
_SOURCE_CODES: Final = {
    "no-source": _error("set `source:` in newsgen.yaml, pass --source, or mount the folder"),
    "no-articles": _error("put articles there as .txt or .md files, or correct `source:`"),
    "unreadable": _error("check its permissions and the health of the disk"),
    "too-many-removals": _error(
        "restore them; if they are to go, build with --allow-removals; if none is missing, the"
        " record of the last build may be damaged: build with --verify"
    ),
    "mostly-future-dated": _warning("check the computer's clock; --future includes them"),
    "symlink-outside": _error("replace the symlink in the source folder with a copy of the file"),
    "symlinked-folder": _warning("move the folder's articles into the source folder"),
    "bad-file-name": _error("rename the file so that its name is valid Unicode"),
    "too-large": _error("split the file, or raise `max_article_size` in newsgen.yaml"),
    "not-text": _error("move pictures and documents out of the source folder to static/"),
    "bad-encoding": _error("save the file as UTF-8, or set its `encoding:` in newsgen.yaml"),
    "guessed-encoding": _warning("set `encoding:` in newsgen.yaml, or save the file as UTF-8"),
    "mojibake": _warning("save it again from its source, or set `repair: mojibake`"),
    "repaired-encoding": _warning("compare the article with its source"),
    "control-character": _warning("delete the characters; the page is built without them"),
    "bidi-control": _warning("delete the characters; the page is built without them"),
    "combining-marks": _warning("delete the marks; the page is built without most of them"),
    "changed-while-building": _error("build again"),
    "too-slow": _error("split the article, or simplify its markup"),
    "too-much-memory": _error("split the article, or simplify its markup"),
    "internal-error": _error("this is a bug in newsgen; please report it with the file"),
    "worker-died": _error("please report it with the file"),
}

_ARTICLE_CODES: Final = {
    "no-date": _error("begin the file with ` date 2025-08-30 HEADLINE`, or add a `date:`"),
    "bad-date": _error("write it as 2025-08-30, 30.08.2025 or 30 августа 2025"),
    "bad-expiry-date": _warning("write it as 2025-08-30; the article stays on the site"),
    "undated-draft": _warning("add a `date:` when it is to be published"),
    "undated-page": _warning("add a date to its `<head>`, or move the file to static/"),
    "no-headline": _warning("write the headline after the date, or add a `title:`"),
    "headline-too-long": _error("add a line break after the headline"),
    "markup-in-headline": _warning("delete the tags; headlines are shown as plain text"),
    "path-in-headline": _warning("replace the file name with a headline"),
    "many-articles": _warning("put each article into a file of its own"),
    "empty-article": _warning("add a body or a headline, or delete the file"),
    "jsx-component": _warning("replace them by Markdown; the text inside them is kept"),
    "rst-error": _warning("correct the markup, or write the article in Markdown"),
    "no-docutils": _error("run `pip install 'newsgen[rst]'`, or exclude the file"),
    "bad-field": _error("see docs/reference/front-matter.md for the field's values"),
    "unknown-language": _warning("write a language tag such as `ru`; the site's language counts"),
    "bad-address": _warning("correct it; the article has the URL of the site's `permalink`"),
    "slug-changed": _warning("write it with Latin letters, digits, `-`, `_` and `.`"),
    "no-permalink-field": _warning("add the field to the article"),
    "bad-alias": _warning("write a path inside the site, such as /2019/old-name/"),
    "bad-redirect": _warning("correct the row of redirects.csv; the other rows count"),
    "query-redirect": _warning("set `redirects:` in newsgen.yaml to the web server that is used"),
    "too-many-values": _warning("delete the values that are not needed, or split the article"),
    "value-too-long": _warning("shorten it; the article is built without it"),
    "front-matter-too-large": _error("move long texts from the front matter into the body"),
    "bad-front-matter": _error("see docs/reference/front-matter.md for a full example"),
    "repeated-key": _warning("delete one of the two; the last one counts"),
    "unclosed-front-matter": _error("add a closing line, the same as the opening one"),
    "dead-link": _warning("correct it, or add its URL to the `aliases:` of an article"),
    "external-media": _warning(
        "run `newsgen media fetch` to bring it into the archive, or see `media:` for other ways"
    ),
    "dead-media": _warning("look for another copy, such as one at web.archive.org"),
    "faulty-picture": _warning("save it again; it is published as it is"),
    "missing-file": _warning("put the file there, or correct its path"),
    "raw-html": _error("write Markdown, or set `raw_html: sanitize` in newsgen.yaml"),
    "html-too-deep": _error("close HTML elements, or nest lists and quotes less deeply"),
    "too-much-markup": _error("split the article, or publish its data as a file under static/"),
    "unknown-shortcode": _warning(
        "add a template shortcodes/NAME.html, or replace it with Markdown"
    ),
    "shortcode-failed": _warning("correct its arguments, or replace it with Markdown"),
    "embed-left-out": _warning("write a link to the page that shows the medium"),
    "duplicate-text": _warning("delete one of the two, if they are the same article"),
    "url-conflict": _warning("give one of the two a `slug:` of its own"),
    "not-recognized": _warning("please report it with the file; its own tags are still shown"),
}

_CONFIG_CODES: Final = {
    "no-config": _error("run `newsgen init`, or name the file with --config"),
    "bad-yaml": _error("check quotes, indentation and colons near this line"),
    "unknown-key": _error("see docs/reference/configuration.md for all keys"),
    "bad-value": _error("see docs/reference/configuration.md for the key's values"),
    "bad-tag-rule": _error("see docs/reference/tags.md for the rules"),
    "no-recognizer": _warning("install it, or set `recognize: off` in newsgen.yaml"),
    "no-search": _warning("run `pip install 'newsgen[search]'`, or set `search: false`"),
    "search-failed": _error("install another version of pagefind, or set `search: false`"),
    "faulty-plugin": _warning("update the package, or uninstall it"),
}

_THEME_CODES: Final = {
    "template-error": _error("compare the template with the default theme's"),
    "no-template": _error("check the name, or delete the reference to it"),
}

_OUTPUT_CODES: Final = {
    "foreign-output": _error("choose an empty folder with --output; nothing was changed"),
    "output-overlap": _error("choose an output folder outside the sources and the theme"),
    "path-conflict": _error("rename one of the two, or give it another `slug:`"),
    "cannot-write": _error("check the free space on the disk and the folder's permissions"),
    "damaged-output": _error("run `newsgen build --verify` to restore it"),
    "untracked-file": _warning("to get rid of them, delete the output folder and build again"),
    "damaged-cache": _error("run `newsgen build --verify`, which makes it again"),
    "mended-cache": _warning("if it happens again, check the disk; the site is complete"),
    "clock-behind": _error(
        "correct the computer's clock, or give the time with --now; if the last build was at"
        " another time, its record may be damaged: build with --verify"
    ),
    "build-running": _error("wait until the other build has finished"),
}

_COMMAND_CODES: Final = {
    "file-exists": _error("choose another name, or edit the existing file"),
    "not-built": _error("run `newsgen build` first"),
    "port-taken": _error("choose another port with --port"),
}

CODES: Final[Mapping[str, Code]] = {
    **_SOURCE_CODES,
    **_ARTICLE_CODES,
    **_CONFIG_CODES,
    **_THEME_CODES,
    **_OUTPUT_CODES,
    **_COMMAND_CODES,
}
"""Every code, in the order of `docs/reference/problems.md`, which explains them."""


_OCCUPIED: Final = "move away what is in its place, then run the command again"
_WRITE_HINTS: Final = {
    errno.EACCES: "check the permissions of the file and of its folder",
    errno.EBADF: "run the command with an output that is open",
    # Windows has no quotas of this kind.
    getattr(errno, "EDQUOT", -1): "your quota is used up; free some space",
    errno.EEXIST: _OCCUPIED,
    errno.EFBIG: "the file is too large for the disk, or for the limit of `ulimit -f`",
    errno.EIO: "check the health of the disk",
    errno.EISDIR: _OCCUPIED,
    errno.ELOOP: "delete the symlink, which leads to itself",
    errno.EMFILE: "raise the number of open files with `ulimit -n`",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOSPC: "free some space on the disk",
    errno.ENOTDIR: _OCCUPIED,
    errno.ENOTEMPTY: _OCCUPIED,
    errno.EPERM: "check the permissions of the file and of its folder",
    errno.EROFS: "choose a folder on a disk that can be written to",
}
"""Hints for failed writes by the number of the system's error."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Place of a problem in the user's input.

    Attributes:
        file: A path as the user knows it, an option such as `--port`, or a package's name.
        line: A line, counted from 1. 0 means the whole file.
    """

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


# Ordered, because problems are shown sorted by file and line.
@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in the user's input.

    Attributes:
        location: Where the fault is.
        code: A key of `CODES`.
        message: A sentence about this fault, without a capital and a full stop.
        hint: What to do about it. Empty: the hint of the code.

    Raises:
        KeyError: If `CODES` has no such code.
    """

    location: Location
    code: str
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        if not self.hint:
            # The record is frozen, and a default cannot depend on another field.
            object.__setattr__(self, "hint", CODES[self.code].hint)

    @property
    def severity(self) -> Severity:
        """The severity of the code."""
        return CODES[self.code].severity

    @property
    def is_error(self) -> bool:
        """True if the faulty thing is left out."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.location}: {self.code}: {self.message}"


class NewsgenError(Exception):
    """Error that stops a command: the only exception that newsgen raises for a user's faults."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["NewsgenError"], tuple[tuple[Problem, ...]]]:
        # By default an exception is unpickled from its message, which is not what `__init__` takes.
        # Worker processes send these errors to the parent.
        return type(self), (self.problems,)


def write_error(error: OSError, shown_as: str) -> NewsgenError:
    """Return the `cannot-write` error for a failed write, with a hint for its cause.

    Args:
        error: The error of the system.
        shown_as: The file as the user knows it.
    """
    return NewsgenError([describe_write(error, shown_as, "cannot be written")])


def describe_write(error: OSError, shown_as: str, message: str) -> Problem:
    """Return the `cannot-write` problem of a failed write, with a hint for its cause.

    Args:
        error: The error of the system.
        shown_as: The file as the user knows it.
        message: What failed.
    """
    hint = _WRITE_HINTS.get(error.errno or 0, "")
    message = f"{message}: {error.strerror or error}"
    return Problem(Location(shown_as), "cannot-write", message, hint)


def problem_error(code: str, message: str, location: Location, hint: str = "") -> NewsgenError:
    """Return an error with one problem, to be raised by the caller."""
    return NewsgenError([Problem(location, code, message, hint)])
