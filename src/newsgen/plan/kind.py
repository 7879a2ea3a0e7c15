"""What a kind of page is: a row of functions, made in a module of its own under `plan/pages/`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from newsgen.edition import Edition
from newsgen.model import Page, Unit
from newsgen.plan.archive import Archive

Renderer = Literal["html", "text", "copy"]


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page.

    `units` names the batches of its pages and what they depend on; `pages` plans the pages of one
    unit; `view` turns a page into the values that its template sees. `templates` are those that its
    pages may be made of, `parts` the names of the pages' inputs, in their order.
    """

    name: str
    renderer: Renderer
    templates: tuple[str, ...]
    parts: tuple[str, ...]
    units: Callable[[Edition, Archive], Iterable[Unit]]
    pages: Callable[[Edition, Archive, Unit], Iterable[Page]]
    view: Callable[[Edition, Archive, Page], Mapping[str, object]]
