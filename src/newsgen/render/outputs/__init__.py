"""The formats that pages are written in: one module each, one row each in `RENDERERS`."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from jinja2 import Environment

from newsgen.config import Site
from newsgen.core.plugins import PluginTable
from newsgen.model import Page
from newsgen.render.outputs import html, text

Render = Callable[[Environment, Site, Page, Mapping[str, Any]], bytes]

RENDERERS: Final[PluginTable[Render]] = PluginTable(
    "newsgen.outputs",
    {
        "html": html.render,
        "text": text.render,
    },
)
