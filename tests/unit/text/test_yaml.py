import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.text.yaml import YamlError, _parse_with_pyyaml, parse_simple_yaml, parse_yaml

PIECES = st.sampled_from(
    [
        *(
            "a",
            "b2",
            "title",
            "ключ",
            "No",
            "null",
            "~",
            "0012",
            "12:30",
            "x:y",
            " ",
            "  ",
            ": ",
            ":",
        ),
        *(
            "\n",
            "\n",
            "- ",
            "-",
            "[",
            "]",
            ", ",
            ",",
            "{",
            "}",
            '"',
            "'",
            "#",
            " #",
            "&a",
            "*a",
            "!",
        ),
        *(
            "|",
            ">",
            "%",
            "@",
            "`",
            "\\",
            "?",
            "? ",
            "---",
            "...",
            "\t",
            "«», –",
            "=",
            "<<",
            "\u00a0",
        ),
        *('a: "x"\n', "b: 'y'\n", "c: [d, e]\n", 'd: ["x", y]\n', "e: 2024-01-01T10:00:00+03:00\n"),
    ]
)


def test_hostile_lines_are_fast() -> None:
    assert parse_simple_yaml("title: a" + ":bb" * 100_000 + "#") is None
    assert parse_simple_yaml("tags: [" + "a " * 100_000 + "#]") is None
    assert parse_simple_yaml("tags: [a" + " " * 300_000 + "#]") is None
    assert parse_simple_yaml("title:" + " " * 300_000 + "#") is None


@pytest.mark.slow
@settings(max_examples=3_000)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_simple_parser_agrees_with_pyyaml(text: str) -> None:
    short = parse_simple_yaml(text)
    if short is not None:
        assert short == _parse_with_pyyaml(text)


@pytest.mark.parametrize(
    "text",
    [
        'title: "Сто «дел»: итог"\ndate: 2025-08-30T10:00:00+03:00\ntags: ["Китай", ШОС, \'x\']\n',
        "title: No\nslug: 0012\nempty: []\ndraft: false\n\n",
    ],
)
def test_ordinary_front_matter_is_parsed_without_pyyaml(text: str) -> None:
    assert parse_simple_yaml(text) == _parse_with_pyyaml(text)


def test_complex_documents_are_left_to_pyyaml() -> None:
    for text in (
        "a: b: c",
        "a: 1\na: 2",
        "a: [b",
        "a: 'it''s'",
        'a: "\\n"',
        "a: |\n b",
        "- a",
        "a:\n",
    ):
        assert parse_simple_yaml(text) is None
    with pytest.raises(YamlError):
        parse_yaml("a: 1\na: 2")
