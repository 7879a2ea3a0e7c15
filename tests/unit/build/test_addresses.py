"""Addresses of articles across a whole build: own URLs, slugs as written, redirects, conflicts."""

import os
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


def lines(report: BuildReport) -> list[int]:
    return sorted(problem.location.line for problem in report.problems)


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


def write_rows(folder: Path, rows: str) -> None:
    (folder / "redirects.csv").write_text(rows, encoding="utf-8")


def read_target(folder: Path, path: str) -> str:
    page = (folder / "dist" / path / "index.html").read_text(encoding="utf-8")
    return page.partition("url=")[2].partition('"')[0]


def test_table_of_old_urls(tmp_path: Path) -> None:
    write(tmp_path, {"articles/x/a.md": article("slug: a"), "articles/b.md": article("", "B")})
    write_rows(
        tmp_path, "old,new\n/a,x/a.md\n/b,/2020/\n/c,https://e.org/\n/d,gone.md\n/?p=1,/b/\n"
    )
    report = run(tmp_path)
    assert codes(report) == ["bad-redirect", "query-redirect"]
    assert lines(report) == [5, 6]
    assert read_target(tmp_path, "a") == "../2020/01/01/a/"
    assert read_target(tmp_path, "b") == "../2020/"
    assert read_target(tmp_path, "c") == "https://e.org/"
    assert not (tmp_path / "dist/d").exists()
    # The article moves, and its redirect with it.
    write(tmp_path, {"articles/x/a.md": article("slug: z")})
    assert codes(run(tmp_path)) == ["bad-redirect", "query-redirect"]
    assert read_target(tmp_path, "a") == "../2020/01/01/z/"
    assert_equals_clean(tmp_path)
    # It becomes a draft, and another article appears.
    write(
        tmp_path, {"articles/x/a.md": article("draft: true"), "articles/gone.md": article("", "G")}
    )
    report = run(tmp_path)
    assert lines(report) == [2, 6]
    assert not (tmp_path / "dist/a").exists()
    assert read_target(tmp_path, "d") == "../2020/01/01/g/"
    assert_equals_clean(tmp_path)
    write_rows(tmp_path, "/b,/2020/01/\n")
    assert codes(run(tmp_path)) == []
    assert not (tmp_path / "dist/d").exists()
    assert read_target(tmp_path, "b") == "../2020/01/"
    assert_equals_clean(tmp_path)
    (tmp_path / "redirects.csv").unlink()
    run(tmp_path)
    assert not (tmp_path / "dist/b").exists()
    assert_equals_clean(tmp_path)


def test_old_url_of_a_page_is_a_conflict(tmp_path: Path) -> None:
    write(tmp_path, {"articles/a.md": article("slug: a"), "articles/b.md": article("", "B")})
    write_rows(tmp_path, "/2020/01/01/a/,b.md\n/2020/01/01/b/,b.md\n")
    assert codes(run(tmp_path)) == ["path-conflict"]
    assert_equals_clean(tmp_path)


def test_unchanged_table_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"articles/a.md": article("slug: a")})
    write_rows(tmp_path, "/a,a.md\n")
    os.utime(tmp_path / "redirects.csv", (1_000_000_000, 1_000_000_000))
    run(tmp_path)
    monkeypatch.setattr("newsgen.build.redirects.parse_redirects", None)
    write(tmp_path, {"articles/b.md": article("", "B")})
    run(tmp_path)
    os.utime(tmp_path / "redirects.csv", (1_000_000_001, 1_000_000_001))
    run(tmp_path)
    assert read_target(tmp_path, "a") == "../2020/01/01/a/"


def test_files_for_web_servers(tmp_path: Path) -> None:
    config = "redirects: [netlify, nginx, apache]\nbase_url: https://e.org/news/\n"
    write(tmp_path, {"articles/a.md": article("slug: a\naliases: [/x y]")}, config)
    write_rows(tmp_path, "/?p=1,a.md\n/b.html,/2020/\n")
    assert codes(run(tmp_path)) == []
    netlify = (tmp_path / "dist/_redirects").read_text()
    assert netlify == (
        "/news/x%20y/ /news/2020/01/01/a/ 301\n"
        "/news/ p=1 /news/2020/01/01/a/ 301\n"
        "/news/b.html /news/2020/ 301\n"
    )
    nginx = (tmp_path / "dist/redirects.nginx.conf").read_text()
    assert '  "/news/?p=1" "/news/2020/01/01/a/";\n' in nginx
    assert '  "/news/x%20y" "/news/2020/01/01/a/";\n' in nginx
    apache = (tmp_path / "dist/.htaccess").read_text()
    assert 'RewriteCond "%{QUERY_STRING}" "^p=1$"\nRewriteRule "^$" "/news/2020/01/01/a/"' in apache
    assert 'RewriteRule "^b\\.html$" "/news/2020/" [R=301,L,NE,QSD]' in apache
    write(tmp_path, {"articles/a.md": article("slug: z")}, config)
    run(tmp_path)
    assert "/news/ p=1 /news/2020/01/01/z/ 301" in (tmp_path / "dist/_redirects").read_text()
    assert_equals_clean(tmp_path)


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
