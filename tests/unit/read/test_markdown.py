import pytest

from newsgen.model import RawArticle
from newsgen.read.formats import FormatError, parse_article


def parsed(text: str, path: str = "a.md") -> RawArticle:
    return parse_article(path, text)


def values(raw: RawArticle) -> dict[str, str]:
    return {name: field.text for name, field in raw.fields.items()}


YAML = """---
title: {title}
date: 2025-08-30
slug: 0012
tags: [2024, No, 12:30, '0x10']
---
Body
"""
TOML = """+++
title = "{title}"
date = 2025-08-30
slug = "0012"
tags = ["2024", "No", "12:30", "0x10"]
+++
Body
"""
JSON = """{{
"title": "{title}",
"date": "2025-08-30",
"slug": "0012",
"tags": ["2024", "No", "12:30", "0x10"]
}}
Body
"""


@pytest.mark.parametrize("text", [YAML, TOML, JSON], ids=["yaml", "toml", "json"])
@pytest.mark.parametrize("title", ["No", "yes", "2024", "1e3", "2025-08-30", "null", "0012"])
def test_values_stay_as_written(text: str, title: str) -> None:
    if title == "null" and text is YAML:
        return  # a bare null is nothing in YAML; quoted it is a word, as the next test shows
    raw = parsed(text.format(title=title))
    assert raw.fields["headline"].value == title
    assert raw.fields["slug"].value == "0012"
    assert raw.fields["tags"].value == ("2024", "No", "12:30", "0x10")
    assert raw.fields["tags"].line == 5
    assert raw.body == "\nBody\n"
    assert raw.body_line == 6
    assert text.format(title=title)[raw.body_start :] == raw.body


def test_a_quoted_null_is_a_word() -> None:
    assert values(parsed("---\ntitle: 'null'\n---\n"))["headline"] == "null"
    assert values(parsed("---\ntitle: null\n---\n"))["headline"] == ""


def test_times_and_numbers_of_toml_become_text() -> None:
    raw = parsed("+++\ntitle = 2024\ndate = 2025-08-30T10:00:00+03:00\ndraft = true\n+++\n")
    assert values(raw) == {
        "headline": "2024",
        "date": "2025-08-30T10:00:00+03:00",
        "draft": "true",
    }


@pytest.mark.parametrize(
    ("front_matter", "name", "value"),
    [
        ("title: A", "headline", "A"),
        ("headline: A", "headline", "A"),
        ("date: 2025-01-01", "date", "2025-01-01"),
        ("published: 2025-01-01", "date", "2025-01-01"),
        ("publishDate: 2025-01-01", "publish_date", "2025-01-01"),
        ("lastmod: 2025-01-01", "updated", "2025-01-01"),
        ("updated: 2025-01-01", "updated", "2025-01-01"),
        ("modified: 2025-01-01", "updated", "2025-01-01"),
        ("last_modified_at: 2025-01-01", "updated", "2025-01-01"),
        ("author: A", "authors", "A"),
        ("authors: [A, B]", "authors", "A, B"),
        ("authors:\n- name: A\n- name: B", "authors", "A, B"),
        ("tags: [a, b]", "tags", "a, b"),
        ("categories: [a, b]", "tags", "a, b"),
        ("category: a", "tags", "a"),
        ("keywords: a, b", "tags", "a, b"),
        ("taxonomies:\n  tags: [a]\n  categories: [b]", "tags", "a, b"),
        ("extra:\n  author: A", "authors", "A"),
        ("params:\n  author: A", "authors", "A"),
        ("slug: s", "slug", "s"),
        ("draft: true", "draft", "true"),
        ("Status: draft", "draft", "draft"),
        ("published: false", "draft", "true"),
        ("published: true", "draft", "false"),
        ("description: D", "summary", "D"),
        ("summary: D", "summary", "D"),
        ("excerpt: D", "summary", "D"),
        ("aliases: [/a/, /b/]", "aliases", "/a/, /b/"),
        ("redirect_from: /a/", "aliases", "/a/"),
        ("lang: en", "language", "en"),
        ("language: en", "language", "en"),
    ],
)
def test_fields_of_hugo_jekyll_zola_and_pelican(front_matter: str, name: str, value: str) -> None:
    assert values(parsed(f"---\n{front_matter}\n---\n")) == {name: value}


def test_tags_and_categories_are_merged() -> None:
    raw = parsed("---\ntags: [a, b]\ncategories: c\n---\n")
    assert raw.fields["tags"].value == ("a", "b", "c")


def test_preferred_name_overrides_a_synonym() -> None:
    assert (
        values(parsed("---\ncreated: 2001-01-01\ndate: 2025-01-01\n---\n"))["date"] == "2025-01-01"
    )
    assert (
        values(parsed("---\ndate: 2025-01-01\ncreated: 2001-01-01\n---\n"))["date"] == "2025-01-01"
    )


def test_jekyll_file_name_gives_missing_date_and_slug() -> None:
    raw = parsed("---\ntitle: T\n---\n", "_posts/2025-08-30-hello-world.md")
    assert values(raw) == {"headline": "T", "date": "2025-08-30", "slug": "hello-world"}
    raw = parsed("---\ndate: 2024-01-01\nslug: s\n---\n", "2025-08-30-hello.md")
    assert values(raw) == {"date": "2024-01-01", "slug": "s"}


def test_pelicans_header_lines() -> None:
    raw = parsed("Title: T\nDate: 2025-08-30 10:20\nCategory: News\nTags: a, b\n\nBody\n")
    assert values(raw)["headline"] == "T"
    assert values(raw)["date"] == "2025-08-30 10:20"
    assert values(raw)["tags"] == "News, a, b"
    assert raw.body == "Body\n"
    assert raw.markup == "markdown"


def test_first_heading_is_used_as_a_missing_headline() -> None:
    text = "# Headline #\n\nBody\n"
    raw = parsed(text, "2025-08-30-x.md")
    assert values(raw)["headline"] == "Headline"
    assert raw.body == "\nBody\n"
    assert text[raw.body_start :] == raw.body
    raw = parsed("---\ntitle: T\n---\n# Not the headline\n")
    assert raw.body == "\n# Not the headline\n"


def test_unknown_fields_are_kept_with_their_names() -> None:
    raw = parsed("---\ntitle: T\nRubric: X\nparams:\n  deep: Y\n---\n")
    assert {field.label: field.text for field in raw.extra.values()} == {
        "Rubric": "X",
        "params.deep": "Y",
    }


BOMB = "a: &a [l, l]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)
)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\ntitle: T\n", "unclosed-front-matter", 1),
        ("+++\ntitle = 'T'\n", "unclosed-front-matter", 1),
        ('{\n"title": "T",\n', "unclosed-front-matter", 3),
        ("---\ntitle: T\ndate: [\n---\n", "bad-front-matter", 3),
        ("---\ntitle: a: b\n---\n", "bad-front-matter", 2),
        ("---\ntitle: A\ntitle: B\n---\n", "bad-front-matter", 3),
        ("---\n- a\n- b\n---\n", "bad-front-matter", 1),
        ("+++\na = 1\nb = \n+++\n", "bad-front-matter", 3),
        ('{\n"title": "T"\n"date": 1}\n', "bad-front-matter", 3),
        (f"---\n{BOMB}---\n", "bad-front-matter", 2),
        ("---\na: &a [*a]\n---\n", "bad-front-matter", 2),
        ("---\na: " + "[" * 3_000 + "\n---\n", "bad-front-matter", 2),
        ("+++\na = " + "[" * 3_000 + "\n+++\n", "bad-front-matter", 2),
        ('{"a": ' + "[" * 100_000, "bad-front-matter", 1),
        ('{"a": ' + "[" * 900 + "]" * 900 + "}", "bad-front-matter", 1),
        (f"+++\n{'a.' * 900}a = 1\n+++\n", "bad-front-matter", 2),
    ],
)
def test_malformed_front_matter_is_reported_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        parsed(text)
    assert caught.value.code == code
    assert caught.value.line == line


def test_long_blanks_in_front_matter_are_fast() -> None:
    assert parsed(f"+++\ntitle = 'T'\n{' ' * 100_000}\n+++\nB").body.strip() == "B"


def test_brace_alone_is_not_front_matter() -> None:
    assert "headline" not in parsed("{{ shortcode }}\n\nText.\n").extra


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (f"+++\na = {'[' * 5_000}\n+++\n", "it is nested too deeply", 2),
        ("+++\na = " + "{a = " * 3_000 + "\n+++\n", "it is nested too deeply", 2),
        (f"+++\na = 1\nb = {'9' * 5_000}\n+++\n", "a number is too long", 3),
        (f"+++\na = 0x{'f' * 5_000}\n+++\n", "a number is too long", 2),
        ('{"a": ' + "[" * 5_000 + "}", "it is nested too deeply", 1),
        ('{"a":\n' + '{"a": ' * 5_000 + "}", "it is nested too deeply", 2),
    ],
)
def test_errors_of_python_itself_are_put_in_plain_words(text: str, message: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        parsed(text)
    found = caught.value
    assert (found.code, found.message, found.line) == ("bad-front-matter", message, line)


@pytest.mark.parametrize("text", ['{{"title": {}}}\n\nText', "---\ntitle: {}\n---\nText"])
def test_long_numbers_stay_as_written(text: str) -> None:
    assert parsed(text.format("9" * 5_000)).fields["headline"].value == "9" * 5_000


@pytest.mark.parametrize(
    ("text", "date", "line", "body"),
    [
        ("# Headline\n\n17 March 2015\n\nText.\n", "17 March 2015", 3, "\nText.\n"),
        ("# Headline\n*17.03.2015, 14:05*\nText.\n", "17.03.2015, 14:05", 2, "Text.\n"),
        ("---\ntags: [a]\n---\n# Headline\n\nJune 1937\n\nText.\n", "June 1937", 6, "\nText.\n"),
        ("# Headline\n\n1937\n\nText.\n", "", 0, "\n1937\n\nText.\n"),
        (
            "---\ndate: 2025-01-01\n---\n# Headline\n\n2015-03-17\n",
            "2025-01-01",
            2,
            "\n2015-03-17\n",
        ),
    ],
)
def test_date_below_the_heading(text: str, date: str, line: int, body: str) -> None:
    raw = parsed(text)
    found = raw.fields.get("date")
    assert (found.text, found.line) == (date, line) if found else not date
    assert raw.body == body
    assert text[raw.body_start :] == body
