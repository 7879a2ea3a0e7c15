"""URLs that articles ask for, from the site's `permalink` and their own fields."""

from collections.abc import Callable
from functools import partial

from newsgen import urls
from newsgen.config import Site
from newsgen.model import UrlRequest
from newsgen.text.slugs import keep_slug, slugify


def make_permalink_function(site: Site) -> Callable[[str, str, str, UrlRequest], str]:
    """Return the function that `CatalogueSettings.make_permalink` describes."""
    needs_source = "{filename}" in site.permalink or "{folder}" in site.permalink

    def make_permalink(source: str, iso: str, slug: str, request: UrlRequest) -> str:
        if request.url:
            return request.url
        # A file keeps its URL when only its ending changes, say from .txt to .md.
        name = source.rpartition(".")[0]
        tokens = dict(request.tokens)
        if needs_source:
            tokens |= _make_source_tokens(name, partial(_make_slug, site))
        return urls.permalink(site.permalink, iso, slug, name, tokens)

    return make_permalink


def _make_source_tokens(name: str, make_slug: Callable[[str], str]) -> dict[str, str]:
    """Return the placeholders that stand for parts of a path without its suffix."""
    folder, _, file = name.rpartition("/")
    if file.lower() == "index" and folder:
        folder, _, file = folder.rpartition("/")
    parts = map(make_slug, filter(None, folder.split("/")))
    return {"filename": make_slug(file), "folder": "/".join(parts)}


def _make_slug(site: Site, text: str) -> str:
    slug = keep_slug(text, site.slugs)
    return slug or slugify(text, site.slugs, site.transliteration, fallback=text)
