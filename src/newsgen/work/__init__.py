"""What workers do: load one source, render one page. The two places where stages are put together.

Each function takes a context that can be sent to another process, and one item; what it needs to
keep open, it opens once a process.
"""

from newsgen.work.load import LoadContext, Outcome, load
from newsgen.work.names import NamesContext, clear_names
from newsgen.work.render import RenderContext, Rendered, clear_desk, render

__all__ = [
    "LoadContext",
    "NamesContext",
    "Outcome",
    "RenderContext",
    "Rendered",
    "clear_desk",
    "clear_names",
    "load",
    "render",
]
