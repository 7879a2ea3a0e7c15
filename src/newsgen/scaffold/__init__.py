"""Beginnings: a new archive's first files, a new article's first lines."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import yaml

from newsgen.config import CONFIG_FILE, Site
from newsgen.config.checks import InvalidValueError
from newsgen.config.checks import language as check_language
from newsgen.model import Moment
from newsgen.problems import Location, problem_error
from newsgen.read import dates
from newsgen.text.slugs import slugify
from newsgen.text.yaml import Node

_GITIGNORE = "/dist/\n/.newsgen/\n/.dist.staging/\n"


class NewArticle(NamedTuple):
    """What a new article is to begin with; an empty `date` is now."""

    headline: str
    date: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    draft: bool
    as_text: bool


def begin_archive(folder: Path, title: str, language: str) -> Iterator[Path]:
    """Write a new archive's first files; yields their paths.

    Raises:
        NewsgenError: `exists` if there is a configuration already, `bad-value` for a language that
            is none, `cannot-write` if a file can't be written.
    """
    try:
        check_language(Node(language, 0))
    except InvalidValueError as fault:
        raise problem_error("bad-value", fault.message, Location("--language")) from fault
    config = folder / CONFIG_FILE
    if config.exists():
        raise problem_error("file-exists", "there is an archive already", Location(str(config)))
    russian = language.partition("-")[0] == "ru"
    title = title or ("Архив новостей" if russian else "News archive")
    template = (files("newsgen.scaffold") / CONFIG_FILE).read_text(encoding="utf-8")
    yield _write(config, template.format(title=_quoted(title), language=language))
    name = "first.ru.md" if russian else "first.en.md"
    first = (files("newsgen.scaffold") / name).read_text(encoding="utf-8")
    today = datetime.now(UTC).astimezone().date().isoformat()
    yield _write(folder / "articles" / f"{today}-hello.md", first.format(date=today))
    gitignore = folder / ".gitignore"
    if not gitignore.exists():
        yield _write(gitignore, _GITIGNORE)


def begin_article(site: Site, article: NewArticle) -> Path:
    """Write the first lines of a new article into the source folder.

    Raises:
        NewsgenError: `bad-date` for a date that is none, `exists` if there is such a file already,
            `cannot-write` if it can't be written.
    """
    moment = _moment(site, article.date)
    slug = slugify(article.headline, site.slugs, site.transliteration, fallback=article.headline)
    day = moment.iso[:10]
    ending = "txt" if article.as_text else "md"
    file = site.source_folder / day[:4] / f"{day}-{slug}.{ending}"
    if file.exists():
        raise problem_error("file-exists", "there is such a file already", Location(str(file)))
    return _write(file, _text(article, moment) if article.as_text else _markdown(article, moment))


def _moment(site: Site, date: str) -> Moment:
    if not date:
        now = datetime.now(ZoneInfo(site.timezone) if site.timezone else UTC)
        local = now if site.timezone else now.astimezone()
        return Moment(local.replace(microsecond=0).isoformat())
    moment = dates.parse_date(date, site.language, site.timezone)
    if moment is None:
        raise problem_error("bad-date", f'"{date}" is not a date', Location("--date"))
    return moment


def _markdown(article: NewArticle, moment: Moment) -> str:
    lines = [f"title: {_quoted(article.headline)}", f"date: {moment.iso}"]
    if article.authors:
        lines.append(f"authors: [{', '.join(map(_quoted, article.authors))}]")
    if article.tags:
        lines.append(f"tags: [{', '.join(map(_quoted, article.tags))}]")
    if article.draft:
        lines.append("draft: true")
    return "\n".join(["---", *lines, "---", "", ""])


def _text(article: NewArticle, moment: Moment) -> str:
    lines = [f" date {moment.iso.replace('T', ' ')} {' '.join(article.headline.split())}", ""]
    if article.authors:
        lines.append(f"Author: {', '.join(article.authors)}")
    if article.tags:
        lines.append(f"Tags: {', '.join(article.tags)}")
    if article.draft:
        lines.append("Draft: true")
    return "\n".join([*lines, "", ""])


def _quoted(text: str) -> str:
    """A text as a scalar of YAML, in double quotes."""
    return str(yaml.dump(text, default_style='"', allow_unicode=True, width=10**9)).strip()


def _write(file: Path, text: str) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise problem_error(
            "cannot-write", f"can't be written: {error.strerror}", Location(str(file))
        ) from error
    return file
