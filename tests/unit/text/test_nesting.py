"""Lines of brackets that are nested too deeply."""

import pytest

from newsgen.text.nesting import find_deep_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[\n{\n[\n]\n}\n]", 3),
        ("[]\n[]\n[[\n]]", 1),
        ('"[["\n[\n"\\"[["\n[\n[', 5),
        ("'[['\n[\n'[['\n[\n[", 5),
        ("]]]\n[[\n[", 1),
        ('"[[[\n[', 1),
    ],
)
def test_lines_of_deep_brackets(text: str, line: int) -> None:
    assert find_deep_line(text, 2) == line


@pytest.mark.parametrize("text", ['"' * 300_000, '"\\' * 150_000, "'\n" * 150_000, "]" * 300_000])
def test_it_takes_linear_time(text: str) -> None:
    assert find_deep_line(text, 100) == 1
