"""Planning: from an archive to the pages of its site.

It knows which pages there are, where they lie and what each may show; it knows neither templates
nor disks.
"""

from newsgen.plan.page_kind import PageKind
from newsgen.plan.pages import PAGE_KINDS
from newsgen.plan.protocol import Archive

__all__ = ["PAGE_KINDS", "Archive", "PageKind"]
