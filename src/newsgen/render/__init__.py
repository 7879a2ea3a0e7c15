"""Rendering: a page and the values that it shows become bytes.

It knows templates, and the formats that pages are written in; it does not know the archive, nor
where the bytes go.
"""
