"""The Jinja environment: autoescape, strict undefined, and the site's language in its filters."""

import os
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from newsgen import __version__, i18n, urls
from newsgen.config import Site
from newsgen.core.digest import SIZE, digest
from newsgen.core.files import open_at_once
from newsgen.render import filters
from newsgen.render.references import SIZES, make_srcset
from newsgen.render.theme import DEFAULT_PREFIX, Theme
from newsgen.site_context import template_site


@lru_cache(maxsize=4)
def make_environment(
    theme: Theme,
    site: Site,
    templates: bytes,  # noqa: ARG001 - a part of the cache's key
    compiled: Path | None,
) -> Environment:
    """Return the environment for a site's templates, the same one for the same arguments.

    Args:
        theme: the theme whose templates are loaded.
        site: the configuration that templates see.
        templates: a digest of all templates, so that changed ones get a new environment.
        compiled: the folder that caches compiled templates, None for no cache.

    Raises:
        NewsgenError: `bad-value` if the CLDR does not know the site's language.
    """
    environment = _Environment(
        loader=_ThemeLoader([str(folder) for folder in theme.templates]),
        autoescape=True,
        # A misspelled name in a theme is an error instead of an empty place on the page.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_BytecodeCache(compiled, site.language) if compiled else None,
        # Templates cannot change during a build: the digest above is part of its fingerprint.
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(filters.make_filters(site.language))
    environment.globals.update(
        filters.make_gettext(site.language),
        site=template_site(site),
        urls=urls.SITE_URLS,
        absolute_url=partial(urls.absolute_url, site.base_url),
        index_url=urls.index_url,
        on_this_day_url=urls.on_this_day_url,
        period_url=urls.period_url,
        srcset=make_srcset,
        picture_sizes=SIZES,
        thumbnail_url=urls.thumbnail_url,
        newsgen_version=__version__,
        text_direction=i18n.text_direction(site.language),
        direction_of=i18n.text_direction,
        weekdays=i18n.weekday_initials(site.language),
    )
    return environment


class _Environment(Environment):
    """Environment that hands templates a plain copy of its globals.

    Jinja would chain the globals and the view's values, which makes each lookup slower.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class _ThemeLoader(FileSystemLoader):
    """Loader that finds `!base.html` in the default theme alone.

    A site's own `base.html` can so extend the one that it overrides, as in Sphinx and Pelican.
    """

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        if template.startswith(DEFAULT_PREFIX):
            default = FileSystemLoader(self.searchpath[-1])
            return default.get_source(environment, template.removeprefix(DEFAULT_PREFIX))
        return super().get_source(environment, template)


class _BytecodeCache(BytecodeCache):
    """Cache of compiled templates, one file each that begins with a checksum of the rest.

    A file that is missing, damaged or cannot be written costs time and nothing else.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._language = language

    def get_source_checksum(self, source: str) -> str:
        # Jinja computes filters with constant arguments when it compiles, and these depend on the
        # language. Another version of Jinja may compile to other code.
        parts = (source, self._language, __version__, jinja2.__version__)
        return digest(*parts).hex()

    def load_bytecode(self, bucket: Bucket) -> None:
        code = read_compiled(self._folder / bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = bucket.bytecode_to_string()
        file = self._folder / bucket.key
        # Workers write the same file at the same time.
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(digest(code) + code)
            unfinished.replace(file)


def read_compiled(file: Path) -> bytes | None:
    """Return the code in a file of a compiled template, None if it is missing or damaged."""
    try:
        with open(file, "rb", opener=open_at_once) as opened:
            data = opened.read()
    except OSError:
        return None
    # Before the code is loaded: Python may crash on damaged code.
    return data[SIZE:] if data[:SIZE] == digest(data[SIZE:]) else None


def page_links(path: str, site: Site) -> Mapping[str, Any]:
    """Return what a page's templates need for links: `root`, `href` and `canonical`.

    Args:
        path: the page's path in the output folder.
        site: the site, for its `links` and `base_url`.
    """
    # A server shows 404.html under any URL, so a relative link in it would lead anywhere.
    base_path = urlsplit(site.base_url).path or "/"
    root = base_path if path == urls.NOT_FOUND else urls.path_to_root(path)
    canonical = urls.absolute_url(site.base_url, path.removesuffix("index.html"))
    return {"root": root, "href": urls.make_linker(root, site.links), "canonical": canonical}


def teaser_links(site: Site) -> Mapping[str, Any]:
    """Return the same for teasers, with `urls.ROOT` in place of the path to the site's root."""
    return {"root": urls.ROOT, "href": urls.make_linker(urls.ROOT, site.links), "canonical": ""}
