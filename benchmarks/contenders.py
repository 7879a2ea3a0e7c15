"""Generators to compare: the layout of each one's site, and the command that builds it.

Old output is moved aside instead of deleted: on some disks, deleting a large tree slows the writes
that follow.
"""

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
_NUMBERS: Final = count()


@dataclass(frozen=True)
class Contender:
    """A generator with a site of its own in `folder`, built into `output` by `command`."""

    name: str
    folder: Path
    output: Path
    command: tuple[str, ...]

    def clear(self) -> None:
        """Move the output and the caches aside."""
        aside = self.folder.parent / "aside"
        aside.mkdir(exist_ok=True)
        for path in (self.output, self.folder / ".newsgen"):
            if path.exists():
                path.rename(aside / f"{self.folder.name}-{path.name}-{next(_NUMBERS)}")


def newsgen(name: str, folder: Path, articles: Path, theme: Path | None) -> Contender:
    """Set up newsgen with its default theme, or with a theme that has Hugo's markup."""
    folder.mkdir(parents=True)
    if theme:
        shutil.copytree(theme, folder, dirs_exist_ok=True)
    config = folder / "newsgen.yaml"
    text = (
        config.read_text(encoding="utf-8")
        if theme
        else "language: ru\nrecognize: off\nsearch: false\n"
    )
    config.write_text(f"{text}source: {articles}\n", encoding="utf-8")
    command = (str(Path(sys.executable).with_name("newsgen")), "build", "--quiet")
    return Contender(name, folder, folder / "dist", command)


def hugo(name: str, folder: Path, articles: Path, *, days: bool) -> Contender:
    """Set up Hugo with or without a page for each day."""
    shutil.copytree(HERE / "hugo", folder)
    config = folder / "hugo.toml"
    if not days:
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace("day = 'days'\n", ""), encoding="utf-8")
        for layout in folder.rglob("*.html"):
            html = re.sub(r'<a href="/days/[^>]*>(.*?)</a>', r"\1", layout.read_text("utf-8"))
            layout.write_text(html, encoding="utf-8")
    mount = (
        f'[[module.mounts]]\nsource = "{articles}"\ntarget = "content/posts"\n'
        '[[module.mounts]]\nsource = "layouts"\ntarget = "layouts"\n'
        '[[module.mounts]]\nsource = "static"\ntarget = "static"\n'
    )
    (folder / "mount.toml").write_text(mount, encoding="utf-8")
    program = str(Path(sys.executable).with_name("hugo"))
    command = (program, "--config", "hugo.toml,mount.toml", "--destination", "out", "--quiet")
    return Contender(name, folder, folder / "out", command)


def pelican(name: str, folder: Path, articles: Path) -> Contender:
    """Set up Pelican, with the articles converted to its front matter."""
    shutil.copytree(HERE / "pelican", folder)
    content = folder / "content"
    for file in articles.rglob("*.md"):
        target = content / file.relative_to(articles)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_for_pelican(file.read_text(encoding="utf-8")), encoding="utf-8")
    program = str(Path(sys.executable).with_name("pelican"))
    command = (program, "content", "--settings", "pelicanconf.py", "--output", "out", "--quiet")
    return Contender(name, folder, folder / "out", command)


def _for_pelican(text: str) -> str:
    _, head, body = text.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    tags = ", ".join(re.findall(r'"([^"]*)"', fields["tags"]))
    lines = (
        f"Title: {fields['title'].strip(chr(34))}",
        f"Date: {fields['date'][:19]}",
        f"Slug: {fields['slug']}",
        f"Author: {fields['author'].strip(chr(34))}",
        f"Tags: {tags}",
        f"Summary: {fields['description'].strip(chr(34))}",
    )
    return "\n".join(lines) + "\n" + body


def make_contenders(folder: Path, articles: Path) -> list[Contender]:
    """Set up all installed generators. newsgen comes first, with two themes."""
    rows: list[tuple[str, str, Callable[[str, Path], Contender]]] = [
        (
            "newsgen",
            "newsgen, Hugo's markup",
            lambda n, f: newsgen(n, f, articles, HERE / "parity"),
        ),
        ("newsgen", "newsgen, default theme", lambda n, f: newsgen(n, f, articles, None)),
        ("hugo", "Hugo", lambda n, f: hugo(n, f, articles, days=True)),
        ("hugo", "Hugo without day pages", lambda n, f: hugo(n, f, articles, days=False)),
        ("pelican", "Pelican", lambda n, f: pelican(n, f, articles)),
    ]
    return [
        make(name, folder / f"site-{number}")
        for number, (module, name, make) in enumerate(rows)
        if find_spec(module)
    ]
