"""Related articles: older articles that share an article's tags.

Related articles are always from earlier days, so adding the newest article never changes the
related list of another one.

Only the last few articles of each tag are candidates. A tag weighs more if these are spread over a
longer time: a rare tag says more than one that is used every day. Candidates of equal weight are
ordered by the words that their headlines and summaries share. For an article without tags, the
candidates are the last articles before its day, and shared rare words decide.
"""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from newsgen.catalogue import records
from newsgen.catalogue.keys import MAX_SORT_KEY, SORT_KEYS_PER_DAY, day_range
from newsgen.catalogue.similarity import make_mask, shared_bits, similarity
from newsgen.core.digest import combine_digests

_WINDOW_SIZE: Final = 8
"""Number of a tag's last articles that are candidates."""

_MAX_RELATED: Final = 3

_MIN_SCORE: Final = 3
"""Least sum of tag weights. The weight is the bit length of a window's days, so a single tag must
span four days or more."""

_MAX_WEIGHT: Final = 12
"""Weight of a tag with fewer articles than a window holds. Full windows reach it at 2,048 days."""

_MAX_DAYS_ONE_BY_ONE: Final = 30
"""With more changed days, one pass over all articles is cheaper than queries for each day."""

_LATEST_SIZE: Final = 64
"""Number of articles before its day that an article without tags is compared to."""

_MIN_SIMILARITY: Final = 3
"""Least number of shared rare words that relates articles without tags."""

_BATCH_SIZE: Final = 1_000

_COLUMNS: Final = (
    "a.sort_key, a.source, a.id, a.summary_digest, a.headline || char(10) || a.summary"
)
"""Columns of `article a` that a candidate is made from."""


class _Candidate(NamedTuple):
    """Article that later ones may be related to.

    Candidates are compared as tuples, so the order of fields decides between equal scores.
    """

    day: int
    sort_key: int
    source: str
    id: int
    summary_digest: bytes
    words: int
    """Bit mask of the headline's and summary's words."""


class _Target(NamedTuple):
    """Article whose related articles are wanted.

    Attributes:
        own: The article as a candidate for later ones.
        text: Headline, line break and summary.
        terms: Ids of its tags; authors do not relate articles.
        related_ids_json: Related articles found by an earlier update.
        related_digest: Digest of their summary digests at that time.
    """

    own: _Candidate
    text: str
    terms: Sequence[int]
    related_ids_json: str
    related_digest: bytes


_Ranked = tuple[_Target, Sequence[_Candidate]]
"""Article with its related articles, best first."""

_Latest = tuple[str, _Candidate]
"""One of the last articles before a day, with its text."""

_Windows = Mapping[int, Sequence[_Candidate]]
"""Last articles of each tag before a day, oldest first, by the tag's id."""


def update_related(db: sqlite3.Connection, days: set[int], terms: Iterable[int]) -> None:
    """Update the related articles of all articles that a change may affect.

    Args:
        db: The catalogue, with its summary digests up to date.
        days: Days whose articles have changed; days of articles with other related articles than
            before are added.
        terms: Ids of the changed articles' terms, those that they had before and have now.
    """
    if not days:
        return
    tags = {tag for (tag,) in db.execute("SELECT id FROM term WHERE kind != 'author'")}
    if len(days) > _MAX_DAYS_ONE_BY_ONE:
        _store_changes(db, _rank_all(db, tags), days)
    else:
        changed_tags = sorted(tags.intersection(terms))
        affected = _find_affected_days(db, days, changed_tags, tags)
        _store_changes(db, _rank_days(db, tags, affected), days)


def _rank_all(db: sqlite3.Connection, tags: set[int]) -> Iterator[_Ranked]:
    """Rank candidates for every article, in one pass from the oldest to the newest."""
    windows: dict[int, deque[_Candidate]] = defaultdict(lambda: deque(maxlen=_WINDOW_SIZE))
    latest: deque[_Latest] = deque(maxlen=_LATEST_SIZE)
    query = (
        f"SELECT {_COLUMNS}, term_ids_json, related_ids_json, related_digest FROM article a "
        "WHERE is_listed ORDER BY sort_key, source"
    )
    targets = (_make_target(tags, *row) for row in db.execute(query))
    for _, found in groupby(targets, key=lambda target: target.own.day):
        articles = list(found)
        for target in articles:
            yield (
                target,
                (
                    _rank_by_tags(target, windows)
                    if target.terms
                    else _rank_by_words(target, latest)
                ),
            )
        # Articles of one day are never related to each other, so windows grow day by day.
        for target in articles:
            latest.append((target.text, target.own))
            for term in target.terms:
                windows[term].append(target.own)


def _rank_days(db: sqlite3.Connection, tags: set[int], days: Iterable[int]) -> Iterator[_Ranked]:
    """Rank candidates for the articles of some days."""
    query = (
        f"SELECT {_COLUMNS}, term_ids_json, related_ids_json, related_digest FROM article a "
        "WHERE is_listed AND sort_key >= ? AND sort_key < ? ORDER BY sort_key, source"
    )
    window = (
        f"SELECT {_COLUMNS} FROM article_term m JOIN article a ON a.id = m.article_id "
        "WHERE m.term_id = ? AND m.sort_key < ? ORDER BY m.sort_key DESC, a.source DESC LIMIT ?"
    )
    for day in sorted(days):
        start, end = day_range(day)
        windows: dict[int, list[_Candidate]] = {}
        for row in db.execute(query, (start, end)).fetchall():
            target = _make_target(tags, *row)
            for term in target.terms:
                if term not in windows:
                    last = db.execute(window, (term, start, _WINDOW_SIZE)).fetchall()
                    windows[term] = [_make_candidate(*found) for found in reversed(last)]
            if target.terms:
                yield target, _rank_by_tags(target, windows)
            else:
                yield target, _rank_by_words(target, _load_latest(db, start))


def _load_latest(db: sqlite3.Connection, end: int) -> list[_Latest]:
    """Return the last articles before a sort key, oldest first."""
    query = (
        f"SELECT {_COLUMNS} FROM article a WHERE is_listed AND sort_key < ? "
        "ORDER BY sort_key DESC, source DESC LIMIT ?"
    )
    rows = db.execute(query, (end, _LATEST_SIZE)).fetchall()
    return [(row[-1], _make_candidate(*row)) for row in reversed(rows)]


def _find_affected_days(
    db: sqlite3.Connection, days: Iterable[int], changed_tags: Iterable[int], tags: set[int]
) -> set[int]:
    """Return the changed days, and later days whose related articles may change with them."""
    query = (
        f"SELECT sort_key / {SORT_KEYS_PER_DAY} FROM article_term "
        "WHERE term_id = ? AND sort_key >= ? ORDER BY sort_key LIMIT ?"
    )
    rest_of_last_day = (
        f"SELECT DISTINCT sort_key / {SORT_KEYS_PER_DAY} FROM article_term "
        "WHERE term_id = ? AND sort_key >= ? AND sort_key < ?"
    )
    affected = set(days)
    for day in days:
        affected.update(_find_affected_untagged_days(db, day, tags))
        _, start = day_range(day)
        for tag in changed_tags:
            # A changed article can be in the windows of the next `_WINDOW_SIZE` articles with its
            # tag, and of no later ones.
            after = [found for (found,) in db.execute(query, (tag, start, _WINDOW_SIZE))]
            if len(after) == _WINDOW_SIZE:
                _, end = day_range(after[-1])
                found = db.execute(rest_of_last_day, (tag, start, end))
                affected.update(later for (later,) in found)
            affected.update(after)
    return affected


def _find_affected_untagged_days(db: sqlite3.Connection, day: int, tags: set[int]) -> Iterator[int]:
    """Yield days of articles without tags that are compared to articles of a day."""
    _, start = day_range(day)
    # An article without tags is compared to the `_LATEST_SIZE` articles before its day. So a change
    # reaches as many articles on, to the end of the last one's day.
    last = db.execute(
        "SELECT sort_key FROM article WHERE is_listed AND sort_key >= ? "
        "ORDER BY sort_key, source LIMIT 1 OFFSET ?",
        (start, _LATEST_SIZE - 1),
    ).fetchone()
    end = day_range(last[0] // SORT_KEYS_PER_DAY)[1] if last else MAX_SORT_KEY + 1
    query = (
        "SELECT sort_key, term_ids_json FROM article "
        "WHERE is_listed AND sort_key >= ? AND sort_key < ?"
    )
    for sort_key, ids_json in db.execute(query, (start, end)):
        if tags.isdisjoint(records.load_ids(ids_json)):
            yield sort_key // SORT_KEYS_PER_DAY


def _rank_by_tags(target: _Target, windows: _Windows) -> list[_Candidate]:
    """Return the related articles of an article with tags, best first."""
    scores: dict[int, int] = defaultdict(int)
    found: dict[int, _Candidate] = {}
    for term in target.terms:
        window = windows.get(term, ())
        weight = _weigh(window, target.own.day)
        for candidate in window:
            found[candidate.id] = candidate
            scores[candidate.id] += weight
    ranked = sorted(scores.values(), reverse=True)
    # Comparing words is the expensive part: leave out candidates that tags alone rule out.
    min_score = max(_MIN_SCORE, ranked[_MAX_RELATED - 1] if len(ranked) > _MAX_RELATED else 0)
    near = [candidate for number, candidate in found.items() if scores[number] >= min_score]
    shared = shared_bits(target.own.words, [candidate.words for candidate in near])
    best = [(scores[one.id], words, one) for one, words in zip(near, shared, strict=True)]
    # Equal scores are decided by shared words, then by date: a candidate begins with its day.
    best.sort(reverse=True)
    return [candidate for _, _, candidate in best[:_MAX_RELATED]]


def _rank_by_words(target: _Target, latest: Sequence[_Latest]) -> list[_Candidate]:
    """Return the related articles of an article without tags, best first."""
    scores = similarity(target.text, [text for text, _ in latest])
    found = [(score, index) for index, score in enumerate(scores) if score >= _MIN_SIMILARITY]
    # Of equal scores the later index wins, which is the newer article.
    found.sort(reverse=True)
    return [latest[index][1] for _, index in found[:_MAX_RELATED]]


def _weigh(window: Sequence[_Candidate], day: int) -> int:
    """Return the weight of a tag on a day, which grows with the age of its window's first article.

    It is logarithmic: a tag used half as often is worth one more.
    """
    if len(window) < _WINDOW_SIZE:
        return _MAX_WEIGHT
    return min(_MAX_WEIGHT, (_to_ordinal(day) - _to_ordinal(window[0].day)).bit_length())


def _store_changes(db: sqlite3.Connection, ranked: Iterable[_Ranked], days: set[int]) -> None:
    """Store related articles that differ from those stored, and add their days to `days`."""
    changed = []
    query = "UPDATE article SET related_ids_json = ?, related_digest = ? WHERE id = ?"
    for target, related in ranked:
        ids_json = records.dump_ids(candidate.id for candidate in related)
        combined = combine_digests(one.summary_digest for one in related) if related else b""
        # Only real differences count: each one makes the pages of a day stale.
        if (ids_json, combined) != (target.related_ids_json, target.related_digest):
            changed.append((ids_json, combined, target.own.id))
            days.add(target.own.day)
        if len(changed) == _BATCH_SIZE:
            db.executemany(query, changed)
            changed.clear()
    db.executemany(query, changed)


def _make_target(
    tags: set[int],
    *row: *tuple[int, str, int, bytes, str, str, str, bytes],
) -> _Target:
    """Return a target from the values of `_COLUMNS`, its terms and its stored related articles."""
    *_, text, term_ids_json, related_ids_json, related_digest = row
    terms = [term for term in records.load_ids(term_ids_json) if term in tags]
    return _Target(_make_candidate(*row[:5]), text, terms, related_ids_json, related_digest)


def _make_candidate(
    sort_key: int, source: str, number: int, summary_digest: bytes, text: str
) -> _Candidate:
    """Return a candidate from the values of `_COLUMNS`."""
    day = sort_key // SORT_KEYS_PER_DAY
    return _Candidate(day, sort_key, source, number, summary_digest, make_mask(text))


def _to_ordinal(day: int) -> int:
    # Zeros stand for what is unknown of a partial date. Its age need not be exact.
    year, month, number = day // 10_000, day // 100 % 100, day % 100
    return date(max(year, 1), max(month, 1), max(number, 1)).toordinal()
