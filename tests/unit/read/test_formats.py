"""Formats of other generators, and how front matter is written."""

import sys

import pytest

from newsgen.model import RawArticle
from newsgen.read.formats import FormatError, extract_body, parse_article


def parsed(text: str, path: str = "a.md") -> RawArticle:
    return parse_article(path, text)


def values(raw: RawArticle) -> dict[str, str]:
    return {name: field.text for name, field in raw.fields.items()}


FIELDS = "title: T\ndate: 2020-01-05"
JSON = '"title": "T",\n"date": "2020-01-05"'


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{FIELDS}\n...\nB\n",
        f"----\n{FIELDS}\n----\nB\n",
        f"---\n{FIELDS}\n-----\nB\n",
        f"\n\n---\n{FIELDS}\n---\nB\n",
        f"---yaml\n{FIELDS}\n---\nB\n",
        "---toml\ntitle = 'T'\ndate = 2020-01-05\n---\nB\n",
        "--- TOML\ntitle = 'T'\ndate = 2020-01-05\n---\nB\n",
        "\n+++\ntitle = 'T'\ndate = 2020-01-05\n+++\nB\n",
        f"---json\n{{{JSON}}}\n---\nB\n",
        f";;;\n{JSON},\n;;;\nB\n",
        f"\n{{{JSON}}}\nB\n",
        f"<!--\n.. {FIELDS.replace(chr(10), chr(10) + '.. ')}\n.. link: \n-->\nB\n",
        f"\n<!--\n{FIELDS}\n-->\nB\n",
        f".. {FIELDS.replace(chr(10), chr(10) + '.. ')}\n\nB\n",
    ],
)
def test_forms_of_front_matter(text: str) -> None:
    raw = parsed(text)
    assert values(raw) == {"headline": "T", "date": "2020-01-05"}
    assert raw.body.strip() == "B"
    assert text[raw.body_start :] == raw.body
    assert raw.body_line == text[: raw.body_start].count("\n") + 1
    lines = text.split("\n")
    assert "2020-01-05" in lines[raw.fields["date"].line - 1]


@pytest.mark.parametrize(
    "text", ["-----\n\nText\n", "\n---\n\nText\n\n---\n", "--- js\n", "<!-- note -->\nText\n"]
)
def test_rules_and_comments_are_no_front_matter(text: str) -> None:
    assert "date" not in parsed(text).fields


def test_program_as_front_matter_is_refused() -> None:
    with pytest.raises(FormatError, match="program in js"):
        parsed("---js\n{ title: 'T' }\n---\nB\n")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("title: Budget: what now", 'put the value in quotes: title: "Budget: what now"'),
        ("title: 'A' and B: c", 'put the value in quotes: title: "A\' and B: c"'),
        ('title: "A" and b', "put the value in quotes: title: 'A\" and b'"),
        ("title: @home", 'put the value in quotes: title: "@home"'),
        ("tags:\n\t- a", "replace the tab at the start of the line by spaces"),
    ],
)
def test_slips_of_yaml_have_a_hint(line: str, hint: str) -> None:
    with pytest.raises(FormatError) as caught:
        parsed(f"---\n{line}\ndate: 2020-01-05\n---\nB\n")
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{FIELDS}\nweight: 1\nweight: 2\n---\nB\n",
        f'{{{JSON},\n"weight": 1, "weight": 2}}\nB\n',
    ],
)
def test_repeated_key_without_a_meaning_is_a_warning(text: str) -> None:
    raw = parsed(text)
    assert raw.extra["weight"].text == "2"
    assert [problem.code for problem in raw.problems] == ["repeated-key"]


@pytest.mark.parametrize("text", [f"---\n{FIELDS}\ntitle: U\n---\n", f'{{{JSON}, "title": "U"}}\n'])
def test_repeated_key_with_a_meaning_is_an_error(text: str) -> None:
    with pytest.raises(FormatError, match='the key "title" is given twice'):
        parsed(text)


def test_header_lines_of_pelican_go_on() -> None:
    text = (
        "Title: T\nDate: 2020-01-01\nSummary: First\n    goes on\nTags: one,\n\ttwo\n    three\n"
        "Slug: s\n\n    code\n"
    )
    raw = parsed(text)
    assert values(raw) == {
        "headline": "T",
        "date": "2020-01-01",
        "summary": "First goes on",
        "tags": "one, two, three",
        "slug": "s",
    }
    assert raw.body == "    code\n"
    # In plain text, the first paragraph may be indented.
    raw = parsed(" date 2020-01-01 T\nТекст: А. Ли\n    Абзац.\n", "a.txt")
    assert values(raw)["authors"] == "А. Ли"


def test_tags_of_nikola_mark_drafts() -> None:
    raw = parsed("<!--\n.. title: T\n.. date: 2020-01-01\n.. tags: a, private\n-->\nB\n")
    assert values(raw)["draft"] == "true"


@pytest.mark.parametrize(
    ("path", "body", "line"),
    [
        ("a.txt", "Text.\n\n date 2020-01-02 Second\n\nText.\n", 5),
        ("a.txt", "Text.\n\nДата 02.01.2020 Second\n\nText.\n", 5),
        ("a.txt", "Text.\n\nTitle: Second\nDate: 2020-01-02\n\nText.\n", 5),
        ("a.md", f"Text.\n\n---\n{FIELDS}\n---\nText.\n", 5),
        ("a.txt", "Text.\n\nДата: 02.01.2020, место: Пермь\n\n---\n\nx: y\n", 0),
    ],
)
def test_several_articles_in_one_file_are_named(path: str, body: str, line: int) -> None:
    raw = parsed(f"date 2020-01-01 First\n\n{body}", path)
    found = [(problem.code, problem.line) for problem in raw.problems]
    assert found == ([("many-articles", line)] if line else [])
    assert raw.body == body


MDX = """---
title: T
---
import Foo from './foo'
import {
  Bar,
} from "x"

<Foo bar={() => <b>x</b>} baz="a > b">

Text with `<Code>` and {'literal'} {/* c */} 5 < 6.

</Foo>

<Image src="a.jpg" alt="A" /> <div className="x" style={{a: 1}}>D</div>

```js
import x from "y"
<Foo/>
```

import of goods rises
"""


def test_mdx_loses_its_program_and_keeps_its_text() -> None:
    raw = parsed(MDX, "a.mdx")
    assert " ".join(raw.body.split()) == (
        "Text with `<Code>` and literal 5 < 6. ![A](<a.jpg>) "
        '<div class="x">D</div> ```js import x from "y" <Foo/> ``` import of goods rises'
    )
    assert raw.body.count("\n") == MDX[raw.body_start :].count("\n")
    assert [(problem.code, problem.line) for problem in raw.problems] == [("jsx-component", 9)]
    assert extract_body("a.mdx", MDX, 0, 0) == raw.body


def test_html_with_metadata_in_its_head() -> None:
    text = (
        '<!DOCTYPE html>\n<html lang="en">\n<head><title>Flood &amp; fire | News</title>\n'
        '<meta name="date" content="2015-01-02"><meta property="article:tag" content="x">\n'
        '<meta property="article:tag" content="y"><meta name="viewport" content="w"></head>\n'
        "<body>\n<nav>menu</nav>\n<main>\n<h1>Flood &amp;\nfire</h1>\n\n<p>Text</p>\n\n"
        "<pre>a\n\nb</pre>\n</main></body></html>\n"
    )
    raw = parsed(text, "a.html")
    assert values(raw) == {
        "headline": "Flood & fire",
        "date": "2015-01-02",
        "tags": "x, y",
        "language": "en",
    }
    assert raw.extra == {}
    assert raw.body == "<div>\n<p>Text</p>\n<pre>a&#10;&#10;b</pre>\n</div>\n"


def test_html_with_front_matter() -> None:
    raw = parsed(f"---\n{FIELDS}\n---\n<p>A</p>\n\n<p>B</p>\n", "a.html")
    assert values(raw) == {"headline": "T", "date": "2020-01-05"}
    assert raw.body == "<div>\n<p>A</p>\n<p>B</p>\n</div>\n"


RST = """Title *x*
#########

:date: 2015-01-02
:tags: a, b
:author: Ann
:summary: First line
   goes on

Text `link <b.rst>`_.

Section
=======

.. unknown:: x
   :option: 1

   Inner text
"""


def test_restructured_text() -> None:
    raw = parsed(RST, "a.rst")
    assert values(raw) == {
        "headline": "Title x",
        "date": "2015-01-02",
        "tags": "a, b",
        "authors": "Ann",
        "summary": "First line goes on",
    }
    assert '<a class="reference external" href="b.rst">link</a>' in raw.body
    assert "<h2>Section</h2>" in raw.body
    assert "Inner text" in raw.body
    assert "\n\n" not in raw.body.strip()
    assert [(problem.code, problem.line) for problem in raw.problems] == [("rst-error", 15)]


def test_restructured_text_with_metadata_of_nikola() -> None:
    raw = parsed(".. title: T\n.. date: 2020-01-05\n\nText\n", "a.rst")
    assert values(raw) == {"headline": "T", "date": "2020-01-05"}
    assert "<p>Text</p>" in raw.body


def test_restructured_text_without_docutils(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docutils", None)
    with pytest.raises(FormatError) as caught:
        parsed(RST, "a.rst")
    assert caught.value.code == "no-docutils"
