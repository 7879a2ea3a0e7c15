"""The other hosts that a page loads media from, for its Content-Security-Policy."""

import re
from html import unescape
from typing import Final, NamedTuple

from newsgen.config import Media
from newsgen.model import LeadPicture
from newsgen.text.web_urls import get_origin, normalize_url

_MEDIUM: Final = re.compile(r"<(img|audio|video|source)(\s[^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"\s(src|poster)=\"(https://[^\"]*)\"")


class MediaOrigins(NamedTuple):
    """Origins that a page loads media from, such as `https://pictures.example.org`.

    Attributes:
        pictures: Those of pictures.
        players: Those of audio and video.
    """

    pictures: tuple[str, ...] = ()
    players: tuple[str, ...] = ()


def find_media_origins(html: str, lead: LeadPicture | None, media: Media) -> MediaOrigins:
    """Return the origins of the media that an article's page shows.

    Args:
        html: The body as sanitized HTML.
        lead: The article's lead picture, None without one.
        media: What happens to media of other hosts.
    """
    pictures = [lead.url] if lead and ":" in lead.url else []
    players: list[str] = []
    # Most pages link to other hosts, and few show anything from there.
    for element in _MEDIUM.finditer(html) if '="https://' in html else ():
        for name, value in _ATTRIBUTE.findall(element[2]):
            is_picture = element[1] == "img" or name == "poster"
            (pictures if is_picture else players).append(unescape(value))
    return MediaOrigins(_list_origins(pictures, media), _list_origins(players, media))


def _list_origins(urls: list[str], media: Media) -> tuple[str, ...]:
    # A medium at an old URL of the archive, which is missing here, is on the page, too. The
    # site's rules hold for it as well.
    shown = filter(media.shows, map(normalize_url, urls))
    return tuple(sorted(set(map(get_origin, shown))))
