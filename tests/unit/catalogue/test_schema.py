"""The catalogue can be read by somebody who has nothing but the `sqlite3` program."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.conftest import ArchiveFolder


@pytest.fixture
def db(archive: ArchiveFolder) -> Iterator[sqlite3.Connection]:
    archive.article(
        *("a.md", "2025-08-30", "Заголовок", "Текст про Китай."),
        Теги="Китай, Космос",
        Автор="Анна Иванова",
        Фото="Reuters",
    )
    archive.article("b.txt", "2025-08-31", "Второй", "Ещё текст.", Теги="Китай")
    archive.build()
    with closing(sqlite3.connect(archive.root / ".newsgen/catalogue.sqlite")) as connection:
        yield connection


def test_articles_lie_in_columns(db: sqlite3.Connection) -> None:
    rows = db.execute("select headline, published from article order by sort_key").fetchall()
    assert rows == [("Заголовок", "2025-08-30"), ("Второй", "2025-08-31")]
    query = "select source, slug, url, summary, is_listed, updated from article where id = 1"
    assert db.execute(query).fetchone() == (
        *("a.md", "zagolovok", "2025/08/30/zagolovok/"),
        *("Текст про Китай.", 1, None),
    )


def test_terms_are_joined_to_their_articles(db: sqlite3.Connection) -> None:
    query = (
        "select label, count, first_day from term where kind = 'topic' order by count desc, label"
    )
    assert db.execute(query).fetchall() == [("Китай", 2, 20250830), ("Космос", 1, 20250830)]
    query = (
        "select headline from article join article_term on article_id = article.id "
        "join term on term.id = term_id where label = 'Китай' and has_page order by published"
    )
    assert db.execute(query).fetchall() == [("Заголовок",), ("Второй",)]


def test_json_columns_hold_json(db: sqlite3.Connection) -> None:
    tables = {table for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type='table'")}
    columns = [
        (table, column)
        for table in tables
        for (column,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,))
        if column.endswith("_json")
    ]
    assert ("article", "extra_json") in columns
    for table, column in columns:
        for (value,) in db.execute(f"SELECT {column} FROM {table}"):
            assert isinstance(json.loads(value), list), column
    (names,) = db.execute("SELECT names_json FROM article WHERE source = 'a.md'").fetchone()
    assert names == '[["author","Анна Иванова",0],["topic","Китай",0],["topic","Космос",0]]'
    query = "SELECT json_extract(value, '$[2][0]') FROM article, json_each(extra_json)"
    assert db.execute(query).fetchall() == [("Reuters",)]


def test_no_value_is_joined_by_control_characters(db: sqlite3.Connection) -> None:
    dump = "\n".join(db.iterdump())
    assert "Заголовок" in dump
    assert not {character for character in dump if character < " "} - {"\n"}


def test_the_schema_explains_every_table(db: sqlite3.Connection) -> None:
    for table, sql in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"):
        first = sql.splitlines()[1].strip()
        assert first.startswith("-- "), table
