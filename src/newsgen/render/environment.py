"""Jinja as newsgen sets it up: autoescape, strict undefined, the site's language at hand."""

from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from newsgen import __version__, i18n, urls
from newsgen.config import Site
from newsgen.render import filters
from newsgen.render.theme import Theme
from newsgen.site_context import template_site


@lru_cache(maxsize=4)
def make_environment(
    theme: Theme,
    site: Site,
    templates: bytes,  # noqa: ARG001 - it tells one environment from another
    compiled: Path | None,
) -> Environment:
    """The environment that a site's templates are rendered in; the same for the same arguments.

    Args:
        theme: whose templates they are.
        site: whose configuration they see.
        templates: names the templates' texts; others need another environment.
        compiled: a folder where compiled templates are kept; None keeps them nowhere.

    Raises:
        NewsgenError: if the CLDR does not know the site's language.
    """
    environment = _Environment(
        loader=FileSystemLoader([str(folder) for folder in theme.templates]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_Compiled(str(compiled)) if compiled else None,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(filters.filters_of(site.language))
    environment.globals.update(
        filters.make_gettext(site.language),
        site=template_site(site),
        absolute=partial(urls.absolute, site.base_url),
        newsgen_version=__version__,
        text_direction=i18n.direction(site.language),
        direction_of=i18n.direction,
        weekdays=i18n.weekday_initials(site.language),
        index_url=urls.index_of,
        on_this_day_url=urls.on_this_day,
    )
    return environment


class _Environment(Environment):
    """An environment whose globals stay as they are, so that templates take them as they are."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates in a folder that may vanish, or be full: they are only kept for speed."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def links_of(path: str, site: Site) -> Mapping[str, Any]:
    """What a page's templates need to link: `root`, `href` and `canonical`.

    Links are relative, but on the page for what is not found: it is shown under any URL, so its
    links begin with the base URL's path.

    Args:
        path: of the page, relative to the output folder; of a teaser, anything.
        site: whose `links` and `base_url` count.
    """
    base_path = urlsplit(site.base_url).path or "/"
    root = base_path if path == urls.NOT_FOUND else urls.root_of(path)
    canonical = urls.absolute(site.base_url, path.removesuffix("index.html"))
    return {"root": root, "href": urls.linker(root, site.links), "canonical": canonical}


def links_of_teaser(site: Site) -> Mapping[str, Any]:
    """What a teaser's template needs to link: `urls.ROOT` for the way to the site's root."""
    return {"root": urls.ROOT, "href": urls.linker(urls.ROOT, site.links), "canonical": ""}
