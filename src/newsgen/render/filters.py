"""What templates can do to values: dates and numbers in the site's language."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from newsgen import i18n
from newsgen.model import Moment


def filters_of(tag: str) -> Mapping[str, Callable[..., str]]:
    """The filters of a site in a language, by their names."""
    return {
        "date": partial(_date, tag),
        "time": partial(_time, tag),
        "day_and_month": partial(_day_and_month, tag),
        "month": partial(i18n.month_and_year, tag),
        "month_name": partial(i18n.month_name, tag),
        "month_short": partial(i18n.month_short, tag),
        "weekday": partial(i18n.weekday_name, tag),
        "number": partial(i18n.format_number, tag),
    }


def make_gettext(tag: str) -> Mapping[str, Callable[..., str]]:
    """What templates call for the words of the interface: `_` and `ngettext`, as in gettext."""
    words = i18n.translations(tag)

    @lru_cache(maxsize=1_000)
    def gettext(message: str, /, **values: object) -> str:
        text = words.gettext(message)
        return text % values if values else text

    @lru_cache(maxsize=10_000)
    def ngettext(singular: str, plural: str, count: int, /, **values: object) -> str:
        return words.ngettext(singular, plural, count) % values

    return {"_": gettext, "ngettext": ngettext}


def _date(tag: str, moment: Moment | str) -> str:
    """A day in full: `30 августа 2025`."""
    return i18n.full_date(tag, _day_of(moment))


def _day_and_month(tag: str, moment: Moment | str) -> str:
    """A day without its year: `30 августа`."""
    return i18n.day_and_month(tag, _day_of(moment))


def _day_of(moment: Moment | str) -> str:
    return (moment if isinstance(moment, str) else moment.iso)[:10]


def _time(tag: str, moment: Moment) -> str:
    """A time of day: `14:05`; "" where there is none."""
    return i18n.clock_time(tag, moment.iso)
