import pytest

from newsgen.enrich import BodySettings, render_body


def html(text: str) -> str:
    return render_body(text, "markdown", BodySettings()).html


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("https://www.youtube.com/embed/a1?rel=0", "https://www.youtube.com/watch?v=a1"),
        ("//www.youtube-nocookie.com/embed/a1", "https://www.youtube.com/watch?v=a1"),
        ("https://player.vimeo.com/video/12?h=3", "https://vimeo.com/12"),
        ("https://rutube.ru/play/embed/a1", "https://rutube.ru/video/a1/"),
        ("https://vk.com/video_ext.php?oid=-1&amp;id=2&amp;hd=1", "https://vk.com/video-1_2"),
        ("https://t.me/durov/68?embed=1", "https://t.me/durov/68"),
        ("https://ok.ru/videoembed/12", "https://ok.ru/video/12"),
        ("https://open.spotify.com/embed/track/a", "https://open.spotify.com/track/a"),
        (
            "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b",
            "https://soundcloud.com/a/b",
        ),
        ("https://maps.example/?a=b", "https://maps.example/?a=b"),
        ("/map.html", "\ufdd0map.html"),
    ],
)
def test_frames_are_links(source: str, url: str) -> None:
    assert f'<p class="embed"><a href="{url}">' in html(f'<iframe src="{source}"></iframe>')


def test_links_have_titles() -> None:
    frame = "<iframe width=1 title='A &amp; B' src=https://youtube.com/embed/a1 allowfullscreen>"
    assert html(f"{frame}No frames</iframe>") == (
        '<p class="embed"><a href="https://www.youtube.com/watch?v=a1">YouTube: A &amp; B</a></p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        '<object><param name="movie" value="https://www.youtube.com/v/a1&hl=en"></param>'
        '<embed src="https://www.youtube.com/v/a1"></embed></object>',
        '<embed src="https://www.youtube.com/v/a1">',
        '<iframe data-src="https://www.youtube.com/embed/a1" src="about:blank"></iframe>',
    ],
)
def test_players_of_old_pages_are_links(text: str) -> None:
    assert html(text).count('href="https://www.youtube.com/watch?v=a1"') == 1


def test_widgets_are_links() -> None:
    telegram = (
        '<script async src="https://telegram.org/js/w.js" data-telegram-post="durov/68"></script>'
    )
    assert 'href="https://t.me/durov/68">Telegram: ' in html(telegram)
    gist = '<script src="https://gist.github.com/a/1b.js"></script>'
    assert 'href="https://gist.github.com/a/1b"' in html(gist)
    quote = (
        '<blockquote class="instagram-media" data-instgrm-permalink="https://instagram.com/p/a/">'
    )
    assert 'href="https://instagram.com/p/a/"' in html(f"{quote}</blockquote>")


def test_the_text_of_a_post_stays() -> None:
    text = '<blockquote class="twitter-tweet"><p>A</p><a href="https://x.com/a">b</a></blockquote>'
    assert html(f"{text}<script src='https://platform.twitter.com/w.js'></script>") == text


def test_pictures_are_shown_without_the_script_that_loads_them() -> None:
    text = '<img class="lazy" src="data:image/gif;base64,R0" data-src="/a.png" alt="B">'
    assert html(text) == '<img src="\ufdd0a.png" alt="B">'
    assert html('<img src="/a.png" data-id="1">') == '<img src="\ufdd0a.png">'


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "data:text/html,a", "http://[", "ftp://a/b", ""]
)
def test_other_frames_give_no_link(source: str) -> None:
    body = render_body(f'A\n\n<iframe src="{source}"></iframe>', "markdown", BodySettings())
    assert body.html == "<p>A</p>"
    assert [(warning.code, warning.line) for warning in body.warnings] == [("embed-left-out", 3)]
