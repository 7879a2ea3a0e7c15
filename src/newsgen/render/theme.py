"""The theme: the site's own templates and static files in front of the default ones.

It finds files and computes digests of templates; rendering them is left to the environment.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from newsgen.core.digest import digest

DEFAULT_PREFIX: Final = "!"
"""Prefix of a template's name that asks for the default theme's file: `!base.html`."""

_CHECKOUT: Final = Path(__file__).resolve().parents[3]
_REFERENCE: Final = re.compile(
    r"\{%-?\s*(?:extends|include|import|from)\s+(.*?)-?%\}|\bshared_partial\(([^)]*)\)", re.DOTALL
)
_NAME: Final = re.compile(r"[\"']([^\"']+)[\"']")


def default_theme() -> Path:
    """Return the folder with the default theme's `templates/` and `static/`."""
    # A wheel carries the theme inside the package; a checkout has it at the top.
    packaged = Path(str(files("newsgen") / "theme"))
    return packaged if packaged.is_dir() else _CHECKOUT


@dataclass(frozen=True, slots=True)
class Theme:
    """Folders of templates and of static files, the default theme's folder last."""

    templates: tuple[Path, ...]
    static: tuple[Path, ...]


def load_theme(templates: Path, static: Path) -> Theme:
    """Return the theme of a site whose own files are in two folders, which need not exist."""
    default = default_theme()
    return Theme((templates, default / "templates"), (static, default / "static"))


def list_files(folders: Iterable[Path]) -> Mapping[str, Path]:
    """Return files by their relative paths, earlier folders overriding later ones."""
    found: dict[str, Path] = {}
    for folder in folders:
        for file in _walk(folder):
            found.setdefault(file.relative_to(folder).as_posix(), file)
    return dict(sorted(found.items()))


def template_digests(theme: Theme) -> Mapping[str, bytes]:
    """Return a digest for each template that covers all templates it extends and includes.

    Raises:
        OSError: if a template cannot be read.
        UnicodeDecodeError: if one is not UTF-8.
    """
    names = list_files(theme.templates)
    overridden = {
        DEFAULT_PREFIX + name: file
        for name, file in list_files(theme.templates[-1:]).items()
        if names[name] != file
    }
    texts = {name: _read_template(file) for name, file in {**names, **overridden}.items()}
    return {name: digest(*_closure(name, texts)) for name in texts}


def _read_template(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        # Only `open` gives an error the file's name. `read` does not, as when a disk fails.
        error.filename = str(file)
        raise


def _closure(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield names and texts of a template and of all that it reaches, sorted by name."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        # `!base.html` has a text of its own only if the site overrides `base.html`.
        if one not in texts:
            one = one.removeprefix(DEFAULT_PREFIX)
        if one in reached or one not in texts:
            continue
        reached.add(one)
        for statement, call in _REFERENCE.findall(texts[one]):
            names = _NAME.findall(statement or call)
            # A name that is computed could be any template's.
            waiting += names or texts
    for one in sorted(reached):
        yield one
        yield texts[one]


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order, skipping hidden folders.

    Raises:
        OSError: If a folder or a file cannot be examined. The folder itself may be missing.
    """
    for parent, folders, names in os.walk(folder, onerror=_refuse_unless_missing):
        # `os.walk` visits what is left in this list. Sorting makes the order the same on all
        # systems.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            # Not `is_file`, which hides errors since Python 3.14.
            mode = file.lstat().st_mode
            if stat.S_ISLNK(mode):
                # A broken symlink is an error when it is read.
                mode = file.stat().st_mode if file.exists() else stat.S_IFREG
            # Reading a FIFO would wait for ever.
            if stat.S_ISREG(mode):
                yield file


def _refuse_unless_missing(error: OSError) -> None:
    # `os.walk` skips a folder that it cannot list, and its files would be removed from the site.
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error
