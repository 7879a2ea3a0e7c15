import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.text.yaml import YamlError, full, parse, simple

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


def test_odd_lines_take_no_time() -> None:
    assert simple.parse("title: a" + ":bb" * 100_000 + "#") is None
    assert simple.parse("tags: [" + "a " * 100_000 + "#]") is None
    assert simple.parse("tags: [a" + " " * 300_000 + "#]") is None
    assert simple.parse("title:" + " " * 300_000 + "#") is None


@pytest.mark.slow
@settings(max_examples=3_000)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_short_way_comes_to_what_pyyaml_does(text: str) -> None:
    short = simple.parse(text)
    if short is not None:
        assert short == full.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        'title: "Сто «дел»: итог"\ndate: 2025-08-30T10:00:00+03:00\ntags: ["Китай", ШОС, \'x\']\n',
        "title: No\nslug: 0012\nempty: []\ndraft: false\n\n",
    ],
)
def test_ordinary_front_matter_takes_the_short_way(text: str) -> None:
    assert simple.parse(text) == full.parse(text)


def test_a_short_way_that_would_be_wrong_is_not_taken() -> None:
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
        assert simple.parse(text) is None
    with pytest.raises(YamlError):
        parse("a: 1\na: 2")
