"""Canonical names of an article's fields, and their synonyms in newsrooms and other generators.

Hugo, Jekyll, Zola, Pelican and plain-text archives have different names for the same field. Names
are compared without case, and Latin look-alikes in Cyrillic words are accepted.
"""

import re
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Final

from newsgen.model import RawField
from newsgen.read.limits import MAX_VALUES

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "headline": ("title", "headline", "заголовок", "название"),
    "date": (
        *("date", "published", "date_published", "created", "created_at"),
        *("дата", "опубликовано"),
    ),
    "publish_date": ("publishdate", "publish_date", "pubdate"),
    "expiry_date": ("expirydate", "expiry_date", "expires", "unpublish", "unpublish_date"),
    "updated": (
        *("lastmod", "updated", "modified", "last_modified_at", "date_modified"),
        *("обновлено", "изменено"),
    ),
    "authors": (
        *("author", "authors", "byline", "by"),
        *("текст", "автор", "авторы", "материал подготовил"),
    ),
    "tags": (
        *("tags", "tag", "category", "categories", "keywords", "section", "topics"),
        *("теги", "тэги", "метки", "ключевые слова", "рубрика", "рубрики", "категория", "темы"),
    ),
    "people": ("people", "person", "persons", "персоны", "персона", "люди"),
    "places": ("places", "place", "места", "место"),
    "organizations": ("organizations", "organization", "организации", "организация"),
    "slug": ("slug",),
    "url": ("url", "permalink", "save_as", "path"),
    "section": (),
    "summary": (
        *("description", "summary", "excerpt", "abstract", "lead", "lede"),
        *("аннотация", "анонс", "лид", "подводка"),
    ),
    "draft": (
        *("draft", "черновик", "status", "статус", "visibility", "private", "hidden", "unlisted"),
        *("noindex", "robots", "password", "пароль"),
    ),
    "aliases": ("aliases", "alias", "redirect_from"),
    "corrections": ("corrections", "correction", "errata", "исправления", "исправление"),
    "language": ("lang", "language", "locale", "язык"),
    "picture": (
        *("image", "picture", "cover", "featured_image", "featuredimage", "coverimage"),
        *("cover_image", "cover.image", "cover.src", "image.path", "image.feature", "image.src"),
        *("featuredimage.src", "header.image", "header.teaser", "images", "banner", "thumbnail"),
        *("og_image", "картинка", "изображение", "обложка"),
    ),
    "picture_caption": (
        *("image_caption", "picture_caption", "cover.caption", "image.caption", "header.caption"),
        *("featured_image_caption", "cover_caption", "подпись", "подпись к фото"),
    ),
    "photo": ("photo", "photos", "фото", "фотографии", "снимок"),
    "video": ("video", "видео"),
    "illustration": ("illustration", "illustrations", "иллюстрация", "иллюстрации", "коллаж"),
    "translator": ("translator", "перевод", "переводчик"),
    "editor": ("editor", "редактор"),
    "source": ("source", "источник"),
}

EXTRA_FIELDS: Final = frozenset(
    {"photo", "video", "illustration", "translator", "editor", "source"}
)
"""Fields that are only shown, under their label."""

# Blanks around a separator are left to `strip`: a pattern that begins with `\s*` tries every blank
# of a long run, each time up to the run's end.
_AUTHOR_SEPARATOR: Final = r"[;/]|(?<=\s)(?:and|&|(?:и|та|і)(?!\s+[а-яёіїєґў]))(?=\s)"
"""A small letter after `и` goes on with a name: `Министерство труда и социальной защиты`."""

SEPARATORS: Final[Mapping[str, re.Pattern[str]]] = {
    "authors": re.compile(f",|{_AUTHOR_SEPARATOR}"),
    **dict.fromkeys(("tags", "people", "places", "organizations", "aliases"), re.compile(r"[,;]")),
}
"""Separators for fields with several values in one string."""

_BETWEEN_INVERTED_NAMES: Final = re.compile(_AUTHOR_SEPARATOR)
_INVERTED_NAME: Final = re.compile(r"(?:^|;)\s*[^\s,;.]+, [^,;]+(?:;|$)")
"""Surname first, in a list like that of `Lee, Ann` and `Chan, Bo` with a semicolon between them.

The comma then separates no authors."""

_QUOTED: Final = re.compile(r"«[^«»]*»|„[^„“”]*[“”]|“[^“”]*”|\"[^\"]*\"")

TABLE_FIELDS: Final = frozenset({"authors", "tags", "people", "places", "organizations"})
"""Fields whose values may be tables in front matter: `author: {name: Ann Lee}`."""

_MERGED_FIELDS: Final = frozenset({*SEPARATORS, *EXTRA_FIELDS, "corrections", "draft"})
_MAX_MERGED_VALUES: Final = 2 * max(MAX_VALUES.values())
"""Values of repeated fields that are merged. `validate` keeps fewer, and reports the others."""
TRUE_WORDS: Final = frozenset({"true", "yes", "on", "1", "да"})
FALSE_WORDS: Final = frozenset({"false", "no", "off", "0", "нет", ""})
_FLAG_WORDS: Final = TRUE_WORDS | FALSE_WORDS
_PASSWORD_LABELS: Final = frozenset({"password", "пароль"})
_SECTION_LABELS: Final = frozenset({"section", "рубрика"})
_PREFIXES: Final = ("extra.", "params.", "taxonomies.")
"""Tables of Zola and Hugo with fields that mean the same as outside."""

_CANONICAL_NAMES: Final = {
    synonym: name for name, synonyms in _SYNONYMS.items() for synonym in synonyms
}
# A label such as `Tекст` may begin with a Latin letter that no reader can tell from the Cyrillic
# one.
_LOOK_ALIKES: Final = str.maketrans("aceopxykmtbhi", "асеорхукмтвні")


@lru_cache(maxsize=1_000)
def canonical_field_name(label: str) -> str:
    """Return the canonical name of a field, or "" if it is unknown."""
    folded = " ".join(label.casefold().split())
    for prefix in _PREFIXES:
        folded = folded.removeprefix(prefix)
    return (
        _CANONICAL_NAMES.get(folded)
        or _CANONICAL_NAMES.get(folded.replace("-", "_"))
        or (
            # An ASCII label is English, and must not turn into a Cyrillic word.
            _CANONICAL_NAMES.get(folded.translate(_LOOK_ALIKES), "") if not folded.isascii() else ""
        )
    )


def add_field(
    field: RawField, fields: MutableMapping[str, RawField], extra: MutableMapping[str, RawField]
) -> None:
    """Add a field to `fields` under its canonical name, or to `extra` if it is unknown.

    Values of repeated lists and credits are merged. For other fields the first non-empty value is
    used, but the preferred name (`date`, `title`) overrides synonyms.
    """
    label = field.label
    name = canonical_field_name(label)
    if name == "date" and field.text.lower() in _FLAG_WORDS:
        # Jekyll's `published: false` marks a draft and is not a date.
        name, field = "draft", field._replace(value=_format_flag(field.text.lower() in FALSE_WORDS))
    elif label.casefold() in _PASSWORD_LABELS:
        # A static site cannot ask for the password, and must not show it.
        field = field._replace(value=_format_flag(bool(field.text)))
    if label.casefold() in _SECTION_LABELS:
        # Sections are tags, too.
        fields.setdefault("section", field)
    kept = fields if name else extra
    name = name or label.casefold()
    known = kept.get(name)
    # `any` looks at characters or values. `text` would join all values at each repetition.
    if known is None or not any(known.value):
        kept[name] = field
    elif name in _MERGED_FIELDS:
        values = split_values(name, known)
        if len(values) < _MAX_MERGED_VALUES:
            values += split_values(name, field)
        kept[name] = RawField(values, known.line, known.label)
    # The first synonym is the preferred name, so the order of `_SYNONYMS` matters.
    elif label.casefold() == _SYNONYMS.get(name, ("",))[0]:
        kept[name] = field


def split_values(name: str, field: RawField) -> tuple[str, ...]:
    """Return the values of a field, splitting a string at the separators of that field.

    Separators in quotes belong to a name: `Агентство «Рога и копыта»`.
    """
    if not isinstance(field.value, str):
        return field.value
    separator = SEPARATORS.get(name)
    if separator is None:
        return (field.value,)
    text = field.value
    if not separator.search(text):
        return (text.strip(),)
    # Quoted text is masked by as many letters, so that positions stay the same.
    masked = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), text)
    if name == "authors" and ";" in masked and _INVERTED_NAME.search(masked):
        separator = _BETWEEN_INVERTED_NAMES
    values = []
    start = 0
    for match in separator.finditer(masked):
        values.append(text[start : match.start()].strip())
        start = match.end()
    return (*values, text[start:].strip())


def _format_flag(value: bool) -> str:  # noqa: FBT001 - its only argument
    return "true" if value else "false"
