"""Replace embedded media of other hosts, such as a video in an `<iframe>`, by a titled link.

The site loads nothing from other hosts, so a link is what can be shown without losing the medium.
"""

import re
from html import escape, unescape
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit


class _Host(NamedTuple):
    """Host of media: its name, its players' URLs, and the page of the same medium."""

    name: str
    player: re.Pattern[str]
    page: str


def _host(name: str, player: str, page: str) -> _Host:
    return _Host(name, re.compile(rf"(?:www\.|m\.)?{player}", re.IGNORECASE), page)


_HOSTS: Final = (
    _host(
        "YouTube",
        r"youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/(?!videoseries)([\w-]+).*",
        r"https://www.youtube.com/watch?v=\1",
    ),
    _host("Vimeo", r"player\.vimeo\.com/video/(\d+).*", r"https://vimeo.com/\1"),
    _host(
        "RuTube", r"rutube\.ru/(?:play/embed|video/embed)/(\w+).*", r"https://rutube.ru/video/\1/"
    ),
    _host(
        "VK",
        r"(?:vk\.com|vk\.ru|vkvideo\.ru)/video_ext\.php\?oid=(-?\d+)&id=(\d+).*",
        r"https://vk.com/video\1_\2",
    ),
    _host("Telegram", r"t\.me/([\w/]+)\?embed.*", r"https://t.me/\1"),
    _host("OK", r"ok\.ru/videoembed/(\d+).*", r"https://ok.ru/video/\1"),
    _host(
        "Dailymotion",
        r"dailymotion\.com/embed/video/(\w+).*",
        r"https://www.dailymotion.com/video/\1",
    ),
    _host("Spotify", r"open\.spotify\.com/embed/([\w/]+).*", r"https://open.spotify.com/\1"),
    _host("Internet Archive", r"archive\.org/embed/([^?#]+).*", r"https://archive.org/details/\1"),
)
_NAMES: Final = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "rutube.ru": "RuTube",
    "vk.com": "VK",
    "vk.ru": "VK",
    "vkvideo.ru": "VK",
    "t.me": "Telegram",
    "telegram.org": "Telegram",
    "twitter.com": "X",
    "x.com": "X",
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "soundcloud.com": "SoundCloud",
    "ok.ru": "OK",
    "dzen.ru": "Dzen",
    "tiktok.com": "TikTok",
    "gist.github.com": "Gist",
    "spotify.com": "Spotify",
    "dailymotion.com": "Dailymotion",
}
# Possessive and bounded: an element without an end costs no second look at its attributes.
_ATTRIBUTES: Final = r"""((?:[^"'<>]|"[^"]{0,3000}"|'[^']{0,3000}'){0,3000}+)"""
_ELEMENT: Final = re.compile(
    rf"<(iframe|embed|script|blockquote|img)\b{_ATTRIBUTES}>(?:[^<]{{0,1000}}</(?:iframe|embed|script)>)?"
    rf"|<object\b{_ATTRIBUTES}>(.{{0,3000}}?)</object>"
    r"|</(?:iframe|object|embed)>|<param\b[^<>]{0,3000}>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_SOURCE: Final = re.compile(
    r"""(?:name\s*=\s*["']?(?:movie|src)["']?\s+value|\bsrc|\bdata)\s*=\s*["']?([^"'\s>]+)""",
    re.IGNORECASE,
)
_LAZY: Final = ("data-src", "data-lazy-src", "data-original")


_MAX_LOST: Final = 20
"""Media without a URL that are reported for one body."""

_MAX_QUERY_FIELDS: Final = 100
"""Fields in the query of a player's URL. A URL with more is no player."""


def link_embeds(html: str) -> tuple[str, list[str]]:
    """Replace every embedded medium in the HTML of a body by a link.

    Args:
        html: The HTML, which need not be safe yet.

    Returns:
        The HTML, and the opening tags of media that have no URL, at most `_MAX_LOST` of them.
    """
    lost: list[str] = []

    def replace(match: re.Match[str]) -> str:
        made = _replace(match)
        if not made and len(lost) < _MAX_LOST and match[0][1] != "/":
            tag = match[0].partition(">")[0] + ">"
            lost.extend([tag] if tag[:6].lower() != "<param" else [])
        return made

    return _ELEMENT.sub(replace, html), lost


def make_embed(url: str, title: str = "") -> str:
    """Return the link to a medium on another host, empty if the URL leads to no page.

    Args:
        url: The URL of the medium's page or of its player.
        title: Its title. Without one the URL is shown.
    """
    page, name = find_page(url)
    if not page:
        return ""
    shown = " ".join(title.split()) or re.sub(r"^https?://(?:www\.)?", "", unquote(page)).rstrip(
        "/"
    )
    label = f"{name}: {shown}" if name and name.lower() not in shown.lower()[:20] else shown
    return f'<p class="embed"><a href="{escape(page)}">{escape(label, quote=False)}</a></p>'


def find_page(url: str) -> tuple[str, str]:
    """Return the URL of a medium's page and the name of its host, both empty if there is none."""
    url = url.strip()
    if url.startswith("//"):
        url = f"https:{url}"
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query, max_num_fields=_MAX_QUERY_FIELDS)
    except ValueError:
        return "", ""
    if not parts.netloc:
        # A file of the site itself, such as an interactive map.
        return (url, "") if url and not parts.scheme else ("", "")
    if parts.scheme.lower() not in {"http", "https"}:
        return "", ""
    host = re.sub(r"^(?:www|m|player|w|open|platform|oauth)\.", "", (parts.hostname or "").lower())
    rest = url.partition("://")[2]
    for known in _HOSTS:
        match = known.player.fullmatch(rest)
        if match:
            return match.expand(known.page), known.name
    # Players of SoundCloud and Facebook get the page's URL as a parameter.
    inner = (query.get("url") or query.get("href") or [""])[0]
    if inner.startswith(("http://", "https://")) and host in _NAMES:
        url = inner
    return url, _NAMES.get(host, "")


def _replace(match: re.Match[str]) -> str:
    element = (match[1] or "").lower()
    if element in {"iframe", "embed"}:
        attributes = _parse(match[2])
        url = attributes.get("src", "")
        if not url or url.startswith(("about:", "data:")):
            url = next((attributes[name] for name in _LAZY if name in attributes), "")
        return make_embed(url, attributes.get("title", ""))
    if element == "script":
        return _replace_script(match)
    if element == "blockquote":
        return _link_quote(match)
    if element == "img":
        return _restore_image(match)
    if match[3] is not None:
        source = _SOURCE.search(match[3] + match[4])
        return make_embed(unescape(source[1]) if source else "") or match[4]
    # A closing tag or a parameter of what was replaced.
    return ""


def _replace_script(match: re.Match[str]) -> str:
    """Return the link that a widget of Telegram or GitHub stands for."""
    attributes = _parse(match[2])
    post, source = attributes.get("data-telegram-post", ""), attributes.get("src", "")
    if re.fullmatch(r"\w+/\d+", post):
        return make_embed(f"https://t.me/{post}")
    gist = re.match(r"(https://gist\.github\.com/[\w-]+/\w+)\.js", source)
    return make_embed(gist[1]) if gist else match[0]


def _link_quote(match: re.Match[str]) -> str:
    """Return the opening tag of a quote, with the link of a post that has no text of its own."""
    attributes = _parse(match[2])
    url = attributes.get("data-instgrm-permalink") or attributes.get("cite", "")
    embeds = {"instagram-media", "tiktok-embed"} & set(attributes.get("class", "").split())
    return make_embed(url) + match[0] if embeds else match[0]


def _restore_image(match: re.Match[str]) -> str:
    """Return a picture with its URL, which scripts for lazy loading put aside."""
    attributes = _parse(match[2])
    url = next((attributes[name] for name in _LAZY if attributes.get(name)), "")
    if not url:
        return match[0]
    kept = (name for name in ("alt", "title", "width", "height") if name in attributes)
    others = "".join(f' {name}="{escape(attributes[name])}"' for name in kept)
    return f'<img src="{escape(url)}"{others}>'


def _parse(attributes: str) -> dict[str, str]:
    """Parse the attributes of a tag. Their names are lower case."""
    return {
        name.lower(): unescape(value.strip("\"'"))
        for name, value in reversed(_ATTRIBUTE.findall(attributes))
    }
