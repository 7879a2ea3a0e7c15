"""The table of old URLs."""

import pytest

from newsgen.read.redirects import parse_redirects


def read(text: str, *, has_server: bool = True) -> tuple[dict[str, str], list[str]]:
    rows, problems = parse_redirects(text, "articles", ("md", "txt", "html"), has_server=has_server)
    found = {row.url: f"source {row.target}" if row.is_source else row.target for row in rows}
    return found, [f"{problem.code} {problem.location.line}" for problem in problems]


@pytest.mark.parametrize(
    ("row", "old", "target"),
    [
        ("/old,/new/", "old/", "new/"),
        ("/old.html;/new", "old.html", "new/"),
        ("/old\t/files/a.pdf", "old/", "files/a.pdf"),
        ("https://old.example.org/a/,/b/#part", "a/", "b/#part"),
        ("/%D1%8B,/new/", "ы/", "new/"),
        ("/a,articles/2020/x.md", "a/", "source 2020/x.md"),
        ("/a,x.txt", "a/", "source x.txt"),
        ("/a,https://example.org/?x=1", "a/", "https://example.org/?x=1"),
        ("/a,/", "a/", ""),
        ("/?p=12,/new/", "?p=12", "new/"),
        ("https://old.example.org/?p=12,/new/", "?p=12", "new/"),
        ("/news.php?id=1&b=2,/new/", "news.php/?id=1&b=2", "new/"),
        ('"/a,b","/new/"', "a,b/", "new/"),
    ],
)
def test_rows(row: str, old: str, target: str) -> None:
    assert read(row) == ({old: target}, [])
    # A header, comments and empty rows are no redirects.
    assert read(f"{row}\n\n# note\n")[0] == {old: target}


def test_header_is_optional() -> None:
    assert read("old address,new address\n/a,/b/\n") == ({"a/": "b/"}, [])


@pytest.mark.parametrize(
    "row",
    [
        *("/a", "/a,", ",/b", "/../a,/b/", "/a,/../b", "/,/b/", "/a,javascript://x", "/con,/b"),
        *("/%ff,/b/", "/a,http://[::1", "/a,ftp://x/"),
    ],
)
def test_faulty_rows_are_named(row: str) -> None:
    assert read(f"/x,/y/\n{row}\n/z,/y/\n") == ({"x/": "y/", "z/": "y/"}, ["bad-redirect 2"])


def test_old_url_leads_to_one_place() -> None:
    rows = "/a,/b/\n/A/,/b/\n/a/index.html,/c/\n"
    assert read(rows) == ({"a/": "b/"}, ["bad-redirect 3"])


def test_query_needs_a_server() -> None:
    rows = "/a,/b/\n/?p=1,/b/\n/?p=2,/b/\n"
    assert read(rows, has_server=False)[1] == ["query-redirect 2"]
    assert read(rows)[1] == []
