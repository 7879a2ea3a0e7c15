"""Shortcodes of other generators: what is written, and what readers see."""

import re
from pathlib import Path

import pytest

from newsgen.enrich import BodySettings, render_body
from newsgen.enrich.shortcodes.table import SHORTCODES

ROOT = Path(__file__).parents[3]
YOUTUBE = (
    '<p class="embed"><a href="https://www.youtube.com/watch?v=a1-b">'
    "youtube.com/watch?v=a1-b</a></p>"
)
FIGURE = '<figure><img src="a.png" alt="B"><figcaption>C</figcaption></figure>'


def html(text: str, **shortcodes: str) -> str:
    """Return the HTML of a text in which every shortcode can be shown."""
    body = render_body(text, "markdown", BodySettings(shortcodes=tuple(shortcodes.items())))
    assert body.warnings == ()
    return body.html


def warnings(text: str, **shortcodes: str) -> list[tuple[str, int]]:
    body = render_body(text, "markdown", BodySettings(shortcodes=tuple(shortcodes.items())))
    return [(warning.code, warning.line) for warning in body.warnings]


@pytest.mark.parametrize(
    "text",
    [
        *("{{< youtube a1-b >}}", "{{% youtube a1-b %}}", '{{<youtube id="a1-b">}}'),
        *("{{< youtube a1-b />}}", "{% youtube a1-b %}", "{%- youtube a1-b -%}"),
        *('{{ youtube(id="a1-b") }}', "{% include youtube.html id='a1-b' %}"),
        '{% include video id="a1-b" provider="youtube" %}',
        "[youtube https://www.youtube.com/watch?v=a1-b]",
        "[youtube=https://www.youtube.com/watch?v=a1-b]",
        "[embed]https://www.youtube.com/watch?v=a1-b[/embed]",
        "\\[embed\\]<https://www.youtube.com/watch?v=a1-b>\\[/embed\\]",
        '[video src="https://www.youtube.com/watch?v=a1-b"][/video]',
        '{{< youtube\n  id="a1-b"\n>}}',
    ],
)
def test_a_video_in_every_notation(text: str) -> None:
    assert html(text) == YOUTUBE


@pytest.mark.parametrize(
    "text",
    [
        '{{< figure src="a.png" alt="B" caption="C" >}}',
        '{{% figure src="a.png" alt="B" caption="**C**" %}}',
        '{% include figure.html src="a.png" alt="B" caption="C" %}',
        '{{ figure(src="a.png", alt="B", caption="[C](d)") }}',
        '[caption id="x"]<img src="a.png" alt="B"> C[/caption]',
        '[caption width="1" caption="C"]<img src="a.png" alt="B">[/caption]',
        "[caption]![B](a.png) *C*[/caption]",
        '\\[caption id="x\\_1" width="1"\\]![B](a.png) C\\[/caption\\]',
    ],
)
def test_a_picture_in_every_notation(text: str) -> None:
    assert html(text) == FIGURE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{< tweet user="a" id="12" >}}', 'href="https://x.com/a/status/12"'),
        ("{{< x 12 >}}", 'href="https://x.com/i/status/12"'),
        ("{{< gist a 1b >}}", 'href="https://gist.github.com/a/1b"'),
        ("{{< vimeo 12 >}}", 'href="https://vimeo.com/12"'),
        ('[audio mp3="/a.mp3"][/audio]', 'src="\ufdd0a.mp3"></audio>'),
        (
            '[video width="9" mp4="/a.mp4"][/video]',
            '<video controls="" src="\ufdd0a.mp4" width="9">',
        ),
        ("{% img left /a.png 30 20 %}", '<img src="\ufdd0a.png"'),
        ("{% highlight python %}\nx = 1\n{% endhighlight %}", '<span class="n">x</span>'),
        ("{{< highlight go >}}{{ x }}{{< /highlight >}}", 'class="language-go"'),
        ('[sourcecode language="c"]a &lt; b[/sourcecode]', '<span class="o">&lt;</span>'),
        ("{% quote(author='B') %}A *c*{% end %}", "<p>A <em>c</em></p>\n<p><cite>B</cite></p>"),
        ("{{< notice tip >}}A{{< /notice >}}", '<div class="admonition tip" role="note">'),
        ("{{% details B %}}\n- a\n{{% /details %}}", "<summary>B</summary><ul>\n<li>a</li>"),
        ('{{< button href="/a" >}}B{{< /button >}}', '<a href="\ufdd0a">B</a>'),
        ("A {{< kbd B >}} c", "A <kbd>B</kbd> c"),
        ("{{< rawhtml >}}<b>A</b>{{< /rawhtml >}}", "<p><b>A</b></p>"),
        ("A [b]c[/b]", "A <b>c</b>"),
        ("{% raw %}{{ a }}{% endraw %}", "<p>{{ a }}</p>"),
        ("A {% comment %}b{% endcomment %}{# c #}", "<p>A</p>"),
        ("{{</* youtube a */>}}", "{{&lt; youtube a &gt;}}"),
    ],
)
def test_rows_of_the_table(text: str, expected: str) -> None:
    assert expected in html(text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ('[a]({{< ref "x.md#b" >}})', "ref:x.md#b"),
        ('[a]({{% relref "/b/Ёж.md" %}})', "ref:/b/%D0%81%D0%B6.md"),
        ("[a]({% post_url 2015-01-01-x %})", "ref:2015-01-01-x"),
        ("[a]({% link _posts/a b.md %})", "ref:_posts/a%20b.md"),
        ('<a href="{{< ref "x.md" >}}">a</a>', "ref:x.md"),
        ("[a][1]\n\n[1]: {{< ref x.md >}}", "ref:x.md"),
        ("({{< ref x.md >}})", "ref:x.md"),
        ("{% post_link x a %}", "ref:x"),
        ("[a]({{ site.baseurl }}/b)", "\ufdd0b"),
        ('[a]({{ "/b" | relative_url }})', "\ufdd0b"),
        ("[a]({{ '/b' | prepend: site.baseurl | prepend: site.url }})", "\ufdd0b"),
        ("[a]({filename}x.md)", "%7Bfilename%7Dx.md"),
    ],
)
def test_references_are_links(text: str, url: str) -> None:
    assert f'<a href="{url}">' in html(text)


@pytest.mark.parametrize(
    "text",
    [
        "`{{< a >}}` b `{% a %}`",
        "```\n{{< a >}}\n{% a %}\n```",
        "~~~~\n~~~\n{{< a >}}\n~~~~",
        "A\n\n    {{< a >}} {% b %}",
        "<pre>{{< a >}}</pre>",
        "<code>{% a %}</code>",
        "- a\n\n  ```\n  {{< a >}}\n  ```",
    ],
)
def test_code_keeps_shortcodes(text: str) -> None:
    assert re.search(r"\{\{(&lt;|<) a (&gt;|>)\}\}|\{% a %\}", html(text))


def test_tags_in_code_spans_hide_no_shortcodes() -> None:
    assert YOUTUBE in html("`<pre>` İİİ\n\n{{< youtube a1-b >}}\n\n`</pre>`")
    assert YOUTUBE in html("<pre>a</pre>\n\nİ {{< youtube a1-b >}} <code>b</code>")


def test_marks_that_keep_code_from_expansion_are_taken_out_of_code() -> None:
    assert "{{&lt; a &gt;}}" in html("```\n{{</* a */>}}\n```")
    assert html("```\n{% raw %}\n{{ a }}\n{% endraw %}\n```") == (
        "<pre><code>{{ a }}\n</code></pre>"
    )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "[video] A",
            "[a](b)",
            "[1]",
            "[x] y",
            "{a}",
            "\\frac{{a}}{b}",
            "[фото]",
            "[/b]",
            "{ % a",
        ),
        *("[youtube](https://a.b)", "[video]: /a", "100%}", "{{", "[a b]", "[gallery](x)"),
    ],
)
def test_other_texts_are_no_shortcodes(text: str) -> None:
    assert warnings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("{{< weather a=b >}}", "{{% weather %}}", "{% weather %}", "{% include weather.html %}"),
        *('{{ weather(a="b") }}', "{{ page.weather }}", '[weather a="b"]', "{{ .Site.Weather }}"),
    ],
)
def test_unknown_shortcodes_are_named_and_never_shown(text: str) -> None:
    assert warnings(f"A\n\n{text}\n\nB") == [("unknown-shortcode", 3)]
    made = render_body(f"A\n\n{text}\n\nB", "markdown", BodySettings()).html
    assert made.split() == ["<p>A</p>", "<p>B</p>"]


@pytest.mark.parametrize(
    "text",
    [
        "{{< weather >}}A *b*{{< /weather >}}",
        "{% weather %}A *b*{% endweather %}",
        "[weather]A *b*[/weather]",
        '{% weather(a="b") %}A *b*{% end %}',
    ],
)
def test_the_text_of_an_unknown_shortcode_stays(text: str) -> None:
    assert render_body(text, "markdown", BodySettings()).html == "<p>A <em>b</em></p>"
    assert warnings(text) == [("unknown-shortcode", 1)]


def test_shortcodes_without_their_arguments_are_named() -> None:
    for text in ("{{< youtube >}}", "{{< figure >}}", '[gallery ids="1,2"]', "{{< tweet a >}}"):
        assert warnings(text) == [("shortcode-failed", 1)]


def test_lines_of_problems_are_those_of_the_source() -> None:
    text = "{{< notice >}}\nA\n{{< /notice >}}\n\n{{< highlight c >}}\n1\n2\n{{< /highlight >}}\n\n"
    assert warnings(f"{text}{{{{< weather >}}}}") == [("unknown-shortcode", 10)]
    with pytest.raises(Exception, match="raw HTML") as caught:
        render_body(f"{text}<b>a</b>", "markdown", BodySettings(raw_html="refuse"))
    assert getattr(caught.value, "line", 0) == 10


def test_a_body_has_at_most_a_hundred_warnings() -> None:
    assert len(warnings("{{< weather >}}\n" * 1_000)) == 101


def test_a_site_has_shortcodes_of_its_own() -> None:
    hello = '<p class="x">{{ params.name }} {{ args|join("+") }}</p>'
    assert html('{{< hello a b name="<i>" >}}', hello=hello) == '<p class="x">&lt;i&gt; a+b</p>'
    assert html("[hello c]", hello=hello) == '<p class="x"> c</p>'
    assert (
        html("{% hello %}*A*{% endhello %}", hello="<i>{{ inner }}</i>")
        == "<p><i><em>A</em></i></p>"
    )
    assert html("{{< youtube a >}}", youtube="<b>own</b>") == "<p><b>own</b></p>"
    assert "script" not in html("{{< hello >}}", hello="<script>a</script><b>c</b>")


@pytest.mark.parametrize("template", ["{% if %}", "{{ 1 / 0 }}", "{{ nothing.at.all }}"])
def test_a_faulty_template_is_named(template: str) -> None:
    text = "{{< hello >}}A{{< /hello >}}"
    assert warnings(text, hello=template) == [("shortcode-failed", 1)]
    body = render_body(text, "markdown", BodySettings(shortcodes=(("hello", template),)))
    assert body.html == "<p>A</p>"


def test_shortcodes_stand_in_lists_tables_and_paragraphs() -> None:
    assert html("- a\n\n  {{< youtube a1-b >}}") == f"<ul>\n<li>\n<p>a</p>\n{YOUTUBE}</li>\n</ul>"
    assert f"<td>{YOUTUBE}</td>" in html("| a |\n|---|\n| {{< youtube a1-b >}} |")
    assert html("A {{< youtube a1-b >}} B") == f"<p>A </p>{YOUTUBE}<p> B</p>"
    quote = "> {{< notice >}}\n> A\n> {{< /notice >}}"
    assert html(quote).count("<blockquote>") == html(quote).count('class="admonition note"') == 1


def test_names_are_lower_case() -> None:
    assert all(name == name.lower() for name in SHORTCODES)
