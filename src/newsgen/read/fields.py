"""The names that newsrooms and other generators give to an article's fields, and newsgen's own.

Hugo, Jekyll, Zola, Pelican and the header lines of plain text call one thing by many names; behind
this table it has one. Names are compared folded, with Latin look-alikes in Cyrillic words undone.
"""

import re
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Final

from newsgen.model import RawField

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "headline": ("title", "headline", "заголовок", "название"),
    "date": (
        *("date", "published", "pubdate", "publishdate", "publish_date", "date_published"),
        *("created", "created_at", "дата", "опубликовано"),
    ),
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
    "photo": ("photo", "photos", "фото", "фотографии", "снимок"),
    "video": ("video", "видео"),
    "illustration": ("illustration", "illustrations", "иллюстрация", "иллюстрации", "коллаж"),
    "translator": ("translator", "перевод", "переводчик"),
    "editor": ("editor", "редактор"),
    "source": ("source", "источник"),
}

EXTRAS: Final = frozenset({"photo", "video", "illustration", "translator", "editor", "source"})
"""Fields that newsgen keeps and shows under their label, but does not act on."""

SEPARATORS: Final[Mapping[str, re.Pattern[str]]] = {
    "authors": re.compile(r"\s*(?:[,;/]|\s(?:и|and|&|та|і)\s)\s*"),
    "tags": re.compile(r"\s*[,;]\s*"),
    "aliases": re.compile(r"\s*[,;]\s*"),
}
"""What parts the values of a field that holds several, where they are written in one text."""

_ADD_UP: Final = frozenset({*SEPARATORS, *EXTRAS, "corrections"})
TRUE: Final = frozenset({"true", "yes", "on", "1", "да"})
FALSE: Final = frozenset({"false", "no", "off", "0", "нет", ""})

_NAMES: Final = {synonym: name for name, synonyms in _SYNONYMS.items() for synonym in synonyms}
_LOOK_ALIKES: Final = str.maketrans("aceopxykmtbhi", "асеорхукмтвні")


@lru_cache(maxsize=1_000)
def name_of(label: str) -> str:
    """Newsgen's name of a field, or "" for one it does not know."""
    folded = " ".join(label.casefold().split())
    return (
        _NAMES.get(folded)
        or _NAMES.get(folded.replace("-", "_"))
        or (_NAMES.get(folded.translate(_LOOK_ALIKES), "") if not folded.isascii() else "")
    )


def keep(
    field: RawField, fields: MutableMapping[str, RawField], extra: MutableMapping[str, RawField]
) -> None:
    """Put a field where it belongs, under newsgen's name if it has one, else under its own.

    Given more than once, values of lists and credits add up; elsewhere the first one that says
    anything counts, but newsgen's own word for the field (`date`, `title`) goes before synonyms.
    """
    label = field.label
    name = name_of(label) or name_of(label.removeprefix("extra.").removeprefix("params."))
    if name == "date" and field.text.lower() in TRUE | FALSE:
        # Jekyll's `published: false` speaks of drafts, not of days.
        name, field = "draft", RawField(str(field.text.lower() in FALSE).lower(), field.line, label)
    kept = fields if name else extra
    name = name or label.casefold()
    known = kept.get(name)
    if known is None or not known.text:
        kept[name] = field
    elif name in _ADD_UP:
        values = (*values_of(name, known), *values_of(name, field))
        kept[name] = RawField(values, known.line, known.label)
    elif label.casefold() == _SYNONYMS.get(name, ("",))[0]:
        kept[name] = field


def values_of(name: str, field: RawField) -> tuple[str, ...]:
    """The values of a field; a text with several in it is parted as the field's name asks for."""
    if not isinstance(field.value, str):
        return field.value
    apart = SEPARATORS.get(name)
    return tuple(apart.split(field.value)) if apart else (field.value,)
