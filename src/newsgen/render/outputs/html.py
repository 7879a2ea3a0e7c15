"""Pages of HTML, through a Jinja template."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from newsgen.config import Site
from newsgen.model import Page
from newsgen.render.environment import links_of
from newsgen.urls import ROOT


def render(environment: Environment, site: Site, page: Page, view: Mapping[str, Any]) -> bytes:
    """The page's template over its view.

    Of the view, `body`, `text` and `teasers` are HTML already; `ROOT` in them becomes the way to
    the root.
    """
    links = links_of(page.path, site)
    values = {"kind": page.kind, **links, **view}
    for name in ("body", "text", "teasers"):
        if name in values:
            values[name] = Markup(values[name].replace(ROOT, links["root"]))  # noqa: S704
    return environment.get_template(page.template).render(values).encode()
