"""What a language decides: words of the interface, plurals, dates, alphabetical order.

Words come from gettext catalogues under `locale/`, dates from the CLDR (Babel). A language without
a catalogue has English words and its own dates. It knows no page and no template.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from newsgen.problems import Location, NewsgenError, problem_error

_ALPHABETS: Final = {
    "be": "абвгдежзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "kk": "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
"""Letters in an order that is not Unicode's; one that is missing stands beside its base letter."""

_YEAR_SIGN: Final = re.compile(r"\s[гр]\.$")
"""The CLDR ends a date in Russian and its neighbours with `г.` or `р.`; newspapers do not."""

_SKIPPED: Final = re.compile(r"^[^\w]+")


@cache
def locale_of(tag: str) -> Locale:
    """The CLDR's locale for a language tag.

    Raises:
        NewsgenError: `bad-value` if the CLDR has none.
    """
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        message = f"`language` must be one that the CLDR knows, not `{tag}`"
        raise problem_error("bad-value", message, Location("newsgen.yaml")) from error


@cache
def translations(tag: str) -> NullTranslations:
    """The words of the interface in a language; English where it has no catalogue."""
    language = locale_of(tag).language
    catalogue = files("newsgen.i18n") / "locale" / f"{language}.po"
    if not catalogue.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with catalogue.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def direction(tag: str) -> str:
    """`ltr` or `rtl`; what no locale is known of is `ltr`."""
    try:
        return str(locale_of(tag).text_direction)
    except NewsgenError:
        return "ltr"


def first_weekday(tag: str) -> int:
    """The day that a week begins with; 0 is Monday."""
    return int(locale_of(tag).first_week_day)


@lru_cache(maxsize=50_000)
def full_date(tag: str, day: str) -> str:
    """A day in full: `30 августа 2025`, of `2025-08-30`."""
    text = format_date(date.fromisoformat(day), "long", locale=locale_of(tag))
    return _YEAR_SIGN.sub("", text)


@lru_cache(maxsize=50_000)
def day_and_month(tag: str, day: str) -> str:
    """A day without its year: `30 августа`."""
    return str(format_skeleton("MMMMd", date.fromisoformat(day), locale=locale_of(tag)))


@lru_cache(maxsize=5_000)
def month_and_year(tag: str, month: str) -> str:
    """A month with its year, as a heading: `Август 2025`, of `2025-08`."""
    return f"{month_name(tag, month)} {int(month[:4])}"


@lru_cache(maxsize=5_000)
def month_name(tag: str, month: str) -> str:
    """A month's name, as a heading: `Август`, of `2025-08`."""
    name = locale_of(tag).months["stand-alone"]["wide"][int(month[5:7])]
    return str(name[0].upper() + name[1:])


@lru_cache(maxsize=5_000)
def month_short(tag: str, month: str) -> str:
    """A month's name in short, as a heading: `авг`, of `2025-08`."""
    name = locale_of(tag).months["stand-alone"]["abbreviated"][int(month[5:7])]
    return str(name).rstrip(".")


@lru_cache(maxsize=5_000)
def weekday_name(tag: str, day: str) -> str:
    """The name of a day of the week: `суббота`, of `2025-08-30`."""
    return str(locale_of(tag).days["stand-alone"]["wide"][date.fromisoformat(day).weekday()])


@cache
def weekday_initials(tag: str) -> tuple[tuple[str, str], ...]:
    """The days of the week, short and in full, from the one that a week begins with."""
    days = locale_of(tag).days["stand-alone"]
    first = first_weekday(tag)
    order = [(first + offset) % 7 for offset in range(7)]
    return tuple((days["short"][number], days["wide"][number]) for number in order)


@lru_cache(maxsize=5_000)
def clock_time(tag: str, moment: str) -> str:
    """A time of day: `14:05`, of `2025-08-30T14:05:00+03:00`; "" of a day alone."""
    if len(moment) <= len("2025-08-30"):
        return ""
    time = datetime.fromisoformat(moment).time()
    return str(format_time(time, "short", locale=locale_of(tag)))


def format_number(tag: str, number: int) -> str:
    """A whole number with its thousands apart: `12 345`."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - few pages have large numbers

    return str(format_decimal(number, locale=locale_of(tag)))


def initial(tag: str, name: str) -> str:
    """The letter that a name stands under in an index: `Е` for `Ёлка`, `#` for a digit."""
    first = _SKIPPED.sub("", name)[:1]
    return _base(tag, first.lower()).upper() if first.isalpha() else "#"


def collation_key(tag: str, name: str) -> tuple[object, ...]:
    """A key that sorts names as an index does: letters by the alphabet first, then by their marks.

    Signs and digits come before letters, the language's own script before others, and `Ё` beside
    `Е`.
    """
    bare = unicodedata.normalize("NFC", _SKIPPED.sub("", name)).casefold()
    first = bare[:1]
    group = (1 if _in_script(tag, first) else 2) if first.isalpha() else 0
    return group, "".join(_weight(tag, letter) for letter in bare), bare, name


@lru_cache(maxsize=5_000)
def _weight(tag: str, letter: str) -> str:
    """A character that sorts as a letter does in the language's alphabet."""
    base = _base(tag, letter)
    place = _alphabet(tag).find(base)
    return chr(0xE000 + place) if place >= 0 else base


@lru_cache(maxsize=5_000)
def _base(tag: str, letter: str) -> str:
    """A letter without its marks, unless the alphabet has it with them."""
    if letter in _alphabet(tag):
        return letter
    return unicodedata.normalize("NFD", letter)[:1] or letter


def _alphabet(tag: str) -> str:
    return _ALPHABETS.get(tag.partition("-")[0], "")


@lru_cache(maxsize=5_000)
def _in_script(tag: str, letter: str) -> bool:
    """Whether a letter is of the script that the language is written in."""
    own = locale_of(tag).months["stand-alone"]["wide"][1][0]
    return unicodedata.name(letter, "?").split()[0] == unicodedata.name(own, "").split()[0]
