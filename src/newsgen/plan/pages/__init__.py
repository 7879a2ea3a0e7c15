"""The kinds of pages: one module each, one row each in `PAGE_KINDS`."""

from typing import Final

from newsgen.core.plugins import PluginSequence
from newsgen.plan.page_kind import PageKind
from newsgen.plan.pages import (
    alias,
    archive,
    article,
    day,
    file,
    home,
    hosting_files,
    month,
    on_this_day,
    picture,
    redirect,
    search,
    search_index,
    server_redirects,
    standalone,
    static,
    term,
    term_index,
    year,
)

# The order matters twice. Articles come before the lists that show their teasers. And if two pages
# need one path, the earlier row wins: a static file overrides any page, an alias overrides none.
_BUILT_IN: Final[tuple[PageKind, ...]] = (
    static.KIND,
    article.KIND,
    file.KIND,
    picture.KIND,
    day.KIND,
    month.KIND,
    year.KIND,
    term.term_page_kind("author"),
    term.term_page_kind("topic"),
    term.term_page_kind("person"),
    term.term_page_kind("place"),
    term.term_page_kind("organization"),
    term_index.term_index_kind("author"),
    term_index.term_index_kind("topic"),
    term_index.term_index_kind("person"),
    term_index.term_index_kind("place"),
    term_index.term_index_kind("organization"),
    on_this_day.KIND,
    archive.KIND,
    search.KIND,
    standalone.KIND,
    home.KIND,
    hosting_files.KIND,
    alias.KIND,
    redirect.KIND,
    server_redirects.KIND,
    search_index.KIND,
    search_index.LIST,
)

PAGE_KINDS: Final[PluginSequence[PageKind]] = PluginSequence(
    "newsgen.page_kinds", _BUILT_IN, lambda row: isinstance(row, PageKind)
)
"""All kinds of pages in the order in which they are written. Plugins come last."""
