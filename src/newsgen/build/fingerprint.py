"""Which newsgen this is, to the file: caches made by another one are not to be trusted."""

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from newsgen import __version__
from newsgen.core.digest import digest
from newsgen.core.plugins import plugin_versions

_PACKAGE: Final = Path(__file__).parents[1]
_LIBRARIES: Final = ("babel", "iuliia", "jinja2", "markdown-it-py", "mdit-py-plugins", "nh3")


@cache
def code_fingerprint() -> bytes:
    """Names newsgen as it is installed: its version, its files, the libraries that shape pages."""
    own = sorted(
        (str(file.relative_to(_PACKAGE)), stat.st_size, stat.st_mtime_ns)
        for file in _PACKAGE.rglob("*")
        if file.suffix in {".py", ".po"} and (stat := file.stat())
    )
    return digest(
        __version__,
        repr(own),
        repr(plugin_versions()),
        *(version(library) for library in _LIBRARIES),
    )
