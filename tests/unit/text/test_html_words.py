import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.enrich import BodySettings, render_body
from newsgen.text.html_words import TextLink, extract_text, extract_words, insert_links


def link(html: str, *names: str) -> str:
    """The body with a link on the first place of each name."""
    words = extract_words(html)
    places = [(words.text.index(name), name) for name in names]
    return insert_links(html, [TextLink(at, at + len(name), f"/{name}/") for at, name in places])


def test_words_are_the_visible_text_one_paragraph_per_line() -> None:
    html = render_body("Да & нет,\nдалее\n\n<b>Второй</b>", "text", BodySettings()).html
    assert extract_words(html).text.split("\n") == [
        *("", "Да & нет, далее", " ", "<b>Второй</b>", ""),
    ]


def test_a_name_becomes_a_link_and_nothing_else_changes() -> None:
    assert link("<p>В <em>Китае</em> и &lt;США&gt;</p>", "Китае", "США") == (
        '<p>В <em><a class="name" href="/Китае/">Китае</a></em> и '
        '&lt;<a class="name" href="/США/">США</a>&gt;</p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x/">В Китае</a></p>',
        '<p><a href="/x/"><em>В Китае</em></a></p>',
        "<h2>В Китае</h2>",
        "<details><summary>В Китае</summary></details>",
        "<ul><li><label>В Китае</label></li></ul>",
        '<p title="В Китае">Ки<b>тае</b></p>',
    ],
)
def test_no_link_in_a_link_or_heading_or_across_marks(html: str) -> None:
    words = extract_words(html)
    assert "Китае" in words.text
    start = words.text.index("Китае")
    assert not words.can_link(start, start + len("Китае"))
    assert insert_links(html, [TextLink(start, start + 5, "/x/")]) == html


def test_code_has_no_words() -> None:
    html = "<p><code>Китай</code><math><mi>Китай</mi></math></p><pre>Китай</pre>"
    assert extract_words(html).text.strip() == ""


def test_words_with_inline_tags_stay_whole() -> None:
    html = "<p>Каза<b>хстан</b>&amp;Ко,<br>а<a href='x'>&nbsp;б</a></p><ul><li>в</li></ul>"
    html += "<pre>код <i>1</i></pre>"
    assert extract_text(html).split() == ["Казахстан&Ко,", "а", "б", "в", "код", "1"]
    assert extract_text("") == ""


def test_offsets_count_characters_not_entities() -> None:
    html = "<p>&quot;&amp;&#171; Китай &hellip;</p>"
    assert link(html, "Китай") == html.replace("Китай", '<a class="name" href="/Китай/">Китай</a>')


def test_urls_are_escaped_and_overlapping_links_are_skipped() -> None:
    html = "<p>Совет Безопасности ООН</p>"
    links = [TextLink(1, 23, 'a"b&c/'), TextLink(20, 23, "/oon/")]
    assert insert_links(html, links) == (
        '<p><a class="name" href="a&quot;b&amp;c/">Совет Безопасности ООН</a></p>'
    )


@given(st.text(alphabet="аБ <>&;\"'*_`[](#\n", max_size=60), st.integers(0, 60))
def test_links_never_change_the_words(text: str, start: int) -> None:
    for markup in ("text", "markdown"):
        html = render_body(text, markup, BodySettings()).html
        words = extract_words(html)
        linked = insert_links(html, [TextLink(start, start + 2, "/x/")])
        assert extract_words(linked).text == words.text
        assert (linked != html) == words.can_link(start, start + 2)


@pytest.mark.slow
def test_large_body_is_fast() -> None:
    html = "<p>Слово &amp; слово</p>\n" * 50_000
    began = time.process_time()
    words = extract_words(html)
    insert_links(html, [TextLink(number, number + 1, "/x/") for number in range(0, 100_000, 10)])
    assert words.can_link(1, 6)
    assert time.process_time() - began < 5


def test_many_links_in_one_run_are_fast() -> None:
    words = "Аб &amp; " * 20_000
    begin = time.process_time()
    links = [TextLink(n * 5 + 1, n * 5 + 3, "/a/") for n in range(20_000)]
    linked = insert_links(f"<p>{words}</p>", links)
    assert time.process_time() - begin < 10
    assert linked.count('<a class="name" href="/a/">Аб</a> &amp; ') == 20_000
