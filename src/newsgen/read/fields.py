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
        *("taxonomies.tags", "taxonomies.categories", "params.tags", "extra.tags"),
        *("теги", "тэги", "метки", "ключевые слова", "рубрика", "рубрики", "категория", "темы"),
    ),
    "slug": ("slug",),
    "summary": (
        *("description", "summary", "excerpt", "abstract", "lead", "lede"),
        *("аннотация", "анонс", "лид", "подводка"),
    ),
    "draft": ("draft", "черновик", "status"),
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
SEPARATORS: Final[Mapping[str, re.Pattern[str]]] = {
    "authors": re.compile(r"[,;/]|(?<=\s)(?:и|and|&|та|і)(?=\s)"),
    "tags": re.compile(r"[,;]"),
    "aliases": re.compile(r"[,;]"),
}
"""Separators for fields with several values in one string."""

_MERGED_FIELDS: Final = frozenset({*SEPARATORS, *EXTRA_FIELDS, "corrections"})
_MAX_MERGED_VALUES: Final = 2 * max(MAX_VALUES.values())
"""Values of repeated fields that are merged. `validate` keeps fewer, and reports the others."""
TRUE_WORDS: Final = frozenset({"true", "yes", "on", "1", "да"})
FALSE_WORDS: Final = frozenset({"false", "no", "off", "0", "нет", ""})

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
    name = canonical_field_name(label) or canonical_field_name(
        label.removeprefix("extra.").removeprefix("params.")
    )
    if name == "date" and field.text.lower() in TRUE_WORDS | FALSE_WORDS:
        # Jekyll's `published: false` marks a draft and is not a date.
        name, field = (
            "draft",
            RawField(str(field.text.lower() in FALSE_WORDS).lower(), field.line, label),
        )
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
    """Return the values of a field, splitting a string at the separators of that field."""
    if not isinstance(field.value, str):
        return field.value
    apart = SEPARATORS.get(name)
    return tuple(map(str.strip, apart.split(field.value))) if apart else (field.value,)
