"""Which older articles are related to an article: those that share its tags, and lately.

Under each tag only the last few articles of earlier days count, and a tag counts the more, the
longer these took to come together: what is seldom spoken of relates more than what is spoken of
every day. So what is related to an article hangs on older articles alone, and a new article relates
nothing anew but itself.
"""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from newsgen.catalogue import rows
from newsgen.catalogue.keys import DAY
from newsgen.digest import digest_of_digests

_WINDOW: Final = 8
_MOST: Final = 3
_FEWEST: Final = 3
"""A tag whose last articles came together in three days or fewer does not relate by itself."""
_WHOLE: Final = 12
"""What a tag counts under which there are fewer articles than the window holds."""
_MANY_DAYS: Final = 30


class _Known(NamedTuple):
    """An article as others are related to it; it is known by its day, and then by its source."""

    day: int
    sort: int
    source: str
    id: int


class _Row(NamedTuple):
    """An article to be related: its terms, and what it was related to before."""

    known: _Known
    terms: Sequence[int]
    related: str
    kin: bytes


_Windows = Mapping[int, Sequence[_Known]]
"""By the number of a term, its last articles before a day, the oldest first."""


def relate(db: sqlite3.Connection, days: set[int], terms: Iterable[int]) -> None:
    """Bring up to date what is related to what; days on which that has changed are added to `days`.

    Args:
        db: the catalogue, with its cards up to date.
        days: the days whose articles are others than before.
        terms: the terms of these articles, before and now.
    """
    if not days:
        return
    tags = {number for (number,) in db.execute("SELECT id FROM term WHERE kind != 'author'")}
    if len(days) > _MANY_DAYS:
        _update(db, _relate_all(db, tags), days)
    else:
        touched = sorted(tags.intersection(terms))
        _update(db, _relate_some(db, tags, _days_behind(db, days, touched)), days)


def _relate_all(db: sqlite3.Connection, tags: set[int]) -> Iterator[tuple[_Row, list[int]]]:
    """Every article with the numbers of those related to it, in one walk from the oldest on."""
    windows: dict[int, deque[_Known]] = defaultdict(lambda: deque(maxlen=_WINDOW))
    query = (
        "SELECT sort, source, id, terms, related, kin FROM article WHERE shown "
        "ORDER BY sort, source"
    )
    for _, found in groupby(map(_row, db.execute(query)), key=lambda row: row.known.day):
        articles = [row._replace(terms=[t for t in row.terms if t in tags]) for row in found]
        for row in articles:
            yield row, _nearest(row, windows)
        for row in articles:
            for term in row.terms:
                windows[term].append(row.known)


def _relate_some(
    db: sqlite3.Connection, tags: set[int], days: Iterable[int]
) -> Iterator[tuple[_Row, list[int]]]:
    """The articles of some days with the numbers of those related to them."""
    query = (
        "SELECT sort, source, id, terms, related, kin FROM article "
        "WHERE shown AND sort >= ? AND sort < ? ORDER BY sort, source"
    )
    window = (
        "SELECT a.sort, a.source, a.id FROM member m JOIN article a ON a.id = m.article "
        "WHERE m.term = ? AND m.sort < ? ORDER BY m.sort DESC, a.source DESC LIMIT ?"
    )
    for day in sorted(days):
        windows: dict[int, list[_Known]] = {}
        for found in db.execute(query, (day * DAY, (day + 1) * DAY)).fetchall():
            row = _row(found)
            row = row._replace(terms=[term for term in row.terms if term in tags])
            for term in row.terms:
                if term not in windows:
                    last = db.execute(window, (term, day * DAY, _WINDOW)).fetchall()
                    windows[term] = [_known(*one) for one in reversed(last)]
            yield row, _nearest(row, windows)


def _days_behind(db: sqlite3.Connection, days: Iterable[int], terms: Iterable[int]) -> set[int]:
    """The days, and those of later articles in whose windows articles of these days may stand."""
    query = f"SELECT sort / {DAY} FROM member WHERE term = ? AND sort >= ? ORDER BY sort LIMIT ?"
    behind = set(days)
    for day in days:
        for term in terms:
            start = (day + 1) * DAY
            after = [one for (one,) in db.execute(query, (term, start, _WINDOW))]
            if len(after) == _WINDOW:
                until = (after[-1] + 1) * DAY
                late = f"SELECT DISTINCT sort / {DAY} FROM member WHERE term = ? AND sort >= ? "
                found = db.execute(late + "AND sort < ?", (term, start, until))
                behind.update(one for (one,) in found)
            behind.update(after)
    return behind


def _nearest(row: _Row, windows: _Windows) -> list[int]:
    """The numbers of the articles nearest to one, the nearest first."""
    scores: dict[_Known, int] = defaultdict(int)
    for term in row.terms:
        window = windows.get(term, ())
        weight = _weight(window, row.known.day)
        for known in window:
            scores[known] += weight
    near = [(score, known) for known, score in scores.items() if score >= _FEWEST]
    near.sort(key=itemgetter(0, 1), reverse=True)
    return [known.id for _, known in near[:_MOST]]


def _weight(window: Sequence[_Known], day: int) -> int:
    """What a tag counts: the more, the longer ago the first article of its window is."""
    if len(window) < _WINDOW:
        return _WHOLE
    return min(_WHOLE, (_ordinal(day) - _ordinal(window[0].day)).bit_length())


def _update(
    db: sqlite3.Connection, found: Iterable[tuple[_Row, list[int]]], days: set[int]
) -> None:
    """Write down what is another than before."""
    changed = []
    for row, numbers in found:
        related = rows.dump_ids(numbers)
        if not numbers and row.related == related:
            continue
        kin = digest_of_digests(_card(db, number) for number in numbers) if numbers else b""
        if (related, kin) != (row.related, row.kin):
            changed.append((related, kin, row.known.id))
            days.add(row.known.day)
    db.executemany("UPDATE article SET related = ?, kin = ? WHERE id = ?", changed)


def _card(db: sqlite3.Connection, number: int) -> bytes:
    ((card,),) = db.execute("SELECT card FROM article WHERE id = ?", (number,))
    return bytes(card)


def _row(found: tuple[int, str, int, str, str, bytes]) -> _Row:
    sort, source, number, terms, related, kin = found
    return _Row(_known(sort, source, number), rows.load_ids(terms), related, kin)


def _known(sort: int, source: str, number: int) -> _Known:
    return _Known(sort // DAY, sort, source, number)


def _ordinal(day: int) -> int:
    return date(day // 10_000, day // 100 % 100, day % 100).toordinal()
