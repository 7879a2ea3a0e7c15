"""Pages open their policy for the media of other hosts that they show, and no further."""

import re
from pathlib import Path

from tests.conftest import ArchiveFolder

from newsgen.config import write_media_copies

ARTICLE = "---\ntitle: {title}\ndate: 2020-01-0{day}\n{fields}---\n{body}\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
BASIC = "default-src 'self'; img-src 'self' data:; base-uri 'none'"


def write_article(archive: ArchiveFolder, day: int, body: str, fields: str = "") -> None:
    text = ARTICLE.format(title=f"t{day}", day=day, body=body, fields=fields)
    archive.write(f"articles/{day}.md", text)


def policy(archive: ArchiveFolder, path: str) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', archive.page(path))
    assert found
    return found[1]


def article_policy(archive: ArchiveFolder, day: int) -> str:
    return policy(archive, f"2020/01/0{day}/t{day}/index.html")


def test_only_pages_with_media_of_other_hosts_open_their_policy(archive: ArchiveFolder) -> None:
    picture = "![A](https://a.example.net/x.png)"
    video = '<video poster="https://c.example.net/p.png"><source src="https://b.example.net:8/x">'
    write_article(archive, 1, f"{picture}\n\n{video}</video>")
    write_article(archive, 2, "[A](https://a.example.net/x.png) ![B](http://b.example.net/)")
    write_article(archive, 3, "Text", "image: https://lead.example.net/x.png\n")
    archive.build()
    assert article_policy(archive, 1) == (
        "default-src 'self'; img-src 'self' data: https://a.example.net https://c.example.net; "
        "media-src 'self' https://b.example.net:8; base-uri 'none'"
    )
    assert article_policy(archive, 2) == BASIC
    assert "img-src 'self' data: https://lead.example.net;" in article_policy(archive, 3)
    assert policy(archive, "index.html") == BASIC
    assert policy(archive, "2020/01/01/index.html") == BASIC


def test_a_picture_that_is_not_shown_is_named_with_its_line(archive: ArchiveFolder) -> None:
    write_article(archive, 1, "Text\n\n![A](http://a.example.net/x.png)")
    write_article(archive, 2, "Text", "image: http://a.example.net/x.png\n")
    problems = archive.build().problems
    assert [(str(one.location), one.code) for one in problems] == [
        ("articles/1.md:7", "external-media"),
        ("articles/2.md:4", "external-media"),
    ]
    assert "a.example.net" not in archive.page("2020/01/02/t2/index.html")


def test_other_settings_renew_the_pages_that_they_change(archive: ArchiveFolder) -> None:
    write_article(
        archive, 1, "![A](https://a.example.net/x.png)", "image: https://a.example.net/\n"
    )
    for text in ("external: show", "external: link", "hosts: [b.org]", "external: refuse"):
        archive.config(f"language: ru\nmedia: {{{text}}}\n")
        archive.build()
        built = archive.tree()
        archive.build(clean=True)
        assert built == archive.tree()
        assert ("<img" in archive.page("2020/01/01/t1/index.html")) == (text == "external: show")


def test_a_copy_is_shown_instead_wherever_articles_name_its_url(
    archive: ArchiveFolder, tmp_path: Path
) -> None:
    url = "http://a.example.net/x.png"
    write_article(archive, 1, f"[![A]({url})]({url})")
    write_article(archive, 2, "Text", f"image: {url}\n")
    archive.config("language: ru\nmedia: {external: refuse}\n")
    archive.build()
    archive.write("articles/media/a.example.net/x-1.png", PNG)
    write_media_copies(tmp_path / "media.csv", {url: "media/a.example.net/x-1.png"})
    assert archive.build().problems == ()
    built = archive.tree()
    assert "media/a.example.net/x-1.png" in built
    for day in (1, 2):
        page = archive.page(f"2020/01/0{day}/t{day}/index.html")
        assert 'src="../../../../media/a.example.net/x-1.png"' in page
        assert "http://a.example.net" not in page
        assert article_policy(archive, day) == BASIC
    archive.build(clean=True)
    assert built == archive.tree()


def test_a_lost_copy_is_named(archive: ArchiveFolder, tmp_path: Path) -> None:
    write_article(archive, 1, "Text\n\n![A](https://a.example.net/x.png)")
    write_media_copies(tmp_path / "media.csv", {"https://a.example.net/x.png": "media/x.png"})
    (problem,) = archive.build().problems
    assert (str(problem.location), problem.code) == ("articles/1.md:7", "missing-file")
