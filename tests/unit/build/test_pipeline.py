"""Builds of small archives, looked at as their readers and editors would."""

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder, changed_paths

from newsgen.build import BuildReport
from newsgen.build.workers import load, render
from newsgen.model import RawArticle
from newsgen.output import publish
from newsgen.problems import Location, NewsgenError, problem_error
from newsgen.read import formats
from newsgen.storage import database


def codes(report: BuildReport) -> dict[str, str]:
    return {str(problem.location): problem.code for problem in report.problems}


def test_an_empty_archive_is_a_site_too(archive: ArchiveFolder) -> None:
    report = archive.build()
    assert (report.articles, codes(report)) == (0, {"articles": "no-articles"})
    assert "Пока нет ни одной статьи" in archive.page("index.html")
    assert {"404.html", "about/index.html", "tags/index.html", "robots.txt", ".nojekyll"} <= set(
        archive.tree()
    )


def test_a_second_build_has_nothing_to_do(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок", Текст="Анна")
    first = archive.build()
    assert (first.articles, first.written) == (1, first.pages)
    before = archive.tree()
    second = archive.build()
    assert (second.written, second.removed, second.pages) == (0, 0, first.pages)
    assert archive.tree() == before


@pytest.mark.parametrize("clean", [False, True])
def test_an_article_that_goes_takes_its_pages_along(archive: ArchiveFolder, *, clean: bool) -> None:
    archive.article("a.txt", "2025-08-30", "Остаётся")
    archive.build()
    before = archive.tree()
    file = archive.article("b.txt", "2024-01-01", "Уходит", Текст="Борис", Теги="Тема")
    archive.build()
    assert "2024/01/01/ukhodit/index.html" in archive.tree()
    assert "tags/tema/index.html" in archive.tree()
    file.unlink()
    report = archive.build(clean=clean)
    assert archive.tree() == before
    assert report.removed == 7


def test_reasons_are_given(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Первая")
    archive.build()
    archive.article("a.txt", "2025-08-30", "Первая", "Другой текст.")
    reasons = dict(archive.build().reasons)
    assert reasons["2025/08/30/pervaya/index.html"] == "changed: summary, article"
    assert reasons["2025/08/30/index.html"] == "changed: articles"
    archive.write("templates/404.html", "{% extends 'base.html' %}")
    reasons = dict(archive.build().reasons)
    assert set(reasons) == {"404.html", "about/index.html"}
    assert set(reasons.values()) == {"template or configuration changed"}


def test_one_bad_article_never_stops_the_others(archive: ArchiveFolder) -> None:
    archive.article("good.txt", "2025-08-30", "Хорошая")
    archive.write("articles/bad.txt", "Без даты и без порядка\n")
    report = archive.build()
    assert report.articles == 1
    assert codes(report) == {"articles/bad.txt:1": "no-date"}
    again = archive.build()
    assert again.problems == report.problems
    assert again.written == 0


def test_drafts_and_articles_dated_ahead_are_held_back(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Статья")
    archive.article("b.txt", "2025-08-30", "Черновик", Draft="true")
    archive.article("c.txt", "2026-02-01 10:00", "Завтра")
    report = archive.build()
    assert (report.articles, report.unpublished) == (1, 2)
    archive.overrides = {"drafts": "true", "future": "true"}
    report = archive.build()
    assert (report.articles, report.unpublished) == (3, 0)
    archive.overrides = {}
    assert archive.build(now=datetime(2026, 2, 1, 11, tzinfo=UTC)).articles == 2


def test_articles_of_one_text_and_of_one_address_are_reported(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел", "Текст первый.")
    archive.article("b.txt", "2025-08-30", "Мель", "Текст второй.")
    archive.article("c.txt", "2024-08-30", "Другое", "Текст   первый.")
    problems = archive.build().problems
    assert [(one.code, one.location.file) for one in problems] == [
        ("duplicate-text", "articles/a.txt"),
        ("url-conflict", "articles/b.txt"),
    ]
    assert archive.build().problems == problems


def test_aliases_lead_to_the_article(archive: ArchiveFolder) -> None:
    archive.write(
        "articles/a.md",
        "---\ntitle: T\ndate: 2025-08-30\naliases: [/old/, /news/12.html, /about/]\n---\nB\n",
    )
    report = archive.build()
    assert 'content="0; url=../2025/08/30/t/"' in archive.page("old/index.html")
    assert "../2025/08/30/t/" in archive.page("news/12.html")
    assert "Об архиве" in archive.page("about/index.html")
    (problem,) = report.problems
    assert problem.location.file == "articles/a.md"
    assert problem.message == "about/index.html is already used by the standalone page"


def test_an_alias_that_is_the_articles_own_address_is_no_fault(archive: ArchiveFolder) -> None:
    archive.write(
        "articles/a.md",
        "---\ntitle: T\ndate: 2025-08-30\naliases: [/2025/08/30/t/]\n---\nB\n",
    )
    assert archive.build().problems == ()


def test_a_file_never_stands_where_a_folder_must_be(archive: ArchiveFolder) -> None:
    def write(name: str, day: int, *aliases: str) -> None:
        head = f"---\ntitle: {name}\ndate: 2025-08-{day:02}\naliases: [{', '.join(aliases)}]\n---\n"
        archive.write(f"articles/{name}.md", f"{head}Text {name}.\n")

    archive.article("good.txt", "2025-08-30", "Мел")
    write("b", 2, "/old.html/print/", "/robots.txt/", "/assets/newsgen.css/", "/404.html/x/")
    first = archive.build()
    assert [problem.location.file for problem in first.problems] == ["articles/b.md"] * 3
    assert "../../2025/08/02/b/" in archive.page("old.html/print/index.html")
    write("a", 1, "/old.html")
    second = archive.build()
    assert [problem.location.file for problem in second.problems] == ["articles/b.md"] * 4
    incremental = archive.tree()
    assert "2025/08/01/a/" in archive.page("old.html")
    assert archive.build(clean=True).problems == second.problems
    shutil.rmtree(archive.root / "dist")
    archive.build(clean=True)
    assert archive.tree() == incremental
    archive.write("static/2025", "no folder")
    with pytest.raises(NewsgenError, match="static/2025: path-conflict"):
        archive.build()


@pytest.mark.parametrize("others", ["file", "folder", "link"])
def test_what_others_wrote_into_the_output_is_never_touched(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory, others: str
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    day = archive.root / "dist" / "2025" / "08" / "31"
    outside = tmp_path_factory.mktemp("outside")
    if others == "file":
        archive.write("dist/2025/08/31/novost/index.html", "theirs")
    elif others == "folder":
        archive.write("dist/2025/08/31/novost/index.html/theirs", "theirs")
    else:
        day.symlink_to(outside)
    before = archive.tree()
    archive.article("b.txt", "2025-08-31", "Новость")
    with pytest.raises(NewsgenError, match="foreign-output"):
        archive.build()
    assert archive.tree() == before
    assert not list(outside.iterdir())


def test_a_fault_of_newsgens_own_costs_one_article(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("b.txt", "2025-08-30", "Беда")

    def parse(path: str, text: str) -> RawArticle:
        if path == "b.txt":
            raise RuntimeError(path)
        return formats.FORMATS["txt"](path, text)

    monkeypatch.setattr(formats, "parse_article", parse)
    report = archive.build()
    assert report.articles == 1
    assert [str(one) for one in report.problems] == [
        "articles/b.txt: internal-error: internal error: RuntimeError: b.txt"
    ]


def test_a_site_overrides_the_theme_file_by_file(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.write(
        "templates/home.html", "{% extends 'base.html' %}{% block content %}Моё{% endblock %}"
    )
    archive.write("static/assets/newsgen.css", "body{}")
    archive.write("static/images/a.png", b"\x89PNG")
    archive.build()
    assert "Моё" in archive.page("index.html")
    assert archive.page("assets/newsgen.css") == "body{}"
    assert archive.tree()["images/a.png"] == b"\x89PNG"
    (archive.root / "static/images/a.png").unlink()
    (archive.root / "templates/home.html").unlink()
    archive.build()
    assert "images/a.png" not in archive.tree()
    assert "Заголовок" in archive.page("index.html")


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        (
            "{% extends 'base.html' %}\n{% block content %}{{ nothing }}{% endblock %}",
            2,
            "undefined",
        ),
        ("{% extends 'base.html' %}\n\n{% if %}", 3, "Expected an expression"),
        (
            "{% extends 'base.html' %}\n{% block content %}{{ 1/0 }}{% endblock %}",
            2,
            "ZeroDivision",
        ),
        ("{% extends 'nowhere.html' %}", 1, "nowhere.html"),
    ],
)
def test_a_template_at_fault_is_named_with_its_line_and_nothing_is_written(
    archive: ArchiveFolder, template: str, line: int, words: str
) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    before = archive.tree()
    archive.write("templates/home.html", template)
    archive.article("b.txt", "2025-08-31", "Новая")
    with pytest.raises(NewsgenError) as caught:
        archive.build()
    (problem,) = caught.value.problems
    assert problem.location.file.endswith("templates/home.html")
    assert problem.location.line == line
    assert words in problem.message
    assert archive.tree() == before
    (archive.root / "templates/home.html").unlink()
    assert archive.build().articles == 2
    assert "Новая" in archive.page("index.html")


def test_the_about_page(archive: ArchiveFolder) -> None:
    archive.build()
    assert "статический сайт" in archive.page("about/index.html")
    archive.write("about.md", "---\ntitle: x\n---\n*Мы* пишем. [Контакты](/contacts/)\n")
    archive.build()
    page = archive.page("about/index.html")
    assert "<em>Мы</em> пишем." in page
    assert 'href="../contacts/"' in page


def test_a_changed_configuration_changes_what_it_must(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.config(
        "language: ru\nslugs: unicode\nlinks: file\nbase_url: https://example.org/repo\n"
    )
    archive.build()
    tree = archive.tree()
    assert "2025/08/30/мел/index.html" in tree
    assert "2025/08/30/mel/index.html" not in tree
    page = archive.page("2025/08/30/мел/index.html")
    assert (
        '<link rel="canonical" href="https://example.org/repo/2025/08/30/%D0%BC%D0%B5%D0%BB/">'
        in page
    )
    assert 'href="../../../../index.html"' in page
    assert 'href="/repo/archive/index.html"' in archive.page("404.html")


def test_a_changed_permalink_reaches_the_lists_of_an_archive_without_tags(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.txt", "2025-08-29", "Первая")
    archive.article("b.txt", "2025-08-30", "Вторая")
    archive.build()
    archive.config("language: ru\npermalink: /x/{slug}/\n")
    archive.build()
    assert 'href="./x/pervaya/"' in archive.page("index.html")
    assert_like_clean(archive)


def test_an_article_never_shows_through_another_ones_page(archive: ArchiveFolder) -> None:
    archive.config("language: ru\npermalink: /{slug}/\n")
    archive.article("a.txt", "2025-08-30", "tags")
    archive.article("b.txt", "2025-08-30", "2025")
    archive.article("c.txt", "2025-08-30", "assets")
    report = archive.build()
    assert not report.problems
    assert "Темы" in archive.page("tags/index.html")
    assert len(re.findall(r"<h1>2025</h1>", archive.page("2025/index.html"))) == 1


def test_everything_kept_may_be_lost(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    before = archive.tree()
    shutil.rmtree(archive.root / ".newsgen")
    report = archive.build()
    assert archive.tree() == before
    assert (report.written, report.removed) == (0, 0)


@pytest.mark.parametrize("name", ["catalogue", "cache", "manifest-*"])
def test_what_is_kept_may_be_damaged(archive: ArchiveFolder, name: str) -> None:
    for number in range(60):
        archive.article(f"{number}.txt", "2025-08-30", f"Заголовок {number}", Теги="Тема")
    archive.build()
    before = archive.tree()
    (file,) = (archive.root / ".newsgen").glob(f"{name}.sqlite")
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xaa" * (len(data) - 4096)
    file.write_bytes(data)
    archive.article("new.txt", "2025-08-31", "Новая", Теги="Тема")
    report = archive.build()
    assert report.articles == 61
    (archive.root / "articles/new.txt").unlink()
    archive.build()
    assert archive.tree() == before


def test_an_archive_may_be_larger_than_the_memory_for_it(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PAGE_CACHE_KIB", 4)
    for number in range(120):
        archive.article(f"{number}.txt", "2025-08-30", f"Заголовок {number}", Теги="Тема")
    archive.build(jobs=2)
    archive.overrides = {"title": "Другое название"}
    archive.build(jobs=2)
    after = archive.tree()
    archive.build(jobs=2, clean=True)
    assert archive.tree() == after


def test_a_deleted_output_folder_is_written_again(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    before = archive.tree()
    (archive.root / "dist").rename(archive.root / "elsewhere")
    archive.build()
    assert archive.tree() == before


def test_a_clean_build_puts_right_what_others_did_to_the_output(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    before = archive.tree()
    archive.write("dist/2025/08/30/mel/index.html", "spoiled")
    (archive.root / "dist" / "tags" / "index.html").unlink()
    assert archive.build(clean=True).written == 2
    assert archive.tree() == before


def test_two_output_folders_do_not_mix(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    before = archive.tree()
    archive.overrides = {"output": "other", "links": "file"}
    archive.build()
    archive.overrides = {}
    assert archive.build().written == 0
    assert archive.tree() == before


@pytest.mark.parametrize("output", ["articles", "articles/out", ".", "templates", ".newsgen"])
def test_a_build_never_writes_over_what_it_reads(archive: ArchiveFolder, output: str) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.overrides = {"output": output}
    with pytest.raises(NewsgenError) as caught:
        archive.build()
    assert caught.value.problems[0].code == "output-overlap"


def test_builds_of_the_same_archive_come_to_the_same_bytes(
    new_archive: Callable[[str], ArchiveFolder],
) -> None:
    one, other = new_archive("one"), new_archive("other")
    names = [f"{number:02}.txt" for number in range(30)]
    for name in names:
        one.article(name, f"2025-08-{1 + int(name[:2]) % 9:02}", f"Статья {name}", Теги="Тема, Ещё")
    for name in reversed(names):
        other.article(
            name, f"2025-08-{1 + int(name[:2]) % 9:02}", f"Статья {name}", Теги="Тема, Ещё"
        )
        other.build()
    one.build(jobs=2)
    assert changed_paths(one.tree(), other.tree()) == set()


def test_a_database_that_another_program_holds_is_a_problem_not_a_traceback(
    archive: ArchiveFolder,
) -> None:
    archive.build()
    (file,) = (archive.root / ".newsgen").glob("manifest-*.sqlite")
    archive.article("a.txt", "2025-08-30", "Заголовок")
    with sqlite3.connect(file) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NewsgenError) as caught:
            archive.build()
    other.close()
    assert caught.value.problems[0].code == "cannot-write"


def markdown(archive: ArchiveFolder, name: str, day: str, head: str) -> None:
    archive.write(
        f"articles/{name}", f"---\ntitle: {name}\ndate: {day}\n{head}\n---\nТекст {name}.\n"
    )


def assert_like_clean(archive: ArchiveFolder) -> None:
    after = archive.tree()
    archive.build(clean=True)
    assert archive.tree() == after


def test_an_old_address_may_pass_to_the_redirect_to_the_new_one(archive: ArchiveFolder) -> None:
    markdown(archive, "a.md", "2020-01-01", "slug: bb")
    archive.build()
    markdown(archive, "a.md", "2020-01-02", "slug: bb\naliases: [/2020/01/01/bb/]")
    assert not archive.build().problems
    assert "2020/01/02/bb" in archive.page("2020/01/01/bb/index.html")
    assert_like_clean(archive)


def test_a_tag_may_take_over_the_address_of_one_that_is_no_more(archive: ArchiveFolder) -> None:
    markdown(archive, "a.md", "2020-01-01", 'tags: ["C#"]')
    markdown(archive, "b.md", "2020-01-02", 'tags: ["C"]')
    archive.build()
    (archive.root / "articles/a.md").unlink()
    assert not archive.build().problems
    assert_like_clean(archive)


def test_an_alias_may_move_to_another_article(archive: ArchiveFolder) -> None:
    markdown(archive, "a.md", "2020-01-01", "aliases: [/old/]")
    markdown(archive, "b.md", "2020-01-02", "")
    archive.build()
    markdown(archive, "a.md", "2020-01-01", "")
    markdown(archive, "b.md", "2020-01-02", "aliases: [/old/]")
    assert not archive.build().problems
    assert_like_clean(archive)


def test_an_article_that_changed_while_it_was_built_is_built_next_time(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    with monkeypatch.context() as patch:
        patch.setattr(render, "hash_source", lambda _: b"another")
        (problem,) = archive.build().problems
    assert problem.code == "changed-while-building"
    assert not archive.build().problems
    assert_like_clean(archive)


def test_moves_that_were_stopped_are_made_good_when_the_staged_files_are_lost(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    with monkeypatch.context() as patch:
        patch.setattr(publish, "_move_file", interrupt)
        with pytest.raises(KeyboardInterrupt):
            archive.build()
    shutil.rmtree(archive.root / ".dist.staging")
    archive.build()
    assert_like_clean(archive)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_source_that_could_not_be_read_is_tried_again(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    source = archive.root / "articles/a.txt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_source", unreadable)
        (problem,) = archive.build().problems
    assert problem.code == "unreadable"
    assert source.is_file()
    report = archive.build()
    assert (report.articles, report.problems) == (1, ())


def unreadable(_: Path, __: int, location: Location) -> bytes:
    raise problem_error("unreadable", "can't be read", location)


def test_an_archive_may_be_moved_together_with_its_site(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("b.txt", "2025-08-30", "Сыр")
    archive.build()
    moved = archive.root.rename(archive.root.with_name("moved"))
    archive.root = moved
    (moved / "articles/b.txt").unlink()
    report = archive.build()
    assert not report.problems
    assert report.removed
    assert_like_clean(archive)


def test_an_article_in_another_language_says_so_and_its_direction(archive: ArchiveFolder) -> None:
    markdown(archive, "a.md", "2020-01-01", "lang: ar")
    markdown(archive, "b.md", "2020-01-02", "lang: xx")
    archive.build()
    assert '<div class="body" lang="ar" dir="rtl">' in archive.page("2020/01/01/a-md/index.html")
    assert '<h1 lang="xx" dir="ltr">' in archive.page("2020/01/02/b-md/index.html")


@pytest.mark.parametrize(
    ("first", "second"), [("Старый/", "старый/"), ("Old/", "old/"), ("same/", "same/")]
)
@pytest.mark.parametrize("day", ["2025-08-30", "2025-08-31"])
def test_aliases_that_are_one_file_on_many_disks_are_a_conflict(
    archive: ArchiveFolder, first: str, second: str, day: str
) -> None:
    article = "---\ntitle: {}\ndate: {}\naliases: [{}]\n---\nТекст {}.\n"
    archive.write("articles/a.md", article.format("Один", "2025-08-30", first, 1))
    archive.build()
    archive.write("articles/b.md", article.format("Два", day, second, 2))
    for _ in range(2):
        (problem,) = archive.build().problems
        assert (problem.code, problem.location.file) == ("path-conflict", "articles/b.md")
        assert problem.message.startswith(f"{second}index.html is already used by ")
    after = archive.tree()
    found = [path for path in after if path.casefold() == f"{first}index.html".casefold()]
    assert found == [f"{first}index.html"]
    assert "odin" in archive.page(found[0])
    archive.build(clean=True)
    assert archive.tree() == after
    (archive.root / "articles/a.md").unlink()
    assert archive.build().problems == ()
    assert "dva" in archive.page(f"{second}index.html")


def test_aliases_of_one_article_may_differ_in_case(archive: ArchiveFolder) -> None:
    article = "---\ntitle: Три\ndate: 2025-08-30\naliases: [Трой/, трой/, ТРОЙ/]\n---\nТекст.\n"
    archive.write("articles/c.md", article)
    assert archive.build().problems == ()
    assert "Трой/index.html" in archive.tree()


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("table", ["result", "teaser"])
def test_damage_that_a_worker_finds_is_mended(
    archive: ArchiveFolder, jobs: int, table: str
) -> None:
    for number in range(150):
        archive.write(
            f"articles/{number}.md",
            f"---\ntitle: Заголовок {number}\ndate: 2025-08-30\n---\n*Текст* {number}.\n",
        )
    archive.build()
    before = archive.tree()
    with closing(sqlite3.connect(archive.root / ".newsgen/cache.sqlite")) as cache:
        # A table that is gone raises in the worker, and nowhere before.
        cache.execute(f"ALTER TABLE {table} RENAME TO lost")
    archive.overrides = {"title": "Другое название"}
    report = archive.build(jobs=jobs)
    assert report.problems == ()
    archive.overrides = {}
    archive.build(jobs=jobs)
    assert archive.tree() == before


def test_an_article_that_is_nested_too_deeply_stops_no_other(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    head = "---\ntitle: Глина\ndate: 2025-08-30\n---\n"
    archive.write("articles/b.md", head + "Текст\n\n" + "> " * 101 + "a\n")
    report = archive.build()
    assert [(one.code, str(one.location)) for one in report.problems] == [
        ("html-too-deep", "articles/b.md:7")
    ]
    assert report.articles == 1


def test_a_template_that_cannot_be_read_is_named(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.write("templates/home.html", "")
    read_text = Path.read_text

    def fail(path: Path, encoding: str, errors: str | None = None) -> str:
        if path.name == "home.html":
            # `read`, unlike `open`, gives no file name.
            raise OSError(5, "Input/output error")
        return read_text(path, encoding, errors)

    monkeypatch.setattr(Path, "read_text", fail)
    with pytest.raises(NewsgenError) as caught:
        archive.build()
    (problem,) = caught.value.problems
    assert problem.code == "unreadable"
    assert problem.location.file.endswith("templates/home.html")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<div>" * 251, "html-too-deep"),
        ("---\ntitle: [\n---\n", "bad-front-matter"),
        ("\0", "not-text"),
        ("x" * 100_001, "too-large"),
        ("> " * 101 + "a", "html-too-deep"),
        ("> " * 100 + "a\n" * 40_000, "too-much-markup"),
    ],
)
def test_a_faulty_about_page_is_named(archive: ArchiveFolder, content: str, code: str) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.write("about.md", content)
    with pytest.raises(NewsgenError) as caught:
        archive.build()
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.file) == (code, "about.md")


def test_an_error_of_newsgens_own_names_the_about_page(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    archive.write("about.md", "Text")
    monkeypatch.setattr("newsgen.build.about_page.enrich.render_body", fail)
    with pytest.raises(NewsgenError) as caught:
        archive.build()
    assert str(caught.value) == "about.md: internal-error: internal error: RecursionError: too deep"
    assert "too deep" in (archive.root / ".newsgen/newsgen.log").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs")
@pytest.mark.parametrize("name", ["about.md", "templates/home.html", "static/a.txt"])
def test_nobody_waits_for_a_fifo(archive: ArchiveFolder, name: str) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    os.mkfifo(archive.write("fifo", "").with_name("pipe"))
    archive.write(name, "").unlink()
    (archive.root / name).symlink_to(archive.root / "pipe")
    if name == "about.md":
        with pytest.raises(NewsgenError, match="is not a regular file"):
            archive.build()
    else:
        assert archive.build().problems == ()


def test_a_folder_in_the_way_is_named_with_what_to_do(archive: ArchiveFolder) -> None:
    archive.site()
    (archive.root / ".newsgen/catalogue.sqlite").mkdir(parents=True)
    (archive.root / ".newsgen/lock").mkdir()
    with pytest.raises(NewsgenError) as caught:
        archive.build()
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("cannot-write", "cannot be written: Is a directory")
    assert problem.hint == "move away what is in its place, then run the command again"
