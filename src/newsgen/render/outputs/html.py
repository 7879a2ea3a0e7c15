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

    Of the view, `body` and `text` are HTML already, `teasers_of` and `lines_of` functions that make
    it of cards; `ROOT` in it becomes the way to the root. `teasers` and `lines` come from these two
    and `listed`.
    """
    links = links_of(page.path, site)
    root = links["root"]
    values = {"kind": page.kind, **links, **view}
    for name in ("teasers", "lines"):
        join = view[f"{name}_of"]
        values[name] = Later(partial(join, view["listed"]), root)
        values[f"{name}_of"] = partial(_joined, join, root)
    for name in ("body", "text"):
        if name in view:
            values[name] = Markup(view[name].replace(ROOT, root))  # noqa: S704
    return environment.get_template(page.template).render(values).encode()
