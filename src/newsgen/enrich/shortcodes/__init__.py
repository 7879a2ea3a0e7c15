"""Expand the shortcodes of other generators in Markdown, before it is parsed.

`scan` finds tags, `table` lists the functions, `expansion` puts both together, and `expanded` puts
their HTML into that of the body.
"""

from newsgen.enrich.shortcodes.expanded import Expanded
from newsgen.enrich.shortcodes.expansion import expand_shortcodes

__all__ = ["Expanded", "expand_shortcodes"]
