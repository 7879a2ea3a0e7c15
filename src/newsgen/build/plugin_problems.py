"""Problems with the plugins that take part in a build.

Commands are no part of a build: the command line reports their plugins.
"""

from newsgen.core.plugins import plugin_versions
from newsgen.problems import Problem


def find_plugin_problems() -> tuple[Problem, ...]:
    """Load all plugins, and return a warning for each faulty one."""
    if not plugin_versions():
        return ()
    # A build with nothing to do needs none of these packages, and loading them takes 30 ms.
    from newsgen.plan import PAGE_KINDS  # noqa: PLC0415
    from newsgen.read.formats import FORMATS  # noqa: PLC0415
    from newsgen.recognize.registry import RECOGNIZERS  # noqa: PLC0415
    from newsgen.render.renderers import RENDERERS  # noqa: PLC0415

    tables = (FORMATS, PAGE_KINDS, RENDERERS, RECOGNIZERS)
    return tuple(problem for table in tables for problem in table.problems())
