"""The kinds of pages: one module each, one row each in `PAGE_KINDS`.

Pages are written in the order of the table, so what is linked comes before what links to it; and
where two pages ask for one path, the earlier one gets it.
"""

from typing import Final

from newsgen.core.plugins import PluginSequence
from newsgen.plan.page_kind import PageKind
from newsgen.plan.pages import (
    alias,
    archive,
    article,
    day,
    home,
    metadata_files,
    month,
    on_this_day,
    search,
    search_index,
    standalone,
    static,
    term,
    term_index,
    year,
)

_BUILT_IN: Final[tuple[PageKind, ...]] = (
    static.KIND,
    article.KIND,
    day.KIND,
    month.KIND,
    year.KIND,
    term.kind_of("author"),
    term.kind_of("topic"),
    term.kind_of("person"),
    term.kind_of("place"),
    term.kind_of("organization"),
    term_index.kind_of("author"),
    term_index.kind_of("topic"),
    term_index.kind_of("person"),
    term_index.kind_of("place"),
    term_index.kind_of("organization"),
    on_this_day.KIND,
    archive.KIND,
    search.KIND,
    standalone.KIND,
    home.KIND,
    metadata_files.KIND,
    alias.KIND,
    search_index.KIND,
    search_index.LIST,
)

PAGE_KINDS: Final[PluginSequence[PageKind]] = PluginSequence(
    "newsgen.page_kinds", _BUILT_IN, lambda row: isinstance(row, PageKind)
)
"""All kinds of pages in the order in which they are written. Plugins come last."""
