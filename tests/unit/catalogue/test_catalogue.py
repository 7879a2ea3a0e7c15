"""The catalogue depends on its articles alone, not on the updates that led to it."""

import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen import urls
from newsgen.catalogue import Catalogue, CatalogueReader, CatalogueSettings, PageThresholds, to_row
from newsgen.model import (
    TAG_KINDS,
    Article,
    Correction,
    Extra,
    GroupKind,
    Moment,
    Source,
    Tag,
    UrlRequest,
)
from newsgen.problems import Location, Problem
from newsgen.text.folding import fold
from newsgen.text.slugs import slugify


def make_slug(_: GroupKind, label: str) -> str:
    return slugify(label, "ascii", "wikipedia", label)


def permalink(source: str, iso: str, slug: str, _: UrlRequest) -> str:
    return urls.permalink("/{year}/{month}/{day}/{slug}/", iso, slug, source)


def settings_until(until: int | None, *, drafts: bool = False) -> CatalogueSettings:
    return CatalogueSettings(
        digest=b"settings",
        make_permalink=permalink,
        resolve_conflicts=urls.resolve_conflicts,
        make_slug=make_slug,
        resolve_slug_conflicts=urls.resolve_slug_conflicts,
        include_drafts=drafts,
        now=until or 0,
        include_future=until is None,
        thresholds=PageThresholds(articles=2, mentions=3, oldest=1),
    )


SETTINGS = settings_until(None)


def make(name: str, day: str = "2025-08-30", **fields: Any) -> Article:
    values: dict[str, Any] = {
        "source": name,
        "source_digest": name.encode(),
        "headline": f"Headline {name}",
        "published": Moment(day),
        "slug": name,
        "summary": "",
        "authors": (),
        "tags": (),
        "language": "",
        "encoding": "utf-8",
        "is_clean": True,
        "body_start": 0,
        "body_end": 0,
        "markup": "text",
    }
    return Article(**{**values, **fields})


def tagged(*names: str) -> tuple[Tag, ...]:
    return tuple(Tag("topic", name) for name in names)


@pytest.fixture
def catalogue() -> Iterator[Catalogue]:
    with closing(Catalogue(None)) as one:
        yield one


def update(
    catalogue: Catalogue,
    articles: Iterable[Article] = (),
    removed: Iterable[str] = (),
    settings: CatalogueSettings = SETTINGS,
) -> CatalogueReader:
    """Insert or replace articles, and remove some."""
    gone = set(removed)
    known = {row[0] for row in catalogue.connection.execute("SELECT path FROM source")}
    fresh = {one.source: one for one in articles if one.source not in gone}
    sources = [Source(path, 0, 1 + (path in fresh), 0) for path in sorted(known | fresh.keys())]
    with catalogue.update(settings, b"reading") as change:
        change.sync_folder("", tuple(one for one in sources if one.path not in gone), b"")
        for path, article in fresh.items():
            source_digest = article.source_digest + repr(article).encode()
            change.store_result(path, source_digest, to_row(article), ())
        catalogue.connection.execute("UPDATE source SET dirty = 0")
        change.resolve_changes()
    return CatalogueReader(catalogue.connection)


def snapshot(archive: CatalogueReader) -> dict[str, Any]:
    """Return all that an archive shows, without the ids of its articles."""
    shown: dict[str, Any] = {}
    kinds: tuple[GroupKind, ...] = ("day", "month", "year", *TAG_KINDS, "author")
    for kind in kinds:
        for group in archive.groups(kind):
            members = archive.members(kind, group.key)
            shown[f"{kind} {group.key}"] = (
                group,
                [
                    (archive.summary(member.id).url, member.summary_digest, member.detail_digest)
                    for member in members
                ],
            )
    return shown


def test_articles_are_listed_by_day_tag_and_author(catalogue: Catalogue) -> None:
    archive = update(
        catalogue,
        [
            make("a", "2025-08-30", authors=("Анна",), tags=tagged("Китай", "ШОС")),
            make("b", "2025-08-30T10:00:00", authors=("Анна", "Борис")),
            make("c", "2024-01-01", tags=tagged("Китай")),
        ],
    )
    assert [(day.key, day.count) for day in archive.groups("day")] == [
        ("2024-01-01", 1),
        ("2025-08-30", 2),
    ]
    assert [(year.key, year.count) for year in archive.groups("year")] == [("2024", 1), ("2025", 2)]
    china = archive.group("topic", fold("Китай"))
    assert (china.label, china.slug, china.count) == ("Китай", "kitay", 2)
    assert (china.first, china.last) == ("2024-01-01", "2025-08-30")
    members = archive.members("topic", china.key)
    assert [archive.summary(member.id).url for member in members] == [
        "2024/01/01/c/",
        "2025/08/30/a/",
    ]
    summary = archive.summary(members[1].id)
    assert [term.label for term in summary.authors] == ["Анна"]
    assert [term.label for term in summary.tags] == ["Китай", "ШОС"]
    with pytest.raises(KeyError):
        archive.group("topic", "nothing")


def test_neighbors_and_the_newest(catalogue: Catalogue) -> None:
    archive = update(catalogue, [make(name, f"2025-08-0{name}") for name in "123"])

    def source(number: int) -> str:
        return archive.detail(number).source

    older, newer = archive.neighbors("2025-08-02")
    assert older
    assert newer
    assert (source(older.id), source(newer.id)) == ("1", "3")
    assert archive.neighbors("2025-08-01")[0] is None
    assert [source(member.id) for member in archive.newest(2)] == ["3", "2"]


def test_a_tag_has_one_page_for_all_its_spellings_and_the_oldest_one_names_it(
    catalogue: Catalogue,
) -> None:
    update(catalogue, [make("a", "2025-01-02", tags=tagged("США"))])
    archive = update(catalogue, [make("b", "2025-01-03", tags=tagged("сша", "Ёлка"))])
    assert [(term.key, term.label, term.count) for term in archive.groups("topic")] == [
        ("елка", "Ёлка", 1),
        ("сша", "США", 2),
    ]
    archive = update(catalogue, [make("c", "2025-01-01", tags=tagged("Сша"))])
    assert archive.group("topic", "сша").label == "Сша"
    labels = {
        tag.label
        for member in archive.members("topic", "сша")
        for tag in archive.summary(member.id).tags
        if tag.slug == "ssha"
    }
    assert labels == {"Сша"}


def test_names_with_the_same_slug_get_different_urls(catalogue: Catalogue) -> None:
    update(catalogue, [make("a", "2025-01-01", tags=tagged("Мел"))])
    archive = update(
        catalogue,
        [make("b", "2025-01-02", tags=tagged("Мель")), make("c", "2025-01-03", tags=tagged("МЕЛ"))],
    )
    slugs = {term.key: term.slug for term in archive.groups("topic")}
    assert slugs["мел"] == "mel"
    assert slugs["мель"].startswith("mel-")
    archive = update(catalogue, removed=["a"])
    assert {term.key: term.slug for term in archive.groups("topic")}["мель"] == "mel"


def test_articles_that_request_one_url_get_different_ones(catalogue: Catalogue) -> None:
    archive = update(catalogue, [make("b", slug="s"), make("a", slug="s"), make("c", slug="t")])
    found = archive.urls("2025-08-30")
    by_source = {archive.detail(number).source: url for number, url in found.items()}
    assert by_source["a"] == "2025/08/30/s/"
    assert by_source["b"].startswith("2025/08/30/s-")
    assert archive.url_conflicts() == [("2025/08/30/s/", ("a", "b"))]
    archive = update(catalogue, [make("d", slug="s")])
    assert {archive.detail(n).source: url for n, url in archive.urls("2025-08-30").items()} == (
        by_source | {"d": urls.resolve_conflicts(["2025/08/30/s/"] * 2, ["a", "d"])[1]}
    )
    archive = update(catalogue, removed=["a", "d"])
    assert set(archive.urls("2025-08-30").values()) == {"2025/08/30/s/", "2025/08/30/t/"}


def test_drafts_and_future_dated_articles_are_unlisted(catalogue: Catalogue) -> None:
    now, later = settings_until(20250901000000), settings_until(20251001000000, drafts=True)
    ahead = make("ahead", "2025-09-15", tags=tagged("x"))
    articles = [make("a"), make("draft", is_draft=True), ahead]
    archive = update(catalogue, articles, settings=now)
    assert catalogue.counts()[1:] == (1, 2)
    assert archive.groups("topic") == []
    assert len(update(catalogue, settings=later).newest(9)) == 3
    assert catalogue.counts()[1:] == (3, 0)
    assert len(update(catalogue, settings=now).newest(9)) == 1
    assert snapshot(CatalogueReader(catalogue.connection)) == snapshot(archive)


def test_articles_are_listed_from_their_publication_until_they_expire(catalogue: Catalogue) -> None:
    held_back = make("held-back", publish_from=Moment("2025-09-15"))
    expiring = make("expiring", expires=Moment("2025-09-15T12:00:00"))
    before, after = settings_until(20250914000000), settings_until(20250916000000)
    first = snapshot(update(catalogue, [held_back, expiring], settings=before))
    assert catalogue.counts()[1:] == (1, 1)
    assert catalogue.count_future_dated(before.now) == 1
    update(catalogue, settings=after)
    assert catalogue.counts()[1:] == (1, 1)
    assert catalogue.count_future_dated(after.now) == 0
    update(catalogue, settings=settings_until(None))
    assert catalogue.counts()[1:] == (2, 0)
    assert snapshot(update(catalogue, settings=before)) == first


def test_partial_dates_are_in_the_periods_that_they_name(catalogue: Catalogue) -> None:
    isos = ["1937-06-16", "1937-06", "1937-21", "1937?", "", "193X", "1936-12-31"]
    archive = update(catalogue, [make(iso or "unknown", iso, slug="s") for iso in isos])
    assert [(day.key, day.count) for day in archive.groups("day")] == [
        ("0000-00-00", 2),
        ("1936-12-31", 1),
        ("1937-00-00", 2),
        ("1937-06-00", 1),
        ("1937-06-16", 1),
    ]
    assert [month.key for month in archive.groups("month")] == [
        *("0000-00", "1936-12", "1937-00", "1937-06"),
    ]
    assert [(year.key, year.count) for year in archive.groups("year")] == [
        *(("0000", 2), ("1936", 1), ("1937", 4)),
    ]
    assert len(archive.members("month", "1937-06")) == 2
    assert len(archive.members("month", "0000-00")) == 2


@pytest.mark.parametrize(
    "field",
    [
        {"source_digest": b"other"},
        {"headline": "Other"},
        {"published": Moment("2025-08-30T10:00:00")},
        {"slug": "other"},
        {"summary": "Other"},
        {"authors": ("Анна",)},
        {"tags": tagged("Китай")},
        {"tags": (Tag("topic", "Китай", 1, (0, 5)),)},
        {"language": "en"},
        {"encoding": "cp1251"},
        {"is_clean": False},
        {"body_start": 1},
        {"body_end": 9},
        {"markup": "markdown"},
        {"updated": Moment("2025-09-01")},
        {"extra": (Extra("photo", "Фото", ("Reuters",)),)},
        {"corrections": (Correction(Moment("2025-09-01"), "Other"),)},
    ],
    ids=lambda field: next(iter(field)),
)
def test_a_change_of_any_field_shows_in_a_digest(
    catalogue: Catalogue, field: dict[str, Any]
) -> None:
    (before,) = update(catalogue, [make("a")]).members("day", "2025-08-30")
    (after,) = update(catalogue, [make("a", **field)]).members("day", "2025-08-30")
    assert before[1:] != after[1:]


def test_articles_with_the_same_text_are_found(catalogue: Catalogue) -> None:
    archive = update(
        catalogue,
        [make("a", text_digest=b"x"), make("b", text_digest=b"x"), make("c"), make("d")],
    )
    assert archive.duplicates() == [("a", "b")]


def test_problems_of_a_source_are_stored(catalogue: Catalogue) -> None:
    problem = Problem(Location("articles/a.txt", 1), "no-date", "has no date")
    with catalogue.update(SETTINGS, b"reading") as change:
        change.sync_folder("", (Source("a.txt", 1, 1, 1),), b"stat")
        change.store_result("a.txt", b"digest", None, (problem,))
        change.resolve_changes()
    assert list(catalogue.problems()) == [problem]
    with catalogue.update(SETTINGS, b"reading") as change:
        change.sync_folder("", (), b"")
    assert list(catalogue.problems()) == []


def test_only_changed_sources_are_dirty(catalogue: Catalogue) -> None:
    sources = (Source("a", 1, 1, 1), Source("b", 1, 1, 1))
    with catalogue.update(SETTINGS, b"reading") as change:
        change.sync_folder("", sources, b"one")
        for source in sources:
            row = to_row(make(source.path))
            change.store_result(source.path, source.path.encode(), row, ())
        change.resolve_changes()
    with suppress(KeyboardInterrupt), catalogue.update(SETTINGS, b"reading") as change:
        changed = (sources[0], Source("b", 1, 2, 1), Source("c", 1, -1, 1))
        change.sync_folder("", changed, b"two")
        assert [(source.path, known) for source, known in change.dirty_sources()] == [
            ("b", b"b"),
            ("c", b""),
        ]
        assert change.folder_digests() == {"": b"two"}
        raise KeyboardInterrupt
    with catalogue.update(SETTINGS, b"another way of reading") as change:
        assert [(source.path, known) for source, known in change.dirty_sources()] == [
            ("a", b""),
            ("b", b""),
        ]


def test_a_damaged_or_foreign_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    for damage in (b"this is no database at all " * 100, b""):
        file.write_bytes(damage)
        Catalogue(file).close()
    file.unlink()
    with closing(sqlite3.connect(file)) as foreign:
        foreign.execute("CREATE TABLE mine (x)")
    with closing(Catalogue(file)) as catalogue:
        assert catalogue.counts().listed == 0


NAMES = ["Китай", "китай", "КИТАЙ", "Мел", "Мель", "МЕЛ", "Ёж", "Еж", "A", "a"]
ARTICLES = st.builds(
    lambda name, day, slug, tags, found, authors, draft: make(
        name,
        f"2025-01-{day:02}",
        slug=slug,
        tags=(*tagged(*dict.fromkeys(tags)), *found),
        authors=tuple(dict.fromkeys(authors)),
        is_draft=draft,
    ),
    st.sampled_from("abcdefgh"),
    st.integers(1, 4),
    st.sampled_from(["s", "t", "mel"]),
    st.lists(st.sampled_from(NAMES), max_size=3),
    st.lists(
        st.builds(
            Tag, st.sampled_from(["topic", "person"]), st.sampled_from(NAMES), st.integers(1, 3)
        ),
        max_size=3,
    ),
    st.lists(st.sampled_from(NAMES), max_size=2),
    st.booleans(),
)
CHANGES = st.lists(st.tuples(st.lists(ARTICLES, max_size=4), st.sets(st.sampled_from("abcdefgh"))))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(CHANGES)
def test_the_archive_depends_on_its_articles_alone(
    changes: list[tuple[list[Article], set[str]]],
) -> None:
    current: dict[str, Article] = {}
    with closing(Catalogue(None)) as grown, closing(Catalogue(None)) as fresh:
        for articles, removed in changes:
            update(grown, articles, removed)
            current |= {article.source: article for article in articles}
            current = {name: article for name, article in current.items() if name not in removed}
        everything = list(current.values())
        random.Random(1).shuffle(everything)
        expected = snapshot(update(fresh, everything))
        assert snapshot(CatalogueReader(grown.connection)) == expected
        assert grown.content_digest == fresh.content_digest


def test_a_recognized_name_gets_a_page_when_enough_articles_have_it(catalogue: Catalogue) -> None:
    def labels() -> list[tuple[str, str]]:
        archive = CatalogueReader(catalogue.connection)
        (first, *_) = archive.members("day", "2025-01-02")
        assert [group.label for group in archive.groups("person")] == [
            tag.label for tag in archive.summary(first.id).tags if tag.slug
        ]
        return [(tag.label, tag.slug) for tag in archive.summary(first.id).tags]

    once = [Tag("person", "Анна", 1)]
    update(catalogue, [make("a", "2025-01-01"), make("b", "2025-01-02", tags=tuple(once))])
    assert labels() == [("Анна", "")]
    update(catalogue, [make("c", "2025-01-03", tags=tuple(once))])
    assert labels() == [("Анна", "anna")]
    update(catalogue, removed=["c"])
    assert labels() == [("Анна", "")]
    update(catalogue, removed=["a"])
    assert labels() == [("Анна", "anna")], "the archive is so small that all have pages"
    update(catalogue, [make("d", "2024-12-31")])
    assert labels() == [("Анна", "")]
    update(catalogue, [make("b", "2025-01-02", tags=(Tag("person", "Анна", 3),))])
    assert labels() == [("Анна", "anna")]
    update(catalogue, [make("b", "2025-01-02", tags=(Tag("person", "Анна"),))])
    assert labels() == [("Анна", "anna")]
