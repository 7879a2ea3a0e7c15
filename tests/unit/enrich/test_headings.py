import re
from pathlib import Path

import pytest

from newsgen.enrich import BodySettings, list_contents, render_body
from newsgen.enrich.headings import RESERVED_IDS, make_slug

TEMPLATES = Path(__file__).parents[3] / "templates"


def html(text: str, headline: str = "") -> str:
    return render_body(text, "markdown", BodySettings(), headline).html


def ids(text: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html(text))


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Экономика", "экономика"),
        ("What's new, in 2020?", "whats-new-in-2020"),
        ("A  B", "a--b"),
        ("snake_case & kebab-case", "snake_case--kebab-case"),
        ("«Кавычки» — тире", "кавычки--тире"),
        ("!!!", ""),
    ],
)
def test_ids_follow_the_rule_of_github(heading: str, slug: str) -> None:
    assert make_slug(heading) == slug


def test_ids_are_unique() -> None:
    assert ids("## A\n\n## A\n\n## A-1\n\n## A") == ["a", "a-1", "a-1-1", "a-2"]
    assert ids("## A\n\n<p id='a'>b</p>") == ["a-1", "a"]
    assert ids("## !!!\n\n## ???") == ["section", "section-1"]
    # Footnotes and the page itself have ids of their own.
    assert ids("## fn1\n\n## content\n\n## Related\n\nA[^1]\n\n[^1]: B")[:3] == [
        *("fn1-1", "content-1", "related-1"),
    ]


def test_ids_of_the_author_are_kept() -> None:
    assert ids("## Personas {#people}") == ["people"]
    assert ids('<h2 id="nauka">Н</h2>\n\n<a name="old"></a>\n\n<p id="b c">d</p>') == [
        *("nauka", "old"),
    ]
    assert ids("<p id='corrections'>a</p><p id='x'>b</p><p id='x'>c</p>") == ["x"]
    assert html('<a name="a" id="b">c</a>') == '<p><a id="b">c</a></p>'


def test_reserved_ids_are_those_of_the_article_page() -> None:
    files = [TEMPLATES / "article.html", TEMPLATES / "base.html", *TEMPLATES.glob("partials/*")]
    found = {
        identifier
        for file in files
        for identifier in re.findall(r' id="([\w-]+)"', file.read_text(encoding="utf-8"))
    }
    assert found == RESERVED_IDS


@pytest.mark.parametrize(
    "text",
    [
        "# Budget 2020\n\nText",
        "#   BUDGET  *2020*!\n\nText",
        "Budget 2020\n====\n\nText",
        "<h1>Budget 2020</h1>\n\nText",
        "## Budget 2020.\n\nText",
    ],
)
def test_a_first_heading_that_repeats_the_headline_is_left_out(text: str) -> None:
    assert html(text, "Budget 2020") == "<p>Text</p>"


def test_other_headings_stay() -> None:
    assert html("# Budget 2021", "Budget 2020") == '<h2 id="budget-2021">Budget 2021</h2>'
    assert "<h2" in html("Text\n\n## Budget 2020", "Budget 2020")


def test_a_first_heading_is_the_headline_of_an_article_without_one() -> None:
    body = render_body("# A\n\nB", "markdown", BodySettings())
    assert (body.html, body.title) == ("<p>B</p>", "A")
    # Rendered again, the same heading is left out, although the headline was shortened.
    long = "Слово " * 60
    body = render_body(f"# {long}\n\nB", "markdown", BodySettings(), "Слово " * 19 + "Слово…")
    assert body.html == "<p>B</p>"


def test_contents_have_two_levels() -> None:
    body = html("C\n\n# A\n\n## B *b*\n\n### X\n\n# C & D[^1]\n\n[^1]: N")
    (first, second) = list_contents(body, "true")
    assert (first.id, first.text) == ("a", "A")
    assert [(child.id, child.text) for child in first.children] == [("b-b", "B b")]
    assert (second.id, second.text, second.children) == ("c--d", "C & D", [])


def test_contents_are_for_long_articles() -> None:
    short = html("## A\n\n## B\n\n## C")
    long = html("## A\n\n## B\n\n## C\n\n" + "Слово " * 1_000)
    assert [bool(list_contents(body, "auto")) for body in (short, long)] == [False, True]
    assert list_contents(long, "false") == []
    assert list_contents(html("## A\n\n" + "Слово " * 1_000), "auto") == []
    assert list_contents("<p>A</p>", "true") == []
