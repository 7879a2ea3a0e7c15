"""What workers do: load a source, render a page, index an article: here stages are put together.

Each function takes a context that can be sent to another process, and one item; what it needs to
keep open, it opens once a process.
"""

from newsgen.work.indexing import IndexContext, close_index_desk, record
from newsgen.work.load import LoadContext, Outcome, load
from newsgen.work.names import NamesContext, clear_names
from newsgen.work.render import RenderContext, Rendered, clear_desk, render

__all__ = [
    "IndexContext",
    "LoadContext",
    "NamesContext",
    "Outcome",
    "RenderContext",
    "Rendered",
    "clear_desk",
    "clear_names",
    "close_index_desk",
    "load",
    "record",
    "render",
]
