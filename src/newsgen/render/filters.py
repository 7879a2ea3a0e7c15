"""Filters and translation functions of templates: dates, numbers and words in a language."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from newsgen import i18n
from newsgen.model import Moment


def make_filters(language: str) -> Mapping[str, Callable[..., str]]:
    """Return the filters for a site's language, by their names."""
    return {
        "date": partial(_date, language),
        "time": partial(_time, language),
        "day_and_month": partial(_day_and_month, language),
        "month": partial(i18n.month_and_year, language),
        "month_name": partial(i18n.month_name, language),
        "month_short": partial(i18n.month_short, language),
        "weekday": partial(i18n.weekday_name, language),
        "number": partial(i18n.format_number, language),
    }


def make_gettext(language: str) -> Mapping[str, Callable[..., str]]:
    """Return the translation functions `_` and `ngettext`, as in gettext."""
    translations = i18n.load_translations(language)

    # Navigation and labels are the same on every page, so most calls repeat an earlier one.
    @lru_cache(maxsize=1_000)
    def gettext(message: str, /, **values: object) -> str:
        text = translations.gettext(message)
        # Without values a `%` in a message is an ordinary character.
        return text % values if values else text

    @lru_cache(maxsize=10_000)
    def ngettext(singular: str, plural: str, count: int, /, **values: object) -> str:
        return translations.ngettext(singular, plural, count) % values

    return {"_": gettext, "ngettext": ngettext}


def _date(language: str, moment: Moment | str) -> str:
    """Return a date in full: `30 августа 2025`, or as far as it is known: `июнь 1937`."""
    written = moment if isinstance(moment, str) else moment.iso
    return i18n.full_date(language, written.partition("T")[0])


def _day_and_month(language: str, moment: Moment | str) -> str:
    """Return a date without its year: `30 августа`."""
    return i18n.day_and_month(language, moment[:10] if isinstance(moment, str) else moment.known)


def _time(language: str, moment: Moment) -> str:
    """Return a time of day, `14:05`, or "" if the article gives none."""
    return i18n.clock_time(language, moment.iso)
