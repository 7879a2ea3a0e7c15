"""The theme: templates and static files, the site's own before the default ones."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from newsgen.core.digest import digest

_CHECKOUT: Final = Path(__file__).resolve().parents[3]
_REFERENCE: Final = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+(.*?)-?%\}", re.DOTALL)
_NAME: Final = re.compile(r"[\"']([^\"']+)[\"']")


def default_theme() -> Path:
    """The folder with the default theme's `templates/` and `static/`.

    That is inside the package where it was installed from a wheel, else the checkout.
    """
    packaged = Path(str(files("newsgen") / "theme"))
    return packaged if packaged.is_dir() else _CHECKOUT


@dataclass(frozen=True, slots=True)
class Theme:
    """Folders of templates and of static files, the ones that go first at the front."""

    templates: tuple[Path, ...]
    static: tuple[Path, ...]


def load_theme(templates: Path, static: Path) -> Theme:
    """The theme of a site with its own templates and static files in two folders, if any."""
    default = default_theme()
    return Theme((templates, default / "templates"), (static, default / "static"))


def sources_of(folders: Iterable[Path]) -> Mapping[str, Path]:
    """The files of folders by their paths inside them; the first folder that has one counts."""
    found: dict[str, Path] = {}
    for folder in folders:
        for file in _files(folder):
            found.setdefault(file.relative_to(folder).as_posix(), file)
    return dict(sorted(found.items()))


def template_digests(theme: Theme) -> Mapping[str, bytes]:
    """Names each template with all that it extends, includes and imports.

    A template that names another by a value, not by a text, depends on all templates.

    Raises:
        OSError: if a template can't be read.
        UnicodeDecodeError: if one is not UTF-8.
    """
    texts = {
        name: file.read_text(encoding="utf-8") for name, file in sources_of(theme.templates).items()
    }
    return {name: digest(*_closure(name, texts)) for name in texts}


def _closure(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    """A template's text and those of the templates that it reaches, in the order of their names."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in reached or one not in texts:
            continue
        reached.add(one)
        for reference in _REFERENCE.findall(texts[one]):
            named = _NAME.findall(reference)
            waiting += named or texts
    for one in sorted(reached):
        yield one
        yield texts[one]


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if file.is_file() or file.is_symlink():
                yield file
