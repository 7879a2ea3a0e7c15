"""Planning: from an archive to the pages of its site.

It decides which pages exist, where they lie and what each may show. It reads no templates and
touches no disk.
"""

from newsgen.plan.page_kind import PageKind
from newsgen.plan.pages import PAGE_KINDS
from newsgen.plan.protocol import Archive

__all__ = ["PAGE_KINDS", "Archive", "PageKind"]
