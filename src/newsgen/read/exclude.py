"""Exclude files and folders of the source folder from the site by globs on their paths.

This module compares paths. Listing them is for `read.discover`.
"""

import re
from collections.abc import Callable, Iterable
from fnmatch import translate
from itertools import chain
from typing import Final

Exclude = Callable[[str, str], bool]
"""Takes the path of the parent folder and a name, which ends with a slash if it is a folder's."""

Match = Callable[[str], object]

_DOCUMENTS: Final = (
    *("README", "LICEN[CS]E", "COPYING"),
    *("CONTRIBUTING", "CHANGELOG", "CODE_OF_CONDUCT"),
)

# Narrow on purpose: `LICENSE*` would pass over an article `license-fees-rise.txt` in silence.
DEFAULT_EXCLUDES: Final = (
    *chain.from_iterable((name, f"{name}.*") for name in _DOCUMENTS),
    *("README-*", "README_*"),
    *("node_modules/", "bower_components/", "__pycache__/", "__MACOSX/"),
    *("_site/", "_layouts/", "_includes/", "_sass/"),
    *("Thumbs.db", "desktop.ini", "~$*"),
)
"""Globs of files that lie beside articles and are never published: documents about a repository,
dependencies, templates, and files of operating systems and word processors."""


def make_exclude(globs: Iterable[str]) -> Exclude:
    """Return the function that decides which files and folders are excluded.

    A glob without a slash matches a name in any folder. With a slash, it matches the path from the
    source folder. With a slash at its end, it matches folders alone. `*` matches slashes, too. Case
    does not matter. A glob that begins with `!` takes back what other globs exclude.

    Args:
        globs: Globs that are added to `DEFAULT_EXCLUDES`.
    """
    globs = tuple(globs)
    excluded = [*DEFAULT_EXCLUDES, *(glob for glob in globs if glob[:1] != "!")]
    excludes_name, excludes_path = _compile_names(excluded), _compile_paths(excluded)
    kept = [glob[1:] for glob in globs if glob[:1] == "!"]
    keeps_name, keeps_path = _compile_names(kept), _compile_paths(kept)

    def is_excluded(folder: str, name: str) -> bool:
        if not excludes_name(name) and not excludes_path(folder + name):
            return False
        return not keeps_name(name) and not keeps_path(folder + name)

    return is_excluded


def _compile_names(globs: Iterable[str]) -> Match:
    return _compile(glob.removeprefix("**/") for glob in globs if not _is_path(glob))


def _compile_paths(globs: Iterable[str]) -> Match:
    return _compile(
        glob.removeprefix("/").replace("/**/", one)
        for glob in globs
        if _is_path(glob)
        # `**` also stands for no folder at all.
        for one in ("/**/", "/")
    )


def _is_path(glob: str) -> bool:
    return "/" in glob.removeprefix("**/").rstrip("/")


def _compile(globs: Iterable[str]) -> Match:
    """Return the function that matches a name or a path with any of some globs."""
    # A glob without a slash at its end matches files and folders.
    patterns = [translate(glob.casefold() + end) for glob in globs for end in ("", "/")]
    if not patterns:
        return lambda _: None
    match = re.compile("|".join(patterns)).match
    # `re.IGNORECASE` would take twice the time: it cannot reject a name by its first letter.
    return lambda path: match(path.casefold())
