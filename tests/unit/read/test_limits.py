"""Hostile articles of each kind: all of them are read in time and memory that grow with their size.

Each input is large enough to take minutes, or gigabytes, if a step is quadratic again.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsgen.core.budget import Budget, limited
from newsgen.enrich import BodyError, BodySettings, enrich, markup_limits
from newsgen.model import Source
from newsgen.problems import Location
from newsgen.read import decode, formats, limits
from newsgen.read.limits import MAX_FRONT_MATTER_LENGTH, MAX_VALUES
from newsgen.read.validate import FieldSettings, validate
from newsgen.text import yaml

BLANKS = " " * 300_000
MARKS = "\u0316\u0301"
FIRST = " date 2025-08-30 H\n"


def md(body: str, fields: str = "") -> str:
    return f"---\ntitle: T\ndate: 2025-08-30\n{fields}---\n\n{body}\n"


def toml(fields: str) -> str:
    return f"+++\ntitle='T'\ndate=2025-08-30\n{fields}\n+++\n\nText\n"


def names(count: int) -> str:
    return ", ".join(f"n{number}" for number in range(count))


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    # In place of a clock: the processor time and the memory of this process.
    with limited(Budget(30, 600_000_000) if sys.platform != "win32" else None):
        yield


def read(path: str, text: str) -> list[str]:
    """Read an article, and return the code and line of each problem."""
    try:
        decoded = decode.decode(
            text.encode(), Location(path), path, decode.DecodeSettings(language="ru")
        )
        raw = formats.parse_article(path, decoded.text)
        article, problems = validate(
            raw,
            source=Source(path, 0, 0, 0).path,
            file=path,
            digest=b"",
            encoding="utf-8",
            is_clean=True,
            settings=FieldSettings("ru", "", ()),
        )
        if article:
            enrich(
                article,
                raw.body,
                body_line=raw.body_line,
                picture_line=1,
                slugs="ascii",
                standard="wikipedia",
                settings=BodySettings(),
            )
    except formats.FormatError as error:
        return [f"{error.code} {error.line}"]
    except BodyError as error:
        return [f"{error.code} {error.line + raw.body_line - 1}"]
    found = (*decoded.problems, *problems)
    return [f"{problem.code} {problem.location.line}" for problem in found]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", f"# a{BLANKS}b\n\ntext\n"),
        ("a.md", f"---\ndate: 2025-08-30\n---\n# a{BLANKS}#{BLANKS}b\n\ntext\n"),
        ("a.md", f"# a{BLANKS.replace(' ', chr(9))}b\n\ntext\n"),
        ("a.md", md("text", f"author: 'a{BLANKS}b'\n")[:150_000] + "b'\n---\ntext\n"),
        ("a.md", md(f"a b\n c\n\nd {BLANKS}e")),
        ("a.md", md("text", f"summary: '{'<!-- ' * 30_000}'\n")),
        ("a.md", md("text", f"summary: '{'<a ' * 50_000}'\n")),
        ("a.md", md("text", f"author: '{'и « ; ' * 25_000}'\n")),
        ("a.md", md("text", f"title2: '{'&amp;' * 25_000}'\n")),
        ("a.md", f"{BLANKS}\n{BLANKS}---\n"),
        ("a.md", f"<!--{' x' * 150_000}"),
        ("a.md", "<!--\n" + "title: x\n" * 30_000 + "-->"),
        ("a.md", md("---\n" * 60_000)),
        ("a.md", md("---\ntitle: x\n" * 20_000)),
        ("a.md", md("title: x\ndate: 1\n" * 20_000)),
        *(
            ("a.mdx", md(text))
            for text in (
                *("<A " * 100_000, "<A '" * 80_000, '<A x="' * 50_000, "<A x={" * 50_000),
                *("{/* " * 80_000, "`" * 300_000, "`a" * 150_000, "{ " * 150_000, "<A" + BLANKS),
                *("<A" + " x=1" * 80_000, "import {\n" * 40_000, "{'a" * 100_000),
            )
        ),
        *(
            ("a.html", f"<html><meta name=date content=2020-01-01>{text}")
            for text in (
                *("<body " * 50_000, "<h1>" * 80_000, "<pre>" * 60_000, "<title>" * 40_000),
                *("<meta " * 50_000, "<?xml " * 50_000, "\n \n" * 100_000, "<article>" * 30_000),
            )
        ),
        ("a.txt", f"{FIRST}Текст: a{BLANKS}b\n\ntext\n"),
        ("a.txt", f"{FIRST}Теги:{BLANKS}b\n\ntext\n"),
        ("a.txt", f"{FIRST}By A{BLANKS}b\n\ntext\n"),
        ("a.txt", f"{FIRST}Аннотация: a{BLANKS}b\n\ntext\n"),
        ("a.txt", f"{FIRST}\ntext\n\nТеги: a{BLANKS}b\n"),
        ("a.txt", f" date{BLANKS}2025-08-30{BLANKS}H\n\ntext\n"),
        ("a.txt", f"{FIRST}{BLANKS}x\n"),
        ("a.txt", FIRST + "Теги: a\nK: v\n" * 20_000 + "\ntext\n"),
        ("a.txt", FIRST + "Теги: a, b, c\n\n" * 20_000 + "text\n"),
    ],
)
def test_blanks_and_header_lines(path: str, text: str) -> None:
    read(path, text)


@pytest.mark.parametrize(
    "text",
    [
        *("*a " * 60_000, "[" * 60_000, "![" * 30_000, "[a](" * 30_000, "^[" * 9_000),
        *("&" * 300_000, "\\" * 300_000, "<" * 100_000, "<a " * 60_000, "`" * 100_000),
        *("a " + "<!-- " * 100_000, "a " + "<?" * 200_000, "a " + "<![CDATA[" * 60_000),
        *("<!--\n\n" * 50_000, "- " * 20_000, "[a]: b\n" * 20_000),
        *("[![](" * 20_000, "[^1]: x\n\n" + "[^" * 9_900, "[^1]: x\n\n" + "^[" * 9_900),
        "[^1]: x\n\n" + "[^" * 9_900 + "a" * 100_000 + "]",
        "".join("`" * number + " " for number in range(1, 1_000)),
    ],
)
def test_markdown(text: str) -> None:
    assert read("a.md", md(text)) == []


MUCH = "too-much-markup"
DEEP = "html-too-deep"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("|a|b|\n|-|-|\n" + "|x|y|\n" * 300_000, f"{MUCH} 6"),
        ("a\n\n" + "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|x|\n" * 20, f"{MUCH} 8"),
        ("> |a|b|\n> |-|-|\n" + "> |x|y|\n" * 300_000, f"{MUCH} 6"),
        ("a\n\n" + "[^1] " * 300_000 + "\n\n[^1]: x\n", f"{MUCH} 8"),
        ("^[x] " * 100_000, f"{MUCH} 6"),
        ("[a]: http://" + "x" * 50_000 + "\n\n" + "[a] " * 20_000, f"{MUCH} 8"),
        ("![a]\n\n" * 20_000 + '[a]: b "' + "x" * 50_000 + '"', f"{MUCH} 114"),
        ("".join(f"<b title={one}>" for one in range(240)) + "<p>w" * 20_000, f"{MUCH} 6"),
        ("<b title=" + "x" * 50_000 + ">" + "<p>w" * 5_000, f"{MUCH} 6"),
        ("<i title='" + "x" * 50_000 + "'></b>" + "<li>w" * 5_000, f"{MUCH} 6"),
        ("<div>" * 50_000, f"{DEEP} 6"),
        ("text\n\n" + "<div>\n" * 50_000, f"{DEEP} 258"),
        ("text\n\n" + "- <div>\n" * 50_000, f"{DEEP} 258"),
        ('<div title="</div>">' * 50_000, f"{DEEP} 6"),
        ("<div><!-- </div> -->" * 50_000, f"{DEEP} 6"),
        ("<div><textarea></div></textarea>" * 50_000, f"{DEEP} 6"),
        ("<div><marquee></div></marquee>" * 50_000, f"{DEEP} 6"),
        ("<div></x>" * 50_000, f"{DEEP} 6"),
        ("a\n\n" + ">" * 20_000, f"{DEEP} 8"),
        ("a\n\n" + "> " * 101 + "b", f"{DEEP} 8"),
        ("> " * 100 + "b\n\n" + "[^1]: " + "> " * 100 + "c", f"{DEEP} 8"),
        ("".join("  " * number + "- a\n" for number in range(1_500)), f"{DEEP} 56"),
        ("".join(" " * number + "- a\n" for number in range(1_000)), f"{DEEP} 256"),
        ("1. " * 10_000 + "a", f"{DEEP} 6"),
        ("> " * 100 + "a\n" * 300_000, f"{MUCH} 50007"),
        ("> " * 100 + "<\n" * 300_000, f"{MUCH} 50007"),
        ("> - " * 33 + "a\n" * 300_000, f"{MUCH} 50007"),
        ("[^a]: " + "> " * 99 + "a\n" * 300_000, f"{MUCH} 50007"),
        (("> " * 50 + "a\n" * 50 + "\n") * 5_000, f"{MUCH} 1047"),
    ],
)
def test_markup_that_becomes_far_more_html(text: str, problem: str) -> None:
    # The line is that of the body, right behind the front matter, if the place is not known.
    assert read("a.md", md(text)) == [problem]


def test_what_honest_articles_have_stays() -> None:
    many = 300
    for text in (
        "<b>bold <i>both</b> italic</i>\n\n" * many,
        "<b>left open\n\n" + "text\n\n" * many,
        '<a href="https://example.org/">link</a> <br>\n' * many,
        "<div>\n\n<p>text\n\n</div>\n\n" * many,
        "<table><tr><td><div>a</div><td><b>b</b></table>\n\n" * many,
        "<iframe src='https://example.org/'></iframe>\n\n*text*\n\n" * many,
        "<svg><g><path/></g></svg>\n\ntext\n\n" * many,
        "text[^1]\n\n" * many + "\n[^1]: note\n",
        "> > quoted\ntext\n\n" * many + "> quoted\n" + "text\n" * 10_000,
        "|a|b|c|\n|-|-|-|\n" + "|x|y|z|\n" * many,
    ):
        assert read("a.md", md(text)) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (md("text", f"tags: [{names(15_000)}]\n"), "too-many-values 4"),
        (md("text", f"authors: [{names(15_000)}]\n"), "too-many-values 4"),
        (md("text", f"aliases: [{names(15_000)}]\n"), "too-many-values 4"),
        (md("text", f"photo: [{names(15_000)}]\n"), "too-many-values 4"),
        (md("text", f"tags: '{names(15_000)}'\n"), "too-many-values 4"),
        (md("text", "tags: '" + "#a " * 15_000 + "'\n"), "too-many-values 4"),
        (md("text", "tags:\n" + "- a\n" * 15_000), "too-many-values 4"),
        (md("text", f"tags: ['{'a' * 400}', b]\n"), "value-too-long 4"),
        (md("text", f"author: {'a' * 400}\n"), "value-too-long 4"),
        (md("text", f"summary: {'слово ' * 2_000}\n"), "value-too-long 4"),
        (md("text", f"lang: ru{'-latn' * 50}\n"), "unknown-language 4"),
        (md("text", "".join(f"k{number}: v\n" for number in range(9_000))), "too-many-values 504"),
        (md("text", f"x: {'a' * MAX_FRONT_MATTER_LENGTH}\n"), "front-matter-too-large 1"),
        ('{"title": "' + "a" * 300_000, "front-matter-too-large 1"),
        ('{"title": [' + "[]," * 300_000, "front-matter-too-large 1"),
        ('{"a":\n' + "[" * 300_000, "bad-front-matter 2"),
        ('{"a": "[[[[",\n"b": [\n' + "[\n" * 90_000, "bad-front-matter 101"),
        (toml("x = ['[[',\n" + "[\n" * 30_000 + "]\n" * 30_000 + "]"), "bad-front-matter 104"),
        (
            md("text", "x: ['[[',\n " + "[\n " * 200 + "]\n " * 200 + "]\n"),
            "bad-front-matter 104",
        ),
        (md("text", f"{'a' * 100_000}:\n" + "  b: c\n" * 1), "bad-front-matter 4"),
        (md("text", f"{'k' * 300}: v\n"), "bad-front-matter 4"),
        (
            md("text", "a: &a " + "x" * 90_000 + "\nb: [" + "*a, " * 10_000 + "]\n"),
            "bad-front-matter 4",
        ),
        (md("text", "x: " + "[" * 50_000 + "]" * 50_000 + "\n"), "bad-front-matter 4"),
        (toml(".".join(["a"] * 30_000) + "=1"), "bad-front-matter 4"),
        (toml("[" + " . ".join(["'a'"] * 20_000) + "]"), "bad-front-matter 4"),
        (toml("x=0x" + "f" * 100_000), "bad-front-matter 4"),
    ],
)
def test_front_matter(text: str, problem: str) -> None:
    assert problem in read("a.md", text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (toml("".join(f"k{number}=1\n" for number in range(15_000))), "too-many-values 504"),
        (
            '{"title": "T", "date": "2025-08-30"' + ', "k": 1' * 15_000 + "}\n\nText\n",
            "repeated-key 1",
        ),
    ],
)
def test_keys_are_found_line_by_line(text: str, problem: str) -> None:
    assert read("a.md", text) == [problem]


@pytest.mark.parametrize(
    ("path", "text", "problems"),
    [
        ("a.txt", FIRST + "\nа" + MARKS * 200_000 + "\n", ["combining-marks 3"]),
        ("a.md", md("а" + MARKS * 200_000), ["combining-marks 6"]),
        ("a.md", md("а" + "&#x316;&#x301;" * 60_000), []),
        (
            "a.md",
            md("text", 'tags: ["а' + "\\u0316\\u0301" * 15_000 + '"]\n'),
            ["combining-marks 4"],
        ),
    ],
)
def test_combining_marks(path: str, text: str, problems: list[str]) -> None:
    assert read(path, text) == problems


def test_thirty_combining_marks_stay() -> None:
    text = "а" + "\u0301" * 30
    assert decode.clean_text(text, Location("a")) == (text, ())
    cleaned, problems = decode.clean_text("а" + MARKS * 20, Location("a"))
    assert len(cleaned) == 1 + 30
    assert [problem.code for problem in problems] == ["combining-marks"]


def test_the_first_values_are_kept() -> None:
    raw = formats.parse_article("a.md", md("text", f"tags: [{names(1_000)}]\n"))
    article, _ = validate(
        raw,
        source="a.md",
        file="a.md",
        digest=b"",
        encoding="utf-8",
        is_clean=True,
        settings=FieldSettings("ru", "", ()),
    )
    assert article
    assert [tag.name for tag in article.tags] == names(1_000).split(", ")[: MAX_VALUES["tags"]]


def test_every_limit_is_documented_with_its_value() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/limits.md").read_text(encoding="utf-8")
    for module in (limits, markup_limits, yaml):
        for name, value in vars(module).items():
            if name.startswith("MAX_"):
                (row,) = [line for line in page.split("\n") if f"`{name}`" in line]
                for number in value.values() if isinstance(value, dict) else (value,):
                    assert f"{number:,}" in row, name
