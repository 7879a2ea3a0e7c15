"""Validate a `RawArticle`: turn its fields into a typed `Article`, and report all problems at once.

This module knows the values that each field accepts. It knows no syntax and opens no file.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from newsgen.core.digest import SIZE, hash_source
from newsgen.model import Article, Correction, Extra, Moment, RawArticle, RawField, Tag, TagKind
from newsgen.problems import Location, Problem
from newsgen.read import dates
from newsgen.read.addresses import SlugSettings, read_aliases, read_url_request
from newsgen.read.decode import clean_text
from newsgen.read.drafts import is_in_draft_folder, read_draft
from newsgen.read.field_reader import FieldReader, shorten
from newsgen.read.fields import EXTRA_FIELDS, split_values
from newsgen.read.languages import parse_language
from newsgen.read.limits import (
    MAX_OTHER_FIELDS,
    MAX_PATH_BYTES,
    MAX_SUMMARY_LENGTH,
)
from newsgen.read.plain_values import clean_value, collapse_spaces, strip_html
from newsgen.text.folding import fold

MAX_HEADLINE_LENGTH: Final = 1_000
_CREATION_LABELS: Final = frozenset({"created", "created_at"})
_TAG_IN_TEXT: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_PATH: Final = re.compile(r"(?:\.\.[/\\]|/)[\w./\\-]*")
_INITIAL_AT_END: Final = re.compile(r"(?:^|\W)\w\.$")
_HASHTAGS: Final = re.compile(r"#\w[\w-]*(?:\s+#\w[\w-]*)*")
_NAME_FIELDS: Final[Mapping[str, TagKind]] = {
    "people": "person",
    "places": "place",
    "organizations": "organization",
}
"""Fields of tags that are names, and the kinds of these."""


_DEFAULT_SLUGS: Final = SlugSettings("ascii", "wikipedia")


@dataclass(frozen=True, slots=True)
class FieldSettings:
    """Site settings for reading fields: language, IANA time zone, author aliases and slugs."""

    language: str
    timezone: str
    author_aliases: Sequence[tuple[str, str]]
    """Pairs of an alias and the author's canonical name."""

    slugs: SlugSettings = _DEFAULT_SLUGS


def validate(
    raw: RawArticle,
    *,
    source: str,
    file: str,
    digest: bytes,
    encoding: str,
    is_clean: bool,
    settings: FieldSettings,
) -> tuple[Article | None, tuple[Problem, ...]]:
    """Validate the fields of an article.

    A missing `slug`, `summary` or `headline` stays empty. The enrich stage fills it in.

    Args:
        raw: The parsed file.
        source: Its path relative to the source folder.
        file: Its path as the user writes it, for problems.
        digest: The digest of the file's bytes.
        encoding: The encoding of the file.
        is_clean: True if decoding left nothing to clean.
        settings: The site's settings for fields.

    Returns:
        The article, or None if a problem is an error, and all problems.
    """
    # The decoder cleaned the file as it stands. An escape such as `\u200b` in a quoted YAML or TOML
    # string becomes a character only when it is parsed, so it needs cleaning again.
    cleaned, problems = _clean_fields(raw, file) if raw.has_escapes else (raw, [])
    problems += (Problem(Location(file, line), code, text) for code, text, line in raw.problems)
    reader = FieldReader(cleaned, file, problems, source)
    is_draft = _read_draft(reader) or is_in_draft_folder(source)
    published = _read_published(reader, settings)
    slug, url_request = read_url_request(reader, settings.slugs)
    if published is None:
        _excuse_missing_date(reader, source, is_draft=is_draft)
    article = Article(
        source=source,
        source_digest=digest,
        headline=_read_headline(reader),
        # Without a date the article is dropped below. The rest is validated for its problems.
        published=published or Moment("0001-01-01"),
        slug=slug,
        summary=_read_summary(reader),
        authors=_read_authors(reader, settings.author_aliases),
        tags=_read_tags(reader),
        language=_read_language(reader, settings.language),
        encoding=encoding,
        is_clean=is_clean,
        body_start=raw.body_start,
        body_end=raw.body_start + len(raw.body),
        markup=raw.markup,
        updated=_read_optional_date(reader, "updated", settings),
        publish_from=_read_optional_date(reader, "publish_date", settings),
        expires=_read_expiry_date(reader, settings),
        is_draft=is_draft,
        aliases=read_aliases(reader),
        extra=_read_extra(reader),
        corrections=_read_corrections(reader, settings),
        text_digest=_digest_text(raw.body),
        picture=_read_picture(reader),
        picture_caption=clean_value(reader.field("picture_caption").text),
        url_request=url_request,
    )
    if published and not raw.body.strip():
        reader.report("empty-article", "has no body", raw.body_line)
    # Warnings do not drop an article. All fields were read first, so one run reports every error.
    is_whole = published is not None and not any(problem.is_error for problem in reader.problems)
    return article if is_whole else None, tuple(reader.problems)


def _clean_fields(raw: RawArticle, file: str) -> tuple[RawArticle, list[Problem]]:
    """Remove unwanted characters that escapes in front matter bring in."""
    problems: list[Problem] = []

    def cleaned(fields: Mapping[str, RawField]) -> dict[str, RawField]:
        return {name: _map_text(found, clean_at(found.line)) for name, found in fields.items()}

    def clean_at(line: int) -> Callable[[str], str]:
        def clean_one(text: str) -> str:
            result, odd = clean_text(text, Location(file))
            problems.extend(replace(problem, location=Location(file, line)) for problem in odd)
            return result

        return clean_one

    whole = raw._replace(fields=cleaned(raw.fields), extra=cleaned(raw.extra))
    # A list may repeat one problem for each of its values.
    return whole, list(dict.fromkeys(problems))


def _map_text(found: RawField, change: Callable[[str], str]) -> RawField:
    if isinstance(found.value, str):
        value: str | tuple[str, ...] = change(found.value)
    else:
        value = tuple(map(change, found.value))
    return found._replace(value=value)


def _read_published(reader: FieldReader, settings: FieldSettings) -> Moment | None:
    given, publish_date = reader.field("date"), reader.field("publish_date").text
    # The day when a text was begun says less than the day when it was published.
    is_weak = not given.text or given.label.casefold() in _CREATION_LABELS
    return _read_date(reader, "publish_date" if is_weak and publish_date else "date", settings)


def _read_date(reader: FieldReader, name: str, settings: FieldSettings) -> Moment | None:
    found = reader.field(name)
    if not found.text:
        reader.report("no-date", "has no date", found.line or 1)
        return None
    moment = dates.parse_date(found.text, settings.language, settings.timezone, reader.source)
    if moment is None:
        reader.report("bad-date", f'"{shorten(found.text)}" is not a date', found.line)
    return moment


def _read_optional_date(reader: FieldReader, name: str, settings: FieldSettings) -> Moment | None:
    """Return a date that an article need not have, None if it is unknown."""
    moment = _read_date(reader, name, settings) if reader.field(name).text else None
    return moment if moment and moment.known else None


def _read_expiry_date(reader: FieldReader, settings: FieldSettings) -> Moment | None:
    """Return the date from which an article is off the site, None if it has none."""
    found = reader.field("expiry_date")
    if not found.text:
        return None
    moment = dates.parse_date(found.text, settings.language, settings.timezone, reader.source)
    # A warning: what does not expire is still an article.
    if moment is None:
        reader.report("bad-expiry-date", f'"{shorten(found.text)}" is not a date', found.line)
    return moment if moment and moment.known else None


def _excuse_missing_date(reader: FieldReader, source: str, *, is_draft: bool) -> None:
    """Turn a missing date into a warning where it is usual."""
    if is_draft:
        # Drafts of Jekyll and Hexo get their date when they are published.
        code, message = "undated-draft", "is a draft without a date, which not even --drafts shows"
    elif source.lower().endswith((".html", ".htm")):
        # Old pages, parts of templates and proofs of ownership lie among articles. Nothing else is
        # worth saying about them.
        reader.problems = [found for found in reader.problems if found.code != "no-headline"]
        code, message = "undated-page", "is an HTML file without a date, and is not published"
    else:
        return
    for at, problem in enumerate(reader.problems):
        if problem.code == "no-date":
            reader.problems[at] = Problem(problem.location, code, message)


def _read_headline(reader: FieldReader) -> str:
    found = reader.field("headline")
    written = collapse_spaces(found.text)
    headline = clean_value(written)
    if not headline:
        reader.report(
            "no-headline", "has no headline", found.line or reader.field("date").line or 1
        )
    if len(headline) > MAX_HEADLINE_LENGTH:
        message = f"the headline has {len(headline):,} characters"
        reader.report("headline-too-long", message, found.line)
    # As written: a headline may speak of `&lt;br&gt;`.
    if _TAG_IN_TEXT.search(written):
        reader.report("markup-in-headline", "the headline holds HTML tags", found.line)
    if _PATH.fullmatch(headline):
        reader.report(
            "path-in-headline", f'the headline "{shorten(headline)}" is a path', found.line
        )
    return headline


def _read_summary(reader: FieldReader) -> str:
    found = reader.field("summary")
    summary = strip_html(found.text)
    if len(summary) > MAX_SUMMARY_LENGTH:
        reader.report_length("the summary", summary, MAX_SUMMARY_LENGTH, found.line)
        return ""
    return summary


def _read_picture(reader: FieldReader) -> str:
    """Return the lead picture: the first one, if there are several."""
    value = reader.field("picture").value
    picture = value if isinstance(value, str) else next(iter(value), "")
    if len(picture) > MAX_PATH_BYTES:
        found = reader.field("picture")
        reader.report_length("the picture", picture, MAX_PATH_BYTES, found.line)
        return ""
    return picture.strip()


def _read_authors(reader: FieldReader, aliases: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    found = reader.field("authors")
    if isinstance(found.value, str):
        # Entities first: the `;` of `&amp;` separates nothing.
        found = found._replace(value=clean_value(found.value))
    values = reader.limit_values(split_values("authors", found), "authors", found.line)
    names = reader.limit_names(map(_clean_author_name, values), "authors", found.line)
    # Aliases are applied before duplicates are removed: two spellings of one author count once.
    known = dict(aliases)
    return _unique(known.get(name, name) for name in names if name)


def _clean_author_name(text: str) -> str:
    """Strip dots and commas around a name, keeping the dot of a final initial (`Тельманов Д.`)."""
    name = clean_value(text).strip(" ,;").lstrip(".")
    return name if _INITIAL_AT_END.search(name) else name.rstrip(".")


def _read_tags(reader: FieldReader) -> tuple[Tag, ...]:
    names = [
        Tag(kind, name)
        for field, kind in _NAME_FIELDS.items()
        for name in _read_tag_names(reader, field)
    ]
    # `tags: [Perm]` and `places: [Perm]` are one tag, of the kind that says more.
    known = {fold(tag.name) for tag in names}
    topics = [
        Tag("topic", name)
        for name in _read_tag_names(reader, "tags")
        if not known or fold(name) not in known
    ]
    return (*topics, *names)


def _read_tag_names(reader: FieldReader, field: str) -> tuple[str, ...]:
    found = reader.field(field)
    if not found.value:
        return ()
    names: list[str] = []
    for text in (found.value,) if isinstance(found.value, str) else found.value:
        # Hashtags have no separator but spaces, and join the words of a tag with `_`: `#новый_год`.
        if _HASHTAGS.fullmatch(text.strip()):
            names += [word.lstrip("#").replace("_", " ") for word in text.split()]
        elif isinstance(found.value, str):
            # Entities first: the `;` of `R&amp;D` separates nothing.
            names += split_values(field, found._replace(value=clean_value(text)))
        else:
            names.append(text)
    values = reader.limit_values(names, field, found.line)
    names = reader.limit_names(map(_clean_tag_name, values), field, found.line)
    return _unique(names)


def _clean_tag_name(text: str) -> str:
    name = clean_value(text)
    return name.rstrip(".").lstrip("#") if len(text) > 1 else name


def _read_language(reader: FieldReader, site_language: str) -> str:
    found = reader.field("language")
    language = parse_language(found.text, site_language) if found.text else ""
    if language is None:
        message = f'"{shorten(found.text)}" is not a language'
        reader.report("unknown-language", message, found.line)
    return language or ""


def _read_draft(reader: FieldReader) -> bool:
    found = reader.field("draft")
    if not found.value:
        return False
    is_draft, unknown = read_draft(found)
    if unknown:
        message = f'"{shorten(unknown)}" says neither that it is published nor that it is a draft'
        reader.report("bad-field", message, found.line)
    return is_draft


def _read_corrections(reader: FieldReader, settings: FieldSettings) -> tuple[Correction, ...]:
    found = reader.field("corrections")
    made = []
    values = (found.value,) if isinstance(found.value, str) else found.value
    for text in reader.limit_values(values, "corrections", found.line):
        # The space keeps the colon of a time, `14:05`, inside the date.
        date, _, said = text.partition(": ")
        moment = (
            dates.parse_date(date, settings.language, settings.timezone) if said.strip() else None
        )
        if moment and moment.known:
            made.append(Correction(moment, clean_value(said)))
        elif text.strip():
            message = f'"{shorten(text)}" is not a correction: write a date, a colon and a text'
            reader.report("bad-field", message, found.line)
    return tuple(sorted(made, key=lambda one: one.date.sort_key))


def _read_extra(reader: FieldReader) -> tuple[Extra, ...]:
    known = ((name, found) for name, found in reader.raw.fields.items() if name in EXTRA_FIELDS)
    kept: list[Extra] = []
    for name, found in (*known, *reader.raw.extra.items()):
        if len(kept) == MAX_OTHER_FIELDS:
            message = f"has more than {MAX_OTHER_FIELDS} other fields; the others are left out"
            reader.report("too-many-values", message, found.line)
            break
        values = (found.value,) if isinstance(found.value, str) else found.value
        allowed = reader.limit_values(values, found.label or name, found.line)
        texts = tuple(filter(None, map(clean_value, allowed)))
        if texts:
            kept.append(Extra(name, found.label, texts))
    return tuple(kept)


def _digest_text(body: str) -> bytes:
    # Ignoring white space finds copies of an article that differ only in line breaks.
    words = body.encode().translate(None, delete=b" \t\n")
    return hash_source(words)[:SIZE] if words else b""


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    # A dict keeps the order in which the article gives the values, which a set would not.
    return tuple(dict.fromkeys(filter(None, texts)))
