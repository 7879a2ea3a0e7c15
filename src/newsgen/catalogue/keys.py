"""Sort keys of articles, and days and periods as ranges of them."""

from typing import Final

SORT_KEYS_PER_DAY: Final = 1_000_000
"""Divisor that turns a sort key, `YYYYMMDDhhmmss`, into a day, `YYYYMMDD`."""

MAX_SORT_KEY: Final = 9999_99_99_99_99_99
"""Sort key after that of any date, as years have four digits."""

_SORT_KEY_DIGITS: Final = 14


def format_day(day: int) -> str:
    """Return a day as ISO 8601: 20250830 becomes `2025-08-30`.

    Zeros stand for an unknown day, month or year: `1937-06-00`, `0000-00-00`.
    """
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"


def day_range(day: int) -> tuple[int, int]:
    """Return a day's first sort key and the first one after it."""
    return day * SORT_KEYS_PER_DAY, (day + 1) * SORT_KEYS_PER_DAY


def period_range(key: str) -> tuple[int, int]:
    """Return a period's first sort key and the first one after it.

    Args:
        key: Key of a day, month or year: `2025-08-30`, `2025-08` or `2025`, with zeros for what is
            unknown.
    """
    digits = key.replace("-", "")
    # A shorter key leaves more digits open.
    width = 10 ** (_SORT_KEY_DIGITS - len(digits))
    start = int(digits) * width
    # December's range ends at month 13, which no article has, so no calendar is needed.
    return start, start + width
