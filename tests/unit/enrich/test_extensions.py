"""Extensions of Markdown: what is written, and what readers see."""

import pytest

from newsgen.enrich import BodySettings, render_body
from newsgen.enrich.prose import is_prose


def html(text: str, language: str = "en") -> str:
    return render_body(text, "markdown", BodySettings(language=language)).html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~a~~ b", "<p><s>a</s> b</p>"),
        ('"a" -- b... (c)', '<p>"a" -- b... (c)</p>'),
        ("A\n: B", "<dl>\n<dt>A</dt>\n<dd>B</dd>\n</dl>"),
        (
            "- [x] *a*\n- [ ] b",
            '<ul>\n<li class="task"><label><input type="checkbox" disabled checked> <em>a</em>'
            '</label></li>\n<li class="task"><label><input type="checkbox" disabled> b</label>'
            "</li>\n</ul>",
        ),
        ("a [x] b", "<p>a [x] b</p>"),
        ("<input type='text' name='a'>", '<input type="checkbox" disabled>'),
    ],
)
def test_small_extensions(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "url", "rest"),
    [
        ("http://a.example/b", "http://a.example/b", ""),
        ("HTTPS://a.example", "HTTPS://a.example", ""),
        ("https://a.example/b.", "https://a.example/b", "."),
        ("https://a.example/b»,", "https://a.example/b", "»,"),
        ("https://a.example/b…", "https://a.example/b", "…"),
        ("https://a.example/b)", "https://a.example/b", ")"),
        ("https://a.example/b_(c)_d", "https://a.example/b_(c)_d", ""),
        ("https://a.example/b_c_", "https://a.example/b_c", "_"),
        ("https://пример.рф/путь?а=б#в", "https://пример.рф/путь?а=б#в", ""),
        ("www.example.org/b!", "www.example.org/b", "!"),
        ("https://a.example/?b=1&c=2", "https://a.example/?b=1&amp;c=2", ""),
    ],
)
def test_bare_urls_are_links(text: str, url: str, rest: str) -> None:
    for markup in ("markdown", "text"):
        made = render_body(f"см. {text} и", markup, BodySettings()).html
        assert f">{url}</a>{rest} и</p>" in made
        assert made.count("<a ") == 1
    assert not is_prose(text)


@pytest.mark.parametrize(
    "text",
    ["`http://a.b`", "a@www.example.org", "http://", "www.", "xhttp://a.b", "://a", "http:a"],
)
def test_other_texts_are_no_links(text: str) -> None:
    assert "<a " not in html(text)


def test_links_hold_no_links() -> None:
    assert html("[http://a.b](http://c.d)") == '<p><a href="http://c.d">http://a.b</a></p>'
    assert html("<a href='/x'>www.a.b</a>").count("<a ") == 1
    assert html("*http://a.b/c*") == '<p><em><a href="http://a.b/c">http://a.b/c</a></em></p>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![a](b){width=300 .c #d onclick=x}", 'src="b" alt="a" width="300" class="c" id="d">'),
        ("## A {.b}", '<h2 id="a" class="b">A</h2>'),
        ("A\n{: .b}", '<p class="b">A</p>'),
        ("> A\n{: .b}", "A"),
        ("A {: .b style='c'}", '<p class="b">A</p>'),
        ("**A**{.b} c", '<strong class="b">A</strong> c'),
        ("[a](b){target=_blank}", '<p><a href="b">a</a></p>'),
        ("A\n\n{: .b}\n\nC", '<p class="b">A</p>\n<p>C</p>'),
        ("* TOC\n{:toc}\n\nA", "<p>A</p>"),
        ("| a |\n|---|\n| b |\n{:.c}", "<td>b</td>\n</tr>\n</tbody>\n</table>"),
        ("[TOC]\n\nA\n\n[[_TOC_]]", "<p>A</p>"),
    ],
)
def test_attribute_lists_are_obeyed_or_taken_out(text: str, expected: str) -> None:
    made = html(text)
    assert expected in made
    assert "{" not in made
    assert "onclick" not in made


@pytest.mark.parametrize("text", ["a {b} c", "{a}", "f(x) = {1, 2}", "`{.a}`", "a {#} b"])
def test_other_braces_stay(text: str) -> None:
    assert "{" in html(text)


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ('!!! note "Own *title*"\n    A', "note", "Own <em>title</em>"),
        ("!!! warning\n    A", "warning", "Внимание"),
        ("??? tip\n    A", "tip", "Совет"),
        ("::: danger Стой\nA\n:::", "danger", "Стой"),
        ("::: info\nA\n:::", "note", "Примечание"),
        ("> [!IMPORTANT]\n> A", "important", "Важно"),
        ("> [!caution] Own\n> A", "warning", "Own"),
    ],
)
def test_admonitions(text: str, kind: str, title: str) -> None:
    assert html(text, "ru") == (
        f'<div class="admonition {kind}" role="note">\n'
        f'<p class="admonition-title">{title}</p>\n<p>A</p>\n</div>'
    )


def test_titles_of_admonitions_are_in_the_articles_language() -> None:
    body = render_body("!!! note\n    A", "markdown", BodySettings(language="ru"), language="en-GB")
    assert ">Note</p>" in body.html


@pytest.mark.parametrize(
    "text",
    [
        "$a_1 * b_1$",
        "$$\nx < y\n$$",
        "\\(a^2\\)",
        "\\[a^2\\]",
        "$$a$$",
        "> $$a$$",
        "$\\text{два слова}$",
    ],
)
def test_formulas_are_mathml(text: str) -> None:
    made = html(text)
    assert "<math" in made
    assert "$" not in made
    assert "\\" not in made


@pytest.mark.parametrize(
    "text",
    [
        *("$5 and $6", "от $5 до $7", "$100 (around 90$)", "US$5, A$6", "\\$a\\$", "a $ b $ c"),
        *("\\[текст\\]", "\\(сноска\\)", "$5-$6", "`$a$`", "$a", "$ a $"),
    ],
)
def test_prices_are_no_formulas(text: str) -> None:
    assert "<math" not in html(text)


@pytest.mark.parametrize(
    "formula", ["\\unknown x", "\\newcommand{\\a}{\\a}\\a", "a" * 5_000, "{" * 500]
)
def test_formulas_that_cannot_be_read_stay_as_code(formula: str) -> None:
    made = html(f"$$\n{formula}\n$$")
    assert "<math" not in made
    assert formula in made


def test_code_is_highlighted() -> None:
    made = html('```python {linenos=true}\nx = "<b>"\n```')
    assert made.startswith('<pre><code class="language-python"><span class="n">x</span>')
    assert "&lt;b&gt;" in made
    assert html("```{.python}\nx\n```") == html("```python\nx\n```")
    assert html("```nothing\nx < y\n```") == (
        '<pre><code class="language-nothing">x &lt; y\n</code></pre>'
    )
    assert html("```\n\n x\n```") == "<pre><code>\n x\n</code></pre>"


@pytest.mark.parametrize(
    "separator",
    [
        *("<!--more-->", "<!-- more -->", "<!--more Дальше-->", "<!-- excerpt -->", "---more---"),
        *(
            "<!-- TEASER_END -->",
            "<!-- PELICAN_END_SUMMARY -->",
            "<!-- truncate -->",
            "--- more ---",
        ),
    ],
)
def test_the_excerpt_ends_at_a_separator(separator: str) -> None:
    body = render_body(f"A *b*.\n\n{separator}\n\nC.", "markdown", BodySettings())
    assert body.excerpt.strip() == "<p>A <em>b</em>.</p>"
    assert body.html.split() == ["<p>A", "<em>b</em>.</p>", "<p>C.</p>"]


@pytest.mark.parametrize(
    "text",
    [
        "<noscript><img src=/b></noscript>",
        "<html><head><title>hidden</title><style>hidden</style></head></html>",
        "<!-- hidden\n\nhidden -->",
        "{% comment %}\nhidden\n\n{{ hidden }}{% endcomment %}",
        "{# hidden #}",
        "<template><p>hidden</p></template>",
        "<script>hidden</script>",
    ],
)
def test_parts_without_text_for_readers_are_never_shown(text: str) -> None:
    made = html(f"A\n\n{text}\n\nB")
    assert "hidden" not in made
    assert "img" not in made
    assert made.split() == ["<p>A</p>", "<p>B</p>"]


@pytest.mark.parametrize("opener", ["<title>", "<noscript>", "<script>", "<textarea>", "a <!-- b"])
def test_an_element_left_open_hides_nothing(opener: str) -> None:
    assert "Shown" in html(f"A\n\n{opener}\n\nShown")
