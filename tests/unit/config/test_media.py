"""The section `media`, and the table `media.csv`."""

from pathlib import Path

import pytest

from newsgen.config import Media, load_site, write_media_copies
from newsgen.config.media_copies import read_media_copies
from newsgen.problems import NewsgenError


def load_media(tmp_path: Path, text: str) -> Media:
    file = tmp_path / "newsgen.yaml"
    file.write_text(text, encoding="utf-8")
    return load_site(file).media


def test_media_of_all_hosts_are_shown_by_default(tmp_path: Path) -> None:
    assert load_media(tmp_path, "title: x\n") == Media("show", ())


@pytest.mark.parametrize("hosts", ["[Example.org, пример.рф]", "\n  - example.org\n  - пример.рф"])
def test_hosts_are_as_urls_write_them(tmp_path: Path, hosts: str) -> None:
    media = load_media(tmp_path, f"media:\n  external: link\n  hosts: {hosts}\n")
    assert media == Media("link", ("example.org", "xn--e1afmkfd.xn--p1ai"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("media: {external: hide}\n", "must be one of `show`"),
        ("media: {hosts: 'https://a.org/'}\n", "must be a host such as"),
        ("media: {host: a.org}\n", "did you mean `hosts`?"),
        ("media: show\n", "must be a mapping"),
    ],
)
def test_other_values_are_errors(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NewsgenError, match=message):
        load_media(tmp_path, text)


def test_copies_are_written_in_order_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "media.csv"
    write_media_copies(file, {"https://b.org/x": "media/b, c.png", "https://a.org/": "media/я.png"})
    assert file.read_text(encoding="utf-8") == (
        'url,path\nhttps://a.org/,media/я.png\nhttps://b.org/x,"media/b, c.png"\n'
    )
    copies, problems = read_media_copies(file)
    assert problems == []
    assert copies.paths == {"https://a.org/": "media/я.png", "https://b.org/x": "media/b, c.png"}
    assert [child.name for child in tmp_path.iterdir()] == ["media.csv"]


def test_every_bad_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "media.csv"
    rows = (
        "https://a.org/,/etc/passwd",
        "https://a.org/,../x",
        "https://a.org/,a/../../x",
        "https://a.org/,a\\x",
        "https://a.org/,",
        "https://a.org/",
        "a.png,b.png",
        "https://a.org/,good.png",
    )
    file.write_text("url,path\n" + "\n".join(rows) + "\n", encoding="utf-8")
    copies, problems = read_media_copies(file)
    assert copies.paths == {"https://a.org/": "good.png"}
    assert [problem.location.line for problem in problems] == [2, 3, 4, 5, 6, 7, 8]
    assert {problem.code for problem in problems} == {"bad-value"}


def test_other_rows_give_another_digest(tmp_path: Path) -> None:
    file = tmp_path / "media.csv"
    digests = {read_media_copies(file)[0].digest}
    for path in ("a.png", "b.png"):
        write_media_copies(file, {"https://a.org/": path})
        digests.add(read_media_copies(file)[0].digest)
    assert len(digests) == 3


def test_a_table_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "media.csv").write_bytes("url,path\nhttps://a.org/,я\n".encode("cp1251"))
    (problem,) = read_media_copies(tmp_path / "media.csv")[1]
    assert (problem.code, problem.location.line) == ("bad-encoding", 2)
