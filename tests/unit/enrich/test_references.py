import pytest

from newsgen.enrich.errors import TooMuchMarkupError
from newsgen.enrich.markdown import to_html
from newsgen.enrich.references import MAX_REFERENCES, extract_references
from newsgen.urls import REFERENCE

HOSTS = (("old.example.org", "/"), ("user.example.net", "/news/"))


def references_of(body: str, source: str = "x/second.md") -> tuple[str, list[str], list[int]]:
    html, found = extract_references(to_html(body, "sanitize"), body, source, 5, HOSTS)
    return html, [one.target for one in found], [one.line for one in found]


def keys_of(body: str, source: str = "x/second.md") -> tuple[str, ...]:
    _, (reference,) = extract_references(to_html(body, "sanitize"), body, source, 1, HOSTS)
    return reference.keys


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("first.md", "article x/first"),
        ("first.md#part", "article x/first"),
        ("../first.md", "article first"),
        ("../../../first.md", "article first"),
        ("%D0%9F%D0%B5%D1%80%D0%B2%D0%B0%D1%8F.md", "article x/Первая"),
        ("{filename}/x/first.md", "article x/first"),
        ("{filename}first.md", "article x/first"),
        ("|filename|../first.md", "article first"),
        ("@/x/first.md", "article x/first"),
        ("@/posts/flood/index.md", "article posts/flood"),
        ("../flood/", "article flood"),
        ("/posts/first/", "url posts/first/"),
        ("/posts/first", "url posts/first/"),
        ("/posts/first/index.html", "url posts/first/"),
        ("/posts/first.html", "url posts/first.html"),
        ("https://www.old.example.org/a/?id=7#x", "url a/?id=7"),
        ("http://user.example.net/news/a/", "url a/"),
        ("//old.example.org/a/", "url a/"),
        ("plan.pdf", "file x/plan.pdf"),
        ("plan.pdf", "file x/second/plan.pdf"),
        ("ref:first.md", "name first"),
        ("ref:2015-01-01-x", "name 2015-01-01-x"),
    ],
)
def test_a_target_has_the_key_of_what_it_means(target: str, key: str) -> None:
    assert key in keys_of(f'<a href="{target}">x</a>')


@pytest.mark.parametrize(
    "target",
    [
        "#part",
        "https://example.org/a/",
        "https://user.example.net/other/",
        "mailto:a@example.org",
        "//example.org/a.png",
        "http://[broken",
    ],
)
def test_other_hosts_and_places_of_the_page_are_no_references(target: str) -> None:
    html, found, _ = references_of(f'<a href="{target}">x</a>')
    assert found == []
    assert REFERENCE not in html


def test_targets_give_way_to_placeholders_and_keep_their_lines() -> None:
    body = '[a](a.md)\n\n![b](b.png)\n[a](a.md) `href="c.md"`\n\n[x]\n\n[x]: <d e.md>\n'
    html, targets, lines = references_of(body)
    assert targets == ["a.md", "b.png", "a.md", "d%20e.md"]
    assert lines == [5, 7, 8, 12]
    assert [f"{REFERENCE}{number}{REFERENCE}" in html for number in range(5)] == [True] * 4 + [
        False
    ]
    assert 'href="c.md"' in html


def test_pictures_look_for_files_only() -> None:
    assert keys_of("![b](b.png)") == ("file x/b.png", "file x/second/b.png")


def test_too_many_references_are_an_error() -> None:
    html = '<a href="a.md">a</a>' * (MAX_REFERENCES + 1)
    with pytest.raises(TooMuchMarkupError, match="20,000"):
        extract_references(html, "", "a.md", 1, HOSTS)
