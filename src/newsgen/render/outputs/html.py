"""Pages of HTML, through a Jinja template."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from newsgen.config import Site
from newsgen.model import Page
from newsgen.render.environment import links_of
from newsgen.urls import ROOT


class Later:
    """HTML that is put together when a template asks for it."""

    def __init__(self, make: Callable[[], str], root: str) -> None:
        self._make = make
        self._root = root

    def __html__(self) -> str:
        return self._make().replace(ROOT, self._root)


def _joined(join: Callable[[Sequence[bytes]], str], root: str, cards: Sequence[bytes]) -> Markup:
    """Articles in one form, as HTML."""
    return Markup(join(cards).replace(ROOT, root))  # noqa: S704


def render(environment: Environment, site: Site, page: Page, view: Mapping[str, Any]) -> bytes:
    """The page's template over its view.

    Of the view, `body`, `text`, `teasers` and `lines` are HTML already, the latter two functions
    that make it, `teasers_of` and `lines_of` functions that make it of cards; `ROOT` in it becomes
    the way to the root.
    """
    links = links_of(page.path, site)
    root = links["root"]
    values = {"kind": page.kind, **links, **view}
    for name in ("teasers", "lines"):
        values[name] = Later(view[name], root)
    for name in ("teasers_of", "lines_of"):
        values[name] = partial(_joined, view[name], root)
    for name in ("body", "text"):
        if name in view:
            values[name] = Markup(view[name].replace(ROOT, root))  # noqa: S704
    return environment.get_template(page.template).render(values).encode()
