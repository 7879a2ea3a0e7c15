"""The interface of a page kind: a record of functions, one for each module in `plan/pages/`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from newsgen.model import Page, Unit
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

Renderer = str
"""A name in `render.renderers.RENDERERS`, `copy` for a file that is copied as it is, or `picture`
for a version of a picture."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page.

    Attributes:
        name: Unique among all kinds; the manifest records it.
        renderer: The output format.
        templates: Every template that its pages may use, for their fingerprint.
        digest_names: Names of a page's digests in their order, for `--explain`.
        units: Yields the batches of pages that become stale together, and their digests.
        pages: Plans the pages of one unit.
        view: Turns a page into the values that its template sees.
    """

    name: str
    renderer: Renderer
    templates: tuple[str, ...]
    digest_names: tuple[str, ...]
    units: Callable[[SiteContext, Archive], Iterable[Unit]]
    pages: Callable[[SiteContext, Archive, Unit], Iterable[Page]]
    view: Callable[[SiteContext, Archive, Page], Mapping[str, object]]
