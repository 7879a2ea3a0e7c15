"""Teasers: pieces of HTML that are kept, and joined into pages of any depth."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from newsgen.config import Site
from newsgen.model import Page
from newsgen.render.environment import links_of_teaser


def render(environment: Environment, site: Site, page: Page, view: Mapping[str, Any]) -> bytes:
    """The page's template over its view; `ROOT` stands in its links for the way to the root."""
    values = {**links_of_teaser(site), **view}
    return environment.get_template(page.template).render(values).encode()
