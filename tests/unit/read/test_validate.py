from typing import Any

import pytest

from newsgen.model import Article, Correction, Extra, Moment, Tag
from newsgen.problems import Problem
from newsgen.read.formats import parse_article
from newsgen.read.validate import FieldSettings, validate

SETTINGS = FieldSettings("ru", "", [("Д. Тельманов", "Денис Тельманов")])


def judged(text: str, path: str = "a.md") -> tuple[Article | None, tuple[Problem, ...]]:
    return validate(
        parse_article(path, text),
        source=path,
        file=f"articles/{path}",
        digest=b"d",
        encoding="utf-8",
        is_clean=True,
        settings=SETTINGS,
    )


def article_of(front_matter: str, body: str = "Body") -> Article:
    article, _ = judged(f"---\ntitle: T\ndate: 2025-08-30\n{front_matter}\n---\n{body}\n")
    assert article
    return article


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, int]]:
    return [(problem.code, problem.location.line) for problem in problems]


def test_an_article_with_all_its_fields() -> None:
    article, problems = judged(
        "---\ntitle: '  A   headline '\ndate: 2025-08-30T14:05:00+03:00\nlastmod: 2025-09-01\n"
        "authors: [A. One, B. Two]\ntags: [x, y]\nslug: s\nsummary: S\nlang: en_GB\n"
        "aliases: [/old/, /older.html]\nphoto: Reuters\nrubric: R\n---\nBody\n"
    )
    assert problems == ()
    assert article == Article(
        source="a.md",
        source_digest=b"d",
        headline="A headline",
        published=Moment("2025-08-30T14:05:00+03:00"),
        slug="s",
        summary="S",
        authors=("A. One", "B. Two"),
        tags=(Tag("topic", "x"), Tag("topic", "y")),
        language="en-GB",
        encoding="utf-8",
        is_clean=True,
        body_start=209,
        body_end=215,
        markup="markdown",
        updated=Moment("2025-09-01"),
        aliases=("old/", "older.html"),
        extra=(Extra("photo", "photo", ("Reuters",)), Extra("rubric", "rubric", ("R",))),
        text_digest=article.text_digest if article else b"",
    )


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Денис Тельманов", ("Денис Тельманов",)),
        ("А. Иванов, Б. Петров", ("А. Иванов", "Б. Петров")),
        ("А. Иванов и Б. Петров", ("А. Иванов", "Б. Петров")),
        ("А. Иванов, Б. Петров и В. Сидоров", ("А. Иванов", "Б. Петров", "В. Сидоров")),
        ("А. Иванов; Б. Петров / В. Сидоров", ("А. Иванов", "Б. Петров", "В. Сидоров")),
        ("John Smith and Jane Doe", ("John Smith", "Jane Doe")),
        ("Ирина Изотова", ("Ирина Изотова",)),
        ("Иван\u00a0Иванов.", ("Иван Иванов",)),
        ("А. Иванов, А. Иванов", ("А. Иванов",)),
        ("Агентство «Рога и копыта»", ("Агентство «Рога и копыта»",)),
        ("„Труд и капитал“, А. Иванов", ("„Труд и капитал“", "А. Иванов")),
        ('ООО "А, Б и В" и А. Иванов', ('ООО "А, Б и В"', "А. Иванов")),
        ("Министерство труда и занятости", ("Министерство труда и занятости",)),
        ("Lee, Ann; Chan, Bo", ("Lee, Ann", "Chan, Bo")),
        ("А. Иванов, Б. Петров; В. Ли", ("А. Иванов", "Б. Петров", "В. Ли")),
        ("Tom &amp; Ann; Bo", ("Tom", "Ann", "Bo")),
        ("Д. Тельманов", ("Денис Тельманов",)),
        ("", ()),
        (" , ", ()),
    ],
)
def test_bylines(written: str, names: tuple[str, ...]) -> None:
    article, _ = judged(f" date 2025-08-30 З\n\nТекст: {written}\n\nТело.\n", "a.txt")
    assert article
    assert article.authors == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("tags: [a, b, a]", ["a", "b"]),
        ("tags: a, b; c", ["a", "b", "c"]),
        ("tags: '#китай #северная_корея'", ["китай", "северная корея"]),
        ("tags: ['one, two']", ["one, two"]),
        ("tags: [2024]", ["2024"]),
        ("tags: ''", []),
        ("tags: [C#, .NET]", ["C#", ".NET"]),
    ],
)
def test_tags(written: str, names: list[str]) -> None:
    assert [tag.name for tag in article_of(written).tags] == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("authors: [Ли, 王伟]", ["Ли", "王伟"]),
        ("author: Иванов А., Петров Б.", ["Иванов А.", "Петров Б."]),
        ("author: Иванов.", ["Иванов"]),
        ("author: Иван Ли\nauthors: Пётр Ким, Ан Чу", ["Иван Ли", "Пётр Ким", "Ан Чу"]),
    ],
)
def test_names_of_authors(written: str, names: list[str]) -> None:
    assert list(article_of(written).authors) == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("author: {name: Ann Lee, email: a@example.org}", ["Ann Lee"]),
        ("author:\n  first_name: Ann\n  last_name: Lee", ["Ann Lee"]),
        ("authors:\n  ann: {name: Ann Lee}\n  bo: {url: /bo/}", ["Ann Lee", "bo"]),
        ("authors:\n- {given: Ann, family: Lee}\n- Bo", ["Ann Lee", "Bo"]),
        ("params:\n  author:\n    name: Ann Lee", ["Ann Lee"]),
    ],
)
def test_authors_may_be_tables(written: str, names: list[str]) -> None:
    assert list(article_of(written).authors) == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("categories:\n- [Diary, Games]\n- [Life, [Deep]]", ["Diary", "Games", "Life", "Deep"]),
        ("tags: {city: Perm, news: true, sport: }", ["Perm", "news", "sport"]),
        ("tags:\n- name: Perm\n- city: Ipoh", ["Perm", "Ipoh"]),
        ("tags: '1&amp;1, R&D'", ["1&1", "R&D"]),
        ("tags: ['«А, Б»; В']", ["«А, Б»; В"]),
        ("tags: «А, Б»; В", ["«А, Б»", "В"]),
    ],
)
def test_tags_of_other_generators(written: str, names: list[str]) -> None:
    assert [tag.name for tag in article_of(written).tags] == names


def test_fields_of_names_give_tags_of_their_kinds() -> None:
    article = article_of(
        "tags: [Пермь, спорт]\npeople: [Ann Lee]\nместа: Пермь; Ипох\n"
        "taxonomies:\n  organizations: ['«А, Б»']\nperson: Bo Chan"
    )
    assert article.tags == (
        Tag("topic", "спорт"),
        *(Tag("person", "Ann Lee"), Tag("person", "Bo Chan")),
        *(Tag("place", "Пермь"), Tag("place", "Ипох"), Tag("organization", "«А, Б»")),
    )


@pytest.mark.parametrize(
    ("written", "language"),
    [
        *(("Russian", "ru"), ("русский", "ru"), ("Українська", "uk"), ("English", "en")),
        *(("ru_RU.UTF-8", "ru-RU"), ("pt-br", "pt-br"), ("английский", "en"), ("Klingonese", "")),
    ],
)
def test_languages_may_be_written_as_names(written: str, language: str) -> None:
    article, problems = judged(f"---\ntitle: T\ndate: 2025-08-30\nlang: {written}\n---\nB\n")
    assert article
    assert article.language == language
    assert codes(problems) == ([] if language else [("unknown-language", 4)])


def test_entities_are_decoded_and_tags_stripped() -> None:
    article, problems = judged(
        '---\ntitle: "Tom &amp; Jerry &amp;#8211; &lt;b&gt; ?a=1&copy=2"\ndate: 2025-08-30\n'
        "summary: '<p>One<br>two <b>th</b>ree &hellip;</p><!-- x --><p>4</p>'\n"
        "photo: AP &#38; Co&#x202e;\n---\nB\n"
    )
    assert article
    assert article.headline == "Tom & Jerry – <b> ?a=1&copy=2"
    assert article.summary == "One two three … 4"
    assert article.extra[0].values == ("AP & Co",)
    assert problems == ()


def test_repeated_fields_are_merged() -> None:
    written = "category: Политика\ntags: Китай, Казахстан\nphoto: А\nфото: Б"
    article = article_of(written)
    assert [tag.name for tag in article.tags] == ["Политика", "Китай", "Казахстан"]
    assert article.extra[0].values == ("А", "Б")


@pytest.mark.parametrize("word", ["true", "yes", "on", "1", "да", "draft", "True"])
def test_drafts(word: str) -> None:
    assert article_of(f"draft: {word}").is_draft
    assert not article_of("draft: false").is_draft
    assert not article_of("status: published").is_draft


@pytest.mark.parametrize(
    "written",
    [
        *("status: private", "status: Pending", "draft: false\nstatus: draft", "private: true"),
        *("visibility: hidden", "noindex: true", "robots: 'noindex, nofollow'", "password: x"),
        *("published: false", "draft: false\npublished: false", "статус: черновик"),
        "extra:\n  noindex: true",
    ],
)
def test_articles_that_are_held_back(written: str) -> None:
    article = article_of(written)
    assert article.is_draft
    assert article.extra == ()


@pytest.mark.parametrize(
    "written",
    [
        *("status: publish", "status: Published", "status: future", "visibility: public"),
        *("noindex: false", "robots: index, follow", "password:", "published: true"),
        *("private: no", "hidden: false"),
    ],
)
def test_articles_that_are_not_held_back(written: str) -> None:
    assert not article_of(written).is_draft


def test_folders_of_drafts_are_held_back() -> None:
    for path, is_draft in (("_drafts/a.md", True), ("x/_drafts/y/a.txt", True), ("_d.md", False)):
        article, _ = judged("---\ntitle: T\ndate: 2025-08-30\n---\nB\n", path)
        assert article
        assert article.is_draft == is_draft
    assert codes(judged("---\ntitle: T\n---\nB\n", "_drafts/a.md")[1]) == [("undated-draft", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: T\n---\nB\n", [("no-date", 1)]),
        ("---\ndate: 2024-13-01\ntitle: T\n---\nB\n", [("bad-date", 2)]),
        ("---\ntitle: T\ndate: 30 февраля 2025\n---\nB\n", [("bad-date", 3)]),
        ("---\ndate: 2025-08-30\nupdated: soon\n---\nB\n", [("no-headline", 2), ("bad-date", 3)]),
        ("---\ntitle: T\ndate: 2025-08-30\n---\n", [("empty-article", 4)]),
        (
            f"---\ndate: 2025-08-30\ntitle: {'х' * 5_000}\n---\nB\n",
            [("headline-too-long", 3)],
        ),
        (
            "---\ndate: 2025-08-30\ntitle: <script>alert(1)</script>\n---\nB\n",
            [("markup-in-headline", 3)],
        ),
        ("---\ndate: 2025-08-30\ntitle: ../../../etc/passwd\n---\nB\n", [("path-in-headline", 3)]),
        ('---\ndate: 2025-08-30\ntitle: "a\\u202eb"\n---\nB\n', [("bidi-control", 3)]),
        ('---\ndate: 2025-08-30\ntitle: "a\\x07b"\n---\nB\n', [("control-character", 3)]),
        ('{"date": "2025-08-30",\n"title": "a\\ud800"}\nB\n', [("control-character", 2)]),
        ("---\ntitle: T\ndate: 2025-08-30\nlang: '?!'\n---\nB\n", [("unknown-language", 4)]),
        ("---\ntitle: T\ndate: 2025-08-30\ndraft: maybe\n---\nB\n", [("bad-field", 4)]),
        ("---\ntitle: T\ndate: 2025-08-30\naliases: [../../etc]\n---\nB\n", [("bad-alias", 4)]),
        ("---\ntitle: T\ndate: 2025-08-30\naliases: ['a\\b']\n---\nB\n", [("bad-alias", 4)]),
        ("---\ntitle: T\ndate: 2025-08-30\naliases: ['http://a/']\n---\nB\n", [("bad-alias", 4)]),
        ("---\ntitle: T\ndate: 2025-08-30\naliases: [con/x/]\n---\nB\n", [("bad-alias", 4)]),
        ("---\ntitle: T\ndate: 2025-08-30\naliases: [.nojekyll]\n---\nB\n", [("bad-alias", 4)]),
        (
            f"---\ntitle: T\ndate: 2025-08-30\naliases: [{'ы' * 101}]\n---\nB\n",
            [("bad-alias", 4)],
        ),
    ],
)
def test_all_problems_are_reported_with_their_lines(
    text: str, expected: list[tuple[str, int]]
) -> None:
    article, problems = judged(text)
    assert codes(problems) == expected
    assert (article is None) == any(problem.is_error for problem in problems)


def test_bad_alias_leaves_the_others() -> None:
    assert article_of("aliases: ['..', /good/, 'a b.html']").aliases == ("good/", "a b.html")


def test_headline_may_mention_a_path_or_a_comparison() -> None:
    for headline in ("Путь /etc/passwd открыт", "5 < 6 > 4", "А/Б", "24/7"):
        _, problems = judged(f"---\ndate: 2025-08-30\ntitle: '{headline}'\n---\nB\n")
        assert problems == ()


def test_text_digest_ignores_layout() -> None:
    def digest(body: str) -> Any:
        return article_of("", body).text_digest

    assert digest("a b\n\nc") == digest("a\nb c")
    assert digest("a b") != digest("a c")
    assert digest("") == b""


@pytest.mark.parametrize(
    "written",
    [
        "corrections:\n  - date: 2025-09-01\n    text: Имя исправлено\n",
        "corrections: ['2025-09-01: Имя исправлено']\n",
        "corrections:\n  - 2025-09-01: Имя исправлено\n",
        "errata: '1 сентября 2025: Имя исправлено'\n",
    ],
)
def test_corrections_have_a_date_and_a_text(written: str) -> None:
    assert article_of(written).corrections == (Correction(Moment("2025-09-01"), "Имя исправлено"),)


def test_correction_without_a_date_is_reported() -> None:
    _, problems = judged("---\ntitle: T\ndate: 2025-08-30\ncorrections: [Имя]\n---\nBody\n")
    assert codes(problems) == [("bad-field", 4)]


@pytest.mark.parametrize(
    ("fields", "published", "publish_from"),
    [
        ("date: 2020-01-01\npublishDate: 2025-01-01", "2020-01-01", "2025-01-01"),
        ("publishDate: 2025-01-01", "2025-01-01", "2025-01-01"),
        ("pubDate: 2025-01-01\ncreated: 2020-01-01", "2025-01-01", "2025-01-01"),
        ("created: 2020-01-01", "2020-01-01", ""),
        ("date: 2020-01-01\npublishDate: unknown", "2020-01-01", ""),
    ],
)
def test_date_and_date_of_publication(fields: str, published: str, publish_from: str) -> None:
    article, problems = judged(f"---\ntitle: T\n{fields}\n---\nBody\n")
    assert problems == ()
    assert article
    assert article.published == Moment(published)
    assert (article.publish_from.iso if article.publish_from else "") == publish_from


def test_a_date_of_publication_that_is_none_is_an_error() -> None:
    article, problems = judged("---\ntitle: T\ndate: 2020-01-01\npublishDate: soon\n---\nBody\n")
    assert article is None
    assert codes(problems) == [("bad-date", 4)]


@pytest.mark.parametrize("name", ["expiryDate", "expires", "unpublish", "expiry_date"])
def test_expiry_dates(name: str) -> None:
    assert article_of(f"{name}: 2026-01-01").expires == Moment("2026-01-01")
    assert article_of(f"{name}: ''").expires is None
    article, problems = judged(f"---\ntitle: T\ndate: 2020-01-01\n{name}: soon\n---\nBody\n")
    assert article
    assert article.expires is None
    assert codes(problems) == [("bad-expiry-date", 4)]


def test_unknown_dates_of_updates_and_corrections_are_left_out() -> None:
    assert article_of("lastmod: unknown").updated is None
    assert article_of("lastmod: 1937-06").updated == Moment("1937-06")
    text = "---\ntitle: T\ndate: 2020-01-01\ncorrections: ['unknown: x']\n---\nBody\n"
    assert codes(judged(text)[1]) == [("bad-field", 4)]


def test_the_path_dates_an_article_and_tells_its_century() -> None:
    article, problems = judged("Потоп\n\nТекст.\n", "1937/07/16/n1.txt")
    assert problems == ()
    assert article
    assert article.published == Moment("1937-07-16")
    article, _ = judged("---\ntitle: T\ndate: 16.07.37\n---\nBody\n", "1937/a.md")
    assert article
    assert article.published == Moment("1937-07-16")
