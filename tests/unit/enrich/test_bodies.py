import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.enrich import BodySettings, render_body
from newsgen.enrich.errors import HtmlTooDeepError, RawHtmlForbiddenError
from newsgen.enrich.plain_text import split_paragraphs
from newsgen.enrich.prose import is_prose, prose_to_html
from newsgen.enrich.sanitizer import sanitize_html
from newsgen.enrich.summary import extract_paragraphs, find_opening, truncate
from newsgen.model import Markup
from newsgen.urls import ROOT


def body_to_html(text: str, markup: Markup, raw_html: str) -> str:
    return render_body(text, markup, BodySettings(raw_html)).html


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One.\n\nTwo.\n", ["One.", "Two."]),
        ("One.\nTwo.\n", ["One.", "Two."]),
        ("One\nline.\n\n \u00a0\n  Two.", ["One\nline.", "Two."]),
        ("   One.  ", ["One."]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_paragraphs_of_plain_text(text: str, parts: list[str]) -> None:
    assert split_paragraphs(text) == parts


def test_plain_text_is_not_parsed_as_markup() -> None:
    text = "<script>alert(1)</script> & *no* [link](x) &amp;\n\n# No heading"
    assert body_to_html(text, "text", "sanitize") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; *no* [link](x) &amp;amp;</p>\n"
        "<p># No heading</p>"
    )


def html(text: str) -> str:
    return body_to_html(text, "markdown", "sanitize")


def test_markdown_with_tables_and_footnotes() -> None:
    result = html("| a | b |\n|---|:-:|\n| 1 | 2 |\n\nText[^1].\n\n[^1]: Note.\n")
    assert '<td class="center">2</td>' in result
    assert '<a href="#fn1" id="fnref1">[1]</a>' in result
    assert 'id="fn1"' in result


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("<script>alert(1)</script>", "script"),
        ("<img src=x onerror=alert(1)>", "onerror"),
        ("<a href='javascript:alert(1)'>x</a>", "javascript"),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("![x](data:image/svg+xml;base64,AAAA)", "<img"),
        ("<iframe src='https://example.org'></iframe>", "iframe"),
        ("<p style='position:fixed'>x</p>", "style"),
        ("<p id='content'>x</p>", "id="),
        ("<form action='/'><input></form>", "form"),
        ("<svg><script>alert(1)</script></svg>", "script"),
        ("<style>*{display:none}</style>", "display"),
    ],
)
def test_dangerous_html_is_removed(text: str, banned: str) -> None:
    assert banned not in html(text)


def test_harmless_html_stays() -> None:
    text = (
        '<figure><img src="https://example.org/a.jpg" alt="A"><figcaption>B</figcaption></figure>'
    )
    assert html(text) == text


def test_deeply_nested_html_is_refused() -> None:
    with pytest.raises(HtmlTooDeepError):
        html("<div>" * 5_000)
    assert "<p>" in html("<p>a\n" * 5_000)


@pytest.mark.parametrize("depth", [15, 25, 50])
def test_nested_lists_and_quotes_keep_their_text(depth: int) -> None:
    items = "".join(f"{'  ' * number}- item{number}.\n" for number in range(depth))
    made = html(items)
    assert made.count("<li>") == depth
    assert all(f"item{number}." in made for number in range(depth))
    quotes = "".join(f"{'> ' * number}quote{number}.\n\n" for number in range(1, 2 * depth + 1))
    assert all(f"quote{number}." in html(quotes) for number in range(1, 2 * depth + 1))
    assert html("> " * 2 * depth + "text").count("<blockquote>") == 2 * depth


def test_blocks_that_are_nested_too_deeply_are_named_by_their_line() -> None:
    items = "".join(f"{'  ' * number}- a\n" for number in range(51))
    for text, line in ((items, 51), ("a\n\n" + "> " * 101 + "b", 3)):
        with pytest.raises(HtmlTooDeepError, match="100 levels") as caught:
            html(text)
        assert caught.value.line == line
    # The limit for brackets is another, and loses no text.
    assert html("[" * 200 + "a" + "]" * 200) == "<p>" + "[" * 200 + "a" + "]" * 200 + "</p>"


@pytest.mark.parametrize("number", [0x1, 0x7F, 0x202E, 0x2066, 0xFDD0, 0xFFFE, 0x1FFFF, 0x10FFFE])
@pytest.mark.parametrize("raw_html", ["sanitize", "escape"])
def test_references_bring_in_no_forbidden_characters(number: int, raw_html: str) -> None:
    for reference in (f"&#{number};", f"&#x{number:x};"):
        text = f"a{reference}b <b title='{reference}'>c</b>\n\n<p>{reference}"
        assert chr(number) not in body_to_html(text, "markdown", raw_html)


@pytest.mark.parametrize(
    "reference",
    [
        *("&#xFDD0;", "&#xfdd0", "&#X00fDd0;", "&#64976;", "&#064976a", "&#64976"),
        *("&#xFD&#xFDD0;D0;", "&#649&#64976;76;", "&amp;#xFDD0;"),
    ],
)
def test_an_article_cannot_write_the_placeholder_of_the_root(reference: str) -> None:
    made = html(f"<p title='{reference} b'>a{reference} b</p>\n\n{reference} b")
    assert ROOT not in made
    assert "\ufffe" not in made
    assert html(f"<a href='{reference}x'>b</a>").count(ROOT) == 0


def test_raw_html_may_be_escaped_or_refused() -> None:
    assert "&lt;b&gt;" in body_to_html("a <b>b</b>", "markdown", "escape")
    with pytest.raises(RawHtmlForbiddenError) as caught:
        body_to_html("one\n\ntwo\n\n<b>three</b>\n", "markdown", "refuse")
    assert caught.value.line == 5
    assert body_to_html("*a*", "markdown", "refuse") == "<p><em>a</em></p>"


def test_links_from_the_root_get_a_placeholder() -> None:
    assert html("[x](/images/a.jpg)") == f'<p><a href="{ROOT}images/a.jpg">x</a></p>'
    assert html("![x](//example.org/a.jpg)") == '<p><img src="//example.org/a.jpg" alt="x"></p>'


def test_headings_are_moved_below_the_headline() -> None:
    expected = '<h2 id="a">A</h2>\n<h3 id="b">B</h3>'
    assert html("C\n\n# A\n\n## B") == f"<p>C</p>\n{expected}"
    assert html("## A\n\n### B") == expected
    assert html("C\n\n<h1>A</h1>\n\n### B") == '<p>C</p>\n<h2 id="a">A</h2>\n<h4 id="b">B</h4>'


PIECES = st.sampled_from(
    [
        *(
            "Слово",
            "word",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\t",
            "    ",
            "*",
            "_",
            "`",
            "[",
            "]",
            "(",
            ")",
        ),
        *(
            "!",
            "\\",
            "&",
            "&amp;",
            "<",
            ">",
            "#",
            "-",
            "+",
            "=",
            "1.",
            "1)",
            "|",
            "~",
            ":",
            "^",
            ".",
        ),
        *(
            '"',
            "'",
            "—",
            "«»",
            "\u00a0",
            "---",
            "===",
            "http://a.b",
            "<b>",
            "[^1]",
            ": ",
            "::",
            "ё",
        ),
    ]
)


@pytest.mark.slow
@settings(max_examples=1000)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_prose_renderer_agrees_with_markdown(text: str) -> None:
    if is_prose(text):
        assert sanitize_html(prose_to_html(text)) == html(text)


def test_ordinary_text_is_prose() -> None:
    text = (
        "«Мы готовы», – заявил он (ТАСС). Цена — 5 + 3 = 8!\nВторая строка; 1990-е.\n\nИ ещё: да."
    )
    assert is_prose(text)


@given(st.text(max_size=200))
def test_no_text_makes_a_script(text: str) -> None:
    markups: tuple[Markup, ...] = ("text", "markdown")
    for markup in markups:
        assert "<script" not in body_to_html(text, markup, "sanitize").lower()


def test_opening_is_the_first_sentence_not_a_caption() -> None:
    sentence = "Президент Греции впервые избрана парламентом страны."
    assert find_opening(["Фото: Reuters", "Катерина Сакелларопулу", sentence, "Ещё."]) == sentence
    assert find_opening(["Коротко.", "И ещё"]) == "Коротко."
    assert find_opening([]) == ""


def test_paragraphs_of_html_are_plain_text_in_one_line() -> None:
    note = '<sup class="footnote-ref"><a>[1]</a></sup>'
    html = f'<p><img src="a"></p>\n<p>A <em>b</em>\nc &amp; d{note}</p>'
    assert list(extract_paragraphs(html)) == ["A b c & d"]


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("Короткий текст.", 50, "Короткий текст."),
        ("Первое предложение. Второе предложение, длиннее.", 30, "Первое предложение."),
        ("Да. Второе предложение, длиннее первого.", 30, "Да. Второе предложение…"),
        ("«Так», — сказал он. И ушёл далеко-далеко.", 25, "«Так», — сказал он."),
        ("слово" * 20, 20, "словословословослов…"),
    ],
)
def test_texts_are_cut_at_a_sentence_or_a_word(text: str, longest: int, expected: str) -> None:
    assert truncate(text, longest) == expected
    assert len(truncate(text, longest)) <= longest
