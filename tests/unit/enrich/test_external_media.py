"""Media of other hosts are shown, linked to or left out, and what is not shown is named."""

import pytest

from newsgen.config import Media, MediaCopies
from newsgen.enrich import Body, BodySettings, BodyWarning, render_with_references
from newsgen.model import Reference

HOSTS = (("old.example.org", "/"),)
COPIES = {"https://pics.example.net/a.png?b=1": "media/pics.example.net/a.png"}


def render(body: str, media: Media = Media()) -> Body:
    settings = BodySettings(hosts=HOSTS, media=media, copies=MediaCopies(COPIES))
    return render_with_references(
        *(body, "markdown", settings, "a.md", 5), headline="", language=""
    )


def reference(url: str, line: int = 5, key: str = "") -> Reference:
    keys = (f"external {key or url}",)
    return Reference(is_media=True, target=url, line=line, fragment="", keys=keys)


def test_a_picture_over_https_is_shown_without_a_referrer() -> None:
    found = render('![A "b"](https://pics.example.net/x.png?a=1&b=2 "Caption")')
    assert found.html == (
        '<figure><img src="https://pics.example.net/x.png?a=1&amp;b=2" alt="A &quot;b&quot;" '
        'referrerpolicy="no-referrer" loading="lazy"><figcaption>Caption</figcaption></figure>'
    )
    assert found.references == (reference("https://pics.example.net/x.png?a=1&b=2"),)
    assert found.warnings == ()


def test_a_picture_keeps_the_size_and_the_loading_that_are_written() -> None:
    html = render('<img src="//h.example/x.png" width="3" height="4" loading="eager">').html
    assert 'src="https://h.example/x.png"' in html
    assert 'width="3" height="4"' in html
    assert html.count("loading=") == 1


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("![A](http://h.example/x.png)", '<a href="http://h.example/x.png">A</a>'),
        ("![](http://h.example/%D1%8F.png)", '<a href="http://h.example/%D1%8F.png">я.png</a>'),
        ('![](http://h.example/ "T")', '<a href="http://h.example/">T</a>'),
        ("![](http://h.example/)", '<a href="http://h.example/">h.example</a>'),
        ('<audio src="http://h.example/x.mp3">No</audio>', ">x.mp3</a>"),
        ('<video title="T"><source src="http://h.example/x.mp4">No</video>', ">T</a>"),
        ("![A](https://u:p@h.example/x.png)", ">A</a>"),
    ],
)
def test_a_medium_that_may_not_be_shown_is_a_link_with_a_warning(written: str, link: str) -> None:
    found = render(f"Text\n\n{written}\n")
    assert link in found.html
    assert "No" not in found.html
    assert "<img" not in found.html
    (warning,) = found.warnings
    assert (warning.code, warning.line) == ("external-media", 3)


def test_a_picture_in_a_link_leaves_its_name_there() -> None:
    html = render("[![A](http://h.example/s.png)](https://h.example/) ![B](http://h.example/)").html
    assert html == ('<p><a href="https://h.example/">A</a> <a href="http://h.example/">B</a></p>')


def test_a_player_keeps_the_sources_that_may_be_played() -> None:
    found = render(
        '<video controls width="3" poster="http://h.example/p.png" src="https://h.example/x.mp4">'
        '<source src="http://h.example/x.webm"><source src="own.ogv" type="video/ogg">No</video>'
    )
    assert 'src="https://h.example/x.mp4"' in found.html
    assert "controls" in found.html
    assert 'width="3"' in found.html
    assert "poster" not in found.html
    assert "x.webm" not in found.html
    assert 'type="video/ogg">No</video>' in found.html
    assert [warning.message.split()[0] for warning in found.warnings] == [
        "http://h.example/p.png",
        "http://h.example/x.webm",
    ]
    assert [one.target for one in found.references if one.keys[0].startswith("external")] == [
        "https://h.example/x.mp4",
        "http://h.example/p.png",
        "http://h.example/x.webm",
    ]


@pytest.mark.parametrize(
    ("host", "is_shown"),
    [
        ("example.net", True),
        ("pics.example.net", True),
        ("badexample.net", False),
        ("xn--e1afmkfd.xn--p1ai", True),
        ("пример.рф", True),
        ("example.net.evil.org", False),
    ],
)
def test_listed_hosts_and_their_subdomains_are_shown(host: str, is_shown: bool) -> None:
    media = Media(hosts=("example.net", "xn--e1afmkfd.xn--p1ai"))
    found = render(f"![A](https://{host}/x.png)", media)
    assert ("<img" in found.html) == is_shown
    assert bool(found.warnings) != is_shown


def test_a_site_may_link_to_all_media_without_warnings() -> None:
    found = render("![A](https://h.example/x.png)", Media("link"))
    assert found.html == '<p><a href="https://h.example/x.png">A</a></p>'
    assert found.references == (reference("https://h.example/x.png"),)
    assert found.warnings == ()


def test_a_site_may_refuse_all_media_and_keeps_their_words() -> None:
    body = '![A & b](https://h.example/x.png)\n\n<audio src="https://h.example/x.mp3">No</audio>'
    found = render(body, Media("refuse"))
    assert "A &amp; b" in found.html
    assert "h.example" not in found.html
    assert found.warnings == (
        BodyWarning(
            "external-media",
            "https://h.example/x.png is on another host, so the page does not show it",
            1,
        ),
        BodyWarning(
            "external-media",
            "https://h.example/x.mp3 is on another host, so the page does not show it",
            3,
        ),
    )


@pytest.mark.parametrize(
    "written", ["![A](own.png)", "![A](/own.png)", "![A](https://www.old.example.org/own.png)"]
)
@pytest.mark.parametrize("media", [Media(), Media("link"), Media("refuse")])
def test_own_pictures_are_left_alone(written: str, media: Media) -> None:
    found = render(written, media)
    assert "<img" in found.html
    assert [one.keys[0].split()[0] for one in found.references] == ["file"]


@pytest.mark.parametrize("media", [Media(), Media("refuse")])
@pytest.mark.parametrize(
    "written",
    [
        "![A](https://pics.example.net/a.png?b=1#c)",
        "![A](//pics.example.net/a.png?b=1)",
        "[A](https://pics.example.net/a.png?b=1)",
    ],
)
def test_a_copy_takes_the_place_of_its_url(written: str, media: Media) -> None:
    (found,) = render(written, media).references
    assert found.keys == ("file media/pics.example.net/a.png",)
    assert "pics.example.net" not in render(written, media).html
