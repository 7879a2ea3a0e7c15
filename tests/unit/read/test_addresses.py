"""Addresses that articles ask for in their fields."""

import pytest

from newsgen.model import Article, UrlRequest
from newsgen.read.addresses import SlugSettings
from newsgen.read.formats import parse_article
from newsgen.read.validate import FieldSettings, validate


def read(
    fields: str, path: str = "a.md", *, style: str = "ascii", tokens: tuple[str, ...] = ()
) -> tuple[Article, list[str]]:
    article, problems = validate(
        parse_article(path, f"---\ntitle: T\ndate: 2025-08-30\n{fields}\n---\nB\n"),
        source=path,
        file=path,
        digest=b"",
        encoding="utf-8",
        is_clean=True,
        settings=FieldSettings("ru", "", (), SlugSettings(style, "wikipedia", tokens)),
    )
    assert article
    return article, [f"{problem.code} {problem.location.line}" for problem in problems]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("url: /old/b/", "old/b/"),
        ("url: old/b", "old/b/"),
        ("url: /old/b/index.html", "old/b/"),
        ("permalink: /old/a.html", "old/a.html"),
        ("permalink: /News/2015_Flood.php", "News/2015_Flood.php/"),
        ("path: 2019/05/15/four-years", "2019/05/15/four-years/"),
        ("save_as: posts/a/index.html", "posts/a/"),
        ("save_as: a/index.html\nurl: b/", "b/"),
        ("url: https://www.example.org/2015/flood/#top", "2015/flood/"),
        ("url: //example.org/x.htm", "x.htm"),
        ("url: /%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C/", "новость/"),
        ("url: /a%20b.html", "a b.html"),
        ("path: content/blog/a.md", ""),
        ("permalink: pretty", ""),
    ],
)
def test_own_urls(written: str, url: str) -> None:
    article, problems = read(written)
    assert article.url_request.url == url
    assert problems == []


@pytest.mark.parametrize(
    "written",
    [
        *("url: /../etc/", "url: /a/../b/", "url: /?p=12", "url: /", "url: /.git/x", "url: /a//b"),
        *(
            "url: /con/",
            "permalink: /:year/:title/",
            "url: '/%ff/'",
            "url: /2015/",
            "url: /tags/x/",
        ),
        *(f"url: /{'ы' * 300}/", r"url: 'a\b'", "url: 'http://[::1'", "url: 'javascript:x'"),
        "url: /tags/x/",
    ],
)
def test_urls_that_cannot_be_kept(written: str) -> None:
    article, problems = read(written)
    assert article.url_request.url == ""
    assert problems == ["bad-address 4"]


@pytest.mark.parametrize(
    ("written", "style", "slug"),
    [
        ("hello_world-v1.2", "ascii", "hello_world-v1.2"),
        ("CamelCase", "ascii", "CamelCase"),
        ("новость", "unicode", "новость"),
        ("%D0%BC%D0%B8%D1%80", "unicode", "мир"),
        ("0012", "ascii", "0012"),
        ("x" * 120, "ascii", "x" * 120),
    ],
)
def test_slugs_stay_as_written(written: str, style: str, slug: str) -> None:
    article, problems = read(f"slug: '{written}'", style=style)
    assert (article.slug, article.url_request) == (slug, UrlRequest())
    assert problems == []


@pytest.mark.parametrize(
    ("written", "slug", "former"),
    [
        ("новость", "novost", "новость"),
        ("Hello, world!", "hello-world", "Hello, world!"),
        ("a/b", "a-b", "a/b"),
        ("what?", "what", ""),
        ("con", "con_", ""),
        ("..", "fb8b96b0", ""),
    ],
)
def test_slugs_that_must_be_changed(written: str, slug: str, former: str) -> None:
    article, problems = read(f"slug: '{written}'")
    assert article.slug == slug or not slug.isalpha()
    assert article.url_request.former_slug == former
    assert problems == ["slug-changed 4"]


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("big-flood/index.md", "big-flood"),
        ("news/2015-01-10-Flood/index.md", "Flood"),
        ("2015/01/index.md", ""),
        ("index.md", ""),
        ("Большой потоп/index.md", "bolshoy-potop"),
    ],
)
def test_file_named_index_has_the_slug_of_its_folder(path: str, slug: str) -> None:
    assert read("", path)[0].slug == slug


def test_file_name_gives_a_slug_without_a_warning() -> None:
    article, problems = read("", "2015-01-10-Новый год.md")
    assert (article.slug, article.url_request.former_slug, problems) == ("novy-god", "", [])


def test_values_for_the_permalink() -> None:
    article, problems = read("ID: 17\nsection: Мир и мы", "x/a.md", tokens=("id", "section"))
    assert dict(article.url_request.tokens) == {"id": "17", "section": "mir-i-my"}
    article, problems = read("", "World News/a.md", tokens=("id", "section"))
    assert dict(article.url_request.tokens) == {"section": "world-news"}
    assert problems == ["no-permalink-field 0"]
    assert read("", tokens=("section",))[0].url_request.tokens == ()


def test_aliases_in_all_forms_are_one() -> None:
    article, _ = read("aliases: [/x, /x/, /X/index.html, 'https://e.org/x', /%D1%8B.html]")
    assert article.aliases == ("x", "ы.html")
