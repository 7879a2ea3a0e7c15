"""What a kind of page is: a row of functions, made in a module of its own under `plan/pages/`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from newsgen.model import Page, Unit
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

Renderer = str
"""A name in `render.outputs.RENDERERS`, or `copy` for a file that is copied as it is."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page.

    `units` names the batches of its pages and what they depend on; `pages` plans the pages of one
    unit; `view` turns a page into the values that its template sees. `templates` are those that its
    pages may be made of, `digest_names` the names of the pages' digests, in their order.
    """

    name: str
    renderer: Renderer
    templates: tuple[str, ...]
    digest_names: tuple[str, ...]
    units: Callable[[SiteContext, Archive], Iterable[Unit]]
    pages: Callable[[SiteContext, Archive, Unit], Iterable[Page]]
    view: Callable[[SiteContext, Archive, Page], Mapping[str, object]]
