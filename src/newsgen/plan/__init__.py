"""Planning: from an archive to the pages of its site.

It knows which pages there are, where they lie and what each may show; it knows neither templates
nor disks.
"""

from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind
from newsgen.plan.pages import PAGE_KINDS

__all__ = ["PAGE_KINDS", "Archive", "PageKind"]
