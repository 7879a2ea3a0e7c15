"""Changes that an editor makes to an archive between two builds."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from generate import generate

Change = Callable[[Path, int], None]


def add_newest(articles: Path, count: int) -> None:
    """Add an article after the newest one."""
    generate(count + 1, articles, first=count, total=count)


def add_old(articles: Path, count: int) -> None:
    """Add an article in the middle of the archive."""
    model = _file(articles, count // 2)
    text = model.read_text(encoding="utf-8")
    text = re.sub(r"^(slug: .*)$", r"\1-added", text, count=1, flags=re.MULTILINE)
    model.with_name("added.md").write_text(text, encoding="utf-8")


def edit_body(articles: Path, count: int) -> None:
    """Add a sentence to an article."""
    file = _file(articles, count // 3)
    file.write_text(file.read_text(encoding="utf-8") + "\nДобавлено.\n", encoding="utf-8")


def retag(articles: Path, count: int) -> None:
    """Give an article another tag."""
    file = _file(articles, count // 4)
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"tags: \[.*?(?=[,\]])", 'tags: ["Новая метка"', text, count=1), "utf-8")


def delete(articles: Path, count: int) -> None:
    """Delete an article."""
    _file(articles, count // 5).unlink()


CHANGES: Final[Mapping[str, Change]] = {
    "one newest article added": add_newest,
    "one old article added": add_old,
    "one article's body edited": edit_body,
    "one article retagged": retag,
    "one article deleted": delete,
}


def _file(articles: Path, number: int) -> Path:
    return next(articles.rglob(f"{number:07}.md"))
