"""New archives and new articles: the files that `newsgen init` and `newsgen new` write.

Existing files are never overwritten.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import yaml

from newsgen.config import CONFIG_FILE, Site
from newsgen.config.values import InvalidValueError, ParseValue, parse_language, parse_text
from newsgen.model import Moment
from newsgen.problems import Location, problem_error
from newsgen.read import dates
from newsgen.scaffold.write_file import write_file
from newsgen.text.slugs import slugify
from newsgen.text.yaml import Node

_GITIGNORE = "/dist/\n/.newsgen/\n/.dist.staging/\n/.dist.lock\n"


class NewArticle(NamedTuple):
    """Fields of a new article.

    An empty `date` stands for the current time. `as_text` asks for plain text instead of Markdown.
    """

    headline: str
    date: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    draft: bool
    as_text: bool


def create_archive(folder: Path, title: str, language: str) -> Iterator[Path]:
    """Write the first files of a new archive.

    Args:
        folder: The archive's folder, which may be missing.
        title: The archive's title. Empty: a general one in the language.
        language: The archive's language, a BCP 47 tag.

    Yields:
        The path of each file after it is written.

    Raises:
        NewsgenError: `file-exists` if the folder has a configuration, `bad-value` for an invalid
            language, `cannot-write` if a file cannot be written.
    """
    _check_value(parse_language, language, "--language")
    _check_value(parse_text, title, "--title")
    config = folder / CONFIG_FILE
    if config.exists():
        raise problem_error("file-exists", "there is already an archive", Location(str(config)))
    # Only English and Russian have a first article of their own.
    russian = language.partition("-")[0] == "ru"
    title = title or ("Архив новостей" if russian else "News archive")
    template = (files("newsgen.scaffold") / CONFIG_FILE).read_text(encoding="utf-8")
    yield _write(config, template.format(title=_quote(title), language=language))
    name = "first.ru.md" if russian else "first.en.md"
    first = (files("newsgen.scaffold") / name).read_text(encoding="utf-8")
    # The local day: around midnight the day in UTC is another one.
    today = datetime.now(UTC).astimezone().date().isoformat()
    yield _write(folder / "articles" / f"{today}-hello.md", first.format(date=today))
    # The folder may be a repository already, with rules of its own.
    gitignore = folder / ".gitignore"
    if not gitignore.exists():
        yield _write(gitignore, _GITIGNORE)


def create_article(site: Site, article: NewArticle) -> Path:
    """Write a new article to the source folder, without a body.

    Returns:
        The path of the file, `YEAR/DATE-SLUG.md` or `undated/SLUG.md` inside the source folder.

    Raises:
        NewsgenError: `bad-value` for control characters, `bad-date` for an invalid date,
            `file-exists` if there is such a file, `cannot-write` if it cannot be written.
    """
    for text in article.authors:
        _check_value(parse_text, text, "--author")
    for text in article.tags:
        _check_value(parse_text, text, "--tag")
    _check_value(parse_text, article.headline, "HEADLINE")
    moment = _parse_date(site, article.date)
    # A headline without letters and digits has no slug. A digest of it stands in.
    slug = slugify(article.headline, site.slugs, site.transliteration, fallback=article.headline)
    ending = "txt" if article.as_text else "md"
    # A partial date may leave the day, the month, or all unknown.
    folder, prefix = (moment.known[:4], f"{moment.known}-") if moment.known else ("undated", "")
    file = site.source_folder / folder / f"{prefix}{slug}.{ending}"
    if file.exists():
        raise problem_error("file-exists", "there is already such a file", Location(str(file)))
    text = _format_text(article, moment) if article.as_text else _format_markdown(article, moment)
    return _write(file, text)


def _check_value(parse: ParseValue, value: str, option: str) -> None:
    """Raise `bad-value` if a value is not what the reader of the written file accepts."""
    try:
        parse(Node(value, 0))
    except InvalidValueError as error:
        raise problem_error("bad-value", error.message, Location(option)) from error


def _parse_date(site: Site, date: str) -> Moment:
    if not date:
        now = datetime.now(ZoneInfo(site.timezone) if site.timezone else UTC)
        # Without a `timezone`, the date is in the zone of this computer.
        local = now if site.timezone else now.astimezone()
        return Moment(local.replace(microsecond=0).isoformat())
    moment = dates.parse_date(date, site.language, site.timezone)
    if moment is None:
        raise problem_error("bad-date", f'"{date}" is not a date', Location("--date"))
    return moment


def _format_markdown(article: NewArticle, moment: Moment) -> str:
    lines = [f"title: {_quote(article.headline)}", f"date: {moment.iso or 'unknown'}"]
    if article.authors:
        lines.append(f"authors: [{', '.join(map(_quote, article.authors))}]")
    if article.tags:
        lines.append(f"tags: [{', '.join(map(_quote, article.tags))}]")
    if article.draft:
        lines.append("draft: true")
    return "\n".join(["---", *lines, "---", "", ""])


def _format_text(article: NewArticle, moment: Moment) -> str:
    lines = [
        f" date {(moment.iso or 'unknown').replace('T', ' ')} {_join_lines(article.headline)}",
        "",
    ]
    if article.authors:
        lines.append(f"Author: {', '.join(map(_join_lines, article.authors))}")
    if article.tags:
        lines.append(f"Tags: {', '.join(map(_join_lines, article.tags))}")
    if article.draft:
        lines.append("Draft: true")
    return "\n".join([*lines, "", ""])


def _join_lines(text: str) -> str:
    return " ".join(text.split())


def _quote(text: str) -> str:
    """Return a text as a YAML scalar in double quotes."""
    # The width keeps long headlines on one line.
    return str(yaml.dump(text, default_style='"', allow_unicode=True, width=10**9)).strip()


def _write(file: Path, text: str) -> Path:
    return write_file(file, text.encode(), str(file))
