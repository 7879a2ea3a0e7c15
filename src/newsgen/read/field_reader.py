"""Access to one article's fields, within their limits, and the problems found in them.

It does not know what the fields mean: `read.validate` does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from newsgen.model import RawArticle, RawField
from newsgen.problems import Location, Problem
from newsgen.read.limits import MAX_NAME_LENGTH, MAX_OTHER_FIELDS, MAX_VALUES

_EMPTY: Final = RawField("", 0)


@dataclass(slots=True)
class FieldReader:
    """Access to one article's fields, and a collector of the problems found in them.

    `source` is the path of its file in the source folder.
    """

    raw: RawArticle
    file: str
    problems: list[Problem] = field(default_factory=list)
    source: str = ""

    def field(self, name: str) -> RawField:
        """Return a field, an empty one if the article has none of that name."""
        return self.raw.fields.get(name, _EMPTY)

    def report(self, code: str, message: str, line: int = 0) -> None:
        """Add a problem."""
        self.problems.append(Problem(Location(self.file, line), code, message))

    def limit_values(self, values: Sequence[str], name: str, line: int) -> Sequence[str]:
        """Return as many values of a field as are allowed, and report if there are more."""
        limit = MAX_VALUES.get(name, MAX_OTHER_FIELDS)
        if len(values) > limit:
            message = f"{shorten(name)} has more than {limit} values; the others are left out"
            self.report("too-many-values", message, line)
        return values[:limit]

    def limit_names(self, names: Iterable[str], name: str, line: int) -> list[str]:
        """Return the names that are short enough, and report the first of the others."""
        kept: list[str] = []
        is_reported = False
        for one in names:
            if len(one) <= MAX_NAME_LENGTH:
                kept.append(one)
            elif not is_reported:
                self.report_length(f'"{shorten(one)}" in {name}', one, MAX_NAME_LENGTH, line)
                is_reported = True
        return kept

    def report_length(self, what: str, text: str, limit: int, line: int) -> None:
        """Report a text that is too long."""
        message = f"{what} has {len(text):,} characters; the limit is {limit:,}"
        self.report("value-too-long", message, line)


def shorten(text: str) -> str:
    """Return the beginning of a text, for a message."""
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004
