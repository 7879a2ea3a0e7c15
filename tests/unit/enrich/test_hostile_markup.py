"""Markup that is made to harm: no script on a page, and no time out of proportion."""

import re
import time
from contextlib import suppress
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsgen.enrich import BodyError, BodySettings, render_body

LENGTH = 50_000
"""Characters of a hostile text. Time that grows with its square would be minutes."""

MAX_SECONDS = 10
"""Linear time takes half a second to a second and a half, more on a busy machine."""

TEMPLATES = (("own", "<div title='{{ args[0] }}'>{{ inner }}</div>"),)
PIECES = st.sampled_from(
    [
        *(
            " ",
            "\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "# ",
            "|",
            "`",
            "```\n",
            "~~~",
            "\\",
            "a",
            "Ж",
            '"',
            "'",
        ),
        *(
            "<",
            ">",
            "/>",
            "=",
            "&lt;",
            "&#60;",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "![a](b)",
            "[x] ",
            "**",
            "_",
        ),
        *(
            "$",
            "$$",
            "\\(",
            "\\)",
            "\\[",
            "\\]",
            "\\text{",
            "\\href{javascript:alert(1)}{x}",
            "^",
            "<math>",
        ),
        *(
            "{.x}",
            "{#x}",
            "{: .x}",
            "{onclick=alert(1)}",
            "{title='\"><script>'}",
            "{:toc}",
            "[TOC]",
        ),
        *(
            "!!! note\n    ",
            "::: tip\n",
            ":::",
            "> [!NOTE]\n",
            ": ",
            "~~",
            "http://a.b/<",
            "www.a.b",
        ),
        *(
            "{{< own ",
            "{{< notice >}}",
            "{{< /notice >}}",
            ">}}",
            "{{% ",
            "%}}",
            "{% raw %}",
            "{% endraw %}",
        ),
        *(
            "{{</* a */>}}",
            "{% highlight html %}",
            "{% endhighlight %}",
            "{{< figure src=",
            "caption=",
            "{# ",
        ),
        *(
            "javascript:alert(1)",
            "[caption]",
            "[/caption]",
            "[embed]",
            "[/embed]",
            "[a b='c']",
            "[/a]",
        ),
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)",
            " data-src=",
            "<iframe src=",
            "</iframe>",
        ),
        *(
            "<object data=",
            "<svg>",
            "<style>",
            "<!--",
            "-->",
            "<!--more-->",
            "<a name=x>",
            "<p id=content>",
        ),
        *(
            "<h1>",
            "</h1>",
            "<title>",
            "<noscript>",
            "<textarea>",
            "<input>",
            "\ufdd20\ufdd3",
            "\ufdd4",
        ),
    ]
)


class _Page(HTMLParser):
    """Tags and ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.slow
@settings(max_examples=1_500, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
@example("[caption]<img src=x onerror=alert(1)>[/caption]")
@example("{{< figure src='x\"onerror=alert(1)' caption='<script>a</script>' >}}")
@example("$\\href{javascript:alert(1)}{x}$ <math><mi><style><img src=x onerror=alert(1)>")
@example('{{< youtube "><script>alert(1)</script>" >}}')
def test_no_markup_makes_a_script(text: str) -> None:
    try:
        html = render_body(text, "markdown", BodySettings(shortcodes=TEMPLATES)).html
    except BodyError:
        return
    page = _Page(html)
    assert not {tag for tag, _ in page.tags} & {
        "script",
        "style",
        "iframe",
        "object",
        "svg",
        "base",
    }
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in {"href", "src"} & attributes.keys():
            url = re.match(r"\s*([a-z]+):", attributes[name] or "", re.IGNORECASE)
            assert not url or url[1].lower() in {"http", "https", "mailto", "ref", "tel"}
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not re.search("[\ufdd1-\ufdd4]", html)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "$a$ ",
            "$a",
            "$$",
            "\\(a",
            "$$\na\n$$\n\n",
            "$$\na\n",
            "[caption]",
            "[a b='c']",
            "[x y='",
        ),
        *(
            "{{<",
            "{{< a >}}",
            "{{< notice >}}\n",
            "{{< notice >}}\nx\n{{< /notice >}}\n",
            "{{ x",
            "{#",
        ),
        *(
            "{% raw %}",
            "{% highlight c %}",
            "{{< ref x >}}",
            "{{< figure src=a >}}",
            "`` ` {{< a >}} ",
        ),
        *(
            "<!-- {{<",
            "<pre>{{<",
            "www.a.b ",
            "http://a.b/((((",
            "http://",
            "- [ ] a\n",
            "A\n: b\n\n",
        ),
        *(
            "A\n: ",
            "!!! note\n",
            "!!! note\n    a\n",
            "::: note\n",
            "::: note\na\n:::\n",
            "> [!NOTE]\n",
        ),
        *("{.x}", "a {.x}\n", "{: .x}\n\n", "{:", "# a\n", "<h1>a</h1>", "<a name=x>b</a>", "~~"),
        *("<iframe ", "<iframe src=x>", '<iframe src="', "<object>", "<img data-src=x ", "<title>"),
        *("<!--", "<!--more", "```py\na=(1)\n```\n", "* TOC\n{:toc}\n", "{% quote() %}", "$x^{"),
    ],
)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    with suppress(BodyError):
        render_body(piece * (LENGTH // len(piece)), "markdown", BodySettings())
    assert time.process_time() - start < MAX_SECONDS
