"""The default theme's files, listed and copied beside a site to be changed there.

It only copies: which file a page uses is decided by the theme itself.
"""

import shutil
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from newsgen.config import Site
from newsgen.problems import Location, NewsgenError, Problem, write_error
from newsgen.render.theme import default_theme, list_files


class UnknownThemeFileError(Exception):
    """The default theme has no file of this name."""

    def __init__(self, name: str, suggestion: str) -> None:
        hint = f"; did you mean `{suggestion}`?" if suggestion else ""
        super().__init__(f"the default theme has no `{name}`{hint}")


class ThemeFile(NamedTuple):
    """A template or an asset of the default theme.

    `target` is the path of the site's own file of that name, whether it exists or not.
    """

    name: str
    default: Path
    target: Path

    @property
    def is_overridden(self) -> bool:
        """True if the site has a file of its own in place of this one."""
        return self.target.exists()


def list_theme_files(site: Site) -> list[ThemeFile]:
    """Return the templates of the default theme, then its assets, each sorted by name."""
    default = default_theme()
    return [
        ThemeFile(name, file, site.root / folder / name)
        for source, folder in (("templates", site.templates), ("static", site.static))
        for name, file in list_files([default / source]).items()
    ]


def copy_theme_files(site: Site, names: Sequence[str], *, force: bool = False) -> list[Path]:
    """Copy files of the default theme into the site's own folders.

    Nothing is copied unless all of them can be.

    Args:
        site: The site, for its `templates` and `static` folders.
        names: Names as `list_theme_files` gives them.
        force: Overwrite files that exist.

    Raises:
        UnknownThemeFileError: If the default theme lacks one of them.
        NewsgenError: `file-exists` for each file that already exists, `cannot-write`.
    """
    known = {file.name: file for file in list_theme_files(site)}
    for name in names:
        if name not in known:
            raise UnknownThemeFileError(name, next(iter(get_close_matches(name, known, 1)), ""))
    files = [known[name] for name in dict.fromkeys(names)]
    # All files are checked before the first is copied, so a refused call changes nothing.
    if not force:
        _refuse_existing(site, files)
    for file in files:
        try:
            file.target.parent.mkdir(parents=True, exist_ok=True)
            # Not the permissions too: an installed theme may be read-only.
            shutil.copyfile(file.default, file.target)
        except OSError as error:
            raise write_error(error, _shown_path(site, file)) from error
    return [file.target for file in files]


def _refuse_existing(site: Site, files: Sequence[ThemeFile]) -> None:
    hint = "pass --force to overwrite it"
    problems = [
        Problem(Location(_shown_path(site, file)), "file-exists", "already exists", hint)
        for file in files
        if file.is_overridden
    ]
    if problems:
        raise NewsgenError(problems)


def _shown_path(site: Site, file: ThemeFile) -> str:
    """Return a path as the user knows it, relative to the configuration's folder if possible."""
    if file.target.is_relative_to(site.root):
        return file.target.relative_to(site.root).as_posix()
    return str(file.target)
