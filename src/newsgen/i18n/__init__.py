"""Localization: translations, plurals, dates and alphabetical order.

Translations are gettext catalogues under `locale/`. Dates come from the CLDR, through Babel. A
language without a catalogue gets English text and its own dates. Pages and templates are unknown
here.
"""

import os
import re
import unicodedata
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel import Locale, UnknownLocaleError

try:
    from babel.dates import format_date, format_skeleton, format_time
except (ValueError, OSError):
    # Babel reads the file that `TZ` names as it is imported. newsgen asks it for no local time. The
    # C library takes an invalid `TZ` for UTC, too.
    os.environ["TZ"] = "UTC"
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
"""Alphabets whose order is not Unicode's. A letter that is missing sorts with its base letter."""

_YEAR_SIGN: Final = re.compile(r"\s[гр]\.$")
"""Year sign, `г.` or `р.`, of CLDR dates in Russian and its neighbors: newspapers omit it."""

_DAY: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?!00)\d\d")
_LEADING_SIGNS: Final = re.compile(r"^[^\w]+")
"""Quotes and other signs in front of a name, which an index ignores: `«Газпром»`."""


@cache
def load_locale(tag: str) -> Locale:
    """Return the CLDR's locale for a language tag.

    Raises:
        NewsgenError: `bad-value` if the CLDR does not know the language.
    """
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        message = f"`language` must be one that the CLDR knows, not `{tag}`"
        raise problem_error("bad-value", message, Location("newsgen.yaml")) from error


@cache
def load_translations(tag: str) -> NullTranslations:
    """Return the translations of the interface, or English ones if there is no catalogue."""
    language = load_locale(tag).language
    catalogue = files("newsgen.i18n") / "locale" / f"{language}.po"
    if not catalogue.is_file():
        return NullTranslations()
    # Compiling takes some milliseconds once, and spares a build step for `.mo` files.
    compiled = BytesIO()
    with catalogue.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def text_direction(tag: str) -> str:
    """Return `ltr` or `rtl`, and `ltr` for an unknown language."""
    try:
        return str(load_locale(tag).text_direction)
    except NewsgenError:
        return "ltr"


def first_weekday(tag: str) -> int:
    """Return the first day of the week, 0 being Monday."""
    return int(load_locale(tag).first_week_day)


@lru_cache(maxsize=50_000)
def full_date(tag: str, day: str) -> str:
    """Return a date in full: `30 августа 2025` for `2025-08-30`.

    Partial and uncertain dates are shown as far as they are known: `июнь 1937`, `1937 (?)`.

    Args:
        tag: Language tag.
        day: ISO 8601 or EDTF, as in `model.Moment`, without a time.
    """
    if not _DAY.fullmatch(day):
        return _partial_date(tag, day)
    text = format_date(date.fromisoformat(day), "long", locale=load_locale(tag))
    return _YEAR_SIGN.sub("", text)


def _partial_date(tag: str, written: str) -> str:
    """Return a date in EDTF in words."""
    first, slash, last = written.partition("/")
    if slash:
        ends = ("…" if end == ".." else full_date(tag, end) for end in (first, last))
        return " – ".join(ends)
    bare = written.rstrip("?~%")
    qualifier = written[len(bare) :]
    is_about = qualifier in {"~", "%"}
    text = (
        full_date(tag, bare) if _DAY.fullmatch(bare) else _known_part(tag, bare, is_about=is_about)
    )
    if is_about:
        text = load_translations(tag).gettext("c. %(date)s") % {"date": text}
    return f"{text} (?)" if qualifier in {"?", "%"} else text


def _known_part(tag: str, date: str, *, is_about: bool) -> str:
    """Return a year, a month, a season or a decade in words."""
    gettext = load_translations(tag).gettext
    year, _, number = date.replace("-00", "").partition("-")
    if year in {"", "0000"}:
        return gettext("undated")
    if year[3:] == "X" and year[:3].isdigit():
        return gettext("%(decade)ss") % {"decade": f"{year[:3]}0"}
    if not number:
        return year
    seasons = {
        "21": gettext("spring"),
        "22": gettext("summer"),
        "23": gettext("autumn"),
        "24": gettext("winter"),
    }
    # «ок. июня», but «июнь».
    months = load_locale(tag).months["format" if is_about else "stand-alone"]["wide"]
    return f"{seasons.get(number) or months[int(number)]} {year}"


@lru_cache(maxsize=50_000)
def day_and_month(tag: str, day: str) -> str:
    """Return a date without its year: `30 августа`."""
    return str(format_skeleton("MMMMd", date.fromisoformat(day), locale=load_locale(tag)))


@lru_cache(maxsize=5_000)
def month_and_year(tag: str, month: str) -> str:
    """Return a month with its year, as a heading: `Август 2025` for `2025-08`.

    A month `1937-00` stands for the articles of a year without a month, and `0000-00` for those
    without a date.
    """
    gettext = load_translations(tag).gettext
    if month[:4] == "0000":
        return gettext("Undated")
    if month[5:7] == "00":
        return gettext("%(year)s, exact date unknown") % {"year": month[:4]}
    return f"{month_name(tag, month)} {int(month[:4])}"


@lru_cache(maxsize=5_000)
def month_name(tag: str, month: str) -> str:
    """Return a month's name, as a heading: `Август` for `2025-08`."""
    name = load_locale(tag).months["stand-alone"]["wide"][int(month[5:7])]
    # Russian month names are lower case. `capitalize` would also lower the other letters.
    return str(name[0].upper() + name[1:])


@lru_cache(maxsize=5_000)
def month_short(tag: str, month: str) -> str:
    """Return a month's abbreviated name: `авг` for `2025-08`."""
    name = load_locale(tag).months["stand-alone"]["abbreviated"][int(month[5:7])]
    return str(name).rstrip(".")


@lru_cache(maxsize=5_000)
def weekday_name(tag: str, day: str) -> str:
    """Return the weekday of a date: `суббота` for `2025-08-30`."""
    return str(load_locale(tag).days["stand-alone"]["wide"][date.fromisoformat(day).weekday()])


@cache
def weekday_initials(tag: str) -> tuple[tuple[str, str], ...]:
    """Return the weekdays, abbreviated and in full, from the first day of the week on."""
    days = load_locale(tag).days["stand-alone"]
    first = first_weekday(tag)
    order = [(first + offset) % 7 for offset in range(7)]
    return tuple((days["short"][number], days["wide"][number]) for number in order)


@lru_cache(maxsize=5_000)
def clock_time(tag: str, moment: str) -> str:
    """Return a time of day: `14:05` for `2025-08-30T14:05:00+03:00`, "" for a date alone."""
    # A date without a time would be shown as midnight.
    if "T" not in moment:
        return ""
    time = datetime.fromisoformat(moment).time()
    return str(format_time(time, "short", locale=load_locale(tag)))


def format_number(tag: str, number: int) -> str:
    """Return a whole number with separators for thousands: `12 345`."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - slow to import

    return str(format_decimal(number, locale=load_locale(tag)))


def initial(tag: str, name: str) -> str:
    """Return the letter that an index lists a name under: `Е` for `Ёлка`, `#` for a digit."""
    first = _LEADING_SIGNS.sub("", name)[:1]
    return _base(tag, first.lower()).upper() if first.isalpha() else "#"


def collation_key(tag: str, name: str) -> tuple[object, ...]:
    """Return a key that sorts names as an index does.

    Digits come before letters, and the language's own script before others. Letters that differ
    only in their marks sort together: `Ё` with `Е`.
    """
    # NFC first: `Й` typed as two characters must match the single letter of the alphabet.
    bare = unicodedata.normalize("NFC", _LEADING_SIGNS.sub("", name)).casefold()
    first = bare[:1]
    group = (1 if _in_script(tag, first) else 2) if first.isalpha() else 0
    # Names that differ only in case or marks get equal weights: the rest of the key decides then,
    # so the order never depends on the input's.
    return group, "".join(_weight(tag, letter) for letter in bare), bare, name


@lru_cache(maxsize=5_000)
def _weight(tag: str, letter: str) -> str:
    """Return a character that sorts by code point as the letter does in its alphabet."""
    base = _base(tag, letter)
    position = _alphabet(tag).find(base)
    # The private use area lies above all letters of the alphabets, so it keeps them together.
    return chr(0xE000 + position) if position >= 0 else base


@lru_cache(maxsize=5_000)
def _base(tag: str, letter: str) -> str:
    """Return a letter without its marks, unless the alphabet contains it with them: `Й`."""
    if letter in _alphabet(tag):
        return letter
    return unicodedata.normalize("NFD", letter)[:1] or letter


def _alphabet(tag: str) -> str:
    return _ALPHABETS.get(tag.partition("-")[0], "")


@lru_cache(maxsize=5_000)
def _in_script(tag: str, letter: str) -> bool:
    """Return True if a letter belongs to the script that the language is written in."""
    # The CLDR names no script for most languages, but month names are written in it.
    own = load_locale(tag).months["stand-alone"]["wide"][1][0]
    return unicodedata.name(letter, "?").split()[0] == unicodedata.name(own, "").split()[0]
