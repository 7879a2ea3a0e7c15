import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.text.filenames import fold_path, get_suffix


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Старый/Адрес.html", "старый/адрес.html"),
        ("Old/A.html", "old/a.html"),
        ("caf\u00e9", "cafe\u0301"),
        ("\u0419", "\u0438\u0306"),
        ("\u03a3", "\u03c2"),
    ],
)
def test_paths_that_are_one_file_on_many_disks(one: str, other: str) -> None:
    assert fold_path(one) == fold_path(other)


@given(st.text())
def test_folding_is_final(path: str) -> None:
    folded = fold_path(path)
    assert folded == fold_path(folded) == fold_path(unicodedata.normalize("NFD", path))


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        *(("a.JPG", "jpg"), ("2004/b.tar.gz", "gz"), ("a.b/c", ""), ("c", ""), ("c.", "")),
        *(("Letter to Mr. Smith", ""), ("a.webmanifest", "webmanifest"), ("a.текст", "текст")),
    ],
)
def test_suffix_of_a_name(path: str, suffix: str) -> None:
    assert get_suffix(path) == suffix
