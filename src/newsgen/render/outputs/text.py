"""Files that are text as they are."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from newsgen.config import Site
from newsgen.model import Page


def render(environment: Environment, site: Site, page: Page, view: Mapping[str, Any]) -> bytes:  # noqa: ARG001
    """The view's `text`, in UTF-8."""
    return str(view["text"]).encode()
