"""Addresses of articles across a whole build: own URLs, slugs as written, redirects, conflicts."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.conftest import NOW

from newsgen.build import BuildReport, Options, build
from newsgen.config import load_site


def write(folder: Path, files: Mapping[str, str], config: str = "") -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "newsgen.yaml").write_text(f"search: false\n{config}", encoding="utf-8")


def article(fields: str, title: str = "Piece", body: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2020-01-01\n{fields}\n---\nText of {body or title}.\n"


def run(folder: Path, *, clean: bool = False) -> BuildReport:
    return build(load_site(folder / "newsgen.yaml"), Options(jobs=1, now=NOW, clean=clean))


def codes(report: BuildReport) -> list[str]:
    return sorted(problem.code for problem in report.problems)


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (file for file in (folder / "dist").rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def assert_equals_clean(folder: Path) -> None:
    incremental = snapshot(folder)
    run(folder, clean=True)
    assert snapshot(folder) == incremental


def test_own_url_and_redirects(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "articles/a.md": article("url: /old/a b.html"),
            "articles/b.md": article("slug: новость", "Other"),
        },
    )
    report = run(tmp_path)
    assert codes(report) == ["slug-changed"]
    assert (tmp_path / "dist/old/a b.html").is_file()
    assert 'href="../../../old/a%20b.html"' in (tmp_path / "dist/2020/01/01/index.html").read_text()
    redirect = (tmp_path / "dist/2020/01/01/новость/index.html").read_text()
    assert "../novost/" in redirect or "2020/01/01/novost/" in redirect
    # Another pattern moves the redirect, too.
    write(tmp_path, {}, "permalink: /news/{slug}/\n")
    run(tmp_path)
    assert (tmp_path / "dist/news/новость/index.html").is_file()
    assert_equals_clean(tmp_path)


def test_urls_that_differ_in_case_are_a_conflict(tmp_path: Path) -> None:
    write(tmp_path, {"articles/b.md": article("slug: Flood", "B")})
    run(tmp_path)
    write(tmp_path, {"articles/a.md": article("slug: flood", "A")})
    assert codes(run(tmp_path)) == ["url-conflict"]
    assert (tmp_path / "dist/2020/01/01/flood/index.html").is_file()
    assert not (tmp_path / "dist/2020/01/01/Flood/index.html").is_file()
    assert len(list((tmp_path / "dist/2020/01/01").glob("Flood-*"))) == 1
    assert_equals_clean(tmp_path)
    (tmp_path / "articles/a.md").unlink()
    assert codes(run(tmp_path)) == []
    assert (tmp_path / "dist/2020/01/01/Flood/index.html").is_file()
    assert_equals_clean(tmp_path)


@pytest.mark.parametrize(("first", "second"), [("/old/", "/old/"), ("/Old/", "/old"), ("/x", "/X")])
def test_articles_of_a_day_with_one_alias_are_a_conflict(
    tmp_path: Path, first: str, second: str
) -> None:
    write(
        tmp_path,
        {
            "articles/a.md": article(f"aliases: [{first}]", "A"),
            "articles/b.md": article(f"aliases: [{second}]", "B"),
        },
    )
    assert codes(run(tmp_path)) == ["path-conflict"]
    write(tmp_path, {"articles/c.md": article("", "C")})
    assert codes(run(tmp_path)) == ["path-conflict"]
    assert_equals_clean(tmp_path)
    write(tmp_path, {"articles/a.md": article("", "A")})
    assert codes(run(tmp_path)) == []
    assert_equals_clean(tmp_path)


def test_alias_that_is_given_twice_counts_once(tmp_path: Path) -> None:
    write(tmp_path, {"articles/a.md": article("aliases: [/x, /x/]")})
    report = run(tmp_path)
    assert report.problems == ()
    assert (tmp_path / "dist/x/index.html").is_file()


@pytest.mark.parametrize(
    ("pattern", "path", "fields", "url"),
    [
        ("/{section}/{slug}/", "a.md", "section: World\nslug: s", "World/s/"),
        ("/{section}/{slug}/", "sport/x/a.md", "slug: s", "sport/s/"),
        ("/{section}/{slug}/", "a.md", "slug: s", "s/"),
        ("/{folder}/{filename}.html", "x/Y Z/a_b.md", "", "x/y-z/a_b.html"),
        ("/{folder}/{filename}/", "x/flood/index.md", "", "x/flood/"),
        ("/{year}/{id}.html", "a.md", "id: 17", "2020/17.html"),
        ("/{year}/{guid}.html", "a.md", "slug: s", "2020/s.html"),
    ],
)
def test_placeholders_of_the_permalink(
    tmp_path: Path, pattern: str, path: str, fields: str, url: str
) -> None:
    write(tmp_path, {f"articles/{path}": article(fields)}, f"permalink: '{pattern}'\n")
    run(tmp_path)
    file = url if url.endswith(".html") else f"{url}index.html"
    assert (tmp_path / "dist" / file).is_file()
