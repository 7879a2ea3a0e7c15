"""Signs that a file holds more than one article, which newsgen publishes as one."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from newsgen.model import RawArticle, RawProblem
from newsgen.read.fields import canonical_field_name

# Each begins with plain text, which makes the search as fast as a look for that text.
_DATED_LINE: Final = re.compile(
    r"\n[ \t]*(?:[Dd]ate|DATE|[Дд]ата|ДАТА)[ \t]+\d{1,4}[-./]\d{1,2}[-./]\d"
)
_FENCE: Final = re.compile(r"\n(?:---|\+\+\+)[ \t]*\n")
_LABEL: Final = re.compile(r"\n[ \t]*([^\W\d_]{4,12}):[ \t]")
_KEY: Final = re.compile(r"[\"']?([^\W\d][\w .-]{0,60})[\"']?[ \t]*[:=]")
_MAX_FRONT_MATTER_LINES: Final = 40
_MAX_REPORTED: Final = 1_000
_HEADLINE_AND_DATE: Final = frozenset({"headline", "date"})


def add_other_articles(raw: RawArticle) -> RawArticle:
    """Return an article with a problem if others begin in its body."""
    body = raw.body
    # One search for each is faster than three generators, and finds nothing in most articles.
    if not (_DATED_LINE.search(body) or _FENCE.search(body) or _LABEL.search(body)):
        return raw
    places = sorted(islice(_find_starts(raw.body), _MAX_REPORTED))
    if not places:
        return raw
    line = raw.body_line + raw.body.count("\n", 0, places[0] + 1)
    more = f", and {len(places) - 1:,} more below" if len(places) > 1 else ""
    problem = RawProblem("many-articles", f"another article seems to begin here{more}", line)
    return raw._replace(problems=(*raw.problems, problem))


def _find_starts(body: str) -> Iterator[int]:
    """Yield the offsets of line breaks after which an article seems to begin."""
    for match in _DATED_LINE.finditer(body):
        yield match.start()
    for match in _FENCE.finditer(body):
        if _is_front_matter(body, match.end()):
            yield match.start()
    yield from _find_header_lines(body)


def _is_front_matter(body: str, start: int) -> bool:
    """Return True if lines with a headline or a date follow, up to another fence."""
    names: set[str] = set()
    for line in body[start : start + 10_000].split("\n")[:_MAX_FRONT_MATTER_LINES]:
        if line.rstrip() in {"---", "+++", "..."}:
            return bool(names & _HEADLINE_AND_DATE)
        key = _KEY.match(line)
        if not key and not line.startswith((" ", "\t", "-", "#")):
            return False
        names.add(canonical_field_name(key[1]) if key else "")
    return False


def _find_header_lines(body: str) -> Iterator[int]:
    """Yield the offsets of adjacent header lines for a headline and a date."""
    last_name, last_start, last_end = "", 0, -1
    for match in _LABEL.finditer(body):
        name = canonical_field_name(match[1])
        if name in _HEADLINE_AND_DATE:
            # The place of an event has a date in news, too. Only next to a headline it starts one.
            if {name, last_name} == _HEADLINE_AND_DATE and match.start() == last_end:
                yield last_start
            last_name, last_start = name, match.start()
            last_end = body.find("\n", match.end())
