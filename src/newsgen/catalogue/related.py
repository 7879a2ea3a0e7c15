"""Which older articles are related to an article: those that share its tags, and lately.

Under each tag only the last few articles of earlier days count, and a tag counts the more, the
longer these took to come together: what is seldom spoken of relates more than what is spoken of
every day. Of articles that tags bring equally near, those come first that share more words of
headline and summary. To an article without tags those of the last ones before its day are related
that share rare words with it. So what is related to an article hangs on older articles alone, and a
new article relates nothing anew but itself.
"""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from newsgen.catalogue import records, similarity
from newsgen.catalogue.keys import DAY, END_OF_TIME
from newsgen.core.digest import combine_digests

_WINDOW: Final = 8
_MOST: Final = 3
_FEWEST: Final = 3
"""A tag whose last articles came together in three days or fewer does not relate by itself."""
_WHOLE: Final = 12
"""What a tag counts under which there are fewer articles than the window holds."""
_MANY_DAYS: Final = 30
_BATCH: Final = 1_000
_LATELY: Final = 64
"""How many articles before its day an article without tags may be related to."""
_LEAST_NEARNESS: Final = 3


class _Known(NamedTuple):
    """An article as others are related to it; it is known by its day, and then by its source.

    `card` names its card, `words` are the words of its headline and summary, as bits.
    """

    day: int
    sort: int
    source: str
    id: int
    card: bytes
    words: int


class _Row(NamedTuple):
    """An article to be related: its terms, and what it was related to before.

    `text` is its headline, and its summary on the next line.
    """

    known: _Known
    terms: Sequence[int]
    related: str
    kin: bytes
    text: str


_Related = tuple[_Row, Sequence[_Known]]
"""An article, and those related to it, the nearest first."""
_Late = tuple[str, _Known]
"""The text of one of the last articles before a day, and the article itself."""
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
        changes = sorted(tags.intersection(terms))
        _update(db, _relate_some(db, tags, _days_behind(db, days, changes, tags)), days)


def _relate_all(db: sqlite3.Connection, tags: set[int]) -> Iterator[_Related]:
    """Every article with those related to it, in one walk from the oldest on."""
    windows: dict[int, deque[_Known]] = defaultdict(lambda: deque(maxlen=_WINDOW))
    lately: deque[_Late] = deque(maxlen=_LATELY)
    query = (
        "SELECT sort, source, id, card, face, terms, related, kin FROM article WHERE shown "
        "ORDER BY sort, source"
    )
    for _, found in groupby(map(_row, db.execute(query)), key=lambda row: row.known.day):
        articles = [row._replace(terms=[t for t in row.terms if t in tags]) for row in found]
        for row in articles:
            yield row, _nearest(row, windows) if row.terms else _nearest_by_words(row, lately)
        for row in articles:
            lately.append((row.text, row.known))
            for term in row.terms:
                windows[term].append(row.known)


def _relate_some(db: sqlite3.Connection, tags: set[int], days: Iterable[int]) -> Iterator[_Related]:
    """The articles of some days with those related to them."""
    query = (
        "SELECT sort, source, id, card, face, terms, related, kin FROM article "
        "WHERE shown AND sort >= ? AND sort < ? ORDER BY sort, source"
    )
    window = (
        "SELECT a.sort, a.source, a.id, a.card, a.face FROM member m "
        "JOIN article a ON a.id = m.article WHERE m.term = ? AND m.sort < ? "
        "ORDER BY m.sort DESC, a.source DESC LIMIT ?"
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
            if row.terms:
                yield row, _nearest(row, windows)
            else:
                yield row, _nearest_by_words(row, _lately_before(db, day))


def _lately_before(db: sqlite3.Connection, day: int) -> list[_Late]:
    """The last articles before a day, the oldest first."""
    query = (
        "SELECT sort, source, id, card, face FROM article WHERE shown AND sort < ? "
        "ORDER BY sort DESC, source DESC LIMIT ?"
    )
    found = db.execute(query, (day * DAY, _LATELY)).fetchall()
    return [(records.text_in(one[-1]), _known(*one)) for one in reversed(found)]


def _days_behind(
    db: sqlite3.Connection, days: Iterable[int], terms: Iterable[int], tags: set[int]
) -> set[int]:
    """The days, and those of later articles to which articles of these days may be related."""
    query = f"SELECT sort / {DAY} FROM member WHERE term = ? AND sort >= ? ORDER BY sort LIMIT ?"
    behind = set(days)
    for day in days:
        behind.update(_untagged_behind(db, day, tags))
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


def _untagged_behind(db: sqlite3.Connection, day: int, tags: set[int]) -> Iterator[int]:
    """The days of those articles without tags that have an article of a day among the last ones."""
    after = (
        "SELECT sort FROM article WHERE shown AND sort >= ? ORDER BY sort, source LIMIT 1 OFFSET ?"
    )
    start = (day + 1) * DAY
    last = db.execute(after, (start, _LATELY - 1)).fetchone()
    until = (last[0] // DAY + 1) * DAY if last else END_OF_TIME + 1
    query = "SELECT sort, terms FROM article WHERE shown AND sort >= ? AND sort < ?"
    for sort, terms in db.execute(query, (start, until)):
        if tags.isdisjoint(records.load_ids(terms)):
            yield sort // DAY


def _nearest(row: _Row, windows: _Windows) -> list[_Known]:
    """The articles nearest to one, the nearest first."""
    scores: dict[int, int] = defaultdict(int)
    found: dict[int, _Known] = {}
    for term in row.terms:
        window = windows.get(term, ())
        weight = _weight(window, row.known.day)
        for known in window:
            found[known.id] = known
            scores[known.id] += weight
    ranked = sorted(scores.values(), reverse=True)
    # Words need not be asked of those that tags leave behind.
    least = max(_FEWEST, ranked[_MOST - 1] if len(ranked) > _MOST else 0)
    near = [known for number, known in found.items() if scores[number] >= least]
    shared = similarity.likeness(row.known.words, [known.words for known in near])
    best = [(scores[one.id], words, one) for one, words in zip(near, shared, strict=True)]
    best.sort(reverse=True)
    return [known for _, _, known in best[:_MOST]]


def _nearest_by_words(row: _Row, lately: Sequence[_Late]) -> list[_Known]:
    """The articles nearest to one without tags, the nearest first."""
    near = similarity.nearness(row.text, [text for text, _ in lately])
    found = [(words, at) for at, words in enumerate(near) if words >= _LEAST_NEARNESS]
    found.sort(reverse=True)
    return [lately[at][1] for _, at in found[:_MOST]]


def _weight(window: Sequence[_Known], day: int) -> int:
    """What a tag counts: the more, the longer ago the first article of its window is."""
    if len(window) < _WINDOW:
        return _WHOLE
    return min(_WHOLE, (_ordinal(day) - _ordinal(window[0].day)).bit_length())


def _update(db: sqlite3.Connection, found: Iterable[_Related], days: set[int]) -> None:
    """Write down what is another than before."""
    changed = []
    query = "UPDATE article SET related = ?, kin = ? WHERE id = ?"
    for row, near in found:
        related = records.dump_ids([known.id for known in near])
        kin = combine_digests(known.card for known in near) if near else b""
        if (related, kin) != (row.related, row.kin):
            changed.append((related, kin, row.known.id))
            days.add(row.known.day)
        if len(changed) == _BATCH:
            db.executemany(query, changed)
            changed.clear()
    db.executemany(query, changed)


def _row(found: tuple[int, str, int, bytes, str, str, str, bytes]) -> _Row:
    sort, source, number, card, face, terms, related, kin = found
    known = _known(sort, source, number, card, face)
    return _Row(known, records.load_ids(terms), related, kin, records.text_in(face))


def _known(sort: int, source: str, number: int, card: bytes, face: str) -> _Known:
    return _Known(
        sort // DAY, sort, source, number, card, similarity.mask_of(records.text_in(face))
    )


def _ordinal(day: int) -> int:
    return date(day // 10_000, day // 100 % 100, day % 100).toordinal()
