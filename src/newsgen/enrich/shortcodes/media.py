"""Shortcodes that show pictures, audio, video and embedded media of other hosts."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

from newsgen.enrich.embeds import make_embed
from newsgen.enrich.shortcodes.call import SLOT, Call, to_plain_text

_IMAGE_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp")
_SIZE: Final = re.compile(r"(\d{1,5})(?:px)?")
_MARKDOWN_IMAGE: Final = re.compile(
    r"(?:\[)?!\[([^\[\]]{0,1000})\]\(\s*<?([^\s()<>]{1,1000})>?[^()]{0,1000}\)(?:\]\([^()]{0,1000}\))?"
)
_HTML_IMAGE: Final = re.compile(
    r"(?:<a\b[^<>]{0,2000}>\s*)?<img\b[^<>]{0,3000}>(?:\s*</a>)?", re.IGNORECASE
)


def make_figure(call: Call) -> str | None:
    """Return a picture with its caption and credit."""
    source = call.get(*_SOURCES) or _find_image(call)
    if not source:
        return None
    alt = call.get_text("alt")
    picture = f'<img src="{escape(source)}" alt="{escape(alt)}"{_make_size(call)}>'
    link = call.get("link", "href")
    if link and link not in {"false", "true"}:
        picture = f'<a href="{escape(link)}">{picture}</a>'
    title, caption = call.get_text("title"), call.get_text("caption", "cap", "description", "text")
    if not caption and call.name.startswith("asset_") and len(call.args) > 1:
        caption = " ".join(call.args[1:])
    credit = call.get_text("attr", "credit", "source", "copyright", "author")
    attribution = call.get("attrlink")
    credit_html = escape(credit, quote=False)
    if credit and attribution:
        credit_html = f'<a href="{escape(attribution)}">{credit_html}</a>'
    parts = [
        f"<strong>{escape(title, quote=False)}</strong>" if title and title != caption else "",
        escape(caption, quote=False),
        credit_html,
        call.inner,
    ]
    return _wrap(picture, " ".join(filter(None, parts)))


def make_caption(call: Call) -> str | None:
    """Return the figure of WordPress's `[caption]<img …> Words[/caption]`."""
    image = _HTML_IMAGE.search(call.inner) or _MARKDOWN_IMAGE.search(call.inner)
    if image is None:
        return None
    picture = image[0]
    if image.re is _MARKDOWN_IMAGE:
        picture = f'<img src="{escape(image[2])}" alt="{escape(unescape(image[1]))}">'
    words = f"{call.inner[: image.start()]} {call.inner[image.end() :]}".strip()
    # WordPress writes HTML, and its exporters Markdown.
    if "<" not in words:
        words = escape(to_plain_text(words) or call.get_text("caption"), quote=False)
    return _wrap(picture, words)


def make_gallery(call: Call) -> str | None:
    """Return a group of pictures. WordPress lists only numbers of its database."""
    if call.inner:
        return f'<div class="gallery">{SLOT}</div>'
    sources = [one for one in call.args if one.lower().endswith(_IMAGE_SUFFIXES)]
    pictures = "".join(f'<img src="{escape(source)}" alt="">' for source in sources)
    return f'<div class="gallery">{pictures}</div>' if pictures else None


def make_audio(call: Call) -> str | None:
    """Return a player of an audio file."""
    source = call.get(*_SOURCES, "mp3", "m4a", "ogg", "wav", position=0) or call.inner.strip()
    return f'<p><audio controls src="{escape(source)}"></audio></p>' if source else None


def make_video(call: Call) -> str | None:
    """Return a player of a video file, or the link to a video of another host."""
    provider = call.get("provider").lower()
    source = (
        call.get(*_SOURCES, "mp4", "webm", "ogv", "m4v", "mov", position=0) or call.inner.strip()
    )
    if provider in _PAGES:
        return make_embed(
            _PAGES[provider].format(call.get("id", position=0)), call.get_text("title")
        )
    if not source:
        return None
    path = source.partition("?")[0].lower()
    if "://" in source and not path.endswith((".mp4", ".webm", ".ogv", ".m4v", ".mov")):
        return make_embed(source, call.get_text("title"))
    poster = f' poster="{escape(call.get("poster"))}"' if call.get("poster") else ""
    return f'<p><video controls src="{escape(source)}"{poster}{_make_size(call)}></video></p>'


def make_embed_by_url(call: Call) -> str | None:
    """Return the link to a medium whose URL is given."""
    url = call.inner.strip(" \n<>") or call.get(*_SOURCES, position=0)
    return make_embed(url, call.get_text("title")) or None


def make_tweet(call: Call) -> str | None:
    """Return the link to a post on X. Its URL, its user and id, or its id may be given."""
    url = call.inner.strip() or call.get("url", "id", position=0)
    if "/" in url:
        return make_embed(url) or None
    user, number = call.get("user", position=0), call.get("id", position=1)
    if not number:
        user, number = "i", url
    known = re.fullmatch(r"\d+", number)
    return make_embed(f"https://x.com/{user}/status/{number}") if known else None


def make_gist(call: Call) -> str | None:
    """Return the link to a gist, given by its user and id, or by its id."""
    path = "/".join(filter(None, (call.get("user"), call.get("id")))) or "/".join(call.args[:2])
    return make_embed(f"https://gist.github.com/{path}") if re.fullmatch(r"[\w/-]+", path) else None


def make_host_embed(name: str) -> Callable[[Call], str | None]:
    """Return the function for media of a host, which are given by an id or a URL."""

    def make(call: Call) -> str | None:
        given = call.inner.strip() or call.get("id", "v", *_SOURCES, position=0)
        if "/" in given and "://" in given:
            return make_embed(given, call.get_text("title")) or None
        known = re.fullmatch(r"[\w./&=?-]+", given)
        return make_embed(_PAGES[name].format(given), call.get_text("title")) if known else None

    return make


_SOURCES: Final = ("src", "url", "image_path", "image", "img", "file", "path")
_PAGES: Final = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "rutube": "https://rutube.ru/video/{}/",
    "vk": "https://vk.com/video{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "telegram": "https://t.me/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "spotify": "https://open.spotify.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "tiktok": "https://www.tiktok.com/{}",
    "codepen": "https://codepen.io/{}",
    "asciinema": "https://asciinema.org/a/{}",
}


def _find_image(call: Call) -> str:
    """Return the URL of a picture among the values without a name.

    Octopress and Hexo put classes in front of it: `{% img left /a.png 300 200 %}`.
    """
    for value in call.args:
        if value.lower().partition("?")[0].endswith(_IMAGE_SUFFIXES):
            return value
    return call.args[0] if call.args and re.search(r"[./]", call.args[0]) else ""


def _make_size(call: Call) -> str:
    sizes = ((name, _SIZE.fullmatch(call.get(name))) for name in ("width", "height"))
    return "".join(f' {name}="{match[1]}"' for name, match in sizes if match)


def _wrap(picture: str, caption: str) -> str:
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{picture}{words}</figure>"
