"""Expand the shortcodes of other generators in Markdown, before it is parsed.

`scan` finds tags, `table` lists the functions, `expansion` puts both together, and `expanded` puts
their HTML into that of the body.
"""
