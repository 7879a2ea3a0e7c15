"""Judging a `RawArticle`: what it says becomes a typed `Article`, or problems, all of them at once.

It knows what each field may hold; it knows no syntax and opens no file.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from newsgen.core.digest import SIZE, hash_source
from newsgen.model import Article, Correction, Extra, Moment, RawArticle, RawField, Tag
from newsgen.problems import Location, Problem
from newsgen.read import dates
from newsgen.read.decode import clean
from newsgen.read.fields import EXTRAS, FALSE, TRUE, values_of
from newsgen.text.filenames import is_portable_filename

MAX_HEADLINE_LENGTH: Final = 1_000
_TAG_IN_TEXT: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_PATH: Final = re.compile(r"(?:\.\.[/\\]|/)[\w./\\-]*")
_INITIAL_AT_END: Final = re.compile(r"(?:^|\W)\w\.$")
_HASHTAGS: Final = re.compile(r"#\w[\w-]*(?:\s+#\w[\w-]*)*")
_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")
_EMPTY: Final = RawField("", 0)


@dataclass(frozen=True, slots=True)
class FieldSettings:
    """What the site says of fields: its language, its time zone, its authors' other names."""

    language: str
    timezone: str
    author_aliases: Sequence[tuple[str, str]]
    """Pairs of another name and the author's own."""


@dataclass(slots=True)
class _Judge:
    """Collects the problems of one article while its fields are looked at one after the other."""

    raw: RawArticle
    file: str
    problems: list[Problem] = field(default_factory=list)

    def field(self, name: str) -> RawField:
        return self.raw.fields.get(name, _EMPTY)

    def report(self, code: str, message: str, line: int = 0) -> None:
        self.problems.append(Problem(Location(self.file, line), code, message))


def validate(
    raw: RawArticle,
    *,
    source: str,
    file: str,
    name: bytes,
    encoding: str,
    is_clean: bool,
    rules: FieldSettings,
) -> tuple[Article | None, tuple[Problem, ...]]:
    """Make an article of what a file says; None where something that it can't do without is wrong.

    `slug` and `summary` stay empty where the file gives none, and so does `headline`: they are for
    the enrich stage.

    Args:
        raw: the file, taken apart.
        source: its path inside the source folder.
        file: its path as the user writes it, for problems.
        name: the digest of the file's bytes.
        encoding: that the file is in.
        is_clean: whether its text is as it was decoded.
        rules: the site's.
    """
    cleaned, problems = _cleaned(raw, file) if raw.has_escapes else (raw, [])
    judge = _Judge(cleaned, file, problems)
    published = _date(judge, "date", rules)
    article = Article(
        source=source,
        source_digest=name,
        headline=_headline(judge),
        published=published or Moment("0001-01-01"),
        slug=judge.field("slug").text,
        summary=_spaced(judge.field("summary").text),
        authors=_authors(judge, rules.author_aliases),
        tags=_tags(judge.field("tags")),
        language=_language(judge),
        encoding=encoding,
        is_clean=is_clean,
        body_start=raw.body_start,
        body_end=raw.body_start + len(raw.body),
        markup=raw.markup,
        updated=_date(judge, "updated", rules) if judge.field("updated").text else None,
        is_draft=_draft(judge),
        aliases=_aliases(judge),
        extra=_extra(judge),
        corrections=_corrections(judge, rules),
        text_digest=_text_digest(raw.body),
    )
    if published and not raw.body.strip():
        judge.report("empty-article", "has no body", raw.body_line)
    is_whole = published is not None and not any(problem.is_error for problem in judge.problems)
    return article if is_whole else None, tuple(judge.problems)


def _cleaned(raw: RawArticle, file: str) -> tuple[RawArticle, list[Problem]]:
    """Clean the fields' texts: escapes in front matter bring in what the file's bytes may not."""
    problems: list[Problem] = []

    def cleaned(fields: Mapping[str, RawField]) -> dict[str, RawField]:
        return {name: _map_text(found, clean_text(found.line)) for name, found in fields.items()}

    def clean_text(line: int) -> Callable[[str], str]:
        def clean_one(text: str) -> str:
            result, odd = clean(text, Location(file))
            problems.extend(replace(problem, location=Location(file, line)) for problem in odd)
            return result

        return clean_one

    return raw._replace(fields=cleaned(raw.fields), extra=cleaned(raw.extra)), problems


def _map_text(found: RawField, change: Callable[[str], str]) -> RawField:
    if isinstance(found.value, str):
        value: str | tuple[str, ...] = change(found.value)
    else:
        value = tuple(map(change, found.value))
    return found._replace(value=value)


def _date(judge: _Judge, name: str, rules: FieldSettings) -> Moment | None:
    found = judge.field(name)
    if not found.text:
        judge.report("no-date", "has no date", found.line or 1)
        return None
    moment = dates.parse(found.text, rules.language, rules.timezone)
    if moment is None:
        judge.report("bad-date", f'"{_short(found.text)}" is not a date', found.line)
    return moment


def _headline(judge: _Judge) -> str:
    found = judge.field("headline")
    headline = _spaced(found.text)
    if not headline:
        judge.report("no-headline", "has no headline", found.line or judge.field("date").line or 1)
    if len(headline) > MAX_HEADLINE_LENGTH:
        message = f"the headline has {len(headline):,} characters"
        judge.report("headline-too-long", message, found.line)
    if _TAG_IN_TEXT.search(headline):
        judge.report("markup-in-headline", "the headline holds HTML tags", found.line)
    if _PATH.fullmatch(headline):
        judge.report("path-in-headline", f'the headline "{_short(headline)}" is a path', found.line)
    return headline


def _authors(judge: _Judge, aliases: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    names = map(_author_name, values_of("authors", judge.field("authors")))
    known = dict(aliases)
    return _unique(known.get(name, name) for name in names if name)


def _author_name(text: str) -> str:
    """A name without the dots and commas around it, but for the dot of an initial."""
    name = _spaced(text).strip(" ,;").lstrip(".")
    return name if _INITIAL_AT_END.search(name) else name.rstrip(".")


def _tags(found: RawField) -> tuple[Tag, ...]:
    names: list[str] = []
    for text in (found.value,) if isinstance(found.value, str) else found.value:
        if _HASHTAGS.fullmatch(text.strip()):
            names += [word.lstrip("#").replace("_", " ") for word in text.split()]
        elif isinstance(found.value, str):
            names += values_of("tags", found)
        else:
            names.append(text)
    return tuple(Tag("topic", name) for name in _unique(map(_tag_name, names)))


def _tag_name(text: str) -> str:
    return _spaced(text).rstrip(".").lstrip("#") if len(text) > 1 else _spaced(text)


def _language(judge: _Judge) -> str:
    found = judge.field("language")
    if found.text and not _LANGUAGE.fullmatch(found.text):
        judge.report("bad-field", f'"{_short(found.text)}" is not a language tag', found.line)
        return ""
    return found.text.replace("_", "-")


def _draft(judge: _Judge) -> bool:
    found = judge.field("draft")
    word = found.text.lower()
    if word not in TRUE | FALSE | {"draft", "hidden", "published"}:
        judge.report("bad-field", f'"{_short(found.text)}" is neither true nor false', found.line)
    return word in TRUE | {"draft", "hidden"}


def _aliases(judge: _Judge) -> tuple[str, ...]:
    found = judge.field("aliases")
    aliases = []
    for alias in filter(None, values_of("aliases", found)):
        path = alias.strip().lstrip("/")
        if not path or not all(map(is_portable_filename, path.rstrip("/").split("/"))):
            judge.report("bad-alias", f'"{_short(alias)}" is no path inside the site', found.line)
        else:
            aliases.append(path)
    return _unique(aliases)


def _corrections(judge: _Judge, rules: FieldSettings) -> tuple[Correction, ...]:
    found = judge.field("corrections")
    made = []
    for text in (found.value,) if isinstance(found.value, str) else found.value:
        date, _, said = text.partition(": ")
        moment = dates.parse(date, rules.language, rules.timezone) if said.strip() else None
        if moment:
            made.append(Correction(moment, _spaced(said)))
        elif text.strip():
            message = f'"{_short(text)}" is no correction: a date, a colon and a text'
            judge.report("bad-field", message, found.line)
    return tuple(sorted(made, key=lambda one: one.date.sort_key))


def _extra(judge: _Judge) -> tuple[Extra, ...]:
    known = ((name, found) for name, found in judge.raw.fields.items() if name in EXTRAS)
    kept = []
    for name, found in (*known, *judge.raw.extra.items()):
        values = (found.value,) if isinstance(found.value, str) else found.value
        texts = tuple(filter(None, map(_spaced, values)))
        if texts:
            kept.append(Extra(name, found.label, texts))
    return tuple(kept)


def _text_digest(body: str) -> bytes:
    words = body.encode().translate(None, delete=b" \t\n")
    return hash_source(words)[:SIZE] if words else b""


def _spaced(text: str) -> str:
    """The text in one line, with plain single spaces."""
    return " ".join(text.split())


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004
