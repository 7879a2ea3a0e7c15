"""Shortcodes in a build: templates of the site's own, warnings with lines, descriptions."""

import pytest
from tests.conftest import ArchiveFolder

from newsgen.problems import NewsgenError

PAGE = "2020/01/02/a/index.html"


@pytest.fixture
def site(archive: ArchiveFolder) -> ArchiveFolder:
    """A site whose article uses a shortcode of its own, and one that nobody knows."""
    archive.write("templates/shortcodes/hello.html", "<b>Hello, {{ args[0] }}!</b>")
    archive.write(
        "articles/a.md",
        "---\ntitle: A\ndate: 2020-01-02\n---\n{{< hello Ann >}} is here.\n\n{{< weather >}}\n",
    )
    return archive


def test_a_changed_template_renews_the_articles(site: ArchiveFolder) -> None:
    site.build()
    assert "<p><b>Hello, Ann!</b> is here.</p>" in site.page(PAGE)
    assert 'content="Hello, Ann! is here."' in site.page(PAGE)
    site.write("templates/shortcodes/hello.html", "<b>Bye, {{ args[0] }}!</b>")
    site.build()
    assert "<p><b>Bye, Ann!</b> is here.</p>" in site.page(PAGE)
    incremental = site.tree()
    site.build(clean=True)
    assert site.tree() == incremental


def test_an_unknown_shortcode_is_named_with_its_line(site: ArchiveFolder) -> None:
    problems = site.build().problems
    assert [(str(one.location), one.code) for one in problems] == [
        ("articles/a.md:7", "unknown-shortcode")
    ]
    assert "weather" not in site.page(PAGE)


def test_a_template_that_is_no_text_stops_the_build(site: ArchiveFolder) -> None:
    site.write("templates/shortcodes/hello.html", b"\xff")
    with pytest.raises(NewsgenError) as caught:
        site.build()
    assert caught.value.problems[0].code == "bad-encoding"


def test_the_list_of_contents_is_set_by_the_site_and_by_an_article(archive: ArchiveFolder) -> None:
    archive.config("toc: 'true'\n")
    text = "---\ntitle: {}\ndate: 2020-01-02\n{}---\n## One\n\nText.\n"
    archive.write("articles/a.md", text.format("A", ""))
    archive.write("articles/b.md", text.format("B", "toc: false\n"))
    archive.build()
    assert '<a href="#one">One</a>' in archive.page(PAGE)
    assert '<a href="#one">One</a>' not in archive.page("2020/01/02/b/index.html")
    archive.config("toc: auto\n")
    archive.build()
    assert '<a href="#one">One</a>' not in archive.page(PAGE)
