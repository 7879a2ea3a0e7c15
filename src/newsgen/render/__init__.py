"""Rendering: a page and the values that it shows become bytes.

It knows templates and output formats. It knows neither the archive nor the output folder.
"""
