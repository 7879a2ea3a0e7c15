"""The table of shortcodes: one row for each function of other generators that newsgen knows."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from newsgen.enrich.admonitions import KINDS
from newsgen.enrich.shortcodes import media, text
from newsgen.enrich.shortcodes.call import Call


class Shortcode(NamedTuple):
    """Row of the table.

    Attributes:
        names: Names of the shortcode in several generators.
        function: Makes HTML of a call, None if the call lacks what it needs. The HTML has `SLOT`
            in the place of the text between the tags.
        is_verbatim: Whether the function gets that text itself, which is then no Markdown.
        is_bracketed: Whether WordPress writes it in square brackets.
    """

    names: tuple[str, ...]
    function: Callable[[Call], str | None]
    is_verbatim: bool = False
    is_bracketed: bool = False


_ROWS: Final = (
    # Pictures and media.
    Shortcode(
        (
            *("figure", "img", "image", "picture", "photo", "imgproc", "thumbnail", "resize_image"),
            *("asset_img", "responsive_image", "responsive-image", "lightbox", "postimage"),
        ),
        media.make_figure,
    ),
    Shortcode(("caption", "wp_caption"), media.make_caption, is_verbatim=True, is_bracketed=True),
    Shortcode(("gallery", "galleries"), media.make_gallery, is_bracketed=True),
    Shortcode(("audio", "mp3", "podcast"), media.make_audio, is_verbatim=True, is_bracketed=True),
    Shortcode(
        ("video", "mp4", "html5video"), media.make_video, is_verbatim=True, is_bracketed=True
    ),
    Shortcode(
        ("embed", "iframe", "oembed", "media", "embedly", "playlist", "googlemaps", "map"),
        media.make_embed_by_url,
        is_verbatim=True,
        is_bracketed=True,
    ),
    Shortcode(
        ("tweet", "x", "twitter", "twitter_simple", "x_simple"),
        media.make_tweet,
        is_verbatim=True,
        is_bracketed=True,
    ),
    Shortcode(("gist",), media.make_gist, is_bracketed=True),
    *(
        Shortcode(names, media.make_host_embed(names[0]), is_verbatim=True, is_bracketed=True)
        for names in (
            ("youtube", "yt", "youtubeplayer", "youtube_embed", "embedyt", "youtube-lite"),
            ("vimeo", "vimeo_simple"),
            ("rutube",),
            ("vk", "vkvideo"),
            ("instagram", "instagram_simple"),
            ("telegram", "tg"),
            ("soundcloud",),
            ("spotify",),
            ("dailymotion",),
            ("tiktok",),
            ("codepen",),
            ("asciinema",),
        )
    ),
    # References to other sources.
    Shortcode(("ref", "relref", "post_url", "post_path", "page_url"), text.make_reference),
    Shortcode(("link", "post_link"), text.make_link),
    # Text.
    Shortcode(
        (*KINDS, "admonition", "callout", "notification", "box", "message", "aside"),
        text.make_admonition,
    ),
    Shortcode(
        ("details", "spoiler", "expand", "collapse", "accordion", "hidden"), text.make_details
    ),
    Shortcode(("quote", "blockquote", "pullquote", "epigraph", "cite"), text.make_quote),
    Shortcode(
        ("highlight", "code", "codeblock", "sourcecode", "syntaxhighlighter", "prism"),
        text.make_code,
        is_verbatim=True,
    ),
    Shortcode(("button", "btn", "cta"), text.make_button),
    Shortcode(("tab", "column", "col", "step", "card", "item"), text.make_heading),
    Shortcode(("columns", "row", "center", "tabs", "steps", "cards", "div"), text.keep_inner),
    Shortcode(("rawhtml", "html", "markdown", "md", "unsafe", "span"), text.keep_inner),
    Shortcode(("raw", "verbatim"), text.keep_inner, is_verbatim=True),
    *(
        Shortcode(names, text.make_inline(names[0]))
        for names in (("kbd",), ("mark",), ("sub",), ("sup",), ("small",), ("del",))
    ),
    # Archives of forums write BBCode.
    *(
        Shortcode((name,), text.make_inline(name), is_bracketed=True)
        for name in ("b", "i", "u", "s")
    ),
    Shortcode(("comment",), text.make_nothing, is_verbatim=True),
    Shortcode(("toc", "tableofcontents", "more", "br", "clear", "clearfix"), text.make_nothing),
)

SHORTCODES: Final[Mapping[str, Shortcode]] = {name: row for row in _ROWS for name in row.names}
"""Every shortcode by its name."""
